//! Passages and references with what is needed to show and cite them standing alone: what an index stores.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Article, ArticleId, Bilingual, Metadata, Passage, PassageId, Reference, Scalar, Section, SectionHead, Source,
};
use crate::text::Language;

/// An article as a hit names it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArticleHead {
    /// See [`ArticleId`].
    pub id: ArticleId,
    /// Title.
    pub title: Bilingual<String>,
    /// Authors in printed order.
    pub authors: Bilingual<Vec<String>>,
    /// Journal.
    pub journal: Bilingual<String>,
    /// Year of publication.
    pub year: Option<u16>,
    /// DOI.
    pub doi: Option<String>,
    /// Web address.
    pub url: Option<String>,
    /// What else the source says of the article.
    pub extra: BTreeMap<String, Scalar>,
}

/// A passage with its place in its article and the references it cites.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlacedPassage {
    /// The article it stands in.
    pub article: ArticleHead,
    /// The sections from the top down to its own.
    pub path: Vec<SectionHead>,
    /// The passage.
    pub passage: Passage,
    /// Place among the article's passages, from 0.
    pub ordinal: u32,
    /// The passage before it in the article.
    pub previous: Option<PassageId>,
    /// The passage after it in the article.
    pub next: Option<PassageId>,
    /// The references it cites, in order of first citation; numbers the list lacks are left out.
    pub references: Vec<Reference>,
    /// Cited numbers that the reference list lacks.
    pub unresolved: Vec<u32>,
}

/// A reference with its place: the article whose list holds it and the passages that cite it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlacedReference {
    /// The article whose list holds it.
    pub article: ArticleHead,
    /// The reference.
    pub reference: Reference,
    /// Place in the list, from 0.
    pub ordinal: u32,
    /// The passages that cite it.
    pub cited_by: Vec<CitingPassage>,
}

/// A passage as a list of passages names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitingPassage {
    /// The passage.
    pub id: PassageId,
    /// Its locator.
    pub locator: String,
}

/// A passage as its article's outline names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassageHead {
    /// The passage.
    pub id: PassageId,
    /// Its locator.
    pub locator: String,
    /// Index of its section.
    pub section: usize,
    /// Ordinal of its paragraph in the section, from 1.
    pub paragraph: u32,
    /// See [`Passage::piece`].
    pub piece: u32,
    /// Its language.
    pub language: Language,
    /// The numbers of the references it cites.
    pub cites: Vec<u32>,
}

/// An article without the text of its passages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArticleOutline {
    /// See [`ArticleId`].
    pub id: ArticleId,
    /// Where it was read from.
    pub source: Source,
    /// The language most of its passages are in.
    pub language: Language,
    /// Bibliographic description.
    pub metadata: Metadata,
    /// In reading order.
    pub sections: Vec<Section>,
    /// In reading order.
    pub passages: Vec<PassageHead>,
    /// In the order of the printed list.
    pub references: Vec<Reference>,
}

/// An article as a list of articles names it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListedArticle {
    /// See [`ArticleId`].
    pub id: ArticleId,
    /// Where it was read from.
    pub source: Source,
    /// The language most of its passages are in.
    pub language: Language,
    /// Bibliographic description.
    pub metadata: Metadata,
    /// In reading order.
    pub sections: Vec<Section>,
    /// How many passages it has.
    pub passages: usize,
    /// How many references its list has.
    pub references: usize,
}

impl ArticleHead {
    fn new(id: &ArticleId, metadata: &Metadata) -> Self {
        Self {
            id: id.clone(),
            title: metadata.title.clone(),
            authors: metadata.authors.clone(),
            journal: metadata.journal.clone(),
            year: metadata.year,
            doi: metadata.doi.clone(),
            url: metadata.url.clone(),
            extra: metadata.extra.clone(),
        }
    }
}

impl ArticleOutline {
    /// The article as a hit names it.
    pub fn head(&self) -> ArticleHead {
        ArticleHead::new(&self.id, &self.metadata)
    }
}

impl ListedArticle {
    /// The article as a hit names it.
    pub fn head(&self) -> ArticleHead {
        ArticleHead::new(&self.id, &self.metadata)
    }
}

impl From<ArticleOutline> for ListedArticle {
    fn from(outline: ArticleOutline) -> Self {
        Self {
            passages: outline.passages.len(),
            references: outline.references.len(),
            id: outline.id,
            source: outline.source,
            language: outline.language,
            metadata: outline.metadata,
            sections: outline.sections,
        }
    }
}

impl Article {
    /// The article as a hit names it.
    pub fn head(&self) -> ArticleHead {
        ArticleHead::new(&self.id, &self.metadata)
    }

    /// The place of a passage in words: `ARTICLE §1.2.2 ¶1`, and `¶1.2` for the second piece of a cut paragraph.
    pub fn locator(&self, passage: &Passage) -> String {
        let section = self
            .sections
            .get(passage.section)
            .map_or("", |section| section.id.as_str());
        let mut locator = format!("{} §{section} ¶{}", self.id, passage.paragraph);
        if passage.piece > 0 {
            locator.push_str(&format!(".{}", passage.piece));
        }
        locator
    }

    /// Every passage with its place and its resolved references.
    pub fn placed_passages(&self) -> Vec<PlacedPassage> {
        let head = self.head();
        let id_at = |place: Option<usize>| {
            place
                .and_then(|place| self.passages.get(place))
                .map(|passage| passage.id.clone())
        };
        self.passages
            .iter()
            .enumerate()
            .map(|(place, passage)| {
                let (mut references, mut unresolved) = (Vec::new(), Vec::new());
                for number in passage.cited_numbers() {
                    match self.reference(number) {
                        Some(reference) => references.push(reference.clone()),
                        None => unresolved.push(number),
                    }
                }
                PlacedPassage {
                    article: head.clone(),
                    path: self
                        .section_path(passage.section)
                        .into_iter()
                        .map(Section::head)
                        .collect(),
                    passage: passage.clone(),
                    ordinal: place as u32,
                    previous: id_at(place.checked_sub(1)),
                    next: id_at(Some(place + 1)),
                    references,
                    unresolved,
                }
            })
            .collect()
    }

    /// Every reference with the passages that cite it.
    pub fn placed_references(&self) -> Vec<PlacedReference> {
        let head = self.head();
        self.references
            .iter()
            .enumerate()
            .map(|(place, reference)| PlacedReference {
                article: head.clone(),
                reference: reference.clone(),
                ordinal: place as u32,
                cited_by: self
                    .passages
                    .iter()
                    .filter(|passage| {
                        passage
                            .citations
                            .iter()
                            .any(|citation| citation.numbers.contains(&reference.number))
                    })
                    .map(|passage| CitingPassage {
                        id: passage.id.clone(),
                        locator: self.locator(passage),
                    })
                    .collect(),
            })
            .collect()
    }

    /// The article without the text of its passages.
    pub fn outline(&self) -> ArticleOutline {
        ArticleOutline {
            id: self.id.clone(),
            source: self.source.clone(),
            language: self.language,
            metadata: self.metadata.clone(),
            sections: self.sections.clone(),
            passages: self
                .passages
                .iter()
                .map(|passage| PassageHead {
                    id: passage.id.clone(),
                    locator: self.locator(passage),
                    section: passage.section,
                    paragraph: passage.paragraph,
                    piece: passage.piece,
                    language: passage.language,
                    cites: passage.cited_numbers(),
                })
                .collect(),
            references: self.references.clone(),
        }
    }
}

impl PlacedPassage {
    /// The passage's locator; see [`Article::locator`].
    pub fn locator(&self) -> String {
        let section = self.path.last().map_or("", |section| section.id.as_str());
        let mut locator = format!("{} §{section} ¶{}", self.article.id, self.passage.paragraph);
        if self.passage.piece > 0 {
            locator.push_str(&format!(".{}", self.passage.piece));
        }
        locator
    }

    /// Authors and years of the works cited, a line each work: the names under which a reader remembers them.
    pub fn cited_names(&self) -> String {
        let mut lines = Vec::with_capacity(self.references.len());
        for reference in &self.references {
            let mut names = reference.authors.clone();
            names.extend(reference.year.map(|year| year.to_string()));
            lines.push(names.join(", "));
        }
        lines.join("\n")
    }
}
