//! GB/T 7714: entries keyed on the type mark (`[J]`, `[M]`, `[EB/OL]`).

use super::imprint;
use super::names;
use super::printed::{Part, Printed};
use crate::document::Reference;

const TYPES: [&str; 17] = [
    "J", "M", "C", "N", "D", "R", "S", "P", "G", "DB", "CP", "EB", "A", "CM", "DS", "Z", "PP",
];
const CARRIERS: [&str; 5] = ["OL", "CD", "MT", "DK", "EB"];

/// A type mark: its brackets and what it says.
#[derive(Debug)]
pub(super) struct TypeMark {
    /// From the opening bracket to behind the closing one.
    pub part: Part,
    /// `J`, `EB/OL`.
    pub mark: String,
}

/// The first type mark in a part that has something before it.
pub(super) fn find_mark(printed: &Printed, part: Part) -> Option<TypeMark> {
    (part.start + 1..part.end)
        .filter(|&at| printed.at(at) == '[')
        .find_map(|open| mark_at(printed, open))
}

fn mark_at(printed: &Printed, open: usize) -> Option<TypeMark> {
    let close = (open + 1..open + 10).find(|&at| printed.at(at) == ']')?;
    let inner: String = printed
        .folded(Part {
            start: open + 1,
            end: close,
        })
        .chars()
        .filter(|character| *character != ' ')
        .collect();
    let (kind, carrier) = match inner.split_once('/') {
        Some((kind, carrier)) => (kind, Some(carrier)),
        None => (inner.as_str(), None),
    };
    let known = TYPES.contains(&kind) && carrier.is_none_or(|carrier| CARRIERS.contains(&carrier));
    known.then(|| TypeMark {
        part: Part {
            start: open,
            end: close + 1,
        },
        mark: inner.clone(),
    })
}

/// Reads an entry with a type mark.
pub(super) fn read(printed: &Printed, body: Part, mark: &TypeMark, reference: &mut Reference) {
    reference.type_mark = Some(mark.mark.clone());
    let kind = mark.mark.split('/').next().unwrap_or_default();
    responsibility(
        printed,
        Part {
            start: body.start,
            end: mark.part.start,
        },
        kind,
        reference,
    );
    let mut rest = Part {
        start: mark.part.end,
        end: body.end,
    };
    let hosted = (rest.start..rest.end)
        .find(|&at| !matches!(printed.at(at), ' ' | '.'))
        .filter(|&at| printed.is_at(at, "//"));
    rest = match hosted {
        Some(slashes) => Part {
            start: slashes + 2,
            end: rest.end,
        },
        None => printed.trim(Part {
            start: rest.start,
            end: rest.end,
        }),
    };
    if rest.start >= rest.end {
        return;
    }
    match kind {
        _ if hosted.is_some() || kind == "A" => host(printed, rest, reference),
        "J" | "N" => {
            // `刊名. 2020, 35(4)`: some lists set a dot where the standard has a comma.
            if !imprint::journal(printed, rest, reference) {
                after_dot(printed, rest, reference);
            }
        }
        "C" => host(printed, rest, reference),
        "P" => reference.year = first_year(printed, rest),
        "EB" | "DB" | "CP" | "DS" | "PP" => {
            imprint::book(printed, rest, reference);
            if reference.year.is_none() {
                reference.year = first_year(printed, rest);
            }
            forget_dates(reference);
        }
        _ => {
            imprint::book(printed, rest, reference);
            if reference.year.is_none() && mark.mark.contains('/') {
                reference.year = first_year(printed, rest);
            }
            forget_dates(reference);
        }
    }
}

/// Reads `作者. 题名. 刊名, 2020, 35(4): 12-23`, a journal article without its type mark.
pub(super) fn read_unmarked(printed: &Printed, body: Part, reference: &mut Reference) -> bool {
    let sentences = printed.sentences(body);
    let Some((authors, taken)) = names::leading(printed, &sentences) else {
        return false;
    };
    let Some(first) = sentences.get(taken) else {
        return false;
    };
    // A bracketed year behind the authors is another style's; its pages (1623–1627) may look like a year.
    if printed.at(first.start) == '(' && printed.year(first.start + 1).is_some() {
        return false;
    }
    let numbered = |place: &usize| {
        let mut found = Reference::default();
        let journal = sentences
            .get(*place)
            .is_some_and(|part| imprint::journal(printed, *part, &mut found));
        let counted = found.volume.is_some() || found.issue.is_some();
        (journal && counted).then_some((*place, found))
    };
    // Behind the first journal the entry may stand again in English.
    let last = sentences.len().saturating_sub(1);
    let paged = (taken + 1..last)
        .take(MOST_SENTENCES)
        .filter_map(|place| numbered(&place))
        .find(|(_, found)| found.pages.is_some());
    let Some((journal, found)) =
        paged.or_else(|| Some(last).filter(|last| *last > taken).and_then(|last| numbered(&last)))
    else {
        return false;
    };
    let Some(title_end) = journal.checked_sub(1).and_then(|before| sentences.get(before)) else {
        return false;
    };
    reference.title = printed.field(Part {
        start: first.start,
        end: title_end.end,
    });
    reference.authors = authors.names;
    reference.more_authors = authors.more;
    (reference.container, reference.year) = (found.container, found.year);
    (reference.volume, reference.issue, reference.pages) = (found.volume, found.issue, found.pages);
    true
}

/// So many sentences at most are looked at for a journal with its numbers.
const MOST_SENTENCES: usize = 12;

/// Reads `AUTHORS. TITLE` before the mark.
fn responsibility(printed: &Printed, part: Part, kind: &str, reference: &mut Reference) {
    let sentences = printed.sentences(part);
    let end = sentences.last().map_or(part.end, |last| last.end);
    let start = match names::leading(printed, &sentences) {
        Some((authors, taken)) => {
            reference.authors = authors.names;
            reference.more_authors = authors.more;
            sentences.get(taken).map_or(end, |title| title.start)
        }
        // One sentence is a title without authors; of several nobody can say where the authors end.
        None if sentences.len() == 1 => part.start,
        None => return,
    };
    let (start, year) = author_date(printed, start, end, &sentences);
    reference.year = year;
    let mut title = Part { start, end };
    if matches!(kind, "P" | "S") {
        title.end = number_start(printed, title);
    }
    reference.title = printed.field(title);
}

/// GB/T author-date lists have the year behind the authors: `张三, 2020. 题名[J]` or `张三. 2020. 题名[J]`.
fn author_date(printed: &Printed, start: usize, end: usize, sentences: &[Part]) -> (usize, Option<u16>) {
    let Some(place) = sentences.iter().position(|sentence| sentence.start == start) else {
        return (start, None);
    };
    let (Some(sentence), Some(next)) = (sentences.get(place), sentences.get(place + 1)) else {
        return (start, None);
    };
    let letter = sentence.end - sentence.start == 5 && printed.at(sentence.end - 1).is_ascii_lowercase();
    if (sentence.end - sentence.start == 4 || letter)
        && next.start < end
        && let Some(year) = printed.year(sentence.start)
    {
        return (next.start, Some(year));
    }
    (start, None)
}

/// Where the number of a patent or standard begins behind the last colon of its title; else the title's end.
fn number_start(printed: &Printed, title: Part) -> usize {
    let Some(colon) = (title.start..title.end).rev().find(|&at| printed.at(at) == ':') else {
        return title.end;
    };
    let number = printed.trim(Part {
        start: colon,
        end: title.end,
    });
    let capital = printed.at(number.start).is_ascii_uppercase() || printed.at(number.start).is_ascii_digit();
    let digits = (number.start..number.end)
        .filter(|&at| printed.at(at).is_ascii_digit())
        .count();
    let plain = (number.start..number.end).all(|at| !super::printed::is_han(printed.at(at)));
    if capital && plain && digits >= 3 {
        colon
    } else {
        title.end
    }
}

/// Reads the host of a chapter or paper.
fn host(printed: &Printed, part: Part, reference: &mut Reference) {
    let mark = (part.start..part.end)
        .filter(|&at| printed.at(at) == '[')
        .find_map(|open| mark_at(printed, open));
    let (named, rest) = match &mark {
        Some(mark) => (
            Part {
                start: part.start,
                end: mark.part.start,
            },
            Some(Part {
                start: mark.part.end,
                end: part.end,
            }),
        ),
        None => (part, None),
    };
    if let Some(rest) = rest {
        imprint::book(printed, printed.trim(rest), reference);
        forget_dates(reference);
        reference.container = host_title(printed, &printed.sentences(named));
        return;
    }
    let sentences = printed.sentences(part);
    let Some((imprint, before)) = sentences.split_last() else {
        return;
    };
    if before.is_empty() {
        imprint::journal(printed, part, reference);
        split_place(printed, part, reference);
        return;
    }
    if printed.year(imprint.start).is_some() {
        // `//NIPS. 2012: 1097-1105`, where the standard names place and publisher.
        after_dot(printed, part, reference);
    } else {
        imprint::book(printed, *imprint, reference);
    }
    reference.container = host_title(printed, before);
}

/// Tells `Congress on waste, Atlanta: Marriott Hotel` apart, where only a comma stands before the place.
fn split_place(printed: &Printed, part: Part, reference: &mut Reference) {
    let Some(length) = reference.container.as_ref().map(|container| container.chars().count()) else {
        return;
    };
    let whole = Part {
        start: part.start,
        end: (part.start + length).min(part.end),
    };
    let Some(colon) = printed.find(whole, |character| character == ':') else {
        return;
    };
    let Some(comma) = (whole.start..colon).rev().find(|&at| printed.at(at) == ',') else {
        return;
    };
    let place = Part {
        start: comma,
        end: colon,
    };
    let words = printed.folded(printed.trim(place));
    let named = words
        .split(' ')
        .all(|word| word.starts_with(|first: char| first.is_uppercase() || super::printed::is_han(first)));
    if named && words.split(' ').count() <= 3 {
        reference.place = printed.field(place);
        reference.publisher = printed.field(Part {
            start: colon,
            end: whole.end,
        });
        reference.container = printed.field(Part {
            start: whole.start,
            end: comma,
        });
    }
}

/// The title among the sentences of a host: behind its editors, before its edition.
fn host_title(printed: &Printed, sentences: &[Part]) -> Option<String> {
    let place = names::leading(printed, sentences).map_or(0, |(_, taken)| taken);
    let only = sentences.len() == 1;
    sentences
        .get(if only { 0 } else { place })
        .and_then(|&title| printed.field(title))
}

/// Reads `刊名. 2020, 35(4): 12-23` and `刊名. 2020;35(4):12-23`.
fn after_dot(printed: &Printed, part: Part, reference: &mut Reference) {
    for at in part.start + 1..part.end {
        if printed.ends_sentence(at) {
            let start = (at + 1..part.end)
                .find(|&place| printed.at(place) != ' ')
                .unwrap_or(part.end);
            if let Some(year) = printed.year(start).filter(|_| start + 4 <= part.end) {
                reference.year = Some(year);
                reference.container = printed.field(Part {
                    start: part.start,
                    end: at,
                });
                imprint::numbers(
                    printed,
                    Part {
                        start: start + 4,
                        end: part.end,
                    },
                    reference,
                );
                return;
            }
        }
    }
}

/// The first year in a part, where nothing but the date can be meant.
fn first_year(printed: &Printed, part: Part) -> Option<u16> {
    (part.start..part.end.saturating_sub(3))
        .filter(|&at| at == part.start || matches!(printed.before(at), ' ' | '(' | '.' | ','))
        .filter(|&at| at + 4 == part.end || matches!(printed.at(at + 4), '-' | '/' | '.' | ',' | ')' | ' ' | '年'))
        .find_map(|at| printed.year(at))
}

/// A bare date is neither publisher nor place.
fn forget_dates(reference: &mut Reference) {
    let dated = |value: &Option<String>| {
        value
            .as_ref()
            .is_some_and(|text| !text.chars().any(char::is_alphabetic))
    };
    if dated(&reference.publisher) || dated(&reference.place) {
        reference.publisher = None;
        reference.place = None;
    }
}
