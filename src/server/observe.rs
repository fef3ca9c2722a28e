//! Around every request: an identifier, figures, one log line, and the headers that keep browsers careful.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use xxhash_rust::xxh3::xxh3_64;

use super::problem::Problem;
use super::state::Server;
use crate::text::Language;

/// What the log may know of a search: never its words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Searched {
    /// Characters in the query.
    pub(crate) length: usize,
    /// Language of the query.
    pub(crate) language: Language,
    /// How many documents match.
    pub(crate) total: usize,
}

/// Headers of every answer that does not set them itself.
const CAREFUL: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'",
    ),
];

/// Serves the request and writes down how it went.
pub(crate) async fn observe(State(server): State<Server>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("unknown", MatchedPath::as_str);
    let id = request_id();
    let mut response = next.run(request).await;

    let took = started.elapsed();
    let status = response.status().as_u16();
    server.metrics().answered(route, known(method.as_str()), status, took);
    let took_ms = took.as_secs_f64() * 1000.0;
    let id = format!("{id:016x}");
    let problem = response.extensions().get::<Problem>();
    if let Some(cause) = problem.and_then(Problem::cause) {
        tracing::error!(request = id, route, status, took_ms, cause, "request failed");
    } else if let Some(Searched {
        length,
        language,
        total,
    }) = response.extensions().get()
    {
        let lang = language.tag();
        tracing::info!(request = id, route, status, took_ms, length, lang, total, "search");
    } else {
        tracing::debug!(request = id, route, status, took_ms, "request");
    }
    let headers = response.headers_mut();
    for (name, value) in CAREFUL {
        // A page of a binding may have said what it needs.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if let Ok(value) = HeaderValue::try_from(id) {
        headers.insert("x-request-id", value);
    }
    response
}

/// Methods a client makes up must not make up label values.
fn known(method: &str) -> &str {
    match method {
        "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "OPTIONS" | "PATCH" => method,
        _ => "other",
    }
}

/// Tells requests apart in the log; it need not be hard to guess.
fn request_id() -> u64 {
    static NEXT: LazyLock<AtomicU64> = LazyLock::new(|| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        AtomicU64::new(xxh3_64(&now.as_nanos().to_le_bytes()))
    });
    xxh3_64(&NEXT.fetch_add(1, Ordering::Relaxed).to_le_bytes())
}
