//! The year in brackets at the end: `Lee, A. & Wu, B. Title. J. Abbrev. 12, 45–67 (2020).` (Nature and its kin), `A. Lee, B.
//! Wu, Title. Journal 12, 45 (2020).` (Science), `A. Lee, J. Abbrev. 12, 45 (2020).` (physics), `Ann Lee, Title, 12 Journal
//! 45 (2020).` (law reviews), `Lee, A. Title (Publisher, 2020).` (books).

use super::names;
use super::printed::{Part, Printed};
use super::{head, imprint};
use crate::document::Reference;

/// Reads an entry that ends in a bracketed year.
pub(super) fn read(printed: &Printed, body: Part, reference: &mut Reference) -> bool {
    let (end, pages) = without_pages(printed, printed.trim(body).end);
    let Some(at) = end
        .checked_sub(5)
        .filter(|&at| at > body.start && printed.at(at + 4) == ')')
    else {
        return false;
    };
    let Some(year) = printed.year(at) else { return false };
    let Some(open) = (body.start..at).rev().find(|&place| printed.at(place) == '(') else {
        return false;
    };
    let before = printed.trim(Part {
        start: body.start,
        end: open,
    });
    let read = if open + 1 == at {
        article(printed, before, reference) || of_a_law_review(printed, before, reference)
    } else {
        let bracket = Part {
            start: open + 1,
            end: at,
        };
        book(printed, before, bracket, reference)
    };
    if read {
        reference.year = Some(year);
        reference.pages = reference
            .pages
            .take()
            .or_else(|| pages.and_then(|pages| imprint::pages(printed, pages)));
    }
    read
}

/// The end without the pages cited behind a bracket, `(Oxford: OUP, 2012), 45–47`, and these pages.
fn without_pages(printed: &Printed, end: usize) -> (usize, Option<Part>) {
    let page = |at: &usize| is_page(printed.at(*at)) && printed.at(*at) != ',';
    let start = (0..end).rev().take_while(page).last().unwrap_or(end);
    let comma = start
        .checked_sub(2)
        .filter(|&at| start < end && printed.at(at) == ')' && printed.at(at + 1) == ',');
    match comma {
        Some(close) => (close + 1, Some(Part { start, end })),
        None => (end, None),
    }
}

/// `AUTHORS. TITLE. JOURNAL 12, 45–67`, with or without the issue behind the volume.
fn article(printed: &Printed, part: Part, reference: &mut Reference) -> bool {
    let Some(comma) = (part.start..part.end)
        .rev()
        .find(|&at| printed.at(at) == ',' && !printed.in_brackets(at))
    else {
        return false;
    };
    let pages = Part {
        start: comma + 1,
        end: part.end,
    };
    let Some(pages) = imprint::pages(printed, pages) else {
        return false;
    };
    let (volume, issue) = match printed.before(comma) {
        ')' => {
            let Some(open) = (part.start..comma).rev().find(|&at| printed.at(at) == '(') else {
                return false;
            };
            (
                open,
                Some(Part {
                    start: open + 1,
                    end: comma - 1,
                }),
            )
        }
        _ => (comma, None),
    };
    let mut end = volume;
    while end > part.start && printed.before(end) == ' ' {
        end -= 1;
    }
    let Some(start) = (part.start..end)
        .rev()
        .find(|&at| printed.at(at) == ' ')
        .map(|space| space + 1)
    else {
        return false;
    };
    let volume = Part { start, end };
    let journal = printed.trim(Part {
        start: part.start,
        end: start,
    });
    if !imprint::is_number_like(printed, volume) || !head::read(printed, journal, reference) {
        return false;
    }
    reference.volume = printed.field(volume);
    reference.issue = issue.and_then(|issue| printed.field(issue));
    reference.pages = Some(pages);
    true
}

/// The longest `12 JOURNAL 45`, in characters.
const LONGEST_SOURCE: usize = 200;

/// `Ann Lee & Bo Wu, TITLE, 12 JOURNAL 45` ([The Bluebook], rule 16).
///
/// [The Bluebook]: https://www.legalbluebook.com/
fn of_a_law_review(printed: &Printed, part: Part, reference: &mut Reference) -> bool {
    let Some(comma) = (part.start..part.end)
        .rev()
        .find(|&at| printed.at(at) == ',' && !printed.in_brackets(at) && !printed.at(at + 1).is_ascii_digit())
    else {
        return false;
    };
    // `12 JOURNAL 45, 47`: the page cited stands behind the first.
    let comma = if printed.at(comma + 1) == ' ' && (comma + 2..part.end).all(|at| is_page(printed.at(at))) {
        (part.start..comma)
            .rev()
            .find(|&at| printed.at(at) == ',' && !printed.in_brackets(at))
    } else {
        Some(comma)
    };
    let Some(comma) = comma else { return false };
    let source = printed.trim(Part {
        start: comma + 1,
        end: part.end,
    });
    if source.end - source.start > LONGEST_SOURCE {
        return false;
    }
    let Some(volume_end) = (source.start..source.end).find(|&at| printed.at(at) == ' ') else {
        return false;
    };
    let Some(pages_start) = (volume_end + 1..source.end)
        .find(|&at| printed.before(at) == ' ' && (at..source.end).all(|place| is_page(printed.at(place))))
    else {
        return false;
    };
    let volume = Part {
        start: source.start,
        end: volume_end,
    };
    let journal = Part {
        start: volume_end,
        end: pages_start,
    };
    let counted = (volume.start..volume.end).all(|at| printed.at(at).is_ascii_digit());
    let starts = signal(printed, part.start);
    let head = Part {
        start: starts,
        end: comma,
    };
    let (Some(container), Some((authors, start))) = (printed.field(journal), names::in_full(printed, head)) else {
        return false;
    };
    let Some(title) = printed.field(Part { start, end: comma }).filter(|_| counted) else {
        return false;
    };
    reference.authors = authors.names;
    reference.more_authors = authors.more;
    reference.title = Some(title);
    reference.container = Some(container);
    reference.volume = printed.field(volume);
    reference.pages = imprint::pages(
        printed,
        Part {
            start: pages_start,
            end: source.end,
        },
    );
    true
}

fn is_page(sign: char) -> bool {
    sign.is_ascii_digit() || matches!(sign, '-' | '–' | '—' | ',' | ' ')
}

/// Where an entry begins behind `See`, `See also`, `See, e.g.,` and `Cf.`
fn signal(printed: &Printed, start: usize) -> usize {
    ["see also ", "see, e.g., ", "see generally ", "see ", "cf. "]
        .iter()
        .find(|word| printed.is_at(start, word))
        .map_or(start, |word| start + word.len())
}

/// `Lee, A. Title (Publisher, Place, ` and `Lee, A. in Book (eds Wu, B.) 12–34 (Publisher, `.
fn book(printed: &Printed, part: Part, bracket: Part, reference: &mut Reference) -> bool {
    let sentences = printed.sentences(part);
    let leading = names::leading(printed, &sentences)
        .and_then(|(authors, taken)| Some((authors, sentences.get(taken)?.start)))
        .or_else(|| names::in_full(printed, part));
    let Some((authors, start)) = leading.filter(|_| printed.before(bracket.end) == ' ') else {
        return false;
    };
    let stated = printed.trim(bracket);
    // `Oxford: Oxford University Press` and `Addison-Wesley, Reading`.
    if let Some(colon) = (stated.start..stated.end).find(|&at| printed.at(at) == ':') {
        let Some(title) = printed.field(imprint::without_edition(printed, Part { start, end: part.end })) else {
            return false;
        };
        reference.authors = authors.names;
        reference.more_authors = authors.more;
        reference.title = Some(title);
        imprint::stated(printed, stated, colon, reference);
        return true;
    }
    let comma = (stated.start..stated.end).find(|&at| printed.at(at) == ',');
    let publisher = Part {
        start: stated.start,
        end: comma.unwrap_or(stated.end),
    };
    let (Some(title), Some(publisher)) = (printed.field(Part { start, end: part.end }), printed.field(publisher))
    else {
        return false;
    };
    reference.authors = authors.names;
    reference.more_authors = authors.more;
    // A part of a book: where its title ends and the book's begins differs too much to be sure.
    if printed.is_at(start, "in ") || title.contains(" (ed") || title.contains(" in: ") {
        return true;
    }
    reference.title = Some(title);
    reference.publisher = Some(publisher);
    reference.place = comma.and_then(|comma| {
        printed.field(Part {
            start: comma,
            end: stated.end,
        })
    });
    true
}
