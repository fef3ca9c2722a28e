//! Names that a comma parts from the title, with initials first or in full.

use super::{Authors, is_person, is_surname_only, list, split};
use crate::corpus::reference::printed::{Part, Printed};

/// The names before the title in `A.B. Lee, C. Wu and D. Ho, TITLE`, and where the title begins.
///
/// A name in these styles has a dotted initial before it; a bare word may begin the title.
pub(in crate::corpus::reference) fn before_title(printed: &Printed, head: Part) -> Option<(Authors, usize)> {
    let mut found = Authors::default();
    let mut start = head.start;
    let commas = (head.start..head.end).filter(|&at| printed.at(at) == ',' && !printed.in_brackets(at));
    for comma in commas {
        let part = printed.trim(Part { start, end: comma });
        let joined = if printed.is_at(part.start, "and ") { 4 } else { 0 };
        let first = part.start + joined;
        let initial = printed.at(first).is_uppercase() && matches!(printed.at(first + 1), '.' | '-');
        match list(printed, Part { start: first, ..part }) {
            Some(authors) if initial || (authors.more && authors.names.is_empty()) => {
                found.names.extend(authors.names);
                found.more |= authors.more;
            }
            _ if printed.folded(part).starts_with("et al") => found.more = true,
            _ => break,
        }
        start = comma + 1;
    }
    (!found.names.is_empty() && start < head.end).then_some((found, start))
}

/// The names before the title in `Ann B. Lee, Bo Wu & Cy Ho, TITLE`, and where the title begins.
///
/// The names end with the first comma, or with the comma behind the last of several.
pub(in crate::corpus::reference) fn in_full(printed: &Printed, head: Part) -> Option<(Authors, usize)> {
    let commas: Vec<usize> = (head.start..head.end)
        .filter(|&at| printed.at(at) == ',' && !printed.in_brackets(at))
        .take(MOST_IN_FULL)
        .collect();
    let until = |comma: usize| {
        let part = Part {
            start: head.start,
            end: comma,
        };
        let names = split(printed, part);
        let all = names.iter().all(|&name| is_full_name(&printed.folded(name)));
        all.then(|| Authors {
            names: names.iter().map(|&name| printed.slice(name).to_owned()).collect(),
            more: false,
        })
    };
    let joined = commas.iter().skip(1).find_map(|&comma| {
        let names = printed.folded(Part {
            start: head.start,
            end: comma,
        });
        let joined = names.contains(" & ") || names.contains(" and ");
        joined
            .then(|| until(comma))
            .flatten()
            .map(|authors| (authors, comma + 1))
    });
    joined.or_else(|| {
        let comma = *commas.first()?;
        Some((until(comma)?, comma + 1))
    })
}

/// One name in full, `Ann B. Lee` or `Lee, Ann`.
pub(in crate::corpus::reference) fn one_in_full(printed: &Printed, part: Part) -> Option<Authors> {
    is_full_name(&printed.folded(part).replace(',', "")).then(|| Authors {
        names: vec![printed.slice(part).to_owned()],
        more: false,
    })
}

/// The most names of a list in full.
const MOST_IN_FULL: usize = 12;

pub(super) fn is_full_name(folded: &str) -> bool {
    (2..=5).contains(&folded.split(' ').count()) && is_surname_only(folded)
        || folded.split(' ').count() <= 6 && is_person(folded, &folded.split(' ').collect::<Vec<_>>())
}
