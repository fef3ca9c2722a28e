//! Vancouver, NLM and AMA: `Authors. Title. J Abbrev. 2020 Jan 3;76(2):100-20.`

use super::imprint;
use super::names;
use super::printed::{Part, Printed};
use crate::document::Reference;

/// Reads an entry whose year stands before a semicolon (journals) or at its end behind one (books).
pub(super) fn read(printed: &Printed, body: Part, reference: &mut Reference) -> bool {
    for semicolon in body.start + 1..body.end {
        if printed.in_brackets(semicolon) || printed.at(semicolon) != ';' {
            continue;
        }
        if let Some(date) = date_before(printed, body.start, semicolon) {
            return article(
                printed,
                body,
                Part {
                    start: date,
                    end: semicolon,
                },
                reference,
            );
        }
        let year = (semicolon + 1..body.end)
            .find(|&at| printed.at(at) != ' ')
            .unwrap_or(body.end);
        if printed.year(year).is_some() && year + 4 <= body.end && matches!(printed.at(year + 4), '.' | '\0' | ' ') {
            return book(printed, body, semicolon, year, reference);
        }
    }
    false
}

/// Where `2020`, `2020 Jan`, `2020 Jan 3` or `2020 Jan-Feb` begins that ends before `end`.
fn date_before(printed: &Printed, start: usize, end: usize) -> Option<usize> {
    let lowest = end.saturating_sub(18).max(start);
    (lowest..end.saturating_sub(3)).rev().find(|&at| {
        let starts = matches!(printed.before(at), ' ' | '.' | ',' | '(');
        let dated = (at + 4..end).all(|place| {
            printed.at(place).is_ascii_alphanumeric() || matches!(printed.at(place), ' ' | '-' | '–' | '/')
        });
        starts && dated && printed.year(at).is_some()
    })
}

fn article(printed: &Printed, body: Part, date: Part, reference: &mut Reference) -> bool {
    let sentences = printed.sentences(Part {
        start: body.start,
        end: date.start,
    });
    let Some((authors, taken)) = names::leading(printed, &sentences).or_else(|| untold(&sentences)) else {
        return false;
    };
    let Some(mut journal) = sentences.len().checked_sub(1).filter(|&journal| journal > taken) else {
        return false;
    };
    // `J. Clin. Invest.`: the dots of an abbreviated journal are no sentence ends.
    while journal > taken + 1
        && sentences
            .get(journal - 1)
            .is_some_and(|part| is_one_short_word(printed, *part))
    {
        journal -= 1;
    }
    let (Some(title), Some(title_end), Some(container)) =
        (sentences.get(taken), sentences.get(journal - 1), sentences.get(journal))
    else {
        return false;
    };
    reference.authors = authors.names;
    reference.more_authors = authors.more;
    reference.title = printed.field(Part {
        start: title.start,
        end: title_end.end,
    });
    reference.container = printed.field(Part {
        start: container.start,
        end: date.start,
    });
    reference.year = printed.year(date.start);
    imprint::numbers(
        printed,
        Part {
            start: date.end,
            end: body.end,
        },
        reference,
    );
    true
}

fn book(printed: &Printed, body: Part, semicolon: usize, year: usize, reference: &mut Reference) -> bool {
    let sentences = printed.sentences(Part {
        start: body.start,
        end: semicolon,
    });
    let Some((authors, taken)) = names::leading(printed, &sentences) else {
        return false;
    };
    let (Some(&title), Some(&imprint)) = (sentences.get(taken), sentences.last()) else {
        return false;
    };
    let Some(colon) = printed
        .find(imprint, |character| character == ':')
        .filter(|_| sentences.len() > taken + 1)
    else {
        return false;
    };
    reference.authors = authors.names;
    reference.more_authors = authors.more;
    reference.title = printed.field(title);
    // `In: Vogelstein B, editor. The whole book.`
    let hosted = sentences
        .iter()
        .skip(taken + 1)
        .position(|part| printed.is_at(part.start, "in:"));
    if let Some(host) = hosted.map(|place| place + taken + 1) {
        let edited = sentences.get(host).is_some_and(|part| {
            let words = printed.folded(*part).to_lowercase();
            words.ends_with("editors") || words.ends_with("editor") || words.ends_with("eds") || words.ends_with("ed")
        });
        let named = sentences
            .get(if edited { host + 1 } else { host })
            .filter(|part| part.start < imprint.start);
        reference.container = named.and_then(|&part| {
            let start = if edited { part.start } else { part.start + 3 };
            printed.field(Part { start, end: part.end })
        });
    }
    reference.place = printed.field(Part {
        start: imprint.start,
        end: colon,
    });
    reference.publisher = printed.field(Part {
        start: colon + 1,
        end: semicolon,
    });
    reference.year = printed.year(year);
    let pages = (year + 4..body.end).find(|&at| printed.is_at(at, " p. ") || printed.is_at(at, " pp. "));
    let pages = pages.and_then(|at| (at + 2..body.end).find(|&place| printed.at(place) == ' '));
    reference.pages = pages.and_then(|start| imprint::pages(printed, Part { start, end: body.end }));
    true
}

/// An entry of title and journal alone names nobody.
fn untold(sentences: &[Part]) -> Option<(names::Authors, usize)> {
    (sentences.len() == 2).then(|| (names::Authors::default(), 0))
}

pub(super) fn is_one_short_word(printed: &Printed, part: Part) -> bool {
    part.end - part.start <= 12
        && printed.at(part.start).is_uppercase()
        && printed.before(part.end).is_alphabetic()
        && (part.start..part.end).all(|at| printed.at(at) != ' ')
}
