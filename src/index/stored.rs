//! Records as the embedded index keeps them: every reference once, in a document of its own, and what is said of the
//! article once, in the article's.
//!
//! A work is cited by several passages, and its entry is as long as a short passage. An article's documents follow one
//! another (passages, references, the article), so a distance is enough to find either from whoever names it.

use std::cell::RefCell;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tantivy::schema::Field as Column;
use tantivy::{DocAddress, Searcher, SegmentReader};

use super::EngineError;
use super::documents::Documents;
use super::entry::Entry;
use super::schema::Columns;
use crate::document::{
    Article, ArticleHead, ArticleOutline, CitingPassage, ListedArticle, Passage, PassageHead, PassageId, PlacedPassage,
    PlacedReference, Reference, SectionHead,
};

/// A passage without the references it cites and without what is said of its article.
#[derive(Debug, Serialize, Deserialize)]
pub struct StoredPassage {
    path: Vec<SectionHead>,
    passage: Passage,
    ordinal: u32,
    previous: Option<PassageId>,
    next: Option<PassageId>,
    unresolved: Vec<u32>,
    /// How many documents further the article's first reference is.
    references: u32,
    /// How many documents further the article itself is.
    article: u32,
    /// Places in the list of the references it cites.
    cites: Vec<u32>,
}

/// A reference, the entry itself first: whoever cites it reads no further.
#[derive(Debug, Serialize, Deserialize)]
pub struct StoredReference {
    entry: Entry,
    ordinal: u32,
    /// How many documents further the article itself is.
    article: u32,
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
        let references = (article.passages.len() as u32).saturating_sub(placed.ordinal);
        Self {
            references,
            article: references.saturating_add(article.references.len() as u32),
            cites: placed
                .references
                .iter()
                .filter_map(place_of)
                .map(|place| place as u32)
                .collect(),
            path: placed.path,
            passage: placed.passage,
            ordinal: placed.ordinal,
            previous: placed.previous,
            next: placed.next,
            unresolved: placed.unresolved,
        }
    }

    /// The passage with what it cites and what is said of its article.
    fn placed(self, article: ArticleHead, references: Vec<Reference>) -> PlacedPassage {
        PlacedPassage {
            article,
            path: self.path,
            passage: self.passage,
            ordinal: self.ordinal,
            previous: self.previous,
            next: self.next,
            references,
            unresolved: self.unresolved,
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
            article: (article.references.len() as u32).saturating_sub(placed.ordinal),
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
        let entry = |place: &u32| records.entry(at, i64::from(self.references) + i64::from(*place));
        let references = self.cites.iter().map(entry).collect::<Result<_, _>>()?;
        let article = records.head(at, self.article)?;
        Ok(self.placed(article, references))
    }
}

impl Stored for StoredReference {
    type Whole = PlacedReference;

    fn whole(self, records: &Records<'_>, at: DocAddress) -> Result<PlacedReference, EngineError> {
        let article = records.head(at, self.article)?;
        let citing = |ordinal: &u32| {
            let distance = i64::from(*ordinal) - i64::from(self.passages);
            let stored = records.beside(at, distance, |bytes| postcard::from_bytes::<StoredPassage>(bytes))?;
            let placed = stored.placed(article.clone(), Vec::new());
            Ok(CitingPassage {
                locator: placed.locator(),
                id: placed.passage.id,
            })
        };
        Ok(PlacedReference {
            cited_by: self.cited_by.iter().map(citing).collect::<Result<_, EngineError>>()?,
            article,
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
    documents: &'a Documents,
    /// The article whose head was read last: the passages of an article are often read together.
    last: RefCell<Option<(DocAddress, ArticleHead)>>,
}

impl<'a> Records<'a> {
    /// The records that a searcher sees.
    pub fn new(searcher: &'a Searcher, columns: &'a Columns, documents: &'a Documents) -> Self {
        Self {
            searcher,
            columns,
            documents,
            last: RefCell::new(None),
        }
    }

    /// The record of a document, made whole.
    pub fn read<T: Stored>(&self, at: DocAddress) -> Result<T::Whole, EngineError> {
        self.at(at, self.columns.record, |bytes| postcard::from_bytes::<T>(bytes))?
            .whole(self, at)
    }

    /// What is said of the article whose document is so many further.
    fn head(&self, from: DocAddress, distance: u32) -> Result<ArticleHead, EngineError> {
        let at = further(from, i64::from(distance))?;
        if let Some((last, head)) = self.last.borrow().as_ref()
            && *last == at
        {
            return Ok(head.clone());
        }
        let head = self.at(at, self.columns.head, |bytes| {
            postcard::from_bytes::<ArticleHead>(bytes)
        })?;
        self.last.replace(Some((at, head.clone())));
        Ok(head)
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
        self.at(further(from, distance)?, self.columns.record, read)
    }

    fn at<T>(
        &self,
        at: DocAddress,
        column: Column,
        read: impl Fn(&[u8]) -> postcard::Result<T>,
    ) -> Result<T, EngineError> {
        segment_of(self.searcher, at)?;
        let bytes = self.documents.record(at, column)?;
        read(&bytes).map_err(|error| EngineError::Record(error.to_string()))
    }
}

/// The document so many further in the same segment, or before where the distance is negative.
fn further(from: DocAddress, distance: i64) -> Result<DocAddress, EngineError> {
    let document = u32::try_from(i64::from(from.doc_id).saturating_add(distance))
        .map_err(|_| EngineError::Record("it names a document outside the index".to_owned()))?;
    Ok(DocAddress::new(from.segment_ord, document))
}
