//! APA, Harvard and their kin: `Author, A. B., & Author, C. (2020). Title. Journal, 12(3), 45–67.`

use super::imprint;
use super::names;
use super::printed::{Part, Printed};
use crate::document::Reference;

/// Reads an entry whose bracketed year stands behind its authors.
pub(super) fn read(printed: &Printed, body: Part, reference: &mut Reference) -> bool {
    let Some(open) = (body.start + 1..body.end).find(|&at| printed.at(at) == '(' && printed.year(at + 1).is_some()) else {
        return false;
    };
    let Some(close) = (open..body.end.min(open + 32)).find(|&at| printed.at(at) == ')') else { return false };
    let mut end = open;
    while matches!(printed.before(end), ' ' | ',') {
        end -= 1;
    }
    let Some(authors) = names::list(printed, Part { start: body.start, end }) else { return false };
    reference.authors = authors.names;
    reference.more_authors = authors.more;
    reference.year = printed.year(open + 1);
    let mut start = close + 1;
    while start < body.end && matches!(printed.at(start), ' ' | '.' | ':' | ',') {
        start += 1;
    }
    let sentences = printed.sentences(Part { start, end: body.end });
    let Some((&last, before)) = sentences.split_last() else { return true };
    let (Some(first), Some(title)) = (before.first(), before.last()) else {
        // A single sentence behind the year is the title where nothing else could be in it.
        return true;
    };
    match source(printed, last) {
        Some(source) => {
            reference.title = printed.field(Part { start: first.start, end: title.end });
            reference.container = printed.field(source.container);
            reference.volume = source.volume.and_then(|part| printed.field(part));
            reference.issue = source.issue.and_then(|part| printed.field(part));
            reference.pages = source.pages.and_then(|part| imprint::pages(printed, part));
        }
        // Title and publisher, or title and site: only the title is sure.
        None if before.len() == 1 => reference.title = printed.field(*first),
        None => {}
    }
    true
}

struct Source {
    container: Part,
    volume: Option<Part>,
    issue: Option<Part>,
    pages: Option<Part>,
}

/// Reads `Journal, 12(3), 45–67`, `Journal 12(3):45–67` and `Journal, 12, e45`.
fn source(printed: &Printed, part: Part) -> Option<Source> {
    let volume = (part.start + 1..part.end).find(|&at| {
        let behind = printed.before(at) == ' ' || printed.before(at) == ',';
        behind && printed.at(at).is_ascii_digit() && !printed.in_brackets(at) && reads_as_numbers(printed, at, part.end)
    })?;
    let volume_end = (volume..part.end).find(|&at| matches!(printed.at(at), '(' | ',' | ':' | ' ')).unwrap_or(part.end);
    let mut next = volume_end;
    let mut issue = None;
    if printed.at(next) == '(' {
        let close = (next..part.end).find(|&at| printed.at(at) == ')')?;
        issue = Some(Part { start: next + 1, end: close });
        next = close + 1;
    }
    let pages = matches!(printed.at(next), ',' | ':').then_some(Part { start: next + 1, end: part.end });
    let source = Source {
        container: Part { start: part.start, end: volume },
        volume: Some(Part { start: volume, end: volume_end }),
        issue,
        pages,
    };
    (source.issue.is_some() || source.pages.is_some()).then_some(source)
}

/// Whether only numbers, article numbers and their punctuation stand from `at` on.
fn reads_as_numbers(printed: &Printed, at: usize, end: usize) -> bool {
    if end - at > 48 {
        return false;
    }
    (at..end).all(|place| {
        let character = printed.at(place);
        character.is_ascii_alphanumeric() || matches!(character, '(' | ')' | ',' | ':' | '-' | '–' | '—' | ' ' | '.')
    })
}
