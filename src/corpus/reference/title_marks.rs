//! Chinese humanities and social sciences, by title marks: `张军:《题名》,《刊名》2016年第10期,第5-9页。` and
//! `费孝通:《书名》,北京:人民出版社,2008年,第10页。`

use super::names;
use super::printed::{Part, Printed};
use crate::document::Reference;

/// Reads an entry whose title stands in title marks behind its authors.
pub(super) fn read(printed: &Printed, body: Part, reference: &mut Reference) -> bool {
    let Some(title) = marked(printed, body) else {
        return false;
    };
    let before = printed.trim(Part {
        start: body.start,
        end: title.start - 1,
    });
    let Some(authors) = names::list(printed, before).filter(|authors| !authors.names.is_empty()) else {
        return false;
    };
    reference.authors = authors.names;
    reference.more_authors = authors.more;
    reference.title = printed.field(title);
    let rest = Part {
        start: (title.end + 1).min(body.end),
        end: body.end,
    };
    match marked(printed, rest) {
        Some(container) => reference.container = printed.field(container),
        None => imprint(printed, rest, reference),
    }
    reference.year = (rest.start..rest.end)
        .filter(|&at| printed.at(at + 4) == '年')
        .find_map(|at| printed.year(at));
    reference.volume = counted(printed, rest, '卷');
    reference.issue = counted(printed, rest, '期');
    reference.pages = counted(printed, rest, '页');
    true
}

/// What stands in the first title marks of a part.
fn marked(printed: &Printed, part: Part) -> Option<Part> {
    let open = (part.start..part.end).find(|&at| printed.at(at) == '《')?;
    let close = (open + 1..part.end).find(|&at| printed.at(at) == '》')?;
    Some(Part {
        start: open + 1,
        end: close,
    })
}

/// `北京:人民出版社,2008年`: between the last comma before the colon and the first behind it.
fn imprint(printed: &Printed, part: Part, reference: &mut Reference) {
    let Some(colon) = (part.start..part.end).find(|&at| printed.at(at) == ':') else {
        return;
    };
    let start = (part.start..colon)
        .rev()
        .find(|&at| printed.at(at) == ',')
        .unwrap_or(part.start);
    let end = (colon..part.end).find(|&at| printed.at(at) == ',').unwrap_or(part.end);
    reference.place = printed.field(Part { start, end: colon });
    reference.publisher = printed.field(Part { start: colon, end });
}

/// The numbers between 第 and what they count.
fn counted(printed: &Printed, part: Part, counted: char) -> Option<String> {
    let end = (part.start..part.end).find(|&at| printed.at(at) == counted)?;
    let number = |at: &usize| matches!(printed.at(*at), '0'..='9' | '-' | '–' | '—' | '~' | '、' | '/' | ' ');
    let first = (part.start..end).rev().take_while(number).last()?;
    (printed.before(first) == '第')
        .then(|| printed.field(Part { start: first, end }))
        .flatten()
}
