//! Sends documents many at a time until every one of them is acknowledged.

use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::super::IndexError;
use super::client::{Client, Patience};

/// How long a cluster that takes nothing is tried again.
const PATIENCE: Duration = Duration::from_secs(600);
/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
/// From when on, and how often, is told that the cluster does not take documents.
const TOLD: Duration = Duration::from_secs(30);

/// What is done with one document.
#[derive(Debug, Clone)]
pub struct Item {
    action: String,
    body: Option<String>,
}

#[derive(Deserialize)]
struct Answer {
    errors: bool,
    #[serde(default)]
    items: Vec<Map<String, Value>>,
}

impl Item {
    /// Puts a document in place, whether it is there or not.
    pub fn put(index: &str, id: &str, routing: &str, body: String) -> Self {
        Self {
            action: json!({"index": {"_index": index, "_id": id, "routing": routing}}).to_string(),
            body: Some(body),
        }
    }

    /// Makes a document unless it is there.
    pub fn create(index: &str, id: &str, body: String) -> Self {
        Self {
            action: json!({"create": {"_index": index, "_id": id}}).to_string(),
            body: Some(body),
        }
    }

    /// Removes a document where it is there.
    pub fn remove(index: &str, id: &str, routing: &str) -> Self {
        Self {
            action: json!({"delete": {"_index": index, "_id": id, "routing": routing}}).to_string(),
            body: None,
        }
    }

    /// Bytes it takes.
    pub fn bytes(&self) -> usize {
        self.action.len() + 2 + self.body.as_ref().map_or(0, String::len)
    }
}

/// Sends items until each is acknowledged. What the cluster has no room for just now is sent again, after growing
/// pauses; the same item may arrive twice and changes nothing then.
///
/// # Errors
/// An item the cluster will never take, or a cluster that takes nothing for ten minutes.
pub fn send(client: &Client, items: Vec<Item>) -> Result<(), IndexError> {
    let started = Instant::now();
    let mut left = items;
    let mut pause = Duration::from_millis(100);
    let mut told = Duration::ZERO;
    while !left.is_empty() {
        let mut lines = Vec::with_capacity(left.iter().map(Item::bytes).sum());
        for item in &left {
            lines.extend_from_slice(item.action.as_bytes());
            lines.push(b'\n');
            if let Some(body) = &item.body {
                lines.extend_from_slice(body.as_bytes());
                lines.push(b'\n');
            }
        }
        let remaining = PATIENCE.saturating_sub(started.elapsed());
        let answer: Answer = client.post_lines("/_bulk", &lines, Patience::Persistent(remaining))?;
        if answer.items.len() != left.len() {
            return Err(IndexError::Write(format!(
                "the cluster acknowledged {} of {} documents",
                answer.items.len(),
                left.len()
            )));
        }
        if !answer.errors {
            return Ok(());
        }
        let mut again = Vec::new();
        let mut refusal = String::new();
        for (item, answer) in left.into_iter().zip(answer.items) {
            let Some((action, outcome)) = answer.into_iter().next() else {
                again.push(item);
                continue;
            };
            match (action.as_str(), outcome["status"].as_u64().unwrap_or(0)) {
                (_, 200..300) | ("create", 409) | ("delete", 404) => {}
                (_, status @ (429 | 500 | 502 | 503 | 504)) => {
                    if refusal.is_empty() {
                        let reason = outcome["error"]["reason"].as_str().unwrap_or("no reason given");
                        refusal = format!("{status}: {reason}");
                    }
                    again.push(item);
                }
                (_, status) => {
                    let error = &outcome["error"];
                    let reason = error["reason"].as_str().unwrap_or("no reason given");
                    let cause = error["caused_by"]["reason"].as_str().unwrap_or("");
                    return Err(IndexError::Write(format!(
                        "the cluster does not take a document ({status}): {reason} {cause}"
                    )));
                }
            }
        }
        left = again;
        if !left.is_empty() {
            let waited = started.elapsed();
            if waited + pause > PATIENCE {
                return Err(IndexError::Write(format!(
                    "the cluster did not take {} documents for {} s ({refusal})",
                    left.len(),
                    PATIENCE.as_secs()
                )));
            }
            if waited >= told + TOLD {
                told = waited;
                tracing::warn!(
                    documents = left.len(),
                    "the cluster has not taken these documents for {} s ({refusal}); trying again",
                    waited.as_secs()
                );
            }
            thread::sleep(pause);
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }
    Ok(())
}
