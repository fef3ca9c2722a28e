//! English stems, remembered per thread.

use std::cell::RefCell;

use frostem::{Algorithm, Stemmer};
use xxhash_rust::xxh3::xxh3_64;

/// How many words a thread remembers; a power of two. A word that needs the place of another replaces it.
const REMEMBERED: usize = 1 << 13;

#[derive(Default, Clone)]
struct Entry {
    word: String,
    stem: String,
}

thread_local! {
    static CACHE: RefCell<Vec<Entry>> = const { RefCell::new(Vec::new()) };
}

/// Replaces the word that `term` holds from byte `from` on by its stem. The word is in lower case.
pub(super) fn stem_in_place(term: &mut String, from: usize) {
    CACHE.with_borrow_mut(|cache| {
        if cache.is_empty() {
            cache.resize(REMEMBERED, Entry::default());
        }
        let Some(word) = term.get(from..) else { return };
        let slot = usize::try_from(xxh3_64(word.as_bytes())).unwrap_or(0) & (REMEMBERED - 1);
        let Some(entry) = cache.get_mut(slot) else { return };
        if entry.word != word {
            let stem = Stemmer::new(Algorithm::English).stem(word);
            entry.stem.clear();
            entry.stem.push_str(&stem);
            entry.word.clear();
            entry.word.push_str(word);
        }
        if entry.stem.len() != word.len() || entry.stem != word {
            term.truncate(from);
            term.push_str(&entry.stem);
        }
    });
}

/// Drops the s of an English plural from the word that `term` holds from byte `from` on: cells, MSCs. Words of three
/// letters and words on -ss, -us and -is keep theirs, and so does an s behind a digit (16S).
pub(super) fn drop_plural(term: &mut String, from: usize) {
    let length = singular(term.get(from..).unwrap_or_default()).len();
    term.truncate(from + length);
}

/// The same of a word that stays where it is.
pub(super) fn singular(word: &str) -> &str {
    let keeps = match word.as_bytes() {
        [.., before, b's'] => !before.is_ascii_alphabetic() || matches!(before, b's' | b'u' | b'i'),
        _ => true,
    };
    if keeps || word.len() <= 3 {
        return word;
    }
    word.get(..word.len() - 1).unwrap_or(word)
}

/// The stem of an English word in lower case, as the words of a text have it: without the plural s, then stemmed.
pub fn stem(word: &str) -> String {
    let mut term = word.to_owned();
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        drop_plural(&mut term, 0);
        stem_in_place(&mut term, 0);
    }
    term
}
