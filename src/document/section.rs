//! The titled divisions of an article.

use serde::{Deserialize, Serialize};

use crate::text::Language;

/// What a section is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SectionKind {
    /// An abstract; its language is the section's language.
    Abstract,
    /// The text before the first heading, or a section titled so.
    Introduction,
    /// Any other part of the body.
    Body,
}

/// A titled division of an article. Sections are kept in reading order, each naming its parent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Unique in the article: `abstract-zh`, `0` for the unheaded introduction, the printed number (`1.2.2`) where
    /// there is one, else `s` and the section's place in reading order.
    pub id: String,
    /// What it is for.
    pub kind: SectionKind,
    /// The printed number, without trailing dot.
    pub number: Option<String>,
    /// The printed title; absent for the unheaded introduction.
    pub title: Option<String>,
    /// The language of the title (for an abstract: of the abstract).
    pub language: Language,
    /// Depth in the tree: 1 for a top section.
    pub level: u8,
    /// Index of the enclosing section in `Article::sections`; always smaller than the section's own.
    pub parent: Option<usize>,
    /// The line of the heading in the source, from 1.
    pub line: u32,
}

/// A section as a passage names it: enough to show and to filter by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionHead {
    /// See [`Section::id`].
    pub id: String,
    /// What it is for.
    pub kind: SectionKind,
    /// The printed number.
    pub number: Option<String>,
    /// The printed title.
    pub title: Option<String>,
}

impl Section {
    /// The part of the section that a passage carries along.
    pub fn head(&self) -> SectionHead {
        SectionHead {
            id: self.id.clone(),
            kind: self.kind,
            number: self.number.clone(),
            title: self.title.clone(),
        }
    }
}
