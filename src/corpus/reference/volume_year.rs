//! Elsevier and IEEE: `Authors. Title. J. Abbrev. 12 (2020) 45–67.` and `Authors, "Title," Journal, vol. 12, 2020.`

use super::printed::{Part, Printed};
use super::{imprint, names, vancouver};
use crate::document::Reference;

/// Reads an entry whose volume stands before its bracketed year.
pub(super) fn read(printed: &Printed, body: Part, reference: &mut Reference) -> bool {
    let Some(open) = (body.start + 1..body.end)
        .rev()
        .find(|&at| printed.at(at) == '(' && printed.year(at + 1).is_some() && printed.at(at + 5) == ')')
    else {
        return false;
    };
    let mut end = open;
    while printed.before(end) == ' ' {
        end -= 1;
    }
    let mut start = end;
    while start > body.start && !matches!(printed.before(start), ' ' | ',') {
        start -= 1;
    }
    let volume = Part { start, end };
    let head = printed.trim(Part {
        start: body.start,
        end: start,
    });
    let pages = Part {
        start: (open + 6).min(body.end),
        end: body.end,
    };
    let Some(pages) = imprint::pages(printed, pages).filter(|_| imprint::is_number_like(printed, volume)) else {
        return false;
    };
    if !listed(printed, head, start, reference) && !dotted(printed, head, start, reference) {
        return false;
    }
    reference.volume = printed.field(volume);
    reference.year = printed.year(open + 1);
    reference.pages = Some(pages);
    true
}

/// `Lee A.B., Wu C. Title. J. Mater. Chem.`
fn dotted(printed: &Printed, head: Part, end: usize, reference: &mut Reference) -> bool {
    let sentences = printed.sentences(head);
    let Some((authors, taken)) = names::leading(printed, &sentences) else {
        return false;
    };
    let Some(mut journal) = sentences.len().checked_sub(1).filter(|&journal| journal > taken) else {
        return false;
    };
    // The dots of an abbreviated journal are no sentence ends.
    while journal > taken + 1
        && sentences.get(journal - 1).is_some_and(|part| {
            let words = printed.folded(*part);
            let short = words.split(' ').count() == 2
                && words
                    .split(' ')
                    .all(|word| word.len() <= 7 && word.starts_with(|first: char| first.is_uppercase()));
            short || vancouver::is_one_short_word(printed, *part)
        })
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
        end,
    });
    true
}

/// `A.B. Lee, C. Wu, Title, J. Mater. Chem.`
fn listed(printed: &Printed, head: Part, end: usize, reference: &mut Reference) -> bool {
    let mut commas: Vec<usize> = (head.start..head.end)
        .filter(|&at| printed.at(at) == ',' && !printed.in_brackets(at))
        .collect();
    let Some(last) = commas.pop() else { return false };
    let mut found = names::Authors::default();
    let mut start = head.start;
    for comma in commas {
        let part = printed.trim(Part { start, end: comma });
        // A name in this style has a dotted initial; a bare word may begin the title.
        let initial = printed.at(part.start).is_uppercase() && matches!(printed.at(part.start + 1), '.' | '-');
        match names::list(printed, part) {
            Some(authors) if initial || (authors.more && authors.names.is_empty()) => {
                found.names.extend(authors.names);
                found.more |= authors.more;
                start = comma + 1;
            }
            _ if printed.folded(part).starts_with("et al") => {
                found.more = true;
                start = comma + 1;
            }
            _ => break,
        }
    }
    if found.names.is_empty() || start >= last {
        return false;
    }
    reference.authors = found.names;
    reference.more_authors = found.more;
    reference.title = printed.field(Part { start, end: last });
    reference.container = printed.field(Part { start: last, end });
    true
}

/// Reads an entry whose title stands in quotation marks and whose numbers are labelled.
pub(super) fn read_quoted(printed: &Printed, body: Part, reference: &mut Reference) -> bool {
    let Some(open) = (body.start + 1..body.end).find(|&at| matches!(printed.at(at), '"' | '“')) else {
        return false;
    };
    let Some(close) = (open + 1..body.end).find(|&at| matches!(printed.at(at), '"' | '”')) else {
        return false;
    };
    let rest = Part {
        start: close + 1,
        end: body.end,
    };
    let Some((volume, container_end)) = labelled(printed, rest, "vol.") else {
        return false;
    };
    let Some(authors) = names::list(
        printed,
        printed.trim(Part {
            start: body.start,
            end: open,
        }),
    ) else {
        return false;
    };
    reference.authors = authors.names;
    reference.more_authors = authors.more;
    reference.title = printed.field(Part {
        start: open + 1,
        end: close,
    });
    reference.container = printed.field(Part {
        start: close + 1,
        end: container_end,
    });
    reference.volume = printed
        .field(volume)
        .filter(|_| imprint::is_number_like(printed, volume));
    reference.issue = labelled(printed, rest, "no.").and_then(|(part, _)| printed.field(part));
    reference.pages = labelled(printed, rest, "pp.").and_then(|(part, _)| imprint::pages(printed, part));
    reference.year = (rest.start..rest.end)
        .rev()
        .filter(|&at| matches!(printed.before(at), ' ' | ','))
        .find_map(|at| {
            let ends = matches!(printed.at(at + 4), '.' | ',' | '\0');
            printed.year(at).filter(|_| ends && at + 4 <= rest.end)
        });
    true
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
