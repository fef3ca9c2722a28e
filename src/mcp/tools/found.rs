//! A passage or reference found, as an assistant reads it: its text, where it stands, and what it cites.

use schemars::JsonSchema;
use serde::Serialize;

use crate::cite::quoted;
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
    relevance: f64,
    /// Identifier of the passage, for `fetch`; of a reference, `ARTICLE:rN`.
    id: String,
    /// What it says; a passage with its citation marks.
    pub(super) text: String,
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
    pub(super) references: Vec<FoundReference>,
    /// The passages around it, in reading order, where `expand` asked for them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) around: Vec<Neighbour>,
    /// True where references or sentences were left out to keep within `max_tokens`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) shortened: bool,
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
pub(super) struct FoundReference {
    /// The printed number.
    number: u32,
    /// The entry as printed.
    text: String,
}

/// A passage beside the one found.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Neighbour {
    /// Identifier of the passage, for `fetch`.
    id: String,
    /// What it says, with its citation marks.
    text: String,
}

impl FoundText {
    /// A hit of a server at `base`.
    pub(crate) fn new(hit: Hit, base: &Base) -> Self {
        let Hit {
            rank,
            score: _,
            lift: _,
            relevance,
            found,
            highlights: _,
            duplicates: _,
            explanation: _,
            around,
            cosine: _,
        } = hit;
        // Two digits say all there is to know, and cost a model less.
        let relevance = (f64::from(relevance) * 100.0).round() / 100.0;
        let mut shown = match found {
            Found::Passage(placed) => Self::passage((rank, relevance), *placed, base),
            Found::Reference(placed) => Self::reference((rank, relevance), *placed, base),
        };
        shown.around = around.into_iter().map(Neighbour::from).collect();
        shown
    }

    fn passage((rank, relevance): (usize, f64), placed: PlacedPassage, base: &Base) -> Self {
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
            text: quoted(&reading::with_citations(&text, &citations)),
            article: FoundArticle::new(article, language),
            section: path.last().map(reading::heading).unwrap_or_default(),
            locator,
            references: references.into_iter().map(FoundReference::from).collect(),
            around: Vec::new(),
            shortened: false,
            cited_by: Vec::new(),
        }
    }

    fn reference((rank, relevance): (usize, f64), placed: PlacedReference, base: &Base) -> Self {
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
            around: Vec::new(),
            shortened: false,
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
            title: title
                .prefer(language)
                .map_or_else(|| id.to_string(), |title| quoted(title)),
            id: id.to_string(),
            authors: authors
                .prefer(language)
                .into_iter()
                .flatten()
                .map(|author| quoted(author))
                .collect(),
            year,
            journal: journal.prefer(language).map(|journal| quoted(journal)),
            doi: doi.as_deref().map(quoted),
        }
    }
}

impl From<PlacedPassage> for Neighbour {
    fn from(placed: PlacedPassage) -> Self {
        // It stands in the same article as the hit.
        let passage = placed.passage;
        Self {
            id: passage.id.to_string(),
            text: quoted(&reading::with_citations(&passage.text, &passage.citations)),
        }
    }
}

impl From<Reference> for FoundReference {
    fn from(reference: Reference) -> Self {
        // The printed entry holds all its parts.
        Self {
            number: reference.number,
            text: quoted(&reference.text),
        }
    }
}
