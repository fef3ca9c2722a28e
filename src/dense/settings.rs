//! What can be set about the models.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Secret;

/// The `[dense]` part of the configuration. Each endpoint is off where its address is empty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Address of an OpenAI-compatible embeddings endpoint.
    pub embeddings_url: String,
    /// The model it is asked for.
    pub model: String,
    /// Key sent to it as a bearer token.
    pub api_key: Secret,
    /// Numbers in a vector, asked of the endpoint; 0 for as many as the model gives.
    pub dimensions: usize,
    /// Put before every query.
    pub query_prefix: String,
    /// Put before every passage.
    pub passage_prefix: String,
    /// Passages sent in one request while indexing.
    pub batch: usize,
    /// Passages with a vector from which on a graph of neighbours is kept beside the vectors.
    pub graph_from: usize,
    /// Seconds such a request may take.
    pub timeout_s: f32,
    /// Seconds an endpoint has to answer during a search.
    pub query_timeout_s: f32,
    /// What the nearest passage counts beside the best lexical one.
    pub weight: f32,
    /// The cosine at which a passage is as likely to answer as not.
    pub even_cosine: f32,
    /// Address of a reranking endpoint of Cohere's and Jina's shape.
    pub rerank_url: String,
    /// The model it is asked for.
    pub rerank_model: String,
    /// Key sent to it as a bearer token.
    pub rerank_api_key: Secret,
    /// How many of the best hits are reranked.
    pub rerank_top: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            embeddings_url: String::new(),
            model: String::new(),
            api_key: Secret::default(),
            dimensions: 0,
            query_prefix: String::new(),
            passage_prefix: String::new(),
            batch: 32,
            graph_from: 100_000,
            timeout_s: 60.0,
            query_timeout_s: 2.0,
            weight: 1.0,
            even_cosine: 0.5,
            rerank_url: String::new(),
            rerank_model: String::new(),
            rerank_api_key: Secret::default(),
            rerank_top: 20,
        }
    }
}

/// Most numbers in a vector.
pub const MOST_DIMENSIONS: usize = 8192;

/// More passages than an index holds: the search stays exact.
const MOST_GRAPH_FROM: usize = 1_000_000_000;

impl Settings {
    /// What is wrong with the values, as key and reason; nothing where all are good.
    pub fn faults(&self) -> Vec<(&'static str, String)> {
        let mut faults = Vec::new();
        let endpoints = [
            (
                ("embeddings_url", &self.embeddings_url),
                ("model", &self.model),
                ("api_key", &self.api_key),
            ),
            (
                ("rerank_url", &self.rerank_url),
                ("rerank_model", &self.rerank_model),
                ("rerank_api_key", &self.rerank_api_key),
            ),
        ];
        for ((url_key, url), (model_key, model), (secret_key, secret)) in endpoints {
            if let Some(reason) = url_fault(url) {
                faults.push((url_key, reason));
            } else if !url.is_empty() && model.is_empty() {
                faults.push((model_key, format!("is empty, but {url_key} is set")));
            }
            if secret.is_placeholder() {
                faults.push((
                    secret_key,
                    "is what stands in a key's place; give the key itself".to_owned(),
                ));
            } else if !secret.can_be_sent() {
                faults.push((
                    secret_key,
                    "may hold only printable ASCII characters without spaces".to_owned(),
                ));
            } else if !secret.is_empty() && sent_in_clear(url) {
                faults.push((
                    secret_key,
                    format!("would be sent in clear; {url_key} must be an https or a loopback address"),
                ));
            }
        }
        for (key, value, from, to) in [
            ("dimensions", self.dimensions, 0, MOST_DIMENSIONS),
            ("batch", self.batch, 1, 2048),
            ("graph_from", self.graph_from, 1, MOST_GRAPH_FROM),
            ("rerank_top", self.rerank_top, 1, 100),
        ] {
            if !(from..=to).contains(&value) {
                faults.push((key, format!("is {value}, it must be {from} to {to}")));
            }
        }
        for (key, value, from, to) in [
            ("timeout_s", self.timeout_s, 0.01, 3600.0),
            ("query_timeout_s", self.query_timeout_s, 0.01, 60.0),
            ("weight", self.weight, 0.0, 10.0),
            ("even_cosine", self.even_cosine, -1.0, 1.0),
        ] {
            if !(from..=to).contains(&value) {
                faults.push((key, format!("is {value}, it must be {from} to {to}")));
            }
        }
        faults
    }

    /// How long a request while indexing may take.
    pub(super) fn timeout(&self) -> Duration {
        duration(self.timeout_s)
    }

    /// How long a request during a search may take.
    pub(super) fn query_timeout(&self) -> Duration {
        duration(self.query_timeout_s)
    }
}

fn duration(seconds: f32) -> Duration {
    Duration::try_from_secs_f32(seconds).unwrap_or(Duration::from_secs(1))
}

/// Host and port of a web address.
fn authority(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    (!authority.is_empty() && url.chars().all(|letter| letter.is_ascii_graphic())).then_some(authority)
}

fn url_fault(url: &str) -> Option<String> {
    if url.is_empty() {
        return None;
    }
    match authority(url) {
        None => Some("must be an absolute http or https address".to_owned()),
        Some(authority) if authority.contains('@') => {
            Some("holds a user name; give a key by its own setting".to_owned())
        }
        Some(_) => None,
    }
}

/// Whether what is sent to an address can be read on the way.
fn sent_in_clear(url: &str) -> bool {
    let Some(authority) = authority(url).filter(|_| url.starts_with("http://")) else {
        return false;
    };
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    let loopback = host
        .parse::<std::net::IpAddr>()
        .is_ok_and(|address| address.is_loopback());
    !loopback && !host.eq_ignore_ascii_case("localhost")
}

#[cfg(test)]
mod tests {
    use super::{Secret, Settings};

    fn keys(settings: &Settings) -> Vec<&'static str> {
        settings.faults().into_iter().map(|(key, _)| key).collect()
    }

    #[test]
    fn defaults_are_good_and_off() {
        let settings = Settings::default();
        assert_eq!(settings.faults(), []);
        assert!(settings.embeddings_url.is_empty() && settings.rerank_url.is_empty());
        assert!(toml::from_str::<Settings>("modle = \"x\"").is_err());
    }

    #[test]
    fn names_the_key_of_a_bad_value() {
        let settings = Settings {
            embeddings_url: "https://models.example/v1/embeddings".to_owned(),
            rerank_url: "models.example/rerank".to_owned(),
            dimensions: 10_000,
            batch: 0,
            graph_from: 0,
            timeout_s: f32::NAN,
            weight: -1.0,
            ..Settings::default()
        };
        assert_eq!(
            keys(&settings),
            [
                "model",
                "rerank_url",
                "dimensions",
                "batch",
                "graph_from",
                "timeout_s",
                "weight"
            ]
        );
    }

    #[test]
    fn a_key_is_not_sent_in_clear_to_another_machine() {
        let with = |url: &str, key: &str| Settings {
            embeddings_url: url.to_owned(),
            model: "m".to_owned(),
            api_key: Secret::new(key),
            ..Settings::default()
        };
        for good in [
            "https://models.example/e",
            "http://127.0.0.1:8080/e",
            "http://[::1]/e",
            "http://localhost:1/e",
        ] {
            assert_eq!(keys(&with(good, "sk-1")), [""; 0], "{good}");
        }
        assert_eq!(keys(&with("http://models.example/e", "")), [""; 0]);
        assert_eq!(keys(&with("http://models.example/e", "sk-1")), ["api_key"]);
        assert_eq!(keys(&with("http://127.0.0.1.models.example/e", "sk-1")), ["api_key"]);
        assert_eq!(keys(&with("https://models.example/e", "<redacted>")), ["api_key"]);
        assert_eq!(keys(&with("https://models.example/e", "two words")), ["api_key"]);
        assert_eq!(
            keys(&with("https://me:secret@models.example/e", "")),
            ["embeddings_url"]
        );
        let shown = format!("{:?}", with("https://models.example/e", "sk-canary").faults());
        assert!(!shown.contains("canary"));
    }
}
