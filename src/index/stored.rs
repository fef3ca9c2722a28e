//! Records as the embedded index keeps them: every reference once, in a document of its own.
//!
//! A work is cited by several passages, and its entry is as long as a short passage. An article's documents follow one
//! another (passages, references, the article), so a distance is enough to find an entry from whoever names it.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tantivy::schema::Value;
use tantivy::{DocAddress, Searcher, SegmentReader, TantivyDocument};

use super::EngineError;
use super::entry::Entry;
use super::schema::Columns;
use super::translate::unreadable;
use crate::document::{
    Article, ArticleHead, ArticleOutline, CitingPassage, ListedArticle, PassageHead, PlacedPassage, PlacedReference,
    Reference,
};

/// A passage without the references it cites.
#[derive(Debug, Serialize, Deserialize)]
pub struct StoredPassage {
    /// The passage; its references are empty.
    placed: PlacedPassage,
    /// How many documents further the article's first reference is.
    references: u32,
    /// Places in the list of the references it cites.
    cites: Vec<u32>,
}

/// A reference, the entry itself first: whoever cites it reads no further.
#[derive(Debug, Serialize, Deserialize)]
pub struct StoredReference {
    entry: Entry,
    ordinal: u32,
    article: ArticleHead,
    /// How many documents before this one the article's first passage is.
    passages: u32,
    /// Ordinals of the passages that cite it.
    cited_by: Vec<u32>,
}

/// An article without its reference list, what a list of articles says first.
#[derive(Debug, Serialize, Deserialize)]
pub struct StoredOutline {
    listed: ListedArticle,
    passages: Vec<PassageHead>,
}

/// The beginning of a [`StoredOutline`].
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct StoredListing(ListedArticle);

/// A record, and what is read beside it to make it whole.
pub trait Stored: DeserializeOwned {
    /// What it stands for.
    type Whole;

    /// Makes it whole.
    fn whole(self, records: &Records<'_>, at: DocAddress) -> Result<Self::Whole, EngineError>;
}

impl StoredPassage {
    /// What is kept of a passage of an article.
    pub fn new(article: &Article, placed: PlacedPassage) -> Self {
        let place_of = |cited: &Reference| {
            let mut list = article.references.iter();
            list.position(|reference| reference.number == cited.number)
        };
        Self {
            references: (article.passages.len() as u32).saturating_sub(placed.ordinal),
            cites: placed
                .references
                .iter()
                .filter_map(place_of)
                .map(|place| place as u32)
                .collect(),
            placed: PlacedPassage {
                references: Vec::new(),
                ..placed
            },
        }
    }
}

impl StoredReference {
    /// What is kept of a reference of an article.
    pub fn new(article: &Article, placed: PlacedReference) -> Self {
        let ordinal_of = |citing: &CitingPassage| {
            let mut passages = article.passages.iter();
            passages.position(|passage| passage.id == citing.id)
        };
        Self {
            entry: Entry::new(&placed.reference),
            ordinal: placed.ordinal,
            article: placed.article,
            passages: (article.passages.len() as u32).saturating_add(placed.ordinal),
            cited_by: placed
                .cited_by
                .iter()
                .filter_map(ordinal_of)
                .map(|ordinal| ordinal as u32)
                .collect(),
        }
    }
}

impl StoredOutline {
    /// What is kept of an article.
    pub fn new(outline: ArticleOutline) -> Self {
        Self {
            passages: outline.passages.clone(),
            listed: outline.into(),
        }
    }
}

impl Stored for StoredPassage {
    type Whole = PlacedPassage;

    fn whole(self, records: &Records<'_>, at: DocAddress) -> Result<PlacedPassage, EngineError> {
        let Self {
            mut placed,
            references,
            cites,
        } = self;
        let entry = |place: &u32| records.entry(at, i64::from(references) + i64::from(*place));
        placed.references = cites.iter().map(entry).collect::<Result<_, _>>()?;
        Ok(placed)
    }
}

impl Stored for StoredReference {
    type Whole = PlacedReference;

    fn whole(self, records: &Records<'_>, at: DocAddress) -> Result<PlacedReference, EngineError> {
        let citing = |ordinal: &u32| {
            let distance = i64::from(*ordinal) - i64::from(self.passages);
            let stored = records.beside(at, distance, |bytes| postcard::from_bytes::<StoredPassage>(bytes))?;
            Ok(CitingPassage {
                locator: stored.placed.locator(),
                id: stored.placed.passage.id,
            })
        };
        Ok(PlacedReference {
            cited_by: self.cited_by.iter().map(citing).collect::<Result<_, EngineError>>()?,
            article: self.article,
            reference: self.entry.reference()?,
            ordinal: self.ordinal,
        })
    }
}

impl Stored for StoredOutline {
    type Whole = ArticleOutline;

    fn whole(self, records: &Records<'_>, at: DocAddress) -> Result<ArticleOutline, EngineError> {
        let Self { listed, passages } = self;
        let entry = |back: usize| records.entry(at, 0i64.saturating_sub_unsigned(back as u64));
        Ok(ArticleOutline {
            references: (1..=listed.references).rev().map(entry).collect::<Result<_, _>>()?,
            id: listed.id,
            source: listed.source,
            language: listed.language,
            metadata: listed.metadata,
            sections: listed.sections,
            passages,
        })
    }
}

impl Stored for StoredListing {
    type Whole = ListedArticle;

    fn whole(self, _: &Records<'_>, _: DocAddress) -> Result<ListedArticle, EngineError> {
        Ok(self.0)
    }
}

/// The segment that a document is in.
pub fn segment_of(searcher: &Searcher, at: DocAddress) -> Result<&SegmentReader, EngineError> {
    searcher
        .segment_readers()
        .get(at.segment_ord as usize)
        .filter(|reader| at.doc_id < reader.max_doc())
        .ok_or_else(|| EngineError::Unreadable("a document address of another snapshot".to_owned()))
}

/// Reads the records of an index.
pub struct Records<'a> {
    searcher: &'a Searcher,
    columns: &'a Columns,
}

impl<'a> Records<'a> {
    /// The records that a searcher sees.
    pub fn new(searcher: &'a Searcher, columns: &'a Columns) -> Self {
        Self { searcher, columns }
    }

    /// The record of a document, made whole.
    pub fn read<T: Stored>(&self, at: DocAddress) -> Result<T::Whole, EngineError> {
        self.at(at, |bytes| postcard::from_bytes::<T>(bytes))?.whole(self, at)
    }

    /// The entry of the reference so many documents further.
    fn entry(&self, from: DocAddress, distance: i64) -> Result<Reference, EngineError> {
        // What stands behind the entry in the record is not read.
        self.beside(from, distance, |bytes| postcard::from_bytes::<Entry>(bytes))?
            .reference()
    }

    /// Reads the record so many documents further, or before where the distance is negative.
    fn beside<T>(
        &self,
        from: DocAddress,
        distance: i64,
        read: impl Fn(&[u8]) -> postcard::Result<T>,
    ) -> Result<T, EngineError> {
        let document = u32::try_from(i64::from(from.doc_id).saturating_add(distance))
            .map_err(|_| EngineError::Record("it names a document outside the index".to_owned()))?;
        self.at(DocAddress::new(from.segment_ord, document), read)
    }

    fn at<T>(&self, at: DocAddress, read: impl Fn(&[u8]) -> postcard::Result<T>) -> Result<T, EngineError> {
        segment_of(self.searcher, at)?;
        let document: TantivyDocument = self.searcher.doc(at).map_err(unreadable)?;
        let bytes = document
            .get_first(self.columns.record)
            .and_then(|value| value.as_bytes())
            .ok_or_else(|| EngineError::Record("the document has no record".to_owned()))?;
        read(bytes).map_err(|error| EngineError::Record(error.to_string()))
    }
}
