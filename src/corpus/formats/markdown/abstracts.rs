//! Tells the parts of a structured abstract from the sections of the body.

use std::collections::HashSet;

use super::blocks::{Block, BlockKind};
use super::headings;
use super::labels::{self, Label};

/// The places of blocks that are headings inside an abstract: 目的, Methods and the like.
pub fn parts(blocks: &[Block]) -> HashSet<usize> {
    let labels: Vec<Option<Label>> = blocks
        .iter()
        .map(|block| labels::leading(&block.text).map(|(label, _)| label))
        .collect();
    let mut ahead = vec![false; blocks.len()];
    let mut keywords = false;
    for (at, block) in blocks.iter().enumerate().rev() {
        if labels.get(at) == Some(&Some(Label::Keywords)) {
            keywords = true;
        } else if headings::number(&block.text).is_some() {
            keywords = false;
        }
        if let Some(ahead) = ahead.get_mut(at) {
            *ahead = keywords;
        }
    }
    let mut found = HashSet::new();
    let mut open: Option<Option<u8>> = None;
    let mut before_is_abstract = false;
    for (at, (block, label)) in blocks.iter().zip(&labels).enumerate() {
        match label {
            Some(Label::Abstract) => {
                let bare = labels::leading(&block.text).is_some_and(|(_, end)| end == block.text.len());
                open = Some(if let BlockKind::Heading(level) = block.kind {
                    Some(level)
                } else {
                    None
                });
                before_is_abstract = bare;
                continue;
            }
            Some(Label::Keywords) => open = None,
            _ => {}
        }
        let Some(opened) = open else { continue };
        let heading = match block.kind {
            BlockKind::Heading(level) => headings::is_standard(&block.text).then_some(Some(level)),
            _ => title(&block.text).map(|_| None),
        };
        let keywords = ahead.get(at).copied().unwrap_or(false);
        match heading {
            Some(Some(level)) if keywords || opened.is_some_and(|above| level > above) => {
                found.insert(at);
                before_is_abstract = true;
            }
            Some(None) if keywords || before_is_abstract => {
                found.insert(at);
            }
            _ if headings::number(&block.text).is_some() || matches!(block.kind, BlockKind::Heading(_)) => open = None,
            _ => before_is_abstract = before_is_abstract && found.contains(&at.saturating_sub(1)),
        }
    }
    found
}

/// The name of an abstract's part at the head of a paragraph in bold, or on a line of its own.
fn title(text: &str) -> Option<String> {
    let found = headings::bold(text).or_else(|| headings::plain(text))?;
    (found.number.is_none() && headings::is_standard(&found.title)).then_some(found.title)
}
