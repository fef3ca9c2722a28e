//! Reads the reference list.

use super::blocks::{Block, BlockKind};
use super::inline::{Citing, parse};
use crate::corpus::reference;
use crate::document::Reference;

/// Whether a heading's text opens the reference list.
pub fn opens(text: &str) -> bool {
    let name: String = text
        .chars()
        .filter(|sign| sign.is_alphanumeric())
        .collect::<String>()
        .to_lowercase();
    [
        "参考文献",
        "references",
        "bibliography",
        "referencelist",
        "literaturecited",
    ]
    .contains(&name.as_str())
}

/// The entries of the list held by `blocks`; a line without number goes on with the entry before it.
pub fn entries(blocks: &[Block]) -> Vec<Reference> {
    let mut raw: Vec<(Option<u32>, String, u32)> = Vec::new();
    for block in blocks {
        for (line, text) in (block.lines.0..).zip(block.text.lines()) {
            match (number(text), raw.last_mut()) {
                (Some((number, rest)), _) => raw.push((Some(number), rest.to_owned(), line)),
                (None, Some((_, last, _))) if block.kind != BlockKind::Item => {
                    last.push('\n');
                    last.push_str(text);
                }
                (None, _) => raw.push((None, text.to_owned(), line)),
            }
        }
    }
    let place = |at: usize| u32::try_from(at + 1).unwrap_or(u32::MAX);
    let read = |(at, (number, text, line)): (usize, (Option<u32>, String, u32))| Reference {
        number: number.unwrap_or_else(|| place(at)),
        line,
        ..reference::parse(parse(&text, &Citing::default()).text())
    };
    raw.into_iter().enumerate().map(read).collect()
}

fn number(text: &str) -> Option<(u32, &str)> {
    let (bare, bracketed) = match text.strip_prefix(['[', '［', '(', '（']) {
        Some(inside) => (inside, true),
        None => (text, false),
    };
    let end = bare
        .find(|sign: char| !sign.is_ascii_digit())
        .filter(|end| (1..=4).contains(end))?;
    let (digits, rest) = bare.split_at_checked(end)?;
    let rest = if bracketed {
        rest.strip_prefix([']', '］', ')', '）'])?
    } else {
        rest.strip_prefix(['.', ')', '．', '、', '）'])?
    };
    Some((digits.parse().ok()?, rest.trim_start()))
}
