//! Whole terms in a text: entries of the dictionaries and lists that the ordinary segmentation takes apart.
//!
//! They are indexed each as one term, so that a translation of several words or characters is looked up like a word.

use std::collections::BTreeSet;

use crate::analysis::{Analyzer, TermList, TermListError};
use crate::document::Article;
use crate::text::{Language, fold};

use super::key::{english_key, singular_key};
use super::{Dictionary, Lexicon, PrintedPairs, glosses, is_stop_word, mine};

/// The fewest Han characters of a whole term; shorter words are found by character pairs and single characters.
const SHORTEST_HAN: usize = 3;

/// Recognises whole terms.
#[derive(Debug, Clone)]
pub struct WholeTerms {
    lexicon: Lexicon,
    listed: TermList,
}

/// The form in which a whole term is indexed: Han folded, English words in the singular with one blank between two.
pub fn term_key(term: &str, language: Language) -> String {
    match language {
        Language::Zh => fold(term).text().to_owned(),
        Language::En => {
            let key = english_key(term);
            let words: Vec<_> = key.split(' ').map(singular_key).collect();
            words.join(" ")
        }
    }
}

impl WholeTerms {
    /// Recognises the entries of a lexicon's dictionaries and of its lists.
    ///
    /// # Errors
    /// Lists too large to be looked for together.
    pub fn new(lexicon: Lexicon) -> Result<Self, TermListError> {
        let listed = TermList::new(lexicon.listed_terms().filter(|term| is_whole(term)))?;
        Ok(Self { lexicon, listed })
    }

    /// The whole terms of a passage, each as often as it stands there, and those of `own` (the article's keywords and
    /// glosses) besides.
    pub fn terms(&self, text: &str, language: Language, analyzer: &Analyzer, own: &TermList) -> Vec<String> {
        let mut found: BTreeSet<(usize, String)> = BTreeSet::new();
        match language {
            Language::Zh => {
                let folded = fold(text);
                for dictionary in self.lexicon.dictionaries() {
                    for span in dictionary.chinese_spans(folded.text()) {
                        let term = span.of(folded.text());
                        if is_whole(term) {
                            found.insert((folded.original(span).start, term.to_owned()));
                        }
                    }
                }
                for list in [&self.listed, own] {
                    analyzer.terms(text, list, |token| {
                        found.insert((token.span.start, token.term.to_owned()));
                    });
                }
            }
            Language::En => {
                let key = english_key(text);
                let words: Vec<&str> = key.split(' ').collect();
                let singular: Vec<_> = words.iter().map(|word| singular_key(word)).collect();
                for dictionary in self.lexicon.dictionaries() {
                    collect_english(dictionary, &words, &singular, &mut found);
                }
            }
        }
        found.into_iter().map(|(_, term)| term).collect()
    }
}

impl WholeTerms {
    /// The term pairs that an article prints.
    pub fn mined_pairs(&self, article: &Article) -> PrintedPairs {
        mine(article, self.lexicon.dictionary())
    }

    /// The Chinese terms that an article glosses: `中文(English, ABBR)`.
    pub fn glossed_terms(&self, article: &Article) -> Vec<String> {
        let passages = article.passages.iter().map(|passage| passage.text.as_str());
        let glosses = passages.flat_map(|text| glosses(text, self.lexicon.dictionary()));
        glosses.filter_map(|gloss| gloss.zh).collect()
    }
}

/// Whether a term is one that the ordinary segmentation may take apart.
fn is_whole(term: &str) -> bool {
    term.chars().nth(SHORTEST_HAN - 1).is_some()
}

fn collect_english(
    dictionary: &Dictionary,
    words: &[&str],
    singular: &[std::borrow::Cow<'_, str>],
    found: &mut BTreeSet<(usize, String)>,
) {
    let content = |place: usize| words.get(place).is_some_and(|word| !is_stop_word(word, Language::En));
    let mut add = |first: usize, end: usize| {
        if content(first) && content(end - 1) {
            found.insert((first, singular.get(first..end).unwrap_or_default().join(" ")));
        }
    };
    for first in 0..words.len() {
        dictionary.english_runs(words.get(first..).unwrap_or_default(), |count| {
            add(first, first + count)
        });
        let rest: Vec<&str> = singular
            .iter()
            .skip(first)
            .take(super::LONGEST_PHRASE)
            .map(AsRef::as_ref)
            .collect();
        dictionary.english_runs(&rest, |count| add(first, first + count));
    }
}
