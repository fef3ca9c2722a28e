//! A passage or reference found, as an assistant reads it: its text, where it stands, and what it cites.

use schemars::JsonSchema;
use serde::Serialize;

use crate::document::{ArticleHead, CitingPassage, Passage, PlacedPassage, PlacedReference, Reference};
use crate::mcp::reading;
use crate::retrieve::{Found, Hit};
use crate::server::Base;
use crate::text::Language;

/// A passage found, or an entry of a reference list.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FoundText {
    /// Place in the ranking, from 1.
    rank: usize,
    /// How sure it is that this answers, 0 to 1.
    relevance: f32,
    /// Identifier of the passage, for `fetch`; of a reference, `ARTICLE:rN`.
    id: String,
    /// What it says; a passage with its citation marks.
    text: String,
    /// The article it stands in.
    article: FoundArticle,
    /// Its section: number and title.
    #[serde(skip_serializing_if = "String::is_empty")]
    section: String,
    /// Article, section and paragraph.
    locator: String,
    /// Where a person reads it; cite this.
    url: String,
    /// The references that the citation marks name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    references: Vec<FoundReference>,
    /// Of a reference: identifiers of the passages that cite it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cited_by: Vec<String>,
}

/// An article as a hit names it.
#[derive(Debug, Serialize, JsonSchema)]
struct FoundArticle {
    /// Its identifier.
    id: String,
    /// Title in the language of the text, else in the other.
    title: String,
    /// Authors as printed.
    authors: Vec<String>,
    /// Year of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<u16>,
    /// Journal.
    #[serde(skip_serializing_if = "Option::is_none")]
    journal: Option<String>,
    /// Digital object identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    doi: Option<String>,
}

/// An entry of a reference list.
#[derive(Debug, Serialize, JsonSchema)]
struct FoundReference {
    /// The printed number.
    number: u32,
    /// The entry as printed.
    text: String,
}

impl FoundText {
    /// A hit of a server at `base`.
    pub(crate) fn new(hit: Hit, base: &Base) -> Self {
        let Hit {
            rank,
            score: _,
            relevance,
            found,
            highlights: _,
            snippet: _,
        } = hit;
        // Two digits say all there is to know, and cost a model less.
        let relevance = (relevance * 100.0).round() / 100.0;
        match found {
            Found::Passage(placed) => Self::passage((rank, relevance), *placed, base),
            Found::Reference(placed) => Self::reference((rank, relevance), *placed, base),
        }
    }

    fn passage((rank, relevance): (usize, f32), placed: PlacedPassage, base: &Base) -> Self {
        let locator = placed.locator();
        let PlacedPassage {
            article,
            path,
            passage,
            ordinal: _,
            previous: _,
            next: _,
            references,
            unresolved: _,
        } = placed;
        let Passage {
            id,
            section: _,
            paragraph: _,
            piece: _,
            language,
            text,
            span: _,
            citations,
            marks: _,
            lines: _,
        } = passage;
        Self {
            rank,
            relevance,
            url: base.page(article.id.as_str(), Some(id.as_str())),
            id: id.to_string(),
            text: reading::with_citations(&text, &citations),
            article: FoundArticle::new(article, language),
            section: path.last().map(reading::heading).unwrap_or_default(),
            locator,
            references: references.into_iter().map(FoundReference::from).collect(),
            cited_by: Vec::new(),
        }
    }

    fn reference((rank, relevance): (usize, f32), placed: PlacedReference, base: &Base) -> Self {
        let PlacedReference {
            article,
            reference,
            ordinal,
            cited_by,
        } = placed;
        let FoundReference { number, text } = FoundReference::from(reference);
        Self {
            rank,
            relevance,
            url: base.page(article.id.as_str(), None),
            id: format!("{}:r{}", article.id, ordinal + 1),
            locator: format!("{} [{number}]", article.id),
            article: FoundArticle::new(article, Language::detect(&text)),
            text,
            section: String::new(),
            references: Vec::new(),
            cited_by: cited_by
                .into_iter()
                .map(|CitingPassage { id, locator: _ }| id.to_string())
                .collect(),
        }
    }
}

impl FoundArticle {
    fn new(head: ArticleHead, language: Language) -> Self {
        let ArticleHead {
            id,
            title,
            authors,
            journal,
            year,
            doi,
            url: _,
            extra: _,
        } = head;
        Self {
            title: title.prefer(language).cloned().unwrap_or_else(|| id.to_string()),
            id: id.to_string(),
            authors: authors.prefer(language).cloned().unwrap_or_default(),
            year,
            journal: journal.prefer(language).cloned(),
            doi,
        }
    }
}

impl From<Reference> for FoundReference {
    fn from(reference: Reference) -> Self {
        // The printed entry holds all its parts.
        Self {
            number: reference.number,
            text: reference.text,
        }
    }
}
