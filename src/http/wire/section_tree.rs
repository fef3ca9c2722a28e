//! The sections of an article as a tree, each with its passages.

use schemars::JsonSchema;
use serde::Serialize;

use super::Lang;
use crate::document::{PassageHead, Section, SectionKind};

/// What a section is for.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An abstract.
    Abstract,
    /// The text before the first heading, or a section titled so.
    Introduction,
    /// Any other part of the body.
    Body,
}

impl From<SectionKind> for Kind {
    fn from(kind: SectionKind) -> Self {
        match kind {
            SectionKind::Abstract => Self::Abstract,
            SectionKind::Introduction => Self::Introduction,
            SectionKind::Body => Self::Body,
        }
    }
}

/// A passage as the section tree names it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PassageName {
    /// Identifier of the passage.
    pub id: String,
    /// Article, section and paragraph.
    pub locator: String,
    /// The numbers of the references it cites.
    pub cites: Vec<u32>,
}

/// A section with its passages and the sections inside it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SectionNode {
    /// Unique in the article.
    pub id: String,
    /// What it is for.
    pub kind: Kind,
    /// Printed number, such as `1.2.2`.
    pub number: Option<String>,
    /// Printed title.
    pub title: Option<String>,
    /// Language of the title.
    pub lang: Lang,
    /// Depth in the tree, 1 at the top.
    pub level: u8,
    /// Its own passages, in reading order.
    pub passages: Vec<PassageName>,
    /// The sections inside it, in reading order.
    pub sections: Vec<SectionNode>,
}

/// Nests a list of sections, each naming an earlier one as its parent, and hangs every passage in its section.
pub(crate) fn tree(sections: Vec<Section>, passages: Vec<PassageHead>) -> Vec<SectionNode> {
    let parents: Vec<Option<usize>> = sections.iter().map(|section| section.parent).collect();
    let mut nodes: Vec<SectionNode> = sections.into_iter().map(node).collect();
    for passage in passages {
        let PassageHead {
            id,
            locator,
            section,
            paragraph: _,
            piece: _,
            language: _,
            cites,
        } = passage;
        if let Some(node) = nodes.get_mut(section) {
            let id = id.to_string();
            node.passages.push(PassageName { id, locator, cites });
        }
    }
    let mut top = Vec::new();
    // From the last to the first: a node has all its children when its own turn comes.
    while let Some(mut node) = nodes.pop() {
        node.sections.reverse();
        match parents.get(nodes.len()).copied().flatten() {
            Some(parent) if parent < nodes.len() => {
                if let Some(parent) = nodes.get_mut(parent) {
                    parent.sections.push(node);
                }
            }
            _ => top.push(node),
        }
    }
    top.reverse();
    top
}

fn node(section: Section) -> SectionNode {
    let Section {
        id,
        kind,
        number,
        title,
        language,
        level,
        parent: _,
        line: _,
    } = section;
    SectionNode {
        id,
        kind: kind.into(),
        number,
        title,
        lang: language.into(),
        level,
        passages: Vec::new(),
        sections: Vec::new(),
    }
}
