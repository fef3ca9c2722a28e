//! Citations by key: `[BG08]`, `[BG08, Theorem 1]`, `[LPS88, HLW06]` where the list bears the keys, `[@lal2004; @wu2005, p. 5]`
//! as Pandoc has them.

use std::collections::HashMap;

use super::blocks::Block;
use crate::document::{Name, Reference};

/// The longest key in bytes.
const LONGEST: usize = 40;
/// The most keys of an article that are looked up by author and year.
const MOST: usize = 2000;

/// The key in brackets that an entry begins with, and the entry behind it: `[BG08] J. Bourgain`.
pub fn leading(line: &str) -> Option<(&str, &str)> {
    let (key, rest) = line.strip_prefix('[')?.split_once(']')?;
    let lettered = key.starts_with(|first: char| first.is_ascii_alphabetic());
    let counted = key.contains(|sign: char| sign.is_ascii_digit() || sign == '+');
    (lettered && counted && is_key(key) && rest.starts_with(' ')).then(|| (key, rest.trim_start()))
}

fn is_key(text: &str) -> bool {
    let sign = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '+' | '_' | ':' | '-' | '.' | '\'' | '*');
    (2..=LONGEST).contains(&text.len()) && text.chars().all(sign)
}

/// The numbers that the inside of a mark names by keys; what else stands there is a place in the work.
pub fn numbers(inside: &str, keys: &HashMap<String, u32>) -> Option<Vec<u32>> {
    let mut found = Vec::new();
    for (place, piece) in inside.split([',', ';']).enumerate() {
        let piece = piece.trim();
        let key = piece.strip_prefix("see ").unwrap_or(piece);
        match keys.get(key.trim_start_matches(['-', '@'])) {
            Some(number) => found.push(*number),
            None if place == 0 => return None,
            None => {}
        }
    }
    Some(found)
}

/// The keys of Pandoc in these blocks, by the works whose first author and year they are made of: `@lal2004soil`.
pub fn by_author_and_year(blocks: &[Block], entries: &[Reference]) -> HashMap<String, u32> {
    let mut works: HashMap<(String, u16), u32> = HashMap::new();
    for entry in entries {
        if let (Some(author), Some(year)) = (entry.authors.first(), entry.year) {
            let family = plain(&family(author));
            works.entry((family, year)).or_insert(entry.number);
        }
    }
    let mut keys = HashMap::new();
    let texts = blocks
        .iter()
        .map(|block| block.text.as_str())
        .filter(|text| text.contains("[@") || text.contains("; @"));
    for key in texts.flat_map(|text| text.split('@').skip(1)).take(MOST) {
        let end = key
            .find(|sign: char| !(sign.is_ascii_alphanumeric() || matches!(sign, '_' | ':' | '-')))
            .unwrap_or(key.len());
        let Some(key) = key.get(..end).filter(|key| is_key(key)) else {
            continue;
        };
        let digit = key.find(|sign: char| sign.is_ascii_digit()).unwrap_or(key.len());
        let Some((family, rest)) = key.split_at_checked(digit) else {
            continue;
        };
        let year = rest.get(..4).and_then(|year| year.parse().ok());
        let number = year.and_then(|year: u16| works.get(&(plain(family), year)));
        if let Some(number) = number {
            keys.insert(key.to_owned(), *number);
        }
    }
    keys
}

/// The family name of an author, the last word where the name's parts can't be told.
fn family(author: &str) -> String {
    match Name::read(author) {
        Name::Split { family, .. } => family,
        Name::Whole(name) => name.rsplit(' ').next().unwrap_or_default().to_owned(),
    }
}

/// The letters of a name, in lower case.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|sign| sign.is_alphabetic());
    letters.flat_map(char::to_lowercase).collect()
}
