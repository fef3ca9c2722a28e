//! Answers given lately, kept for being asked again.
//!
//! People and front ends repeat themselves: the next page and back, the same question of many readers, a retry. An
//! answer depends on the index, the lexicon and the question alone, so whoever changes one of the first two begins with
//! nothing kept.

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use lru::LruCache;

use super::{Expand, ModelStatus, Results, Search};

/// The most hits of an answer that is kept: pages of people and assistants, not exports.
const MOST_HITS: usize = 20;

/// The answers to the last searches, over one index and one lexicon.
pub struct Recent(Option<Mutex<LruCache<String, Results>>>);

impl Recent {
    /// Keeps so many answers; with 0, none.
    pub fn new(most: usize) -> Self {
        Self(NonZeroUsize::new(most).map(|most| Mutex::new(LruCache::new(most))))
    }

    /// The answer to a search, if it was given lately.
    pub(super) fn answer(&self, search: &Search) -> Option<Results> {
        let kept = self.0.as_ref()?;
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&key(search)).cloned()
    }

    /// Keeps an answer, unless it is a large one, or one that another try could better.
    pub(super) fn keep(&self, results: &Results) {
        let Some(kept) = &self.0 else { return };
        let lacking = |model: &Option<ModelStatus>| !matches!(model, None | Some(ModelStatus::Used));
        let search = &results.search;
        let large = search.limit > MOST_HITS || search.expand != Expand::Nothing || search.explain;
        if large || results.partial || lacking(&results.dense) || lacking(&results.rerank) {
            return;
        }
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.put(key(search), results.clone());
    }
}

/// All that was asked, written out: a search has numbers that can't be hashed.
fn key(search: &Search) -> String {
    format!("{search:?}")
}
