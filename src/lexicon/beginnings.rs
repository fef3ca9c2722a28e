//! How the longer entries of dictionaries begin: a quick look whether a place of a text is worth looking up. Most are not,
//! and walking a dictionary from every character or word of a text is most of the work of finding its whole terms.

use xxhash_rust::xxh3::xxh3_64;

use super::Dictionary;
use crate::text::Language;

/// The characters by which a Chinese entry is known to begin.
pub const CHARACTERS: usize = 3;

/// Words of bits in the set, a power of two: a megabyte, some sixteen bits for each beginning of the shipped
/// dictionaries.
const WORDS: usize = 1 << 17;

/// Bits that stand for one beginning, all in one word, so that a look costs one access to memory.
const SET: u32 = 3;

/// A set of beginnings that is sometimes wrong in saying yes, and never in saying no.
#[derive(Debug, Clone)]
pub struct Beginnings(Vec<u64>);

impl Beginnings {
    /// How the entries of at least three characters or two words begin.
    pub fn of(dictionaries: &[&Dictionary]) -> Self {
        let mut beginnings = Self(vec![0; WORDS]);
        for dictionary in dictionaries {
            dictionary.each_entry(Language::Zh, |entry| {
                if let Some((end, last)) = entry.char_indices().nth(CHARACTERS - 1) {
                    let beginning = entry.get(..end + last.len_utf8()).unwrap_or_default();
                    beginnings.add(digest(beginning, ""));
                }
            });
            dictionary.each_entry(Language::En, |entry| {
                let mut words = entry.split(' ');
                if let (Some(first), Some(second)) = (words.next(), words.next()) {
                    beginnings.add(digest(first, second));
                }
            });
        }
        beginnings
    }

    /// Whether a Chinese entry may begin with these three characters.
    pub fn has_characters(&self, characters: &str) -> bool {
        self.has(digest(characters, ""))
    }

    /// Whether an English entry may begin with these two words.
    pub fn has_words(&self, first: &str, second: &str) -> bool {
        self.has(digest(first, second))
    }

    fn add(&mut self, digest: u64) {
        let (word, bits) = place(digest);
        if let Some(word) = self.0.get_mut(word) {
            *word |= bits;
        }
    }

    fn has(&self, digest: u64) -> bool {
        let (word, bits) = place(digest);
        self.0.get(word).is_some_and(|word| word & bits == bits)
    }
}

fn digest(first: &str, second: &str) -> u64 {
    xxh3_64(first.as_bytes()).rotate_left(1) ^ xxh3_64(second.as_bytes())
}

/// The word that a digest falls to, and its bits.
fn place(digest: u64) -> (usize, u64) {
    let word = (digest >> 32) as usize % WORDS;
    let bits = (0..SET).map(|bit| 1 << (digest >> (6 * bit) & 63));
    (word, bits.fold(0, |all, bit| all | bit))
}

#[cfg(test)]
mod tests {
    use super::Beginnings;
    use crate::lexicon::Dictionary;

    #[test]
    fn what_begins_an_entry_is_known_and_little_else() {
        let dictionary = Dictionary::cedict().expect("the dictionary");
        let beginnings = Beginnings::of(&[&dictionary]);
        // Entries of CC-CEDICT: 糖尿病, 干细胞, stem cell.
        assert!(beginnings.has_characters("糖尿病") && beginnings.has_characters("干细胞"));
        assert!(beginnings.has_words("stem", "cell"));
        let wrong = (0..1000).filter(|number| beginnings.has_words("no", &format!("word{number}")));
        assert!(wrong.count() < 50);
    }
}
