//! Tells marks of citations from other numbers, in brackets, raised and circled.

use super::inline::{Citing, window};
use super::keys;
use super::notes::may_be_marked;
use crate::corpus::{Inline, is_said, marker_numbers, numbers};

/// The numbers of a marker in brackets in running text: those of the list, or a few beyond its end, which are a fault
/// of the source rather than another kind of bracket.
pub fn marker(printed: &str, citing: &Citing, out: &Inline) -> Option<Vec<u32>> {
    let last = citing.listed.iter().copied().max()?;
    let numbers = marker_numbers(printed)?;
    let listed = numbers.iter().all(|number| citing.listed.contains(number));
    let index = out
        .text()
        .ends_with(|before: char| before.is_ascii_alphanumeric() || matches!(before, '=' | '∈' | '('));
    (listed || (numbers.len() == 1 && !index && numbers.iter().all(|number| *number <= last.saturating_add(20))))
        .then_some(numbers)
}

/// Raised numbers without brackets, before `after`: a citation only in an article of that style, and never a power, a
/// charge or the mass of an isotope.
pub fn bare(content: &str, citing: &Citing, out: &Inline, after: &str) -> Option<Vec<u32>> {
    const UNITS: [&str; 14] = [
        "cm", "mm", "km", "nm", "μm", "um", "dm", "hm", "ft", "kg", "sec", "min", "log", "chi",
    ];
    let tail: String = out
        .text()
        .chars()
        .rev()
        .take(8)
        .take_while(|sign| sign.is_alphanumeric() && sign.is_ascii() || *sign == 'μ')
        .collect();
    let word: String = tail.chars().rev().collect();
    let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    let digits = word.ends_with(|last: char| last.is_ascii_digit()) && !year;
    let power = content.len() == 1 && UNITS.contains(&word.as_str());
    let exponent = digits || word.len() == 1 || power || content.starts_with(['-', '−', '+']);
    let isotope = after.starts_with(|next: char| next.is_ascii_alphabetic())
        && !out.text().ends_with(|last: char| last.is_alphanumeric());
    let found = numbers(content).filter(|_| citing.bare_raised && !exponent && !isotope && !out.is_empty())?;
    found
        .iter()
        .all(|number| citing.listed.contains(number))
        .then_some(found)
}

/// A circled digit that marks a note; gives its length, 0 where it counts items.
pub fn circled(sign: char, citing: &Citing, out: &mut Inline) -> usize {
    let Some(number) = citing.circled.number(sign).filter(|_| may_be_marked(out.text())) else {
        return 0;
    };
    out.push_citation(vec![number], sign.encode_utf8(&mut [0; 4]));
    sign.len_utf8()
}

/// The note that a raised circled digit marks.
pub fn raised_mark(content: &str, citing: &Citing) -> Option<Vec<u32>> {
    let mut signs = content.chars();
    let number = citing.circled.number(signs.next()?)?;
    signs.next().is_none().then(|| vec![number])
}

/// The Markdown note at the head of a text: where its mark ends, and its number.
fn note(near: &str, citing: &Citing) -> Option<(usize, u32)> {
    let inside = near.strip_prefix("[^")?;
    let (label, _) = inside.split_once(']')?;
    Some((label.len() + 3, *citing.notes.get(label)?))
}

/// A mark in brackets at the head of `rest`; gives its length, 0 where there is none.
pub fn bracket(rest: &str, citing: &Citing, out: &mut Inline) -> usize {
    let near = window(rest);
    if !citing.notes.is_empty()
        && let Some((end, number)) = note(near, citing)
    {
        out.push_citation(vec![number], near.get(..end).unwrap_or_default());
        return end;
    }
    let Some((close, sign)) = closing(near) else {
        return 0;
    };
    let mut end = close + sign.len_utf8();
    let inside = near.get(..end).map(|printed| printed.replace("[^", "["));
    let listed = |numbers: &Vec<u32>| numbers.iter().all(|number| citing.listed.contains(number));
    let mut found = inside.and_then(|printed| {
        marker(&printed, citing, out)
            .or_else(|| at_place(&printed, citing))
            .or_else(|| by_key(&printed, citing))
    });
    if found.is_some()
        && let Some(after) = near.get(end..)
        && after.starts_with(['-', '–', '~', '～', '—'])
        && let Some((far, sign)) = closing(after)
        && let Some(range) = near
            .get(..end + far + sign.len_utf8())
            .and_then(marker_numbers)
            .filter(listed)
    {
        end += far + sign.len_utf8();
        found = Some(range);
    }
    // `[1], [2] and so on`: a comma between two marks is theirs.
    while found.is_some()
        && let Some(after) = near.get(end..)
        && let Some(next) = after.strip_prefix([',', '，', '、', ';', '；'])
        && let next = next.trim_start_matches(' ')
        && next.starts_with(['[', '［', '〔'])
        && let Some((far, sign)) = closing(next)
        && let Some(both) = near
            .get(..end + (after.len() - next.len()) + far + sign.len_utf8())
            .and_then(marker_numbers)
            .filter(listed)
    {
        end += after.len() - next.len() + far + sign.len_utf8();
        found = Some(both);
    }
    if let Some(numbers) = found {
        end += near.get(end..).map_or(0, pages);
        let printed = near.get(..end).unwrap_or_default();
        if is_said(out.text()) {
            out.push_text(printed);
        }
        out.push_citation(numbers, printed);
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

/// The numbers of a mark that names works by key.
fn by_key(printed: &str, citing: &Citing) -> Option<Vec<u32>> {
    let inside = printed.get(1..printed.len().checked_sub(1)?)?;
    keys::numbers(inside, &citing.keys).filter(|_| !citing.keys.is_empty())
}

/// The number of a mark that names a place in the work as well: `[6, Sec. III]`, `[1, Th. 2]`, `[5, p. 12]`.
fn at_place(printed: &str, citing: &Citing) -> Option<Vec<u32>> {
    const PLACES: [&str; 20] = [
        "p.", "pp.", "sec", "§", "ch", "th", "lemma", "prop", "cor", "def", "fig", "tab", "eq", "app", "alg", "ex",
        "remark", "part", "vol", "art",
    ];
    let (number, place) = printed.get(1..printed.len().checked_sub(1)?)?.split_once(',')?;
    let place = place.trim_start().to_lowercase();
    let named = numbers(number).filter(|_| PLACES.iter().any(|name| place.starts_with(name)))?;
    named
        .iter()
        .all(|number| citing.listed.contains(number))
        .then_some(named)
}

/// Where the first closing bracket stands, and which.
fn closing(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(_, sign)| matches!(sign, ']' | '］' | '〕'))
}

/// The length of the pages cited that stand behind a mark: `[3](P45-46)`, `[3]（第45页）`.
fn pages(after: &str) -> usize {
    let Some(inside) = after.strip_prefix(['(', '（']) else {
        return 0;
    };
    let named = ["P", "p", "第"].iter().any(|name| inside.starts_with(name));
    let Some((inside, _)) = inside.split_once([')', '）']).filter(|_| named) else {
        return 0;
    };
    let counts = |sign: char| sign.is_ascii_digit() || "Pp.第页 -–—~,，、".contains(sign);
    let numbered = inside.chars().count() <= 24 && inside.contains(|sign: char| sign.is_ascii_digit());
    if numbered && inside.chars().all(counts) {
        let opening = after.chars().next().map_or(0, char::len_utf8);
        let closing = after.get(opening + inside.len()..).and_then(|rest| rest.chars().next());
        opening + inside.len() + closing.map_or(0, char::len_utf8)
    } else {
        0
    }
}

/// A mark in round brackets at the head of `rest`, as in `Sharpless.(1)`, `bioconjugation(2,3)` and, in an article of that
/// style, `by Kabat-Zinn (3).`; gives its length, 0 where there is none.
pub fn round(rest: &str, citing: &Citing, out: &mut Inline) -> usize {
    let near = window(rest);
    let Some(close) = near.find(')') else { return 0 };
    let Some(named) = near.get(1..close).and_then(|inside| in_round(inside, citing)) else {
        return 0;
    };
    let before = out.text();
    let word = before.trim_end_matches(['.', ',', ';', ':', '?', '!', ')', '”', '"']);
    let stopped = word.len() < before.len();
    let cites = if out.is_open() {
        citing.spaced && !stopped && is_behind_word(word)
    } else {
        let letters = word
            .chars()
            .rev()
            .take_while(|sign| sign.is_lowercase())
            .take(3)
            .count();
        stopped || letters == 3
    };
    if !cites {
        return 0;
    }
    out.push_citation(named, near.get(..=close).unwrap_or_default());
    close + 1
}

/// The numbers in round brackets, where the list has them all.
fn in_round(inside: &str, citing: &Citing) -> Option<Vec<u32>> {
    let few = inside.len() <= 60 && inside.starts_with(|first: char| first.is_ascii_digit());
    let named = numbers(inside.replace(", ", ",").as_str()).filter(|_| few)?;
    named
        .iter()
        .all(|number| citing.listed.contains(number))
        .then_some(named)
}

/// Whether a number behind a text may be a citation: neither what counts items nor what a table, equation or group is
/// called by.
fn is_behind_word(text: &str) -> bool {
    const COUNTED: [&str; 24] = [
        "and",
        "or",
        "table",
        "fig",
        "figure",
        "eq",
        "equation",
        "step",
        "model",
        "hypothesis",
        "type",
        "group",
        "phase",
        "column",
        "row",
        "item",
        "question",
        "part",
        "section",
        "stage",
        "class",
        "case",
        "no",
        "either",
    ];
    let tail: String = text
        .chars()
        .rev()
        .take(16)
        .take_while(|sign| sign.is_alphabetic())
        .collect();
    let word: String = tail.chars().rev().collect();
    let ends = text.ends_with(|last: char| last.is_alphanumeric() || matches!(last, '%' | ')' | '”' | '"' | '’'));
    let word = word.to_lowercase();
    let counted = |word: &str| COUNTED.contains(&word);
    ends && !counted(&word) && !word.strip_suffix('s').is_some_and(counted)
}

/// The numbers of a text that stand in round brackets as only citations do: several, or before a stop.
pub fn sure(text: &str, citing: &Citing) -> Vec<u32> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(" (") {
        let near = window(text.get(at + 1..).unwrap_or_default());
        let Some(close) = near.find(')') else { continue };
        let stops = near
            .get(close + 1..)
            .is_some_and(|after| after.starts_with(['.', ',', ';', ':', '。', '，']));
        if let Some(named) = near.get(1..close).and_then(|inside| in_round(inside, citing))
            && (stops || named.len() > 1)
            && is_behind_word(text.get(..at).unwrap_or_default())
        {
            found.extend(named);
        }
    }
    found
}
