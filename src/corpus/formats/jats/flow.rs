//! Running text: inline marks, and citations taken out of it.

use std::collections::HashMap;

use super::element::{Element, Node};
use crate::corpus::Inline;
use crate::document::MarkStyle;

/// The numbers of the references by their identifiers.
pub(super) type Numbers = HashMap<String, u32>;

enum Piece {
    Text(String, Vec<MarkStyle>),
    Marker(Vec<u32>, String),
}

/// The running text of an element; `skip` names children that are set apart as paragraphs of their own.
pub(super) fn inline(element: &Element, numbers: &Numbers, skip: &[&str]) -> Inline {
    let mut pieces = Vec::new();
    gather(element, numbers, skip, &mut Vec::new(), &mut pieces);
    let mut text = Inline::default();
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        match piece {
            Piece::Marker(..) => at = markers(&pieces, at, &mut text),
            Piece::Text(raw, styles) => {
                // The bracket that opens before a marker belongs to it.
                let cited = matches!(pieces.get(at + 1), Some(Piece::Marker(..)));
                let raw = if cited { raw.trim_end_matches(['[', '［']) } else { raw };
                let start = text.position();
                text.push_text(raw);
                for &style in styles {
                    text.mark_from(start, style);
                }
                at += 1;
            }
        }
    }
    text
}

/// Reads markers with only commas and dashes between them as one; gives the place behind them.
fn markers(pieces: &[Piece], from: usize, text: &mut Inline) -> usize {
    let (mut numbers, mut printed, mut at): (Vec<u32>, String, usize) = (Vec::new(), String::new(), from);
    let mut ranged = false;
    while let Some(Piece::Marker(named, shown)) = pieces.get(at) {
        if let (true, Some(&first), Some(&last)) = (ranged, numbers.last(), named.first())
            && last > first
            && last - first < 200
        {
            numbers.extend(first + 1..last);
        }
        numbers.extend(named);
        printed.push_str(shown);
        at += 1;
        let Some(Piece::Text(between, _)) = pieces.get(at) else {
            continue;
        };
        let joins = between.trim();
        let joined = joins
            .chars()
            .all(|character| ",，、;；-–—~～−[]［］".contains(character));
        if !(joined && matches!(pieces.get(at + 1), Some(Piece::Marker(..)))) {
            break;
        }
        ranged = joins.contains(['-', '–', '—', '~', '～', '−']);
        printed.push_str(joins);
        at += 1;
    }
    text.push_citation(numbers, &printed);
    if let Some(Piece::Text(after, styles)) = pieces.get(at)
        && let Some(rest) = after.strip_prefix([']', '］'])
    {
        let start = text.position();
        text.push_text(rest);
        for &style in styles {
            text.mark_from(start, style);
        }
        return at + 1;
    }
    at
}

fn gather(element: &Element, numbers: &Numbers, skip: &[&str], styles: &mut Vec<MarkStyle>, pieces: &mut Vec<Piece>) {
    for node in &element.nodes {
        match node {
            Node::Text(text) => pieces.push(Piece::Text(text.clone(), styles.clone())),
            Node::Element(child) if skip.contains(&child.name.as_str()) => {}
            Node::Element(child) if child.name == "xref" && child.attribute("ref-type") == Some("bibr") => {
                let ids = child.attribute("rid").unwrap_or_default();
                let named: Vec<u32> = ids
                    .split_whitespace()
                    .filter_map(|id| numbers.get(id).copied())
                    .collect();
                let printed = child.text();
                let inside = printed.trim_matches(['[', ']', '［', '］']);
                // `[4-7]` may name only its ends in `rid`: the printed range counts.
                let written = crate::corpus::numbers(inside)
                    .filter(|written| named.iter().all(|number| written.contains(number)));
                let named = written.unwrap_or(named);
                if named.is_empty() {
                    pieces.push(Piece::Text(printed, styles.clone()));
                } else {
                    pieces.push(Piece::Marker(named, printed));
                }
            }
            Node::Element(child) => {
                let style = match child.name.as_str() {
                    "sup" => Some(MarkStyle::Superscript),
                    "sub" => Some(MarkStyle::Subscript),
                    "italic" => Some(MarkStyle::Italic),
                    "bold" => Some(MarkStyle::Bold),
                    _ => None,
                };
                styles.extend(style);
                gather(child, numbers, skip, styles, pieces);
                if style.is_some() {
                    styles.pop();
                }
            }
        }
    }
}
