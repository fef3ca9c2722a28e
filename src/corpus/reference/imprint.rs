//! What follows a title: journal, year, volume, issue and pages; or place, publisher and year.

use super::printed::{Part, Printed};
use crate::document::Reference;

/// The longest volume, issue or page statement, in characters.
const LONGEST: usize = 40;

/// Reads `Journal, 2020, 35(4): 12-23`; false, and nothing filled in, where the part is no such thing.
pub(super) fn journal(printed: &Printed, part: Part, reference: &mut Reference) -> bool {
    let Some((comma, at)) = year_place(printed, part) else {
        return false;
    };
    let Some(container) = printed.field(Part {
        start: part.start,
        end: comma,
    }) else {
        return false;
    };
    reference.container = Some(container);
    reference.year = printed.year(at);
    let mut next = at + 4;
    let dated = matches!(printed.at(next), '-' | '/' | '.') && printed.at(next + 1).is_ascii_digit();
    while dated && next < part.end && matches!(printed.at(next), '-' | '/' | '.' | '0'..='9') {
        next += 1;
    }
    if dated && printed.at(next) == '(' {
        // A newspaper's bracketed number is the page.
        let (page, _) = bracket(printed, next, part.end);
        reference.pages = page;
        return true;
    }
    numbers(
        printed,
        Part {
            start: next,
            end: part.end,
        },
        reference,
    );
    true
}

/// Reads what stands after a journal's year: `, 35(4): 12-23`, `(4): 12`, `;76(2):100-20`.
pub(super) fn numbers(printed: &Printed, part: Part, reference: &mut Reference) {
    let mut next = part.start;
    while next < part.end && matches!(printed.at(next), ' ' | ',' | ';') {
        next += 1;
    }
    let stop = (next..part.end)
        .find(|&at| {
            !printed.in_brackets(at) && (matches!(printed.at(at), '(' | ':' | ',') || ends(printed, at, part.end))
        })
        .unwrap_or(part.end);
    let volume = Part { start: next, end: stop };
    // A year in the volume's place is a volume; words are not.
    if is_number_like(printed, volume) {
        reference.volume = printed.field(volume);
    } else if stop > next {
        return;
    }
    next = stop;
    if printed.at(next) == '(' && next < part.end {
        let (issue, after) = bracket(printed, next, part.end);
        reference.issue = issue;
        next = after;
    }
    while next < part.end && printed.at(next) == ' ' {
        next += 1;
    }
    if next < part.end && matches!(printed.at(next), ':' | ',') {
        reference.pages = pages(
            printed,
            Part {
                start: next + 1,
                end: part.end,
            },
        );
    }
}

/// Fills in `Place: Publisher`, parted by the colon at `colon`.
pub(super) fn stated(printed: &Printed, part: Part, colon: usize, reference: &mut Reference) {
    reference.place = printed.field(Part {
        start: part.start,
        end: colon,
    });
    reference.publisher = printed.field(Part {
        start: colon + 1,
        end: part.end,
    });
}

/// A title without `, 3rd ed.` behind it.
pub(super) fn without_edition(printed: &Printed, title: Part) -> Part {
    let trimmed = printed.trim(title);
    let comma = (trimmed.start..trimmed.end).rev().find(|&at| printed.at(at) == ',');
    match comma.filter(|_| printed.folded(trimmed).ends_with(" ed")) {
        Some(end) => Part { end, ..trimmed },
        None => trimmed,
    }
}

/// Reads `Place: Publisher, 2019: 12-15`; an edition or translator before it is passed over.
pub(super) fn book(printed: &Printed, part: Part, reference: &mut Reference) {
    let (end, year_at) = match year_place(printed, part) {
        Some((comma, at)) => (comma, Some(at)),
        None => (part.end, None),
    };
    if let Some(at) = year_at {
        reference.year = printed.year(at);
        let after = (at + 4..part.end).find(|&place| printed.at(place) == ':');
        if let Some(colon) = after.filter(|&colon| (at + 4..colon).all(|place| printed.at(place) == ' ')) {
            reference.pages = pages(
                printed,
                Part {
                    start: colon + 1,
                    end: part.end,
                },
            );
        }
    }
    let sentences = printed.sentences(Part { start: part.start, end });
    let Some(&last) = sentences.last() else { return };
    // `Berkeley: Univ. of California`: the dot of an abbreviation does not end the statement.
    let stated = sentences
        .iter()
        .rev()
        .find_map(|sentence| Some((sentence.start, printed.find(*sentence, |character| character == ':')?)));
    match stated {
        Some((start, colon)) => {
            reference.place = printed.field(Part { start, end: colon });
            reference.publisher = printed.field(Part {
                start: colon + 1,
                end: last.end,
            });
        }
        None if year_at.is_some() && !printed.at(last.start).is_lowercase() => {
            reference.publisher = printed.field(last)
        }
        None => {}
    }
}

/// Pages or an article number; `None` where the text is anything else.
pub(super) fn pages(printed: &Printed, part: Part) -> Option<String> {
    let end = (part.start..part.end)
        .find(|&at| ends(printed, at, part.end))
        .unwrap_or(part.end);
    let part = printed.trim(Part { start: part.start, end });
    let known = |at: usize| {
        let character = printed.at(at);
        character.is_ascii_alphanumeric()
            || matches!(
                character,
                ' ' | '-' | '–' | '—' | '−' | '~' | '～' | ',' | '.' | '+' | '/' | '\'' | '(' | ')' | ';'
            )
    };
    let numbered = (part.start..part.end).any(|at| printed.at(at).is_ascii_digit());
    let roman = (part.start..part.end).all(|at| "ivxlcdmIVXLCDM-–—".contains(printed.at(at)));
    let short = part.end - part.start <= LONGEST;
    if short && (numbered || roman) && (part.start..part.end).all(known) {
        printed.field(part)
    } else {
        None
    }
}

/// The last place where `, YYYY` or ` YYYY` after a comma stands: the comma and the year. The first that fits counts.
fn year_place(printed: &Printed, part: Part) -> Option<(usize, usize)> {
    for comma in part.start + 1..part.end {
        if printed.in_brackets(comma) || !matches!(printed.at(comma), ',' | ';') {
            continue;
        }
        let mut at = comma + 1;
        while printed.at(at) == ' ' || matches!(printed.at(at), 'c' | '©') {
            at += 1;
        }
        if at + 4 <= part.end && printed.year(at).is_some() {
            return Some((comma, at));
        }
    }
    None
}

/// The text of the bracket that opens at `open`, and the place behind it.
fn bracket(printed: &Printed, open: usize, end: usize) -> (Option<String>, usize) {
    match (open..end).find(|&at| printed.at(at) == ')') {
        Some(close) if close - open <= LONGEST => (
            printed.field(Part {
                start: open + 1,
                end: close,
            }),
            close + 1,
        ),
        Some(close) => (None, close + 1),
        None => (None, end),
    }
}

/// Whether the statement ends at `at`: a dot with nothing but space or the end behind it.
fn ends(printed: &Printed, at: usize, end: usize) -> bool {
    printed.at(at) == '.' && (at + 1 >= end || printed.at(at + 1) == ' ')
}

/// Whether a part can be a volume: short, with a digit or in Roman numerals.
pub(super) fn is_number_like(printed: &Printed, part: Part) -> bool {
    let part = printed.trim(part);
    if part.start >= part.end || part.end - part.start > LONGEST / 2 {
        return false;
    }
    (part.start..part.end).any(|at| printed.at(at).is_ascii_digit())
        || (part.start..part.end).all(|at| "IVXLCDM".contains(printed.at(at)))
}
