//! BibTeX's plain style and its kin, with the year at the end: `A. Lee and B. Wu. Title. In Proc. of X, pages 12–34, 2015.`

use super::imprint;
use super::names;
use super::printed::{Part, Printed};
use crate::document::Reference;

/// Reads an entry that ends in a comma and a year.
pub(super) fn read(printed: &Printed, body: Part, reference: &mut Reference) -> bool {
    let end = printed.trim(body).end;
    let Some(start) = end.checked_sub(4).filter(|&start| start > body.start + 2) else {
        return false;
    };
    let Some(year) = printed
        .year(start)
        .filter(|_| printed.before(start) == ' ' && printed.before(start - 1) == ',')
    else {
        return false;
    };
    let sentences = printed.sentences(Part {
        start: body.start,
        end: start,
    });
    let Some((authors, taken)) = names::leading(printed, &sentences) else {
        let head = Part {
            start: body.start,
            end: start,
        };
        return book(printed, head, year, reference);
    };
    let (Some(first), Some((last, before))) = (sentences.get(taken), sentences.split_last()) else {
        return false;
    };
    let Some(title_end) = before.get(taken..).and_then(<[Part]>::last) else {
        return false;
    };
    reference.authors = authors.names;
    reference.more_authors = authors.more;
    reference.year = Some(year);
    reference.title = printed.field(Part {
        start: first.start,
        end: title_end.end,
    });
    // `Title. 3rd ed. Place: Publisher, 2015`.
    let colon = (last.start..last.end).find(|&at| printed.at(at) == ':' && printed.at(at + 1) == ' ');
    if let Some(colon) = colon.filter(|&at| printed.at(at + 2).is_alphabetic() && !printed.is_at(last.start, "in ")) {
        let edition = |part: &&Part| printed.folded(**part).ends_with(" ed");
        let title = before
            .get(taken..)
            .unwrap_or_default()
            .iter()
            .take_while(|part| !edition(part))
            .last();
        reference.title = title.and_then(|end| {
            printed.field(Part {
                start: first.start,
                end: end.end,
            })
        });
        imprint::stated(printed, *last, colon, reference);
        return true;
    }
    let skipped = if printed.is_at(last.start, "in ") { 3 } else { 0 };
    let mut pieces = pieces(
        printed,
        Part {
            start: last.start + skipped,
            end: start,
        },
    )
    .into_iter();
    reference.container = pieces.next().and_then(|container| printed.field(container));
    for piece in pieces {
        let words = printed.folded(piece).to_lowercase();
        let behind = |label: &str| Part {
            start: piece.start + label.chars().count(),
            end: piece.end,
        };
        let labelled =
            |labels: [&'static str; 3]| labels.into_iter().find(|label| words.starts_with(label)).map(behind);
        if let Some(pages) = labelled(["pages ", "pp. ", "page "]) {
            reference.pages = imprint::pages(printed, pages);
        } else if let Some(volume) = labelled(["volume ", "vol. ", "vol "]) {
            reference.volume = printed
                .field(volume)
                .filter(|_| imprint::is_number_like(printed, volume));
        } else if words.starts_with(|first: char| first.is_ascii_digit()) {
            imprint::numbers(printed, piece, reference);
        }
    }
    true
}

/// `A. B. Lee and C. Wu, Title, 3rd ed. City: Publisher, ` before the year (IEEE).
fn book(printed: &Printed, head: Part, year: u16, reference: &mut Reference) -> bool {
    let Some((authors, start)) = names::before_title(printed, head) else {
        return false;
    };
    let sentences = printed.sentences(Part { start, end: head.end });
    let Some((&last, title)) = sentences.split_last().filter(|(_, title)| !title.is_empty()) else {
        return false;
    };
    let Some(colon) = printed.find(last, |sign| sign == ':') else {
        return false;
    };
    let title = Part {
        start,
        end: title.last().map_or(start, |part| part.end),
    };
    reference.authors = authors.names;
    reference.more_authors = authors.more;
    reference.title = printed.field(imprint::without_edition(printed, title));
    reference.year = Some(year);
    imprint::stated(printed, last, colon, reference);
    true
}

/// What stands between commas outside brackets.
fn pieces(printed: &Printed, part: Part) -> Vec<Part> {
    let mut found = Vec::new();
    let mut start = part.start;
    for at in part.start..=part.end {
        if at == part.end || printed.at(at) == ',' && !printed.in_brackets(at) {
            let piece = printed.trim(Part { start, end: at });
            if piece.start < piece.end {
                found.push(piece);
            }
            start = at + 1;
        }
    }
    found
}
