//! Running text: inline marks, citations taken out of it, and the blocks that interrupt it.

use super::element::{Element, Node};
use super::numbers::Numbers;
use crate::corpus::{Inline, marker_numbers};
use crate::document::MarkStyle;

/// What stands as a paragraph or more of its own, wherever it is met.
const BLOCKS: [&str; 35] = [
    "p",
    "sec",
    "title",
    "caption",
    "list",
    "list-item",
    "def-list",
    "def-item",
    "disp-quote",
    "verse-group",
    "verse-line",
    "speech",
    "statement",
    "preformat",
    "table",
    "array",
    "table-wrap-foot",
    "question",
    "answer",
    "fig",
    "fig-group",
    "table-wrap",
    "table-wrap-group",
    "boxed-text",
    "supplementary-material",
    "chem-struct-wrap",
    "media",
    "app",
    "ack",
    "glossary",
    "fn-group",
    "ref-list",
    "notes",
    "code",
    "floats-group",
];

/// The blocks that may be printed anywhere: the sentence they stand in goes on behind them.
const FLOATS: [&str; 9] = [
    "fig",
    "fig-group",
    "table-wrap",
    "table-wrap-group",
    "boxed-text",
    "supplementary-material",
    "chem-struct-wrap",
    "media",
    "table",
];

/// What is no part of the running text.
const APART: [&str; 10] = [
    "label",
    "fn",
    "object-id",
    "alt-text",
    "long-desc",
    "permissions",
    "index-term",
    "rt",
    "ref-list",
    "related-object",
];

/// A stretch of an element's content.
pub(super) enum Segment<'a> {
    /// Running text.
    Text(Inline),
    /// A block.
    Block(&'a Element),
}

enum Piece<'a> {
    Text(String, Vec<MarkStyle>),
    /// Numbers that stand for themselves, as `3` or `[4–7]`.
    Marker(Vec<u32>, String),
    /// Words that cite, as `Smith et al., 2020`.
    Words(String, Vec<u32>),
    Block(&'a Element),
}

/// The content of an element: running text, cut where a block stands in it. In a paragraph the floats come last.
pub(super) fn flow<'a>(element: &'a Element, numbers: &Numbers) -> Vec<Segment<'a>> {
    let mut pieces = Vec::new();
    gather(element, numbers, &mut Vec::new(), &mut pieces);
    let (mut segments, mut floats, mut run) = (Vec::new(), Vec::new(), Vec::new());
    for piece in pieces {
        match piece {
            Piece::Block(block) if element.name == "p" && FLOATS.contains(&block.name.as_str()) => {
                floats.push(Segment::Block(block))
            }
            Piece::Block(block) => {
                segments.push(Segment::Text(compose(&run, numbers)));
                segments.push(Segment::Block(block));
                run.clear();
            }
            other => run.push(other),
        }
    }
    segments.push(Segment::Text(compose(&run, numbers)));
    segments.append(&mut floats);
    segments.retain(|segment| !matches!(segment, Segment::Text(text) if text.is_empty()));
    segments
}

fn compose(pieces: &[Piece<'_>], numbers: &Numbers) -> Inline {
    let mut text = Inline::default();
    let mut at = 0;
    // What of the next piece of text is taken already.
    let mut taken = 0;
    while let Some(piece) = pieces.get(at) {
        match piece {
            Piece::Block(_) => at += 1,
            Piece::Words(words, named) => {
                text.push_text(words);
                text.push_citation(named.clone(), words);
                at += 1;
            }
            Piece::Text(raw, styles) => {
                let raw = raw.get(taken..).unwrap_or_default();
                taken = 0;
                at += 1;
                if !matches!(pieces.get(at), Some(Piece::Marker(..))) {
                    push(raw, styles, numbers, &mut text);
                    continue;
                }
                let group = Group::read(pieces, at, opening(raw));
                push(group.kept(raw), styles, numbers, &mut text);
                (at, taken) = group.write(&mut text);
            }
            Piece::Marker(..) => (at, taken) = Group::read(pieces, at, None).write(&mut text),
        }
    }
    text
}

/// The bracket that opens at the end of a text, with the one that closes it.
fn opening(raw: &str) -> Option<char> {
    match raw.trim_end().chars().next_back()? {
        '[' => Some(']'),
        '［' => Some('］'),
        '〔' => Some('〕'),
        '【' => Some('】'),
        '(' => Some(')'),
        '（' => Some('）'),
        _ => None,
    }
}

/// Markers with only commas and dashes between them: one citation.
struct Group {
    numbers: Vec<u32>,
    printed: String,
    /// Whether the bracket before it closes right behind it.
    closed: bool,
    opened: bool,
    /// Whether the text behind it begins with any closing bracket.
    bracket_follows: bool,
    /// The piece behind it, and how much of that is taken.
    next: (usize, usize),
}

impl Group {
    fn read(pieces: &[Piece<'_>], from: usize, closer: Option<char>) -> Self {
        let mut group = Self {
            numbers: Vec::new(),
            printed: String::new(),
            closed: false,
            opened: closer.is_some(),
            bracket_follows: false,
            next: (from, 0),
        };
        let mut at = from;
        let mut ranged = false;
        while let Some(Piece::Marker(named, shown)) = pieces.get(at) {
            group.add(named, ranged);
            group.printed.push_str(shown);
            at += 1;
            ranged = false;
            group.next = (at, 0);
            let Some(Piece::Text(between, styles)) = pieces.get(at) else {
                continue;
            };
            if between.chars().all(is_joint) && matches!(pieces.get(at + 1), Some(Piece::Marker(..))) {
                ranged = between.contains(is_dash);
                group.printed.push_str(between.trim());
                at += 1;
                continue;
            }
            group.bracket_follows = between.trim_start().starts_with([')', '）', ']', '］', '〕', '】']);
            group.close(between, closer, at);
            let raised = styles.contains(&MarkStyle::Superscript);
            if !group.closed && raised && !between.contains(char::is_alphanumeric) && between.chars().all(is_joint) {
                group.next = (at, between.len());
            }
            break;
        }
        group
    }

    /// Adds numbers; those between the last and the first of them where the two are the ends of a range.
    fn add(&mut self, named: &[u32], ranged: bool) {
        if let (true, Some(&first), Some(&last)) = (ranged, self.numbers.last(), named.first())
            && last > first
            && last - first < 200
        {
            self.numbers.extend(first + 1..last);
        }
        self.numbers.extend(named);
    }

    /// Takes the closing bracket, with numbers that stand untagged before it.
    fn close(&mut self, behind: &str, closer: Option<char>, at: usize) {
        let Some((tail, closer)) = closer.and_then(|closer| Some((behind.split_once(closer)?.0, closer))) else {
            return;
        };
        let joint = tail.trim();
        if !joint.is_empty() {
            let rest = joint.trim_start_matches([',', '，', '、', ';', '；']);
            let (rest, ranged) = match rest.strip_prefix(is_dash) {
                Some(rest) => (rest, true),
                None => (rest, false),
            };
            match crate::corpus::numbers(rest.trim()) {
                Some(named) if rest.len() < joint.len() => self.add(&named, ranged),
                _ => return,
            }
            self.printed.push_str(joint);
        }
        self.closed = true;
        self.next = (at, tail.len() + closer.len_utf8());
    }

    /// What of the text before the markers stays.
    fn kept<'a>(&self, raw: &'a str) -> &'a str {
        let trimmed = raw.trim_end();
        if self.closed {
            return trimmed
                .char_indices()
                .next_back()
                .map_or("", |(at, _)| trimmed.get(..at).unwrap_or_default());
        }
        // A comma before a marker that ends its bracket would stand alone.
        if !self.opened && self.bracket_follows {
            return trimmed.trim_end_matches([',', '，', '、', ';', '；']);
        }
        raw
    }

    fn write(self, text: &mut Inline) -> (usize, usize) {
        if self.opened && !self.closed {
            // `[3, p. 5]`: the number is part of what the bracket says.
            text.push_text(&self.printed);
        }
        let marks_itself = self.printed.starts_with(|first: char| !first.is_numeric()) || !self.closed;
        let printed = if marks_itself {
            self.printed
        } else {
            format!("[{}]", self.printed)
        };
        if self.closed && crate::corpus::is_said(text.text()) {
            text.push_text(&printed);
        }
        text.push_citation(self.numbers, &printed);
        self.next
    }
}

fn is_dash(character: char) -> bool {
    matches!(character, '-' | '–' | '—' | '‑' | '‐' | '−' | '~' | '～' | '－' | '〜')
}

fn is_joint(character: char) -> bool {
    is_dash(character) || character.is_whitespace() || ",，、;；[]［］〔〕()（）".contains(character)
}

/// Adds text. A bracketed number is a citation where it is raised, or where the article tags none of its citations.
fn push(raw: &str, styles: &[MarkStyle], numbers: &Numbers, text: &mut Inline) {
    let mut rest = raw;
    let raised = styles.contains(&MarkStyle::Superscript);
    if raised || !numbers.linked {
        while let Some((open, close, named)) = bracketed(rest, numbers) {
            push_styled(rest.get(..open).unwrap_or_default(), styles, text);
            text.push_citation(named, rest.get(open..close).unwrap_or_default());
            rest = rest.get(close..).unwrap_or_default();
        }
    }
    push_styled(rest, styles, text);
}

/// The first bracketed list of numbers that the reference list holds: where it begins and ends, and the numbers.
fn bracketed(text: &str, numbers: &Numbers) -> Option<(usize, usize, Vec<u32>)> {
    let mut opened = None;
    for (at, character) in text.char_indices() {
        match character {
            '[' | '［' | '〔' => opened = Some(at),
            ']' | '］' | '〕' => {
                if let Some(open) = opened.take() {
                    let close = at + character.len_utf8();
                    let named = text.get(open..close).and_then(marker_numbers);
                    if let Some(named) = named.filter(|named| named.iter().all(|&number| numbers.lists(number))) {
                        return Some((open, close, named));
                    }
                }
            }
            _ => {}
        }
    }
    None
}

fn push_styled(raw: &str, styles: &[MarkStyle], text: &mut Inline) {
    if styles.contains(&MarkStyle::Superscript) && text.push_power(raw) {
        return;
    }
    let start = text.position();
    text.push_text(raw);
    for &style in styles {
        text.mark_from(start, style);
    }
}

fn gather<'a>(element: &'a Element, numbers: &Numbers, styles: &mut Vec<MarkStyle>, pieces: &mut Vec<Piece<'a>>) {
    for node in &element.nodes {
        match node {
            Node::Element(child) => visit(child, numbers, styles, pieces),
            Node::Text(text) => {
                // Entities and CDATA cut one text into several.
                if let Some(Piece::Text(last, set)) = pieces.last_mut()
                    && set == styles
                {
                    last.push_str(text);
                } else {
                    pieces.push(Piece::Text(text.clone(), styles.clone()));
                }
            }
        }
    }
}

fn visit<'a>(child: &'a Element, numbers: &Numbers, styles: &mut Vec<MarkStyle>, pieces: &mut Vec<Piece<'a>>) {
    let name = child.name.as_str();
    if APART.contains(&name) {
        return;
    }
    if BLOCKS.contains(&name) {
        pieces.push(Piece::Block(child));
        return;
    }
    let style = match name {
        "xref" if numbers.cites(child) => return pieces.push(cited(child, numbers)),
        "tex-math" => return pieces.push(Piece::Text(tex(&child.text()), styles.clone())),
        "break" => return pieces.push(Piece::Text("\n".to_owned(), styles.clone())),
        "alternatives" => {
            if let Some(preferred) = preferred(child) {
                return visit(preferred, numbers, styles, pieces);
            }
            None
        }
        "sup" => Some(MarkStyle::Superscript),
        "sub" => Some(MarkStyle::Subscript),
        "italic" => Some(MarkStyle::Italic),
        "bold" => Some(MarkStyle::Bold),
        _ => None,
    };
    styles.extend(style);
    gather(child, numbers, styles, pieces);
    if style.is_some() {
        styles.pop();
    }
}

/// The form of a formula or figure that reads best as text.
fn preferred(alternatives: &Element) -> Option<&Element> {
    ["textual-form", "table", "math", "tex-math"]
        .iter()
        .find_map(|&wanted| alternatives.children().find(|child| child.name == wanted))
}

/// The formula in a whole LaTeX document.
fn tex(text: &str) -> String {
    let inner = text.split_once("\\begin{document}").map_or(text, |(_, rest)| rest);
    let inner = inner
        .split_once("\\end{document}")
        .map_or(inner, |(formula, _)| formula);
    inner.trim().trim_matches('$').trim().to_owned()
}

/// What a cross-reference to the list says.
fn cited<'a>(xref: &Element, numbers: &Numbers) -> Piece<'a> {
    let printed = xref.text();
    let named = numbers.named(xref);
    let inside = printed.trim_matches([
        '[', ']', '［', '］', '〔', '〕', '(', ')', '（', '）', ' ', ',', ';', '.',
    ]);
    let written = crate::corpus::numbers(inside);
    match written {
        // `Smith (2020)` with the year tagged: the year is text.
        Some(years) if years.iter().all(|year| (1500..=2100).contains(year)) && !numbers.knows(&years) => {
            if named.is_empty() {
                Piece::Text(printed, Vec::new())
            } else {
                Piece::Words(printed, named)
            }
        }
        // `[4-7]` may name only its ends in `rid`: the printed range counts.
        Some(written) if named.iter().all(|number| written.contains(number)) => Piece::Marker(written, printed),
        _ if named.is_empty() => Piece::Text(printed, Vec::new()),
        Some(_) => Piece::Marker(named, printed),
        None if inside.is_empty() => Piece::Marker(named, printed),
        None => Piece::Words(printed, named),
    }
}
