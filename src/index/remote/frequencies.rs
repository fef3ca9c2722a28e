//! Document frequencies of terms, asked of the cluster many at a time and remembered for as long as the generation lives.

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lru::LruCache;
use serde::Deserialize;
use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_64;

use super::client::{Client, ClientError, Patience};
use super::response::{Shards, partial};

/// The most frequencies remembered: with its place in the list each takes about 60 bytes.
const REMEMBERED: usize = 500_000;
/// The most terms asked for in one request.
const AT_A_TIME: usize = 400;

/// A term in a column of the cluster.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    /// The column.
    pub column: String,
    /// The indexed form.
    pub text: String,
}

/// Document frequencies of one index.
pub struct Frequencies {
    index: String,
    deadline: Duration,
    known: Mutex<LruCache<u64, u64>>,
}

/// What the cluster counted.
#[derive(Deserialize)]
struct Counted {
    #[serde(default)]
    timed_out: bool,
    #[serde(rename = "_shards")]
    shards: Shards,
    #[serde(default)]
    aggregations: Aggregations,
}

#[derive(Default, Deserialize)]
struct Aggregations {
    terms: Buckets,
}

#[derive(Default, Deserialize)]
struct Buckets {
    buckets: Vec<Bucket>,
}

#[derive(Deserialize)]
struct Bucket {
    doc_count: u64,
}

impl Term {
    fn digest(&self) -> u64 {
        xxh3_64(format!("{}\n{}", self.column, self.text).as_bytes())
    }

    /// The query that matches it, scored with this boost.
    pub fn query(&self, boost: f32) -> Value {
        if boost > 0.0 {
            json!({"term": {self.column.as_str(): {"value": self.text, "boost": boost}}})
        } else {
            json!({"constant_score": {"filter": self.bare_query(), "boost": 0.0}})
        }
    }

    fn bare_query(&self) -> Value {
        json!({"term": {self.column.as_str(): self.text}})
    }
}

impl Frequencies {
    /// Of the terms of an index, none of which is known.
    pub fn new(index: &str, deadline: Duration) -> Self {
        Self {
            index: index.to_owned(),
            deadline,
            known: Mutex::new(LruCache::new(
                NonZeroUsize::new(REMEMBERED).unwrap_or(NonZeroUsize::MIN),
            )),
        }
    }

    /// What is remembered of a term.
    pub fn remembered(&self, term: &Term) -> Option<u64> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&term.digest()).copied()
    }

    /// In how many documents each term occurs, in their order.
    pub fn of(&self, client: &Client, terms: &[Term]) -> Result<Vec<u64>, ClientError> {
        let mut found: Vec<Option<u64>> = terms.iter().map(|term| self.remembered(term)).collect();
        let unknown: Vec<usize> = (0..terms.len())
            .filter(|&place| found.get(place).is_some_and(Option::is_none))
            .collect();
        for places in unknown.chunks(AT_A_TIME) {
            let asked: Vec<&Term> = places.iter().filter_map(|&place| terms.get(place)).collect();
            for (&place, frequency) in places.iter().zip(self.ask(client, &asked)?) {
                if let Some(found) = found.get_mut(place) {
                    *found = Some(frequency);
                }
            }
        }
        Ok(found.into_iter().map(Option::unwrap_or_default).collect())
    }

    /// One search that counts a filter for each term: where nothing is deleted Lucene answers each from its dictionary.
    ///
    /// A search for each term in one `_msearch` would take the cluster several times as much, and OpenSearch sends back a
    /// header for many of such searches on every shard (`TASK_RESOURCE_USAGE`), more than an HTTP client takes.
    fn ask(&self, client: &Client, terms: &[&Term]) -> Result<Vec<u64>, ClientError> {
        let filters: Vec<Value> = terms.iter().map(|term| term.bare_query()).collect();
        let body = json!({
            "size": 0, "track_total_hits": false, "query": {"match_all": {}},
            "aggs": {"terms": {"filters": {"filters": filters}}},
        });
        let path = format!(
            "/{}/_search?allow_partial_search_results=true&filter_path=aggregations.terms.buckets.doc_count,_shards,timed_out",
            self.index
        );
        let counted: Counted = client.post(&path, &body, Patience::Search(self.deadline))?;
        let found: Vec<u64> = counted
            .aggregations
            .terms
            .buckets
            .iter()
            .map(|bucket| bucket.doc_count)
            .collect();
        // Where no shard answered there is nothing to count; the search itself will say so.
        if found.is_empty() && partial(counted.timed_out, counted.shards) {
            return Ok(vec![0; terms.len()]);
        }
        if found.len() != terms.len() {
            return Err(ClientError::Malformed {
                address: self.index.clone(),
                reason: format!("{} counts of {} terms", found.len(), terms.len()),
            });
        }
        // What some shards did not count is not remembered; the search itself will say that it is partial.
        if !partial(counted.timed_out, counted.shards) {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            for (term, &frequency) in terms.iter().zip(&found) {
                known.put(term.digest(), frequency);
            }
        }
        Ok(found)
    }
}
