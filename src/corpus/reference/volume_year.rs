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
    // `43 (2006), no. 4, 439–561`: the American Mathematical Society has the issue between.
    let behind = Part {
        start: (open + 6).min(body.end),
        end: body.end,
    };
    let issue = numbered(printed, behind);
    let pages = Part {
        start: issue.map_or(behind.start, |issue| issue.end),
        end: body.end,
    };
    let Some(pages) = imprint::pages(printed, pages).filter(|_| imprint::is_number_like(printed, volume)) else {
        return false;
    };
    if !head::read(printed, before, reference) {
        return false;
    }
    reference.volume = printed.field(volume);
    reference.issue = issue.and_then(|issue| printed.field(issue));
    reference.year = printed.year(open + 1);
    reference.pages = Some(pages);
    true
}

/// The issue in `, no. 4,`.
fn numbered(printed: &Printed, part: Part) -> Option<Part> {
    let start = printed.trim(part).start;
    if !printed.is_at(start, "no. ") {
        return None;
    }
    let start = start + 4;
    let end = (start..part.end).find(|&at| printed.at(at) == ',')?;
    Some(Part { start, end })
}
