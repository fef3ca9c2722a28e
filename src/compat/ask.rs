//! Makes a search of what the callers of a door say, and brings back what it shows.

use super::door::Asked;
use super::shown::Shown;
use crate::document::ArticleId;
use crate::query::Condition;
use crate::retrieve::{Correction, DEEPEST_OFFSET, LONGEST_QUERY, MOST_HITS, Search};
use crate::server::{FieldFault, Problem, Ran, Searched, Server};

/// What a caller wants.
pub(super) struct Wanted {
    /// What to look for.
    pub(super) query: String,
    /// How many hits: 1 to the most there can be.
    pub(super) limit: usize,
    /// How many of the best to skip.
    pub(super) offset: usize,
    /// The least relevance, 0 to 1.
    pub(super) least: f32,
    /// Only these articles; all where empty.
    pub(super) articles: Vec<ArticleId>,
    /// What must hold of the facts of a hit.
    pub(super) condition: Option<Condition>,
}

/// What a search through a door gave.
pub(super) struct Got {
    /// Best first, in the order of the native API.
    pub(super) hits: Vec<Shown>,
    /// How many match in all.
    pub(super) total: usize,
    /// What the query was read as where it was typed with slips.
    pub(super) correction: Option<Correction>,
    /// For the log.
    pub(super) searched: Searched,
}

impl Wanted {
    /// The ten best for a query that stands in `field`.
    pub(super) fn new(query: Option<String>, field: &'static str) -> Result<Self, Problem> {
        let query = query.unwrap_or_default();
        let length = query.chars().count();
        let fault = |message: String, expected: String| {
            Err(Problem::invalid_parameters(vec![FieldFault::new(
                field, message, expected,
            )]))
        };
        if query.trim().is_empty() {
            return fault(
                "it has nothing to look for".to_owned(),
                "at least one word or character to look for".to_owned(),
            );
        }
        if length > LONGEST_QUERY {
            return fault(
                format!("it has {length} characters"),
                format!("at most {LONGEST_QUERY} characters"),
            );
        }
        Ok(Self {
            query,
            limit: 10,
            offset: 0,
            least: 0.0,
            articles: Vec::new(),
            condition: None,
        })
    }

    /// So many hits as the caller said, as far as there can be so many.
    pub(super) fn limit(mut self, said: Option<f64>) -> Self {
        if let Some(said) = said {
            self.limit = said.clamp(1.0, MOST_HITS as f64) as usize;
        }
        self
    }

    /// The page that the caller said, from 1; nothing where it lies deeper than there are hits to skip.
    pub(super) fn page(mut self, said: Option<f64>) -> Option<Self> {
        let before = said.unwrap_or(1.0).clamp(1.0, 1e6) as usize - 1;
        self.offset = before * self.limit;
        (self.offset <= DEEPEST_OFFSET).then_some(self)
    }

    /// Not less relevant than the caller said.
    pub(super) fn least(mut self, said: Option<f64>) -> Self {
        self.least = said.unwrap_or(0.0) as f32;
        self
    }

    /// Searches.
    pub(super) async fn search(self, server: &Server, asked: &Asked) -> Result<Got, Problem> {
        let Self {
            query,
            limit,
            offset,
            least,
            articles,
            condition,
        } = self;
        let mut search = Search::new(query);
        search.limit = limit;
        search.offset = offset;
        search.min_relevance = least;
        search.filters.articles = articles;
        search.filters.condition = condition;
        let Ran {
            results,
            took_ms: _,
            searched,
        } = server.search(search).await?;
        let results = results.whole()?;
        let mut hits: Vec<Shown> = results.hits.into_iter().map(|hit| Shown::new(hit, asked)).collect();
        keep_order(&mut hits);
        Ok(Got {
            hits,
            total: results.total,
            correction: results.correction,
            searched,
        })
    }
}

/// Shows no hit as more relevant than one before it: Dify and Open WebUI sort by score what they are given, and must
/// end up with our order.
fn keep_order(hits: &mut [Shown]) {
    let mut least = 1.0_f32;
    for hit in hits {
        least = least.min(hit.relevance);
        hit.relevance = least;
    }
}
