//! Asks the documents of one generation, and says what an answer without some shards is worth.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::super::EngineError;
use super::client::{Client, ClientError, Patience};
use super::response::Searched;

/// The documents of one generation.
pub struct Documents {
    client: Arc<Client>,
    index: String,
    deadline: Duration,
}

impl Documents {
    /// Those of an index, asked within a deadline.
    pub fn new(client: Arc<Client>, index: &str, deadline: Duration) -> Self {
        Self {
            client,
            index: index.to_owned(),
            deadline,
        }
    }

    /// Asks for documents; tries once more where shards did not answer.
    pub fn ask(&self, mut body: Value) -> Result<Searched, EngineError> {
        let timeout = format!("{}ms", self.deadline.mul_f32(0.8).as_millis().max(1));
        if let Some(body) = body.as_object_mut() {
            body.insert("timeout".to_owned(), timeout.into());
        }
        let index = &self.index;
        let path = format!("/{index}/_search?allow_partial_search_results=true&include_named_queries_score=true");
        let patience = Patience::Search(self.deadline);
        let first: Searched = self.client.post(&path, &body, patience).map_err(unavailable)?;
        if first.shards.failed == 0 || first.timed_out {
            return Ok(first);
        }
        let second: Searched = self.client.post(&path, &body, patience).map_err(unavailable)?;
        Ok(if second.shards.failed < first.shards.failed {
            second
        } else {
            first
        })
    }

    /// The same where a part of the answer is no answer.
    pub fn ask_whole(&self, body: Value) -> Result<Searched, EngineError> {
        self.ask_for(usize::MAX, body)
    }

    /// The same where so many documents are wanted: with all of them the answer is whole, whichever shards are gone.
    pub fn ask_for(&self, wanted: usize, body: Value) -> Result<Searched, EngineError> {
        let searched = self.ask(body)?;
        if searched.partial() && searched.hits.hits.len() < wanted {
            return Err(EngineError::Unavailable(format!(
                "{} of {} shards of {} answered",
                searched.shards.successful, searched.shards.total, self.index
            )));
        }
        Ok(searched)
    }
}

/// The engine's form of a client's error.
pub fn unavailable(error: ClientError) -> EngineError {
    match error.status() {
        Some(status) if !error.passes() => EngineError::Unreadable(format!("{error} ({status})")),
        _ => EngineError::Unavailable(error.to_string()),
    }
}
