//! One search for whichever binding asks: run when it is its turn, counted, and told to the log without its words.

use std::time::Instant;

use super::observe::Searched;
use super::problem::Problem;
use super::state::Server;
use crate::retrieve::{Results, Search};
use crate::text::Language;

/// What a search gave.
pub(crate) struct Ran {
    /// The hits.
    pub(crate) results: Results,
    /// Time taken by the search alone, in milliseconds.
    pub(crate) took_ms: f64,
    /// To be put into the answer's extensions, for the log.
    pub(crate) searched: Searched,
}

impl Server {
    /// Runs one search.
    pub(crate) async fn search(&self, search: Search) -> Result<Ran, Problem> {
        let (results, took_ms) = self
            .with_searcher(move |searcher| {
                let started = Instant::now();
                let results = searcher.search(&search)?;
                Ok((results, started.elapsed().as_micros() as f64 / 1000.0))
            })
            .await?;
        self.metrics().searched(results.total);
        let query = &results.search.query;
        let searched = Searched {
            length: query.chars().count(),
            language: Language::detect(query),
            total: results.total,
        };
        Ok(Ran {
            results,
            took_ms,
            searched,
        })
    }
}
