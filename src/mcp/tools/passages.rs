//! `search_passages`: passages with their text and references, under every restriction there is.

use schemars::JsonSchema;
use serde::Serialize;

use super::asked::SearchPassages;
use super::budget::fit;
use super::found::FoundText;
use super::tool::{Callable, Desk};
use crate::retrieve::Results;
use crate::server::{Base, Problem};

/// What was found, best first.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PassagesAnswer {
    /// Whether the articles answer the query: `yes`, `weak` (only near it) or `no`.
    answerable: &'static str,
    /// What the query was read as, where it was typed in pinyin or with slips.
    #[serde(skip_serializing_if = "Option::is_none")]
    read_as: Option<String>,
    /// How many passages match in all.
    total: usize,
    /// Present where a part of the index did not answer: there may be more passages, and better ones.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    partial: bool,
    /// The best of them.
    hits: Vec<FoundText>,
    /// How many more were asked for but did not fit into `max_tokens`.
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<usize>,
}

impl Callable for SearchPassages {
    const NAME: &'static str = "search_passages";
    const TITLE: &'static str = "Search passages";
    const DESCRIPTION: &'static str = "Searches the passages of bilingual (Chinese/English) scholarly articles and \
        gives their text with citation marks, the references they cite, relevance (0 to 1, the same meaning for \
        every query) and an address to cite. A question in one language finds passages in both. `answerable` says \
        whether anything found answers; where it is `no`, say so and do not answer from memory.";
    type Answer = PassagesAnswer;

    async fn call(self, desk: &Desk) -> Result<PassagesAnswer, Problem> {
        let room = self.room();
        let results = desk.search(self.resolve()?).await?;
        Ok(PassagesAnswer::new(results, room, &desk.base))
    }
}

impl PassagesAnswer {
    fn new(results: Results, room: Option<usize>, base: &Base) -> Self {
        let Results {
            search: _,
            answerable,
            correction,
            dense: _,
            rerank: _,
            understood: _,
            total,
            complete: _,
            partial,
            facets: _,
            hits,
        } = results;
        let hits = hits.into_iter().map(|hit| FoundText::new(hit, base)).collect();
        let (hits, left_out) = match room {
            Some(room) => fit(hits, room),
            None => (hits, 0),
        };
        Self {
            answerable: answerable.name(),
            read_as: correction.map(|correction| correction.query),
            total,
            partial,
            hits,
            left_out: (left_out > 0).then_some(left_out),
        }
    }
}
