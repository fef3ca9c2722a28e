//! APA, Harvard and their kin: `Author, A. B., & Author, C. (2020). Title. Journal, 12(3), 45–67.`, `Author, A., 2020.
//! Title. J. Abbrev. 12, 45–67.`, `Author A. 2020. “Title.” Journal 12 (3): 45–67.`

use super::imprint;
use super::names::{self, Authors};
use super::printed::{Part, Printed};
use crate::document::Reference;

/// The most characters of a sentence that may be a word or two of an abbreviated journal.
const SHORT: usize = 24;

/// Reads an entry whose year stands behind its authors.
pub(super) fn read(printed: &Printed, body: Part, reference: &mut Reference) -> bool {
    let Some((authors, year, mut start)) = bracketed(printed, body).or_else(|| bare(printed, body)) else {
        return false;
    };
    reference.authors = authors.names;
    reference.more_authors = authors.more;
    reference.year = Some(year);
    while start < body.end && matches!(printed.at(start), ' ' | '.' | ':' | ',') {
        start += 1;
    }
    let rest = Part { start, end: body.end };
    let Some((title, from)) = quoted(printed, rest).or_else(|| untied(printed, rest)) else {
        return true;
    };
    match source(printed, from) {
        Some(source) => {
            reference.title = printed.field(title);
            reference.container = printed.field(source.container);
            reference.volume = source.volume.and_then(|part| printed.field(part));
            reference.issue = source.issue.and_then(|part| printed.field(part));
            reference.pages = source.pages.and_then(|part| imprint::pages(printed, part));
        }
        None if in_proceedings(printed, rest, reference) => {}
        // Title and publisher, or title and site: only the title is sure.
        None if printed.sentences(title).len() == 1 => reference.title = printed.field(title),
        None => {}
    }
    true
}

/// Authors before a year in brackets, the year, and where the brackets end.
fn bracketed(printed: &Printed, body: Part) -> Option<(Authors, u16, usize)> {
    let open = (body.start + 1..body.end).find(|&at| printed.at(at) == '(' && printed.year(at + 1).is_some())?;
    let close = (open..body.end.min(open + 32)).find(|&at| printed.at(at) == ')')?;
    let authors = authors(printed, body.start, open)?;
    Some((authors, printed.year(open + 1)?, close + 1))
}

/// Authors before a year that has a full stop behind it and a comma or a full stop before it.
fn bare(printed: &Printed, body: Part) -> Option<(Authors, u16, usize)> {
    for at in body.start + 2..body.end.saturating_sub(4) {
        let Some(year) = printed.year(at).filter(|_| printed.before(at) == ' ') else {
            continue;
        };
        let end = at + 4 + usize::from(printed.at(at + 4).is_ascii_lowercase());
        if printed.at(end) == '.' && matches!(printed.before(at - 1), ',' | '.') {
            return Some((authors(printed, body.start, at)?, year, end + 1));
        }
    }
    None
}

/// The author list that ends before a year.
fn authors(printed: &Printed, start: usize, year: usize) -> Option<Authors> {
    let mut end = year;
    while matches!(printed.before(end), ' ' | ',') {
        end -= 1;
    }
    let part = Part { start, end };
    names::list(printed, part).or_else(|| names::corporate(printed, part))
}

/// A title in quotation marks, and what stands behind it.
fn quoted(printed: &Printed, rest: Part) -> Option<(Part, Part)> {
    if !matches!(printed.at(rest.start), '"' | '“') {
        return None;
    }
    let close = (rest.start + 1..rest.end).find(|&at| matches!(printed.at(at), '"' | '”'))?;
    let title = Part {
        start: rest.start + 1,
        end: close,
    };
    let mut start = close + 1;
    while start < rest.end && matches!(printed.at(start), ' ' | '.' | ',') {
        start += 1;
    }
    Some((title, Part { start, end: rest.end }))
}

/// The title, and the sentences behind it that name the journal; a single sentence is a title where nothing else could be
/// in it, and is left.
fn untied(printed: &Printed, rest: Part) -> Option<(Part, Part)> {
    let sentences = printed.sentences(rest);
    let (&last, before) = sentences.split_last()?;
    let first = before.first()?;
    let mut journal = before.len();
    // The dots of an abbreviated journal are no ends of sentences: `Nutr. Cycl. Agroecosyst. 81, 169–178`.
    if printed.at(last.start).is_ascii_digit() && reads_as_numbers(printed, last.start, last.end) {
        let short = |part: &Part| {
            let words = printed.folded(*part);
            let capital = |word: &str| word.starts_with(char::is_uppercase);
            part.end - part.start <= SHORT && words.split(' ').count() <= 2 && words.split(' ').all(capital)
        };
        journal = before.len().checked_sub(1).filter(|&journal| journal > 0)?;
        while journal > 1 && before.get(journal - 1).is_some_and(short) {
            journal -= 1;
        }
    }
    let title = Part {
        start: first.start,
        end: before.get(journal - 1)?.end,
    };
    let from = before.get(journal).map_or(last.start, |part| part.start);
    Some((
        title,
        Part {
            start: from,
            end: last.end,
        },
    ))
}

/// `Title. In Proceedings (pp. 1–18). Publisher.`
fn in_proceedings(printed: &Printed, rest: Part, reference: &mut Reference) -> bool {
    let sentences = printed.sentences(rest);
    let Some(place) = sentences
        .iter()
        .skip(1)
        .position(|part| printed.is_at(part.start, "in "))
    else {
        return false;
    };
    let (Some(first), Some(title), Some(&host)) = (sentences.first(), sentences.get(place), sentences.get(place + 1))
    else {
        return false;
    };
    let open = (host.start..host.end).find(|&at| printed.at(at) == '(' && printed.is_at(at + 1, "p"));
    let Some(open) = open else { return false };
    // `In B. Wu (Ed.), Handbook (pp. 1–18)`.
    let editors = (host.start..open)
        .rev()
        .find(|&at| printed.at(at) == ',' && printed.before(at) == ')');
    reference.title = printed.field(Part {
        start: first.start,
        end: title.end,
    });
    reference.container = printed.field(Part {
        start: editors.map_or(host.start + 3, |comma| comma + 1),
        end: open,
    });
    let close = (open..host.end).find(|&at| printed.at(at) == ')').unwrap_or(host.end);
    let pages = (open..close).find(|&at| printed.at(at) == ' ').unwrap_or(open);
    reference.pages = imprint::pages(
        printed,
        Part {
            start: pages,
            end: close,
        },
    );
    true
}

struct Source {
    container: Part,
    volume: Option<Part>,
    issue: Option<Part>,
    pages: Option<Part>,
}

/// Reads `Journal, 12(3), 45–67`, `Journal 12 (3): 45–67` and `Journal, 12, e45`.
fn source(printed: &Printed, part: Part) -> Option<Source> {
    let volume = (part.start + 1..part.end).find(|&at| {
        let behind = printed.before(at) == ' ' || printed.before(at) == ',';
        behind && printed.at(at).is_ascii_digit() && !printed.in_brackets(at) && reads_as_numbers(printed, at, part.end)
    })?;
    let volume_end = (volume..part.end)
        .find(|&at| matches!(printed.at(at), '(' | ',' | ':' | ' '))
        .unwrap_or(part.end);
    let mut next = volume_end;
    while next < part.end && printed.at(next) == ' ' {
        next += 1;
    }
    let mut issue = None;
    if printed.at(next) == '(' {
        let close = (next..part.end).find(|&at| printed.at(at) == ')')?;
        issue = Some(Part {
            start: next + 1,
            end: close,
        });
        next = close + 1;
    }
    let pages = matches!(printed.at(next), ',' | ':').then_some(Part {
        start: next + 1,
        end: part.end,
    });
    let source = Source {
        container: Part {
            start: part.start,
            end: volume,
        },
        volume: Some(Part {
            start: volume,
            end: volume_end,
        }),
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
