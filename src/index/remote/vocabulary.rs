//! The list of terms that completions and corrections are made of: an index of its own, a document for each term.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_64;

use super::address::document_id;
use super::bulk::Item;
use super::client::{Client, ClientError, Patience};
use super::frequencies::Term;
use super::response::Searched;
use super::settings::Cluster;

/// The most terms remembered as sent; beyond that they are sent again, which changes nothing.
const REMEMBERED: usize = 4_000_000;

/// The most lists asked for in one request: OpenSearch may send back a header for each on every shard
/// (`TASK_RESOURCE_USAGE`), and an HTTP client takes no more than 128.
const AT_A_TIME: usize = 24;

/// The most shards of the list.
const MOST_SHARDS: u32 = 4;

/// The most terms of one list.
const MOST_LISTED: usize = 20_000;

/// Terms that were sent.
pub struct Vocabulary {
    index: String,
    sent: Mutex<HashSet<u64>>,
}

impl Vocabulary {
    /// Of the list in an index.
    pub fn new(index: &str) -> Self {
        Self {
            index: index.to_owned(),
            sent: Mutex::default(),
        }
    }

    /// What puts these terms into the list, each once.
    pub fn items(&self, words: Vec<(String, String)>) -> Vec<Item> {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        if sent.len() > REMEMBERED {
            sent.clear();
        }
        let fresh = words.into_iter().filter_map(|(column, term)| {
            let name = format!("{column}\n{term}");
            sent.insert(xxh3_64(name.as_bytes())).then(|| {
                let body = json!({"column": column, "term": term}).to_string();
                Item::create(&self.index, &document_id(&name), body)
            })
        });
        fresh.collect()
    }
}

/// What the list is made with.
pub fn made_with(cluster: &Cluster) -> Value {
    json!({
        "settings": {
            "number_of_shards": cluster.shards.min(MOST_SHARDS), "number_of_replicas": cluster.replicas, "refresh_interval": "-1",
            "max_result_window": 100_000,
        },
        "mappings": {
            "dynamic": "strict", "_source": {"enabled": false},
            "properties": {
                "column": {"type": "keyword", "doc_values": false, "norms": false},
                "term": {"type": "keyword", "norms": false},
            },
        },
    })
}

#[derive(Deserialize)]
struct Answers {
    responses: Vec<Searched>,
}

/// Lists of terms, each of a column's terms that begin with a text, in order, at most so many.
pub fn listed(
    client: &Client,
    index: &str,
    asked: &[(Term, usize)],
    deadline: Duration,
) -> Result<Vec<Vec<Term>>, ClientError> {
    let mut lists = Vec::with_capacity(asked.len());
    for some in asked.chunks(AT_A_TIME) {
        let mut lines = Vec::new();
        for (Term { column, text }, limit) in some {
            let mut filters = vec![json!({"term": {"column": column}})];
            if !text.is_empty() {
                filters.push(json!({"prefix": {"term": text}}));
            }
            let body = json!({
                "size": (*limit).min(MOST_LISTED), "track_total_hits": false, "query": {"bool": {"filter": filters}},
                "stored_fields": "_none_", "docvalue_fields": ["term"], "sort": [{"term": "asc"}],
            });
            lines.extend_from_slice(format!("{{}}\n{body}\n").as_bytes());
        }
        let answers: Answers = client.post_lines(&format!("/{index}/_msearch"), &lines, Patience::Search(deadline))?;
        let of = |(searched, (Term { column, .. }, _)): (Searched, &(Term, usize))| {
            let term = |text: &str| Term {
                column: column.clone(),
                text: text.to_owned(),
            };
            searched
                .hits
                .hits
                .iter()
                .filter_map(|hit| hit.text("term").map(term))
                .collect()
        };
        lists.extend(answers.responses.into_iter().zip(some).map(of));
    }
    Ok(lists)
}
