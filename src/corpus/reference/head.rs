//! Authors, title and journal that stand before an article's numbers, whichever style orders the numbers.

use super::names::{self, Authors};
use super::printed::{Part, Printed};
use super::vancouver;
use crate::document::Reference;

/// The most words of a journal's name where no title stands before it.
const JOURNAL_WORDS: usize = 6;

/// Reads `AUTHORS. TITLE. J. Abbrev.`, `AUTHORS, TITLE, J. Abbrev.` or `AUTHORS, TITLE. Journal`; false, and nothing
/// filled in, where the part is no such thing.
pub(super) fn read(printed: &Printed, head: Part, reference: &mut Reference) -> bool {
    let head = printed.trim(head);
    let Some((authors, title, journal)) = dotted(printed, head).or_else(|| listed(printed, head)) else {
        return false;
    };
    let Some(container) = printed.field(journal) else {
        return false;
    };
    reference.authors = authors.names;
    reference.more_authors = authors.more;
    reference.title = title.and_then(|title| printed.field(title));
    reference.container = Some(container);
    true
}

type Head = (Authors, Option<Part>, Part);

/// `Lee A.B., Wu C. Title. J. Mater. Chem.`
fn dotted(printed: &Printed, head: Part) -> Option<Head> {
    let sentences = printed.sentences(head);
    let (authors, taken) = names::leading(printed, &sentences)?;
    // Where initials stand first, a word without them is the journal's: `A. Lee, Phys. Rev.`
    let initial_first = |name: &String| name.chars().nth(1).is_some_and(|second| matches!(second, '.' | '-'));
    if authors.names.iter().any(initial_first) && !authors.names.iter().all(initial_first) {
        return None;
    }
    let start = sentences.get(taken)?.start;
    let (title, journal) = titled(printed, Part { start, end: head.end })?;
    Some((authors, Some(title), journal))
}

/// `A.B. Lee, C. Wu, Title, J. Mater. Chem.`, `A. Lee, Title. Journal`, `A. Lee, J. Mater. Chem.`
fn listed(printed: &Printed, head: Part) -> Option<Head> {
    let (authors, start) = names::before_title(printed, head)?;
    let rest = Part { start, end: head.end };
    let comma = (rest.start..rest.end)
        .rev()
        .find(|&at| printed.at(at) == ',' && !printed.in_brackets(at));
    if let Some(comma) = comma {
        let behind = printed.sentences(Part {
            start: comma + 1,
            end: rest.end,
        });
        // In `A, b and c. Journal` the comma is the title's.
        if behind.len() == 1 || behind.iter().all(|part| is_short(printed, *part)) {
            let title = Part {
                start: rest.start,
                end: comma,
            };
            let journal = Part {
                start: comma + 1,
                end: rest.end,
            };
            return Some((authors, Some(title), journal));
        }
    }
    let sentences = printed.sentences(rest);
    let words = sentences
        .iter()
        .map(|part| printed.folded(*part).split(' ').count())
        .sum::<usize>();
    if words <= JOURNAL_WORDS && sentences.iter().all(|part| is_short(printed, *part)) {
        return Some((authors, None, rest));
    }
    let (title, journal) = titled(printed, rest)?;
    Some((authors, Some(title), journal))
}

/// Parts `Title. J. Abbrev.`; the dots of an abbreviated journal are no ends of sentences.
fn titled(printed: &Printed, part: Part) -> Option<(Part, Part)> {
    let sentences = printed.sentences(part);
    let mut journal = sentences.len().checked_sub(1).filter(|&journal| journal > 0)?;
    while journal > 1 && sentences.get(journal - 1).is_some_and(|part| is_short(printed, *part)) {
        journal -= 1;
    }
    let title = Part {
        start: sentences.first()?.start,
        end: sentences.get(journal - 1)?.end,
    };
    let journal = Part {
        start: sentences.get(journal)?.start,
        end: part.end,
    };
    Some((title, journal))
}

/// Whether a sentence may be a word or two of an abbreviated journal: `Soc`, `Chem., Int`.
fn is_short(printed: &Printed, part: Part) -> bool {
    let words = printed.folded(part);
    // `Ann. of Math.`
    let behind_of = words.strip_prefix("of ");
    let of = behind_of.is_some_and(|word| !word.contains(' ') && word.starts_with(char::is_uppercase));
    let two = words.split(' ').count() == 2
        && words
            .split(' ')
            .all(|word| word.len() <= 7 && word.starts_with(|first: char| first.is_uppercase()));
    // `(2)` and `(N.S.)` count the series of a journal.
    let series = printed.at(part.start) == '(' && printed.before(part.end) == ')' && part.end - part.start <= 8;
    two || of || series || vancouver::is_one_short_word(printed, part)
}
