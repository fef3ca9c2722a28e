//! jieba's words of a Han run, with the dictionary loaded once, late, or not at all.

use std::sync::{Arc, OnceLock};

use fst::Map;
use jieba_rs::Jieba;

/// jieba's words and their frequencies; the empty word has the sum of all (made by `examples/word_list.rs`).
static WORDS: &[u8] = include_bytes!("../../data/jieba/words.fst");

/// The word list as it is stored: what the segmentation depends on.
pub(super) fn dictionary_bytes() -> &'static [u8] {
    WORDS
}

/// A word no text has, which carries the frequency of the words left out of a small dictionary.
const REST: &str = "\u{10FFFF}";

/// The longest text in bytes that is segmented with a dictionary of its own rather than with the full one.
const SHORT: usize = 4096;

/// The longest word in characters that is kept whole, as long as the longest of the dictionary.
const LONGEST_WORD: usize = 16;

/// jieba in search mode, with the model for unknown words.
///
/// Loading the full dictionary takes about a tenth of a second. A short text does not need it: jieba only ever looks up
/// the substrings of the text, so a dictionary of exactly those substrings, with the same total frequency, gives exactly
/// the same words.
#[derive(Debug, Clone, Default)]
pub struct Segmenter {
    full: Arc<OnceLock<Jieba>>,
}

/// A dictionary that is good for one text.
pub(super) enum Dictionary<'s> {
    /// The full one.
    Full(&'s Jieba),
    /// The one of the text's own substrings.
    Own(Box<Jieba>),
}

impl Segmenter {
    /// Loads the full dictionary unless it is loaded. Until it is, short texts do without it.
    pub fn preload(&self) {
        self.full.get_or_init(Jieba::new);
    }

    /// A dictionary for a folded text: the full one if it is loaded or the text is long.
    pub(super) fn dictionary(&self, text: &str) -> Dictionary<'_> {
        match self.full.get() {
            Some(jieba) => Dictionary::Full(jieba),
            None if text.len() <= SHORT
                && let Some(own) = own_dictionary(text) =>
            {
                Dictionary::Own(Box::new(own))
            }
            None => Dictionary::Full(self.full.get_or_init(Jieba::new)),
        }
    }
}

impl Dictionary<'_> {
    /// Hands the words of a Han run to `sink` as byte ranges of the run with the number of the first character, in the
    /// order of their starts, longer before shorter: the words of the best cut and the dictionary words of two and three
    /// characters inside them.
    pub(super) fn words(&self, run: &str, sink: &mut dyn FnMut(usize, usize, usize)) {
        let jieba = match self {
            Self::Full(jieba) => jieba,
            Self::Own(jieba) => jieba.as_ref(),
        };
        let mut words = jieba.cut_for_search(run, true);
        words.sort_by(|a, b| a.byte_start.cmp(&b.byte_start).then(b.byte_end.cmp(&a.byte_end)));
        for word in words {
            let characters = word.end - word.start;
            if characters <= LONGEST_WORD {
                sink(word.byte_start, word.byte_end, word.start);
                continue;
            }
            // The model for unknown words can take a whole run of rare characters for one word.
            let mut number = word.start;
            let mut from = word.byte_start;
            for (count, (at, character)) in word.word.char_indices().enumerate() {
                let end = word.byte_start + at + character.len_utf8();
                if (count + 1) % LONGEST_WORD == 0 || end == word.byte_end {
                    sink(from, end, number);
                    number = word.start + count + 1;
                    from = end;
                }
            }
        }
    }
}

/// The word list as a map.
pub(super) fn list() -> Option<&'static Map<&'static [u8]>> {
    static LIST: OnceLock<Option<Map<&'static [u8]>>> = OnceLock::new();
    LIST.get_or_init(|| Map::new(WORDS).ok()).as_ref()
}

/// The dictionary of the substrings of a text; nothing if the word list can't be read.
fn own_dictionary(text: &str) -> Option<Jieba> {
    let list = list()?.as_fst();
    let root = list.root();
    let total = root.is_final().then(|| root.final_output().value())?;
    let mut jieba = Jieba::empty();
    let mut used = 0u64;
    for (start, _) in text.char_indices().filter(|(_, c)| !c.is_ascii()) {
        let rest = text.as_bytes().get(start..).unwrap_or_default();
        let mut node = list.root();
        let mut output = fst::raw::Output::zero();
        for (offset, byte) in rest.iter().enumerate() {
            let Some(index) = node.find_input(*byte) else { break };
            let transition = node.transition(index);
            output = output.cat(transition.out);
            node = list.node(transition.addr);
            let Some(word) = text.get(start..=start + offset).filter(|_| node.is_final()) else {
                continue;
            };
            if !jieba.has_word(word) {
                let frequency = output.cat(node.final_output()).value();
                jieba.add_word(word, Some(usize::try_from(frequency).ok()?), None);
                used += frequency;
            }
        }
    }
    jieba.add_word(REST, Some(usize::try_from(total.checked_sub(used)?).ok()?), None);
    Some(jieba)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, any, prop_assert_eq, prop_oneof, proptest};

    use super::{Dictionary, Segmenter, own_dictionary};
    use std::sync::LazyLock;

    static FULL: LazyLock<Segmenter> = LazyLock::new(|| {
        let segmenter = Segmenter::default();
        segmenter.preload();
        segmenter
    });

    fn words(dictionary: &Dictionary<'_>, run: &str) -> Vec<(usize, usize, usize)> {
        let mut found = Vec::new();
        dictionary.words(run, &mut |start, end, position| found.push((start, end, position)));
        found
    }

    fn agree(run: &str) {
        let own = Dictionary::Own(Box::new(own_dictionary(run).expect("the word list can be read")));
        assert_eq!(words(&own, run), words(&FULL.dictionary(run), run), "of {run}");
    }

    #[test]
    fn words_come_in_the_order_of_their_starts_with_the_shorter_ones_inside() {
        let run = "糖尿病足溃疡";
        let found: Vec<&str> = words(&Segmenter::default().dictionary(run), run)
            .into_iter()
            .filter_map(|(s, e, _)| run.get(s..e))
            .collect();
        assert_eq!(found, ["糖尿病足", "糖尿病", "糖尿", "溃疡"]);
    }

    #[test]
    fn a_dictionary_of_its_own_gives_the_words_of_the_full_one_on_the_shipped_articles() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
        let mut runs = 0;
        for entry in std::fs::read_dir(folder).expect("the corpus folder") {
            let Ok(text) = std::fs::read_to_string(entry.expect("an entry").path()) else {
                continue;
            };
            for run in text
                .split(|c: char| !('\u{4E00}'..='\u{9FFF}').contains(&c))
                .filter(|run| !run.is_empty())
            {
                agree(run);
                runs += 1;
            }
        }
        assert!(runs > 100, "only {runs} runs were compared");
    }

    proptest! {
        #[test]
        fn a_dictionary_of_its_own_gives_the_words_of_the_full_one(
            run in prop_oneof![
                any::<String>(),
                proptest::collection::vec(proptest::char::range('\u{4E00}', '\u{9FFF}'), 0..30)
                    .prop_map(|characters| characters.into_iter().collect::<String>()),
                proptest::collection::vec(proptest::sample::select(
                    "的一是不了人在有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里".chars()
                    .collect::<Vec<_>>()), 0..40).prop_map(|characters| characters.into_iter().collect()),
            ]
        ) {
            // The segmenter is only given Han runs: letters of other scripts are taken out before.
            let run: String = run.chars().filter(|c| !c.is_ascii()).collect();
            let own = Dictionary::Own(Box::new(own_dictionary(&run).expect("the word list can be read")));
            prop_assert_eq!(words(&own, &run), words(&FULL.dictionary(&run), &run));
        }
    }
}
