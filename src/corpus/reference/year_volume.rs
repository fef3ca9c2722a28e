//! Year, volume and pages behind the journal: `Lee, A. B.; Wu, C. Title. J. Abbrev. 2020, 12, 45–67.` (American Chemical
//! Society, MDPI), `A. B. Lee and C. Wu, Title, J. Abbrev., 2020, 12, 45–67.` (Royal Society of Chemistry).

use super::printed::{Part, Printed};
use super::{head, imprint};
use crate::document::Reference;

/// Reads an entry whose year is followed by a volume and pages, with commas between.
pub(super) fn read(printed: &Printed, body: Part, reference: &mut Reference) -> bool {
    let year = (body.start + 1..body.end.saturating_sub(5)).rev().find(|&at| {
        printed.at(at + 4) == ','
            && matches!(printed.before(at), ' ')
            && !printed.in_brackets(at)
            && printed.year(at).is_some()
    });
    let Some(at) = year else { return false };
    let mut end = at;
    while end > body.start && matches!(printed.before(end), ' ' | ',') {
        end -= 1;
    }
    // With a comma before the year, initials stand first in these styles; else it is the Chinese standard's.
    let commaed = printed.before(at - 1) == ',';
    if commaed && !matches!(printed.at(body.start + 1), '.' | '-') {
        return false;
    }
    let mut numbers = Reference::default();
    imprint::numbers(
        printed,
        Part {
            start: at + 4,
            end: body.end,
        },
        &mut numbers,
    );
    let head = Part { start: body.start, end };
    if numbers.volume.is_none() || numbers.pages.is_none() || !head::read(printed, head, reference) {
        return false;
    }
    reference.year = printed.year(at);
    (reference.volume, reference.issue, reference.pages) = (numbers.volume, numbers.issue, numbers.pages);
    true
}
