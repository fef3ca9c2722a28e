//! What a search learns of an index that the next one can use: an index that is open never changes.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::schema::Field as Column;
use tantivy::{Score, Term};

use crate::text::Language;

/// The documents of a segment, a bit for each.
pub type Documents = Arc<[u64]>;

/// What is remembered of one open index.
#[derive(Debug, Default)]
pub struct Remembered {
    peaks: RwLock<HashMap<ListName, Score>>,
    documents: RwLock<HashMap<(u32, Option<Language>), Documents>>,
}

/// A list: its segment, the column whose lengths it is scored by, and its term.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ListName {
    segment: u32,
    lengths: Option<Column>,
    term: Term,
}

impl ListName {
    /// The name of a list.
    pub fn new(segment: u32, lengths: Option<Column>, term: &Term) -> Self {
        Self {
            segment,
            lengths,
            term: term.clone(),
        }
    }
}

impl Remembered {
    /// The most that the occurrences in one document of a list count, before any weight.
    pub fn peak(&self, list: &ListName) -> Option<Score> {
        let peaks = self.peaks.read().unwrap_or_else(PoisonError::into_inner);
        peaks.get(list).copied()
    }

    /// Remembers it.
    pub fn keep_peak(&self, list: ListName, peak: Score) {
        let mut peaks = self.peaks.write().unwrap_or_else(PoisonError::into_inner);
        peaks.insert(list, peak);
    }

    /// The documents of a segment in a language, or those not deleted; where they are not known, `find` says which.
    pub fn documents(
        &self,
        key: (u32, Option<Language>),
        find: impl FnOnce() -> tantivy::Result<Documents>,
    ) -> tantivy::Result<Documents> {
        let known = self
            .documents
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&key)
            .cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let found = find()?;
        let mut documents = self.documents.write().unwrap_or_else(PoisonError::into_inner);
        documents.insert(key, Arc::clone(&found));
        Ok(found)
    }
}
