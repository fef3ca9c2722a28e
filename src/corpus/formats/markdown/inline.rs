//! Reads inline markup: emphasis, raised and lowered text, citations, links and entities.

use std::collections::{HashMap, HashSet};

use super::blocks::Block;
use super::markers::{bare, bracket, circled, marker, raised_mark, round, sure};
use super::notes::Circled;
use super::tex;
use crate::corpus::{Inline, RAISED_DIGITS, marker_numbers, numbers};
use crate::document::{MarkStyle, Reference};

/// How far, in bytes, the end of a tag, bracket or link is looked for.
const REACH: usize = 400;

/// The longest block, in bytes, that may be a line of authors or affiliations with raised marks of its own.
const LONGEST_IN_FRONT: usize = 200;

/// What makes a number a citation in this article.
#[derive(Debug, Default)]
pub struct Citing {
    /// The numbers of the reference list.
    pub listed: HashSet<u32>,
    /// Whether raised numbers without brackets are citations.
    pub bare_raised: bool,
    /// Whether numbers in round brackets right behind a word or its stop are citations.
    pub rounded: bool,
    /// Whether numbers in round brackets are citations behind a blank too.
    pub spaced: bool,
    /// What circled digits stand for where the text is.
    pub circled: Circled,
    /// The numbers of entries by keys.
    pub keys: HashMap<String, u32>,
    /// The numbers of Markdown notes by their labels.
    pub notes: HashMap<String, u32>,
}

impl Citing {
    /// How an article of these blocks, with the reference list `entries`, cites; whether the list is numbered, and whether
    /// its numbers stand in round brackets.
    pub fn of(blocks: &[Block], entries: &[Reference], numbered: bool, rounded: bool) -> Self {
        let styles = ["<sup>[", "<sup>［", "<sup>\\[", "^{[", "^{\\left[", "^[", "<sup> ["];
        let text = blocks.iter().map(|block| block.text.as_str());
        let raised = text.clone().any(|text| styles.iter().any(|style| text.contains(style)));
        let cites = |text: &str| {
            text.split(['[', '［', '〔'])
                .skip(1)
                .filter_map(|rest| rest.split([']', '］', '〕', '\\']).next())
                .any(|inside| numbers(inside).is_some())
        };
        let in_brackets = text.clone().any(cites);
        let mut citing = Self {
            listed: entries.iter().map(|entry| entry.number).collect(),
            bare_raised: !raised && !entries.is_empty() && !in_brackets,
            rounded,
            ..Self::default()
        };
        // Where nothing is cited otherwise, `(1, 2)` behind a word may be how it is done.
        let mut paragraphs = text.filter(|text| text.len() > LONGEST_IN_FRONT);
        let raised = |text: &str| !parse(text, &citing).citations().is_empty();
        if numbered && !rounded && citing.bare_raised && !paragraphs.any(raised) {
            let named: HashSet<u32> = blocks.iter().flat_map(|block| sure(&block.text, &citing)).collect();
            citing.spaced = named.len() * 2 >= citing.listed.len();
        }
        citing
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
            '\\' => escaped(rest, citing, &mut out),
            '&' => entity(rest, &mut out),
            '<' => tag(rest, citing, &mut out),
            '^' => caret(rest, citing, &mut out),
            '~' => tilde(rest, &mut out),
            '$' => tex::read(window(rest), citing, &mut out),
            '!' if rest.starts_with("![") => picture(rest, &mut out),
            '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' | '⁽' => raised(rest, citing, &mut out),
            '(' if citing.rounded || citing.spaced => round(rest, citing, &mut out),
            '[' | '［' | '〔' => bracket(rest, citing, &mut out),
            _ if citing.circled.number(character).is_some() => circled(character, citing, &mut out),
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

/// The beginning of `rest`, as far as the end of a tag, bracket or link is looked for.
pub fn window(rest: &str) -> &str {
    let mut end = rest.len().min(REACH);
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    rest.get(..end).unwrap_or_default()
}

fn escaped(rest: &str, citing: &Citing, out: &mut Inline) -> usize {
    if rest.starts_with("\\[")
        && let Some(end) = rest
            .get(..window(rest).len().min(120))
            .or(Some(window(rest)))
            .and_then(|near| near.find("\\]"))
    {
        let mut end = end + 2;
        let plain = |end: usize| rest.get(..end).map(|printed| printed.replace('\\', ""));
        let mut found = plain(end).filter(|printed| marker(printed, citing, out).is_some());
        if let Some(after) = rest.get(end..)
            && found.is_some()
            && after.starts_with(['-', '–', '~', '～', '—'])
            && let Some(far) = after.find("\\]").filter(|far| *far < 16)
            && let Some(range) = plain(end + far + 2).filter(|printed| marker(printed, citing, out).is_some())
        {
            end += far + 2;
            found = Some(range);
        }
        if let Some(printed) = found
            && let Some(numbers) = marker(&printed, citing, out)
        {
            out.push_citation(numbers, &printed);
            return end;
        }
    }
    match rest.get(1..2) {
        Some(sign) if sign.bytes().all(|byte| byte.is_ascii_punctuation()) => {
            out.push_text(sign);
            2
        }
        _ => 0,
    }
}

/// A picture in running text leaves the words that stand for it.
fn picture(rest: &str, out: &mut Inline) -> usize {
    let near = window(rest);
    let Some(middle) = near.find("](") else { return 0 };
    let Some(end) = near.get(middle..).and_then(|tail| tail.find(')')) else {
        return 0;
    };
    out.push_text(" ");
    out.push_text(near.get(2..middle).unwrap_or_default());
    out.push_text(" ");
    middle + end + 1
}

/// `M~1~`: lowered, where it is short and stands behind a letter.
fn tilde(rest: &str, out: &mut Inline) -> usize {
    let near = rest.get(1..).unwrap_or_default();
    let content: String = near
        .chars()
        .take(5)
        .take_while(|sign| sign.is_ascii_alphanumeric())
        .collect();
    let behind = out.text().ends_with(|before: char| before.is_ascii_alphabetic());
    if !behind
        || content.is_empty()
        || content.len() > 3
        || !near.get(content.len()..).is_some_and(|after| after.starts_with('~'))
    {
        return 0;
    }
    out.push_marked(MarkStyle::Subscript, &content);
    content.len() + 2
}

/// Raised digits of Unicode: a citation in an article of that style, else text.
fn raised(rest: &str, citing: &Citing, out: &mut Inline) -> usize {
    let (mut plain, mut length) = (String::new(), 0);
    for sign in rest.chars().take(24) {
        let read = match RAISED_DIGITS.iter().position(|digit| *digit == sign) {
            Some(value) => u32::try_from(value).ok().and_then(|value| char::from_digit(value, 10)),
            None => match sign {
                '⁻' => Some('-'),
                '⁽' => Some('['),
                '⁾' => Some(']'),
                '˒' | '\u{2e34}' => Some(','),
                _ => None,
            },
        };
        let Some(read) = read else { break };
        plain.push(read);
        length += sign.len_utf8();
    }
    let after = rest.get(length..).unwrap_or_default();
    match marker_numbers(&plain).or_else(|| bare(&plain, citing, out, after)) {
        Some(numbers) => {
            out.push_citation(numbers, rest.get(..length).unwrap_or_default());
            length
        }
        None => 0,
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
        let content = inside
            .get(..end)
            .unwrap_or_default()
            .replace("\\[", "[")
            .replace("\\]", "]");
        let content = content.trim().trim_matches('*');
        let after = inside.get(end + close.len()..).unwrap_or_default();
        let cited = match style {
            MarkStyle::Superscript => marker_numbers(content)
                .or_else(|| bare(content, citing, out, after))
                .or_else(|| raised_mark(content, citing)),
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
    if let Some(tag) = plain.iter().find(|tag| near.starts_with(**tag)) {
        return tag.len();
    }
    // Tags of layout, with whatever attributes.
    let name: String = near
        .chars()
        .skip(1)
        .skip_while(|sign| *sign == '/')
        .take(10)
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let layout = [
        "div",
        "p",
        "span",
        "center",
        "img",
        "a",
        "u",
        "font",
        "small",
        "big",
        "figure",
        "figcaption",
        "mark",
        "hr",
        "section",
    ];
    if !layout.contains(&name.to_ascii_lowercase().as_str()) {
        return 0;
    }
    let named = near
        .get(1..)
        .unwrap_or_default()
        .trim_start_matches('/')
        .get(name.len()..)
        .unwrap_or_default();
    if !named.starts_with(['>', ' ', '/', '\n']) {
        return 0;
    }
    near.find('>').map_or(0, |end| end + 1)
}

fn caret(rest: &str, citing: &Citing, out: &mut Inline) -> usize {
    let Some(inside) = window(rest).get(1..) else { return 0 };
    let Some(end) = inside.find('^') else { return 0 };
    let content = inside.get(..end).unwrap_or_default();
    let after = inside.get(end + 1..).unwrap_or_default();
    let unescaped = content.replace('\\', "");
    let numbers = marker_numbers(&unescaped)
        .or_else(|| bare(content, citing, out, after))
        .or_else(|| raised_mark(content, citing));
    if let Some(numbers) = numbers {
        out.push_citation(numbers, &unescaped);
    } else if !content.is_empty() && content.chars().count() <= 6 && !content.contains(char::is_whitespace) {
        out.push_marked(MarkStyle::Superscript, content);
    } else {
        return 0;
    }
    end + 2
}
