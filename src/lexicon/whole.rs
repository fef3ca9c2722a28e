//! Whole terms in a text: entries of the dictionaries and lists that the ordinary segmentation takes apart.
//!
//! They are indexed each as one term, so that a translation of several words or characters is looked up like a word.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use crate::analysis::{Analyzer, TermList, TermListError};
use crate::document::Article;
use crate::text::{Language, Span, fold};

use super::beginnings::{Beginnings, CHARACTERS};
use super::key::{english_key, singular_key};
use super::{Dictionary, Lexicon, PrintedPairs, glosses, is_stop_word, mine};

/// Recognises whole terms.
#[derive(Debug, Clone)]
pub struct WholeTerms {
    lexicon: Lexicon,
    listed: TermList,
    /// Made when the first passage is read.
    beginnings: Arc<OnceLock<Beginnings>>,
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
        Ok(Self {
            lexicon,
            listed,
            beginnings: Arc::default(),
        })
    }

    /// The whole terms of a passage, each as often as it stands there, and those of `own` (the article's keywords and
    /// glosses) besides.
    pub fn terms(&self, text: &str, language: Language, analyzer: &Analyzer, own: &TermList) -> Vec<String> {
        let mut found: BTreeSet<(usize, String)> = BTreeSet::new();
        let dictionaries = self.lexicon.dictionaries();
        let beginnings = self.beginnings.get_or_init(|| Beginnings::of(&dictionaries));
        match language {
            Language::Zh => {
                let folded = fold(text);
                for span in chinese_terms(&dictionaries, beginnings, folded.text()) {
                    found.insert((folded.original(span).start, span.of(folded.text()).to_owned()));
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
                collect_english(&dictionaries, beginnings, &words, &mut found);
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

/// Whether a term is one that the ordinary segmentation may take apart; shorter ones are found by character pairs and
/// single characters.
fn is_whole(term: &str) -> bool {
    term.chars().nth(CHARACTERS - 1).is_some()
}

/// Where dictionary entries of at least three characters stand in a folded text, every one.
fn chinese_terms(dictionaries: &[&Dictionary], beginnings: &Beginnings, text: &str) -> Vec<Span> {
    let ends = text
        .char_indices()
        .map(|(start, character)| start + character.len_utf8());
    let ends = ends.skip(CHARACTERS - 1);
    let mut spans = Vec::new();
    for ((start, _), shortest) in text.char_indices().zip(ends) {
        if beginnings.has_characters(text.get(start..shortest).unwrap_or_default()) {
            for dictionary in dictionaries {
                dictionary.chinese_from(text, start, |end| {
                    if end >= shortest {
                        spans.push(Span::new(start, end));
                    }
                });
            }
        }
    }
    spans
}

/// Finds the runs of words that are dictionary entries, as written and in the singular.
fn collect_english(
    dictionaries: &[&Dictionary],
    beginnings: &Beginnings,
    words: &[&str],
    found: &mut BTreeSet<(usize, String)>,
) {
    let singular: Vec<_> = words.iter().map(|word| singular_key(word)).collect();
    let singular: Vec<&str> = singular.iter().map(AsRef::as_ref).collect();
    let content = |place: usize| words.get(place).is_some_and(|word| !is_stop_word(word, Language::En));
    for spelt in [words, &singular] {
        for (first, pair) in spelt.windows(2).enumerate() {
            if !matches!(pair, [one, two] if beginnings.has_words(one, two)) {
                continue;
            }
            for dictionary in dictionaries {
                dictionary.english_runs(spelt.get(first..).unwrap_or_default(), |count| {
                    if content(first) && content(first + count - 1) {
                        let term = singular.get(first..first + count).unwrap_or_default();
                        found.insert((first, term.join(" ")));
                    }
                });
            }
        }
    }
}
