//! The year in brackets behind the volume: `Authors. Title. J. Abbrev. 12 (2020) 45–67.` (Elsevier)

use super::printed::{Part, Printed};
use super::{head, imprint};
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
    let before = printed.trim(Part {
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
    if !head::read(printed, before, reference) {
        return false;
    }
    reference.volume = printed.field(volume);
    reference.year = printed.year(open + 1);
    reference.pages = Some(pages);
    true
}
