//! Titles in quotation marks: `A. Lee, "Title," Journal, vol. 12, no. 3, pp. 4–5, 2020.` (IEEE), `A. Lee, "Title," in Proc.
//! X, City, 2020, pp. 4–5.`, `Lee, Ann. "Title." Journal, vol. 12, 2020, pp. 4–5.` (MLA), `Ann Lee, “Title,” Journal 12,
//! no. 3 (2020): 4–5.` (Chicago).

use super::printed::{Part, Printed};
use super::{imprint, names};
use crate::document::Reference;

/// Reads an entry whose title stands in quotation marks behind its authors, with a year behind it.
pub(super) fn read(printed: &Printed, body: Part, reference: &mut Reference) -> bool {
    let Some(open) = (body.start + 1..body.end).find(|&at| matches!(printed.at(at), '"' | '“')) else {
        return false;
    };
    let Some(close) = (open + 1..body.end).find(|&at| matches!(printed.at(at), '"' | '”')) else {
        return false;
    };
    let before = printed.trim(Part {
        start: body.start,
        end: open,
    });
    let Some(authors) = names::list(printed, before).or_else(|| names::one_in_full(printed, before)) else {
        return false;
    };
    let mut start = close + 1;
    while start < body.end && matches!(printed.at(start), ' ' | ',' | '.') {
        start += 1;
    }
    if printed.is_at(start, "in ") || printed.is_at(start, "in: ") {
        start += 3;
    }
    let rest = Part { start, end: body.end };
    let Some(year) = year(printed, rest) else { return false };
    let volume = labelled(printed, rest, "vol.");
    reference.authors = authors.names;
    reference.more_authors = authors.more;
    reference.title = printed.field(Part {
        start: open + 1,
        end: close,
    });
    reference.year = printed.year(year);
    if let Some((volume, container_end)) = volume {
        reference.container = printed.field(Part {
            start,
            end: container_end,
        });
        reference.volume = printed
            .field(volume)
            .filter(|_| imprint::is_number_like(printed, volume));
    } else if printed.in_brackets(year) && chicago(printed, rest, year, reference) {
        return true;
    } else {
        // `in Proc. X, City, Country, 2020`: what is behind the comma is a place.
        let end = (start..body.end)
            .find(|&at| printed.at(at) == ',' && !printed.in_brackets(at))
            .unwrap_or(body.end)
            .min(year);
        let container = Part { start, end };
        reference.container = printed.field(container).filter(|_| !is_thesis(printed, start));
    }
    reference.issue = labelled(printed, rest, "no.").and_then(|(part, _)| printed.field(part));
    reference.pages = labelled(printed, rest, "pp.")
        .or_else(|| labelled(printed, rest, "p."))
        .and_then(|(part, _)| imprint::pages(printed, part));
    true
}

/// `Journal 12, no. 3 (2020): 4–5` and `Journal 12 (March 2020): 4–5`.
fn chicago(printed: &Printed, rest: Part, year: usize, reference: &mut Reference) -> bool {
    let Some(open) = (rest.start..year).rev().find(|&at| printed.at(at) == '(') else {
        return false;
    };
    let head = printed.trim(Part {
        start: rest.start,
        end: open,
    });
    let issue = labelled(printed, head, "no.");
    let end = printed
        .trim(Part {
            start: head.start,
            end: issue.map_or(head.end, |(_, at)| at),
        })
        .end;
    let Some(space) = (head.start..end).rev().find(|&at| printed.at(at) == ' ') else {
        return false;
    };
    let volume = Part { start: space + 1, end };
    if !imprint::is_number_like(printed, volume) {
        return false;
    }
    reference.container = printed.field(Part {
        start: head.start,
        end: space,
    });
    reference.volume = printed.field(volume);
    reference.issue = issue.and_then(|(part, _)| printed.field(part));
    let colon = (year..rest.end).find(|&at| printed.at(at) == ':');
    reference.pages = colon.and_then(|colon| {
        imprint::pages(
            printed,
            Part {
                start: colon + 1,
                end: rest.end,
            },
        )
    });
    true
}

/// Where the last year stands that ends a statement.
fn year(printed: &Printed, part: Part) -> Option<usize> {
    (part.start..part.end.saturating_sub(3))
        .rev()
        .filter(|&at| matches!(printed.before(at), ' ' | ',' | '('))
        .find(|&at| printed.year(at).is_some() && matches!(printed.at(at + 4), '.' | ',' | ')' | ' ' | '\0'))
}

/// `Ph.D. dissertation`, `M.S. thesis`: no container.
fn is_thesis(printed: &Printed, at: usize) -> bool {
    ["ph.d", "phd", "m.s", "m.sc", "master"]
        .iter()
        .any(|degree| printed.is_at(at, degree))
}

/// What a label names up to the next comma, and where the label begins.
fn labelled(printed: &Printed, part: Part, label: &str) -> Option<(Part, usize)> {
    let at = (part.start..part.end).find(|&at| printed.is_at(at, label) && matches!(printed.before(at), ' ' | ','))?;
    let start = at + label.chars().count();
    let end = (start..part.end)
        .find(|&place| printed.at(place) == ',')
        .unwrap_or(part.end);
    Some((Part { start, end }, at))
}
