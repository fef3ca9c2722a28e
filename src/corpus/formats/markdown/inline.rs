//! Reads inline markup: emphasis, raised and lowered text, citations, links and entities.

use std::collections::HashSet;

use super::blocks::Block;
use crate::corpus::{Inline, marker_numbers, numbers};
use crate::document::{MarkStyle, Reference};

/// How far, in bytes, the end of a tag, bracket or link is looked for.
const REACH: usize = 400;

/// What makes a number a citation in this article.
#[derive(Debug, Default)]
pub struct Citing {
    /// The numbers of the reference list.
    pub listed: HashSet<u32>,
    /// Whether raised numbers without brackets are citations.
    pub bare_raised: bool,
}

impl Citing {
    /// How an article of these blocks, with the reference list `entries`, cites.
    pub fn of(blocks: &[Block], entries: &[Reference]) -> Self {
        let styles = ["<sup>[", "<sup>［", "<sup>\\[", "^{[", "^{\\left[", "^[", "<sup> ["];
        let mut text = blocks.iter().map(|block| block.text.as_str());
        let raised = text.clone().any(|text| styles.iter().any(|style| text.contains(style)));
        let cites = |text: &str| {
            text.split(['[', '［'])
                .skip(1)
                .filter_map(|rest| rest.split([']', '］', '\\']).next())
                .any(|inside| numbers(inside).is_some())
        };
        Self {
            listed: entries.iter().map(|entry| entry.number).collect(),
            bare_raised: !raised && !entries.is_empty() && !text.any(cites),
        }
    }
}

/// The running text of `raw`.
pub fn parse(raw: &str, citing: &Citing) -> Inline {
    let mut out = Inline::default();
    let last_star = raw.rfind('*').unwrap_or(0);
    let (mut bold, mut italic) = (None, None);
    let mut at = 0;
    while let Some(rest) = raw.get(at..)
        && let Some(character) = rest.chars().next()
    {
        let taken = match character {
            '\\' => escaped(rest, &mut out),
            '&' => entity(rest, &mut out),
            '<' => tag(rest, citing, &mut out),
            '^' => caret(rest, &mut out),
            '[' | '［' => bracket(rest, citing, &mut out),
            '*' => {
                let stars = rest.bytes().take_while(|byte| *byte == b'*').count();
                let spaced = rest
                    .get(stars..)
                    .is_none_or(|after| after.starts_with(char::is_whitespace));
                if stars > 3 {
                    out.push_text(rest.get(..stars).unwrap_or_default());
                    stars
                } else {
                    let (slot, style) = if stars == 1 {
                        (&mut italic, MarkStyle::Italic)
                    } else {
                        (&mut bold, MarkStyle::Bold)
                    };
                    match slot.take() {
                        Some(start) => {
                            out.mark_from(start, style);
                            stars
                        }
                        None if !spaced && at + stars <= last_star => {
                            *slot = Some(out.position());
                            stars
                        }
                        None => 0,
                    }
                }
            }
            _ => 0,
        };
        if taken == 0 {
            out.push_text(rest.get(..character.len_utf8()).unwrap_or_default());
            at += character.len_utf8();
        } else {
            at += taken;
        }
    }
    out
}

fn window(rest: &str) -> &str {
    let mut end = rest.len().min(REACH);
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    rest.get(..end).unwrap_or_default()
}

fn escaped(rest: &str, out: &mut Inline) -> usize {
    match rest.get(1..2) {
        Some(sign) if sign.bytes().all(|byte| byte.is_ascii_punctuation()) => {
            out.push_text(sign);
            2
        }
        _ => 0,
    }
}

fn entity(rest: &str, out: &mut Inline) -> usize {
    const NAMED: [(&str, &str); 8] = [
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&nbsp;", " "),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&times;", "×"),
    ];
    let Some((name, meaning)) = NAMED.iter().find(|(name, _)| rest.starts_with(name)) else {
        return 0;
    };
    out.push_text(meaning);
    name.len()
}

fn tag(rest: &str, citing: &Citing, out: &mut Inline) -> usize {
    let near = window(rest);
    for (open, close, style) in [
        ("<sup>", "</sup>", MarkStyle::Superscript),
        ("<sub>", "</sub>", MarkStyle::Subscript),
    ] {
        let Some(inside) = near.strip_prefix(open) else {
            continue;
        };
        let Some(end) = inside.find(close) else { continue };
        let content = inside.get(..end).unwrap_or_default().trim();
        let cited = match style {
            MarkStyle::Superscript => marker_numbers(content).or_else(|| bare(content, citing, out)),
            _ => None,
        };
        match cited {
            Some(numbers) => out.push_citation(numbers, content),
            None => out.push_marked(style, content),
        }
        return open.len() + end + close.len();
    }
    for other in ["<br>", "<br/>", "<br />"] {
        if near.starts_with(other) {
            out.push_text(" ");
            return other.len();
        }
    }
    let plain = [
        "<i>",
        "</i>",
        "<b>",
        "</b>",
        "<em>",
        "</em>",
        "<strong>",
        "</strong>",
        "</sup>",
        "</sub>",
    ];
    plain
        .iter()
        .find(|tag| near.starts_with(**tag))
        .map_or(0, |tag| tag.len())
}

/// Raised numbers without brackets: a citation only in an article of that style, and never a power or a charge.
fn bare(content: &str, citing: &Citing, out: &Inline) -> Option<Vec<u32>> {
    let word = out.text().chars().rev().take_while(char::is_ascii_alphanumeric);
    let letters = word.clone().count();
    let exponent = word.clone().any(|part| part.is_ascii_digit()) || (1..4).contains(&letters);
    let found = numbers(content).filter(|_| citing.bare_raised && !exponent)?;
    found
        .iter()
        .all(|number| citing.listed.contains(number))
        .then_some(found)
}

fn caret(rest: &str, out: &mut Inline) -> usize {
    let Some(inside) = window(rest).get(1..) else { return 0 };
    let Some(end) = inside.find('^') else { return 0 };
    let content = inside.get(..end).unwrap_or_default();
    let Some(numbers) = marker_numbers(content) else {
        return 0;
    };
    out.push_citation(numbers, content);
    end + 2
}

fn bracket(rest: &str, citing: &Citing, out: &mut Inline) -> usize {
    let near = window(rest);
    let Some((close, sign)) = near.char_indices().find(|(_, sign)| matches!(sign, ']' | '］')) else {
        return 0;
    };
    let mut end = close + sign.len_utf8();
    let listed = |numbers: &Vec<u32>| numbers.iter().all(|number| citing.listed.contains(number));
    let mut found = near.get(..end).and_then(marker_numbers).filter(listed);
    if found.is_some()
        && let Some(after) = near.get(end..)
        && after.starts_with(['-', '–', '~', '～', '—'])
        && let Some((far, sign)) = after.char_indices().find(|(_, sign)| matches!(sign, ']' | '］'))
        && let Some(range) = near
            .get(..end + far + sign.len_utf8())
            .and_then(marker_numbers)
            .filter(listed)
    {
        end += far + sign.len_utf8();
        found = Some(range);
    }
    if let Some(numbers) = found {
        out.push_citation(numbers, near.get(..end).unwrap_or_default());
        return end;
    }
    let after = near.get(end..).unwrap_or_default();
    if after.starts_with('(')
        && ["(http", "(#", "(mailto:", "(/"]
            .iter()
            .any(|start| after.starts_with(start))
        && let Some(paren) = after.find(')')
    {
        out.push_text(near.get(1..close).unwrap_or_default());
        return end + paren + 1;
    }
    0
}
