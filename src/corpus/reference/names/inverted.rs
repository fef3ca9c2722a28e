//! Surnames before given names in full, where a comma parts what belongs together.

use super::before_title::is_full_name;
use super::{Authors, is_initials, is_name_word, is_suffix, is_surname_only, split, without_more};
use crate::corpus::reference::printed::{Part, Printed};

/// Surnames before given names in full: `Lee, Ann; Wu, Bo` and `Lee, Ann, and Bo Wu`; `None` for every other list.
pub(super) fn inverted(printed: &Printed, part: Part) -> Option<Authors> {
    let comma = printed.find(part, |sign| sign == ',')?;
    let mut authors = Authors::default();
    if printed.find(part, |sign| sign == ';').is_some() {
        // Lists with initials alone are read as they are.
        let mut in_full = false;
        let mut start = part.start;
        for end in (part.start..=part.end).filter(|&at| at == part.end || printed.at(at) == ';') {
            let mut name = printed.trim(Part { start, end });
            start = end + 1;
            if printed.is_at(name.start, "and ") {
                name.start += 4;
            } else if printed.is_at(name.start, "& ") {
                name.start += 2;
            }
            if let Some(name) = without_more(printed, name, &mut authors.more) {
                let (surname, given) = parted_by_comma(printed, name)?;
                if !is_surname_only(&surname) || !is_given(&given) {
                    return None;
                }
                in_full |= given.contains(char::is_lowercase);
                authors.names.push(printed.slice(name).to_owned());
            }
        }
        return in_full.then_some(authors);
    }
    let mut names = split(printed, part).into_iter();
    let (surname, mut given) = (names.next()?, names.next()?);
    if surname.end != comma || given.start > comma + 2 {
        return None;
    }
    given = without_more(printed, given, &mut authors.more)?;
    let one_word = |name: Part| !printed.folded(name).contains(' ');
    let words = printed.folded(given);
    if !one_word(surname) || !is_surname_only(&printed.folded(surname)) || !is_given(&words) || words.contains('.') {
        return None;
    }
    if words.split(' ').all(|word| is_initials(word) || is_suffix(word)) {
        return None;
    }
    authors.names.push(
        printed
            .slice(Part {
                start: surname.start,
                end: given.end,
            })
            .to_owned(),
    );
    for name in names {
        let Some(name) = without_more(printed, name, &mut authors.more) else {
            continue;
        };
        let words = printed.folded(name);
        if one_word(name) || !is_full_name(&words) {
            return None;
        }
        authors.names.push(printed.slice(name).to_owned());
    }
    Some(authors)
}

/// A surname and what stands behind the comma.
fn parted_by_comma(printed: &Printed, name: Part) -> Option<(String, String)> {
    let comma = printed.find(name, |sign| sign == ',')?;
    let start = Part {
        start: name.start,
        end: comma,
    };
    let end = Part {
        start: comma + 1,
        end: name.end,
    };
    Some((printed.folded(printed.trim(start)), printed.folded(printed.trim(end))))
}

/// Given names and initials: `Ann`, `Ann B`, `A. B`.
fn is_given(folded: &str) -> bool {
    let words: Vec<&str> = folded.split([' ', '.']).filter(|word| !word.is_empty()).collect();
    (1..=4).contains(&words.len()) && words.iter().all(|word| is_name_word(word) || is_initials(word))
}
