//! How common a word is in general texts: a small corpus can't tell that a word it lacks is a common one.

use std::sync::OnceLock;

use fst::Map;

use super::segmenter::list as chinese;
use super::stem::stem;
use crate::text::{Script, fold};

/// Stems of English words with how many of [`ENGLISH_TOTAL`] words they are, and behind `=` the forms of words themselves
/// (made by `examples/english_words.rs`).
static ENGLISH: &[u8] = include_bytes!("../../data/ecdict/words.fst");

/// The number of words that the frequencies of the English list are of.
const ENGLISH_TOTAL: f32 = 1e9;

/// What share of the words of general texts a word is, English by its stem; nothing for a word that is in no list, and
/// for one that is written as a name (`AIDS`, `mTOR`), which says more than the word of the same letters.
///
/// Chinese by jieba's list, English by the ranks of ECDICT.
pub fn general_share(word: &str) -> Option<f32> {
    let folded = fold(word);
    if word.chars().any(|character| Script::of(character) == Script::Han) {
        let list = chinese()?;
        let frequency = list.get(folded.text())?;
        return Some(frequency as f32 / list.get("")? as f32);
    }
    let name = word.chars().skip(1).any(char::is_uppercase);
    let frequency = english()?
        .get(stem(folded.text()))
        .filter(|frequency| *frequency > 0 && !name)?;
    Some(frequency as f32 / ENGLISH_TOTAL)
}

/// Whether an English word, as it is written, is one of general texts, inflected forms among them.
pub fn in_general_use(word: &str) -> bool {
    english().is_some_and(|list| list.contains_key(format!("={}", fold(word).text())))
}

fn english() -> Option<&'static Map<&'static [u8]>> {
    static LIST: OnceLock<Option<Map<&'static [u8]>>> = OnceLock::new();
    LIST.get_or_init(|| Map::new(ENGLISH).ok()).as_ref()
}

#[cfg(test)]
mod tests {
    use super::{general_share, in_general_use};

    /// One in how many words of general texts.
    fn one_in(word: &str) -> Option<f32> {
        general_share(word).map(|share| 1.0 / share)
    }

    #[test]
    fn words_are_as_common_as_in_the_lists() {
        // jieba's dictionary has 的 318,825 times, 一直 18,596 times and 血管 1,265 times among 60,101,964 words.
        for (word, expected) in [("的", 188.5), ("一直", 3_232.0), ("血管", 47_511.0)] {
            let found = one_in(word).unwrap();
            assert!((found / expected - 1.0).abs() < 0.001, "{word}: {found}");
        }
        // ECDICT has `the` as the first word of all, `rate` as the 297th and `wound` as the 3,202nd.
        for (word, expected) in [("the", 13.33), ("rate", 4_020.0), ("wound", 60_400.0)] {
            let found = one_in(word).unwrap();
            assert!((found / expected - 1.0).abs() < 0.02, "{word}: {found}");
        }
    }

    #[test]
    fn every_form_of_a_word_is_as_common_as_the_word() {
        for form in ["rates", "Rate", "rated"] {
            assert_eq!(general_share(form), general_share("rate"), "{form}");
        }
        assert_eq!(general_share("went"), general_share("go"));
        assert_eq!(general_share("mice"), general_share("mouse"));
        assert_eq!(general_share("幹細胞"), general_share("干细胞"));
    }

    #[test]
    fn words_are_known_in_every_form_and_not_by_their_stem() {
        for word in ["inflammation", "Inflamed", "inflaming", "mice", "went", "wound"] {
            assert!(in_general_use(word), "{word}");
        }
        // The stem of the first is that of `inflame`.
        for word in ["inflamation", "wounde", "=wound", ""] {
            assert!(!in_general_use(word), "{word}");
        }
    }

    #[test]
    fn names_and_words_of_no_list_are_not_known() {
        for word in ["AIDS", "mTOR", "CD34+", "间充质干细胞", "stem cell", ""] {
            assert_eq!(general_share(word), None, "{word}");
        }
    }
}
