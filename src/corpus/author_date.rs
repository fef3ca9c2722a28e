//! Citations by author and date in running text: `(Lal, 2004; Luo et al., 2010a)`, `Smith (2008)`, `（王芳、许燕，2004）`.
//!
//! A bracket is a citation only where the reference list has what it names, so that no place, sample or year in brackets
//! is taken for one. Like a number in brackets it is taken out of the text and kept as printed.

mod works;

use std::collections::HashSet;

use super::Inline;
use crate::document::Reference;
use crate::text::{Script, Span};
use works::{Cited, Works};

/// The longest bracket in bytes that is looked at.
const LONGEST: usize = 600;
/// The most citations in one paragraph; further ones stay text.
const MOST: usize = 500;
/// The most works that one year without a letter may stand for.
const MOST_ALIKE: usize = 3;
/// What may stand before the first author in a bracket, in lower case.
const BEFORE: [&str; 22] = [
    "see",
    "see also",
    "see e.g.",
    "e.g.",
    "eg",
    "cf",
    "cf.",
    "i.e.",
    "for example",
    "also",
    "and",
    "but see",
    "after",
    "from",
    "adapted from",
    "reviewed in",
    "reviewed by",
    "见",
    "参见",
    "详见",
    "如",
    "例如",
];
/// Brackets that may hold a citation.
const BRACKETS: [(char, char); 4] = [('(', ')'), ('（', '）'), ('[', ']'), ('［', '］')];
/// Marks between two works, and between what belongs to one.
const BETWEEN_WORKS: [char; 2] = [';', '；'];
const BETWEEN: [char; 6] = [',', '，', '、', ':', '：', '&'];

/// A work that a paragraph cites and the reference list lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The place of the paragraph.
    pub paragraph: usize,
    /// Authors and year as printed.
    pub work: String,
}

/// Takes the citations by author and date out of the paragraphs of an article, where more of its references are cited
/// so than by number; tells which works the list lacks, each once.
pub fn resolve(paragraphs: &mut [&mut Inline], references: &[Reference]) -> Vec<Missing> {
    let works = Works::of(references);
    if works.is_empty() {
        return Vec::new();
    }
    let read: Vec<Read> = paragraphs.iter().map(|inline| read(inline.text(), &works)).collect();
    let by_date: HashSet<u32> = read
        .iter()
        .flat_map(|read| &read.marks)
        .flat_map(|(_, numbers)| numbers.iter().copied())
        .collect();
    // A note without author and year says nothing of how the article cites works.
    let listed: HashSet<u32> = references
        .iter()
        .filter(|reference| !reference.authors.is_empty() && reference.year.is_some())
        .map(|reference| reference.number)
        .collect();
    let by_number: HashSet<u32> = paragraphs
        .iter()
        .flat_map(|inline| {
            inline
                .citations()
                .iter()
                .flat_map(|citation| citation.numbers.iter().copied())
        })
        .filter(|number| listed.contains(number))
        .collect();
    if by_date.len() <= by_number.len() {
        return Vec::new();
    }
    let mut missing: Vec<Missing> = Vec::new();
    let mut named: HashSet<String> = HashSet::new();
    for (paragraph, (inline, Read { marks, lacking })) in paragraphs.iter_mut().zip(read).enumerate() {
        // Where not all could be compared, nothing is known to be lacking.
        for work in lacking.into_iter().filter(|_| !works.are_spent()) {
            if named.insert(work.clone()) {
                missing.push(Missing { paragraph, work });
            }
        }
        if !marks.is_empty() {
            **inline = inline.with_citations(&marks);
        }
    }
    missing
}

/// What a text cites.
struct Read {
    /// Where each citation stands, in order, and the numbers of the works.
    marks: Vec<(Span, Vec<u32>)>,
    /// Works named as only citations are that the list lacks.
    lacking: Vec<String>,
}

fn read(text: &str, works: &Works) -> Read {
    let (mut marks, mut lacking) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(bracket) = next_bracket(text, at).filter(|_| marks.len() < MOST) {
        at = bracket.end;
        let inside = inside(text, bracket);
        let numbers = match years(inside) {
            Some(dates) => narrated(text.get(..bracket.start).unwrap_or_default(), &dates, works),
            None => listed(inside, works).map(|(numbers, more)| {
                lacking.extend(more);
                numbers
            }),
        };
        if let Some(numbers) = numbers.filter(|numbers| !numbers.is_empty()) {
            marks.push((bracket, numbers));
        }
    }
    Read { marks, lacking }
}

/// The next pair of brackets without others inside.
fn next_bracket(text: &str, from: usize) -> Option<Span> {
    let mut open: Option<(usize, char)> = None;
    for (at, character) in text.get(from..)?.char_indices() {
        let at = from + at;
        if let Some((_, closing)) = BRACKETS.iter().find(|(opening, _)| *opening == character) {
            open = Some((at, *closing));
        } else if let Some((start, closing)) = open
            && character == closing
        {
            let span = Span::new(start, at + character.len_utf8());
            if span.len() <= LONGEST {
                return Some(span);
            }
            open = None;
        }
    }
    None
}

fn inside(text: &str, bracket: Span) -> &str {
    let whole = bracket.of(text);
    let mut characters = whole.chars();
    characters.next();
    characters.next_back();
    characters.as_str()
}

/// The works of a bracket that names nothing else, and those that the list lacks; nothing where any part is something else.
fn listed(inside: &str, works: &Works) -> Option<(Vec<u32>, Vec<String>)> {
    let (mut numbers, mut lacking) = (Vec::new(), Vec::new());
    let mut names: Vec<&str> = Vec::new();
    let mut more = false;
    for item in inside.split(BETWEEN_WORKS) {
        let mut rest = item.trim();
        // Works of other authors may follow behind a mere comma: `Pan et al. 2011, Saatchi et al. 2011`.
        loop {
            let start = year_at(rest)?;
            let (dates, end) = leading_years(rest.get(start..)?);
            // `2004/05` begins like a year and is none.
            if dates.is_empty() {
                return None;
            }
            let authors = rest.get(..start)?.trim_end_matches(is_between);
            if !authors.is_empty() {
                (names, more) = named(authors)?;
            }
            if names.is_empty() {
                return None;
            }
            for (year, letter) in dates {
                let cited = Cited {
                    names: &names,
                    more,
                    year,
                    letter,
                };
                let found = works.cited(&cited);
                if found.is_empty() && names.iter().all(|name| is_name(name)) {
                    lacking.push(format!("{}, {year}", names.join(", ")));
                }
                add(&mut numbers, found);
            }
            rest = rest.get(start + end..)?.trim_start_matches(is_between);
            if rest.is_empty() {
                break;
            }
        }
    }
    Some((numbers, lacking))
}

/// Whether a name is printed as names are, and not as months, figures and places of a sample are in brackets.
fn is_name(name: &str) -> bool {
    const OTHERS: [&str; 26] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "since",
        "until",
    ];
    let begins = name.starts_with(|first: char| first.is_uppercase()) || is_han(name);
    let plain = name
        .chars()
        .all(|sign| sign.is_alphabetic() || matches!(sign, ' ' | '.' | '-' | '\'' | '’' | '·'));
    begins && plain && name.chars().count() >= 2 && !OTHERS.contains(&name.to_lowercase().as_str())
}

/// The works of a bracket with nothing but dates, whose authors the sentence before it names.
fn narrated(before: &str, dates: &[(u16, Option<char>)], works: &Works) -> Option<Vec<u32>> {
    let mut numbers = Vec::new();
    for (year, letter) in dates {
        add(&mut numbers, works.narrated(before.trim_end(), *year, *letter));
    }
    Some(numbers)
}

fn add(numbers: &mut Vec<u32>, more: Vec<u32>) {
    if more.len() <= MOST_ALIKE {
        for number in more {
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
    }
}

/// The names before a date, and whether more are meant; nothing where it is no list of names.
fn named(authors: &str) -> Option<(Vec<&str>, bool)> {
    let mut rest = without_lead(authors);
    let mut more = false;
    for ending in ["et al.", "et al", "and others", "and colleagues", "等人", "等"] {
        if let Some(before) = rest.strip_suffix(ending) {
            rest = before.trim_end_matches([' ', ',', '，']);
            more = true;
            break;
        }
    }
    let mut names: Vec<&str> = Vec::new();
    for part in rest
        .split([',', '，', '、', '&', '＆'])
        .flat_map(|part| part.split(" and "))
    {
        let part = part.strip_prefix("and ").unwrap_or(part).trim();
        if !part.is_empty() {
            names.push(part);
        }
    }
    // In Chinese two names may have a word between them: 王芳和许燕.
    if let [only] = names.as_slice()
        && is_han(only)
        && let Some((one, other)) = only
            .split_once(['和', '与', '及'])
            .filter(|(one, other)| one.chars().count() > 1 && other.chars().count() > 1)
    {
        names = vec![one, other];
    }
    let sound =
        |name: &&str| !name.is_empty() && name.len() <= 60 && !name.contains(|letter: char| letter.is_numeric());
    (!names.is_empty() && names.iter().all(sound)).then_some((names, more))
}

/// A name without what leads to it: `see also Jones`, 参见王芳.
fn without_lead(name: &str) -> &str {
    let lower = name.to_ascii_lowercase();
    let mut leads: Vec<&str> = BEFORE.iter().copied().filter(|lead| lower.starts_with(lead)).collect();
    leads.sort_by_key(|lead| std::cmp::Reverse(lead.len()));
    for lead in leads {
        let rest = name.get(lead.len()..).unwrap_or_default();
        if is_han(lead) || rest.starts_with([' ', '.', ',']) {
            let rest = rest.trim_start_matches([' ', '.', ',']);
            if !rest.is_empty() {
                return rest;
            }
        }
    }
    name
}

/// The dates of a text that holds nothing else but pages: `2004`, `2011a, b`, `2008, 2010, p. 35`.
fn years(text: &str) -> Option<Vec<(u16, Option<char>)>> {
    let (dates, end) = leading_years(text);
    let rest = text.get(end..)?.trim_start_matches(is_between);
    (!dates.is_empty() && rest.is_empty()).then_some(dates)
}

/// The dates and pages at the beginning of a text, and where they end.
fn leading_years(text: &str) -> (Vec<(u16, Option<char>)>, usize) {
    let mut dates: Vec<(u16, Option<char>)> = Vec::new();
    let mut end = 0;
    let mut at = 0;
    for part in text.split(is_between) {
        let start = at;
        at = start + part.len();
        at += text
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
        let letter_only = || {
            let mut letters = part.chars();
            letters
                .next()
                .filter(|letter| letter.is_ascii_lowercase() && letters.next().is_none())
        };
        if let Some(date) = date(part) {
            dates.push(date);
        } else if let (Some(letter), Some(&(year, Some(_)))) = (letter_only(), dates.last()) {
            dates.push((year, Some(letter)));
        } else if part.is_empty() || part == "and" {
            continue;
        } else if !is_page(part) || dates.is_empty() {
            break;
        }
        end = start + part.len();
    }
    (dates, end)
}

fn is_between(character: char) -> bool {
    BETWEEN.contains(&character) || character.is_whitespace()
}

/// A year with the letter that tells works of one year apart.
fn date(part: &str) -> Option<(u16, Option<char>)> {
    let (digits, rest) = part.split_at_checked(4)?;
    let year = digits.parse().ok().filter(|year| (1500..=2100).contains(year))?;
    let mut letters = rest.chars();
    match (letters.next(), letters.next()) {
        (None, _) => Some((year, None)),
        (Some(letter @ 'a'..='z'), None) => Some((year, Some(letter))),
        _ => None,
    }
}

fn is_page(part: &str) -> bool {
    let digits = part.trim_start_matches(['p', 'P', '.', '第']);
    let digits = digits.trim_end_matches('页');
    let number = |letter: char| letter.is_ascii_digit() || matches!(letter, '-' | '–' | '—' | '~');
    digits.len() <= 11 && digits.chars().all(number)
}

/// Where the first year begins that has something before it.
fn year_at(item: &str) -> Option<usize> {
    let mut before = None;
    for (at, character) in item.char_indices() {
        let begins = before.is_none_or(|before: char| !before.is_alphanumeric() || Script::of(before) == Script::Han);
        before = Some(character);
        let part = item
            .get(at..)?
            .split(|mark: char| !mark.is_ascii_alphanumeric())
            .next()?;
        if begins && character.is_ascii_digit() && date(part).is_some() {
            return Some(at);
        }
    }
    None
}

fn is_han(text: &str) -> bool {
    text.chars()
        .next()
        .is_some_and(|first| Script::of(first) == Script::Han)
}

#[cfg(test)]
mod tests;
