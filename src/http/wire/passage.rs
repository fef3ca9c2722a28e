//! A passage as the API shows it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::metadata::{self, Plain};
use super::position::{self, Range};
use super::{ArticleHead, Lang, Reference};
use crate::document::{self, MarkStyle, PlacedPassage, SectionHead};
use crate::retrieve::PassageView;
use crate::server::Base;

/// A section named by its number and title, both null where none is printed.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SectionName {
    /// Unique in the article.
    pub id: String,
    /// Printed number, such as `1.2.2`.
    pub number: Option<String>,
    /// Printed title.
    pub title: Option<String>,
}

impl From<SectionHead> for SectionName {
    fn from(head: SectionHead) -> Self {
        let SectionHead {
            id,
            kind: _,
            number,
            title,
        } = head;
        Self { id, number, title }
    }
}

/// The section of a passage with the sections around it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PlacedSection {
    /// Unique in the article.
    pub id: String,
    /// Printed number, such as `1.2.2`.
    pub number: Option<String>,
    /// Printed title.
    pub title: Option<String>,
    /// From the top section down to this one.
    pub path: Vec<SectionName>,
}

impl PlacedSection {
    /// The last section of a path, with the path.
    pub(crate) fn at_end_of(path: Vec<SectionHead>) -> Self {
        let path: Vec<SectionName> = path.into_iter().map(SectionName::from).collect();
        let SectionName { id, number, title } = path.last().cloned().unwrap_or(SectionName {
            id: String::new(),
            number: None,
            title: None,
        });
        Self {
            id,
            number,
            title,
            path,
        }
    }

    /// The reference list, which is not one of the article's sections.
    pub(crate) fn references() -> Self {
        let name = SectionName {
            id: "references".to_owned(),
            number: None,
            title: None,
        };
        Self {
            id: name.id.clone(),
            number: None,
            title: None,
            path: vec![name],
        }
    }
}

/// A mark in the text that points to references.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Citation {
    /// The Unicode code point of `text` before which the mark stood.
    pub at: usize,
    /// The reference numbers it names, ranges written out.
    pub numbers: Vec<u32>,
    /// The mark as printed. Where it is a word of its sentence (`as shown in [2]`), the text before it ends with it.
    pub printed: String,
}

/// The citations of a text, their places counted in code points.
pub(crate) fn citations(text: &str, citations: Vec<document::Citation>) -> Vec<Citation> {
    let bytes: Vec<usize> = citations.iter().map(|citation| citation.at).collect();
    let counted = position::code_points(text, &bytes);
    citations
        .into_iter()
        .zip(counted)
        .map(|(citation, at)| {
            let document::Citation {
                at: _,
                numbers,
                printed,
            } = citation;
            Citation { at, numbers, printed }
        })
        .collect()
}

/// How a stretch of text is set.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    /// Raised.
    Superscript,
    /// Lowered.
    Subscript,
    /// Italic.
    Italic,
    /// Bold.
    Bold,
}

impl From<MarkStyle> for Style {
    fn from(style: MarkStyle) -> Self {
        match style {
            MarkStyle::Superscript => Self::Superscript,
            MarkStyle::Subscript => Self::Subscript,
            MarkStyle::Italic => Self::Italic,
            MarkStyle::Bold => Self::Bold,
        }
    }
}

/// A stretch of text set in another way than the rest, counted in Unicode code points of `text`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Mark {
    /// The first code point, from 0.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// How it is set.
    pub style: Style,
}

fn marks(text: &str, marks: &[document::Mark]) -> Vec<Mark> {
    let spans: Vec<_> = marks.iter().map(|mark| mark.span).collect();
    position::ranges(text, &spans)
        .into_iter()
        .zip(marks)
        .map(|(Range { start, end }, mark)| Mark {
            start,
            end,
            style: mark.style.into(),
        })
        .collect()
}

/// A passage with its place in its article and the references it cites.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Passage {
    /// Outlives re-indexing.
    pub id: String,
    /// Article, section and paragraph.
    pub locator: String,
    /// Language of the passage.
    pub lang: Lang,
    /// What is searched and shown: plain text without citation marks.
    pub text: String,
    /// Where it stands.
    pub section: PlacedSection,
    /// Ordinal of its paragraph in the section, from 1.
    pub paragraph: u32,
    /// Ordinal of the piece, from 1, where a long paragraph was cut; 0 where the passage is the whole paragraph.
    pub piece: u32,
    /// The article it stands in.
    pub article: ArticleHead,
    /// The references it cites, in order of first citation.
    pub references: Vec<Reference>,
    /// Cited numbers that the reference list lacks.
    pub unresolved_citations: Vec<u32>,
    /// The citation marks, in reading order.
    pub citations: Vec<Citation>,
    /// Superscripts, subscripts, italic and bold, in reading order; they may nest.
    pub marks: Vec<Mark>,
    /// Flat facts for front ends: text, number or true/false.
    pub metadata: BTreeMap<String, Plain>,
}

impl Passage {
    /// The passage as an answer of the API at `base`.
    pub(crate) fn new(placed: PlacedPassage, base: &Base) -> Self {
        let locator = placed.locator();
        let facts = placed.facts();
        let PlacedPassage {
            article,
            path,
            passage,
            ordinal: _,
            previous: _,
            next: _,
            references,
            unresolved,
        } = placed;
        let document::Passage {
            id,
            section: _,
            paragraph,
            piece,
            language,
            text,
            span: _,
            citations: cited,
            marks: set,
            lines: _,
        } = passage;
        let article = ArticleHead::new(article, language, base);
        let section = PlacedSection::at_end_of(path);
        Self {
            metadata: metadata::flat(facts, &article),
            id: id.to_string(),
            locator,
            lang: language.into(),
            section,
            paragraph,
            piece,
            article,
            references: references.into_iter().map(Reference::from).collect(),
            unresolved_citations: unresolved,
            citations: citations(&text, cited),
            marks: marks(&text, &set),
            text,
        }
    }
}

/// A passage with the passages before and after it in its article, null at either end.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PassageAnswer {
    /// The passage.
    #[serde(flatten)]
    pub passage: Passage,
    /// The passage before it.
    pub previous: Option<Passage>,
    /// The passage after it.
    pub next: Option<Passage>,
}

impl PassageAnswer {
    /// The answer for one passage.
    pub(crate) fn new(view: PassageView, base: &Base) -> Self {
        let PassageView {
            passage,
            previous,
            next,
        } = view;
        Self {
            passage: Passage::new(passage, base),
            previous: previous.map(|placed| Passage::new(placed, base)),
            next: next.map(|placed| Passage::new(placed, base)),
        }
    }
}

/// The passages of an article.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ArticlePassages {
    /// Identifier of the article.
    pub article: String,
    /// How many passages there are.
    pub total: usize,
    /// In reading order.
    pub passages: Vec<Passage>,
}

impl ArticlePassages {
    /// The answer for one article.
    pub(crate) fn new(article: String, passages: Vec<PlacedPassage>, base: &Base) -> Self {
        Self {
            article,
            total: passages.len(),
            passages: passages.into_iter().map(|placed| Passage::new(placed, base)).collect(),
        }
    }
}
