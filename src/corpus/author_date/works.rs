//! The works of a reference list, by the names and the year by which a text cites them.

use std::cell::Cell;
use std::collections::HashMap;

use crate::document::{Name, Reference};
use crate::text::{Script, fold};

/// The longest stretch before a bracket, in bytes, in which its authors are looked for.
const LOOKED_BACK: usize = 160;
/// The most authors that a sentence names one by one.
const MOST_NAMED: usize = 6;
/// So many works at most are compared for one article: a tenth of a second, and far more than any real one needs.
const MOST_COMPARED: usize = 1_000_000;

/// What a text says of a work that it cites.
pub(super) struct Cited<'t> {
    /// The names as printed, the first author's first.
    pub names: &'t [&'t str],
    /// Whether more authors are meant than are named.
    pub more: bool,
    /// The year.
    pub year: u16,
    /// What tells works of one year apart.
    pub letter: Option<char>,
}

/// The works of a reference list by year.
#[derive(Debug)]
pub(super) struct Works {
    by_year: HashMap<u16, Vec<Work>>,
    /// How many more may be compared.
    left: Cell<usize>,
}

#[derive(Debug)]
struct Work {
    number: u32,
    /// The family names that each author may be cited by, folded.
    authors: Vec<Vec<String>>,
    more: bool,
    /// The letter behind the year, as printed.
    letter: Option<char>,
    /// The ways in which a sentence names the authors, folded.
    forms: Vec<String>,
}

impl Works {
    /// The entries that have authors and a year.
    pub(super) fn of(references: &[Reference]) -> Self {
        let mut works: HashMap<u16, Vec<Work>> = HashMap::new();
        for reference in references {
            let Some(year) = reference.year.filter(|_| !reference.authors.is_empty()) else {
                continue;
            };
            let authors: Vec<Vec<String>> = reference.authors.iter().map(|name| families(name)).collect();
            works.entry(year).or_default().push(Work {
                number: reference.number,
                forms: forms(&authors),
                authors,
                more: reference.more_authors,
                letter: letter(&reference.text, year),
            });
        }
        Self {
            by_year: works,
            left: Cell::new(MOST_COMPARED),
        }
    }

    /// Whether there were more works to compare than are.
    pub(super) fn are_spent(&self) -> bool {
        self.left.get() == 0
    }

    pub(super) fn is_empty(&self) -> bool {
        self.by_year.is_empty()
    }

    /// The numbers of the works that fit what a text says, nothing where it names none of the list.
    pub(super) fn cited(&self, cited: &Cited<'_>) -> Vec<u32> {
        let names: Vec<String> = cited.names.iter().map(|name| folded(name)).collect();
        let mut fitting: Vec<&Work> = self.of_date(cited.year, cited.letter);
        fitting.retain(|work| {
            let all = names
                .iter()
                .zip(&work.authors)
                .all(|(name, author)| author.iter().any(|family| is_name(name, family)));
            all && names.len() <= work.authors.len()
        });
        prefer(&mut fitting, |work| match (names.len(), cited.more) {
            (1, more) => more == (work.more || work.authors.len() > 1),
            (several, more) => more || work.authors.len() == several,
        });
        fitting.into_iter().map(|work| work.number).collect()
    }

    /// The numbers of the works of a date whose authors end the text before it: `Smith and Jones`, `Luo et al.`, 王芳等.
    pub(super) fn narrated(&self, before: &str, year: u16, letter: Option<char>) -> Vec<u32> {
        let mut start = before.len().saturating_sub(LOOKED_BACK);
        while !before.is_char_boundary(start) {
            start += 1;
        }
        let tail = folded(before.get(start..).unwrap_or_default());
        let tail = tail.strip_suffix("'s").unwrap_or(&tail);
        let mut longest = 0;
        let mut found: Vec<&Work> = Vec::new();
        for work in self.of_date(year, letter) {
            let length = work
                .forms
                .iter()
                .filter(|form| ends_with(tail, form))
                .map(String::len)
                .max();
            let Some(length) = length.filter(|length| *length >= longest) else {
                continue;
            };
            if length > longest {
                longest = length;
                found.clear();
            }
            found.push(work);
        }
        let several = ["al.", "al", "等", "等人", "colleagues", "others"]
            .iter()
            .any(|end| tail.ends_with(end));
        prefer(&mut found, |work| several == (work.more || work.authors.len() > 1));
        found.into_iter().map(|work| work.number).collect()
    }

    fn of_date(&self, year: u16, letter: Option<char>) -> Vec<&Work> {
        let works = self.by_year.get(&year).map(Vec::as_slice).unwrap_or_default();
        let Some(left) = self.left.get().checked_sub(works.len()) else {
            self.left.set(0);
            return Vec::new();
        };
        self.left.set(left);
        let mut works: Vec<&Work> = works.iter().collect();
        if letter.is_some() {
            works.retain(|work| work.letter.is_none_or(|own| Some(own) == letter));
        }
        works
    }
}

/// The ways in which a sentence names authors.
fn forms(authors: &[Vec<String>]) -> Vec<String> {
    let mut forms = Vec::new();
    let Some(first) = authors.first() else {
        return forms;
    };
    for first in first {
        forms.push(first.clone());
        for others in ["et al.", "et al", "and colleagues", "and others", "等", "等人"] {
            let blank = if others.starts_with('等') { "" } else { " " };
            forms.push(format!("{first}{blank}{others}"));
            forms.push(format!("{first} {others}"));
            forms.push(format!("{first}, {others}"));
        }
    }
    let alone = |author: &Vec<String>| author.first().cloned().unwrap_or_default();
    let families: Vec<String> = authors.iter().take(MOST_NAMED).map(alone).collect();
    if let Some((last, before)) = families.split_last().filter(|(_, before)| !before.is_empty()) {
        for between in [" and ", " & ", "和", "与", "及", "、", " 和 ", " 与 ", " 及 "] {
            forms.push(format!("{}{between}{last}", before.join(", ")));
            forms.push(format!("{},{between}{last}", before.join(", ")));
            forms.push(format!("{}{between}{last}", before.join("、")));
        }
    }
    forms
}

/// Keeps those that `wanted` holds for, where it does for any.
fn prefer(works: &mut Vec<&Work>, wanted: impl Fn(&Work) -> bool) {
    if works.iter().any(|work| wanted(work)) {
        works.retain(|work| wanted(work));
    }
}

/// The family names that an author may be cited by: of a name in either order (`Zhang San`) both.
fn families(printed: &str) -> Vec<String> {
    match Name::read(printed) {
        Name::Split { family, .. } => vec![folded(&family)],
        Name::Whole(whole) => {
            let mut names = vec![folded(&whole)];
            let words: Vec<&str> = whole.split_whitespace().collect();
            if let [first, .., last] = words.as_slice() {
                names.push(folded(last));
                names.push(folded(first));
            }
            names
        }
    }
}

fn folded(text: &str) -> String {
    fold(text).text().to_owned()
}

/// Whether a printed name is a family name, with or without its particles or initials.
fn is_name(name: &str, family: &str) -> bool {
    name == family || ends_with_word(name, family) || ends_with_word(family, name) && family.len() <= name.len() + 8
}

fn ends_with_word(text: &str, end: &str) -> bool {
    text.strip_suffix(end)
        .is_some_and(|before| before.ends_with([' ', '.']))
}

/// Whether a text ends with names that are not the end of a longer word.
fn ends_with(text: &str, names: &str) -> bool {
    let Some(before) = text.strip_suffix(names) else {
        return false;
    };
    let han = |character: Option<char>| character.is_some_and(|one| Script::of(one) == Script::Han);
    let joined = before.ends_with(char::is_alphanumeric);
    !joined || han(names.chars().next()) || han(before.chars().next_back())
}

/// The letter behind the year of an entry: `2011a`.
fn letter(text: &str, year: u16) -> Option<char> {
    let year = year.to_string();
    // What stands before the first year is passed over.
    text.split(year.as_str()).skip(1).find_map(|rest| {
        let mut letters = rest.chars();
        let letter = letters.next().filter(char::is_ascii_lowercase)?;
        letters
            .next()
            .is_none_or(|next| !next.is_alphanumeric())
            .then_some(letter)
    })
}
