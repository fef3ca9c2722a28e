//! Chinese sociology and its kin, the year between commas behind the authors: `陈龙，2020a，《题名》，《刊名》第6期。`, `布雷弗曼，1979，
//! 《书名》，方生等译，北京：商务印书馆。`, `Burawoy, Michael 1979, Title. Chicago: Publisher.`

use super::printed::{Part, Printed};
use super::{imprint, names, title_marks};
use crate::document::Reference;

/// Reads an entry whose authors are followed by a year and a comma.
pub(super) fn read(printed: &Printed, body: Part, reference: &mut Reference) -> bool {
    let year = (body.start + 2..body.end.saturating_sub(4)).find(|&at| {
        let letter = usize::from(printed.at(at + 4).is_ascii_lowercase());
        matches!(printed.before(at), ' ' | ',') && printed.at(at + 4 + letter) == ',' && printed.year(at).is_some()
    });
    let Some(at) = year else { return false };
    let before = printed.trim(Part {
        start: body.start,
        end: at,
    });
    let authors = names::list(printed, before)
        .or_else(|| names::one_in_full(printed, before))
        .or_else(|| names::corporate(printed, before));
    let Some(authors) = authors.filter(|authors| !authors.names.is_empty()) else {
        return false;
    };
    let rest = printed.trim(Part {
        start: at + 5,
        end: body.end,
    });
    let mut found = Reference::default();
    // A year between commas stands in other styles too: only a title makes it this one.
    let read = match printed.at(rest.start) {
        '《' => title_marks::work(printed, rest, &mut found),
        '"' | '“' => quoted(printed, rest, &mut found),
        _ => book(printed, rest, &mut found),
    };
    if !read {
        return false;
    }
    reference.authors = authors.names;
    reference.more_authors = authors.more;
    reference.year = printed.year(at);
    (reference.title, reference.container) = (found.title, found.container);
    (reference.place, reference.publisher) = (found.place, found.publisher);
    (reference.volume, reference.issue, reference.pages) = (found.volume, found.issue, found.pages);
    true
}

/// `"Title." Journal 10.`
fn quoted(printed: &Printed, rest: Part, found: &mut Reference) -> bool {
    let Some(close) = (rest.start + 1..rest.end).find(|&at| matches!(printed.at(at), '"' | '”')) else {
        return false;
    };
    found.title = printed.field(Part {
        start: rest.start + 1,
        end: close,
    });
    let behind = printed.trim(Part {
        start: close + 1,
        end: rest.end,
    });
    let end = (behind.start..behind.end)
        .find(|&at| printed.at(at).is_ascii_digit() || printed.at(at) == ',')
        .unwrap_or(behind.end);
    found.container = printed.field(Part { end, ..behind });
    let digits = (end..behind.end)
        .find(|&at| !printed.at(at).is_ascii_digit())
        .unwrap_or(behind.end);
    found.volume = printed.field(Part {
        start: end,
        end: digits,
    });
    found.title.is_some() && found.container.is_some()
}

/// `Title. Chicago: Publisher.`
fn book(printed: &Printed, rest: Part, found: &mut Reference) -> bool {
    let sentences = printed.sentences(rest);
    let Some((&last, title)) = sentences.split_last().filter(|(_, title)| !title.is_empty()) else {
        return false;
    };
    // Behind the colon of an issue stand pages.
    let colon = (last.start..last.end)
        .find(|&at| printed.at(at) == ':')
        .filter(|&at| !printed.at(at + 1).is_ascii_digit() && !printed.at(at + 2).is_ascii_digit());
    let (Some(colon), Some(first), Some(end)) = (colon, title.first(), title.last()) else {
        return false;
    };
    found.title = printed.field(Part {
        start: first.start,
        end: end.end,
    });
    imprint::stated(printed, last, colon, found);
    true
}
