//! The documents of a segment that are not deleted and that filters let through.

use std::sync::Arc;

use tantivy::query::{EnableScoring, Query};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED};

use super::remembered::{Documents, Remembered};
use crate::text::Language;

/// Documents in a word of a [`Documents`].
const WORD: usize = u64::BITS as usize;

/// Something that must hold of a document.
pub struct Filtering {
    /// What must hold.
    pub query: Box<dyn Query>,
    /// The language, where that is all it asks of a passage: such filters come with most searches.
    pub language: Option<Language>,
}

/// What may be found.
#[derive(Debug, Clone)]
pub struct Allowed(Documents);

impl Allowed {
    /// What is not deleted in a segment and passes all filters; nothing where that is everything.
    pub fn new(
        searcher: &Searcher,
        (segment, reader): (u32, &SegmentReader),
        filters: &[Filtering],
        remembered: &Remembered,
    ) -> tantivy::Result<Option<Self>> {
        let mut all: Option<Documents> = None;
        if reader.has_deletes() {
            all = Some(remembered.documents((segment, None), || Ok(alive(reader)))?);
        }
        for filter in filters {
            let found = || matched(searcher, reader, filter.query.as_ref());
            let passed = match filter.language {
                Some(language) => remembered.documents((segment, Some(language)), found)?,
                None => found()?,
            };
            all = Some(match all {
                Some(all) => all
                    .iter()
                    .zip(passed.iter())
                    .map(|(all, passed)| all & passed)
                    .collect(),
                None => passed,
            });
        }
        Ok(all.map(Self))
    }

    /// Whether a document may be found.
    pub fn has(&self, document: DocId) -> bool {
        let place = document as usize;
        self.0
            .get(place / WORD)
            .is_some_and(|word| word >> (place % WORD) & 1 == 1)
    }
}

fn alive(reader: &SegmentReader) -> Documents {
    bits(reader, reader.doc_ids_alive())
}

fn matched(searcher: &Searcher, reader: &SegmentReader, query: &dyn Query) -> tantivy::Result<Documents> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut scorer = weight.scorer(reader, 1.0)?;
    let mut next = scorer.doc();
    Ok(bits(
        reader,
        std::iter::from_fn(|| {
            let document = (next != TERMINATED).then_some(next)?;
            next = scorer.advance();
            Some(document)
        }),
    ))
}

fn bits(reader: &SegmentReader, documents: impl Iterator<Item = DocId>) -> Documents {
    let mut words = vec![0u64; (reader.max_doc() as usize).div_ceil(WORD)];
    for document in documents {
        if let Some(word) = words.get_mut(document as usize / WORD) {
            *word |= 1 << (document as usize % WORD);
        }
    }
    Arc::from(words)
}
