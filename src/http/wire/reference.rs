//! A reference list entry as the API shows it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::document::{self, PlacedReference};

/// A cited work. What could not be told apart in the printed entry is null; `text` always holds the whole entry.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Reference {
    /// The printed number.
    pub number: u32,
    /// The entry as printed.
    pub text: String,
    /// Authors as printed, in order.
    pub authors: Vec<String>,
    /// Whether the printed author list ends in "et al." or 等.
    pub more_authors: bool,
    /// Title of the work.
    pub title: Option<String>,
    /// GB/T 7714 type mark, such as `J` or `M`.
    pub type_mark: Option<String>,
    /// Journal, book or site that holds the work.
    pub container: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Place of publication.
    pub place: Option<String>,
    /// Year of publication.
    pub year: Option<u16>,
    /// Volume as printed.
    pub volume: Option<String>,
    /// Issue as printed.
    pub issue: Option<String>,
    /// Pages or article number as printed.
    pub pages: Option<String>,
    /// DOI, lower case, without resolver.
    pub doi: Option<String>,
    /// PubMed identifier.
    pub pmid: Option<String>,
    /// Web address as printed.
    pub url: Option<String>,
}

impl From<document::Reference> for Reference {
    fn from(reference: document::Reference) -> Self {
        let document::Reference {
            number,
            text,
            authors,
            more_authors,
            title,
            type_mark,
            container,
            publisher,
            place,
            year,
            volume,
            issue,
            pages,
            doi,
            pmid,
            url,
            line: _,
        } = reference;
        Self {
            number,
            text,
            authors,
            more_authors,
            title,
            type_mark,
            container,
            publisher,
            place,
            year,
            volume,
            issue,
            pages,
            doi,
            pmid,
            url,
        }
    }
}

/// A passage named by its identifier and its place in words.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CitingPassage {
    /// Identifier of the passage.
    pub id: String,
    /// Article, section and paragraph.
    pub locator: String,
}

impl From<document::CitingPassage> for CitingPassage {
    fn from(passage: document::CitingPassage) -> Self {
        let document::CitingPassage { id, locator } = passage;
        Self {
            id: id.to_string(),
            locator,
        }
    }
}

/// A cited work with the passages that cite it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CitedReference {
    /// The work.
    #[serde(flatten)]
    pub reference: Reference,
    /// The passages of the article that cite it, in reading order.
    pub cited_by: Vec<CitingPassage>,
}

/// The reference list of an article.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ArticleReferences {
    /// Identifier of the article.
    pub article: String,
    /// How many references there are.
    pub total: usize,
    /// In printed order.
    pub references: Vec<CitedReference>,
}

impl ArticleReferences {
    /// The answer for one article.
    pub(crate) fn new(article: String, references: Vec<PlacedReference>) -> Self {
        let references: Vec<CitedReference> = references.into_iter().map(CitedReference::from).collect();
        Self {
            article,
            total: references.len(),
            references,
        }
    }
}

impl From<PlacedReference> for CitedReference {
    fn from(placed: PlacedReference) -> Self {
        let PlacedReference {
            article: _,
            reference,
            ordinal: _,
            cited_by,
        } = placed;
        Self {
            reference: reference.into(),
            cited_by: cited_by.into_iter().map(CitingPassage::from).collect(),
        }
    }
}
