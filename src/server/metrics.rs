//! Figures for Prometheus.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use super::state::IndexFigures;
use crate::retrieve::Status;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: String,
    method: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Lang {
    lang: &'static str,
}

type Figure = Gauge<u64, AtomicU64>;

/// Bounds of the latency buckets, in seconds.
const LATENCY: [f64; 12] = [
    0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.0, 10.0,
];

/// All figures of the server.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    latency: Family<Route, Histogram, fn() -> Histogram>,
    matches: Histogram,
    searches_without_hits: Counter,
    rejected: Counter,
    connections: Gauge,
    articles: Figure,
    passages: Family<Lang, Figure>,
    references: Figure,
    generation: Figure,
    bytes: Figure,
}

/// Counts an open connection for as long as it lives.
pub(crate) struct OpenConnection(Gauge);

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("wenyuan"),
            requests: Family::default(),
            latency: Family::new_with_constructor(|| Histogram::new(LATENCY)),
            matches: Histogram::new([0.0, 1.0, 3.0, 10.0, 30.0, 100.0, 1000.0, 10_000.0]),
            searches_without_hits: Counter::default(),
            rejected: Counter::default(),
            connections: Gauge::default(),
            articles: Gauge::default(),
            passages: Family::default(),
            references: Gauge::default(),
            generation: Gauge::default(),
            bytes: Gauge::default(),
        };
        metrics.register();
        metrics
    }

    fn register(&mut self) {
        let registry = &mut self.registry;
        registry.register("http_requests", "Requests answered", self.requests.clone());
        registry.register("http_request_seconds", "Time to answer", self.latency.clone());
        registry.register("search_matches", "Documents matching a search", self.matches.clone());
        registry.register(
            "searches_without_hits",
            "Searches that matched nothing",
            self.searches_without_hits.clone(),
        );
        registry.register(
            "http_rejected",
            "Requests refused because the queue was full",
            self.rejected.clone(),
        );
        registry.register("http_connections", "Connections open", self.connections.clone());
        registry.register("index_articles", "Articles in the index", self.articles.clone());
        registry.register("index_passages", "Passages in the index", self.passages.clone());
        registry.register("index_references", "References in the index", self.references.clone());
        registry.register("index_generation", "Snapshots published", self.generation.clone());
        registry.register("index_bytes", "Size of the index on disk", self.bytes.clone());
    }

    /// A request was answered. `route` is the pattern, never the address itself.
    pub(crate) fn answered(&self, route: &str, method: &str, status: u16, took: Duration) {
        let answered = Answered {
            route: route.to_owned(),
            method: method.to_owned(),
            status,
        };
        self.requests.get_or_create(&answered).inc();
        let route = Route { route: answered.route };
        self.latency.get_or_create(&route).observe(took.as_secs_f64());
    }

    /// A search matched so many documents.
    pub(crate) fn searched(&self, total: usize) {
        self.matches.observe(total as f64);
        if total == 0 {
            self.searches_without_hits.inc();
        }
    }

    /// A request was refused because the queue was full.
    pub(crate) fn rejected(&self) {
        self.rejected.inc();
    }

    /// A connection was opened.
    pub(crate) fn connected(&self) -> OpenConnection {
        self.connections.inc();
        OpenConnection(self.connections.clone())
    }

    /// All figures in the OpenMetrics text format.
    pub(crate) fn text(&self, status: Option<Status>, figures: IndexFigures) -> Result<String, std::fmt::Error> {
        if let Some(status) = status {
            let Status {
                articles,
                passages_zh,
                passages_en,
                references,
            } = status;
            self.articles.set(articles);
            self.passages.get_or_create(&Lang { lang: "zh" }).set(passages_zh);
            self.passages.get_or_create(&Lang { lang: "en" }).set(passages_en);
            self.references.set(references);
        }
        let IndexFigures { generation, bytes } = figures;
        self.generation.set(generation);
        self.bytes.set(bytes);
        let mut out = String::new();
        text::encode(&mut out, &self.registry)?;
        Ok(out)
    }
}
