//! Whole terms in a text: entries of the dictionaries and lists that the ordinary segmentation takes apart.
//!
//! They are indexed each as one term, so that a translation of several words or characters is looked up like a word.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use crate::analysis::{Analyzer, TermList, TermListError};
use crate::document::Article;
use crate::text::{Language, Span, fold};

use super::beginnings::{Beginnings, CHARACTERS};
use super::cedict::LONGEST_PHRASE;
use super::key::{english_key, singular_key};
use super::{Dictionary, Lexicon, PrintedPairs, glosses, is_stop_key, mine};

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
                analyzer.folded(text, |folded| {
                    for span in chinese_terms(&dictionaries, beginnings, folded.text()) {
                        found.insert((folded.original(span).start, span.of(folded.text()).to_owned()));
                    }
                });
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
    let content: Vec<bool> = words.iter().map(|word| !is_stop_key(word, Language::En)).collect();
    // Where a word is written in the singular the same slice stands in both, so a run of such words is looked up once.
    let plural: Vec<bool> = words
        .iter()
        .zip(&singular)
        .map(|(word, singular)| word != singular)
        .collect();
    let anew = |first: usize| plural.iter().skip(first).take(LONGEST_PHRASE).any(|plural| *plural);
    for (spelt, again) in [(words, false), (&singular, true)] {
        for (first, pair) in spelt.windows(2).enumerate() {
            let begins = content.get(first) == Some(&true) && (!again || anew(first));
            if !begins || !matches!(pair, [one, two] if beginnings.has_words(one, two)) {
                continue;
            }
            for dictionary in dictionaries {
                dictionary.english_runs(spelt.get(first..).unwrap_or_default(), |count| {
                    if content.get(first + count - 1) == Some(&true) {
                        let term = singular.get(first..first + count).unwrap_or_default();
                        found.insert((first, term.join(" ")));
                    }
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Beginnings, chinese_terms, collect_english, is_whole};
    use crate::lexicon::Dictionary;

    #[test]
    fn the_look_at_beginnings_loses_no_chinese_entry() {
        let dictionary = Dictionary::cedict().expect("the dictionary");
        let text = "胎盘来源的间充质干细胞治疗糖尿病足溃疡,北京大学人民医院;人山人海CD34+细胞";
        let expected: Vec<&str> = dictionary
            .chinese_spans(text)
            .into_iter()
            .map(|span| span.of(text))
            .filter(|term| is_whole(term))
            .collect();
        let beginnings = Beginnings::of(&[&dictionary]);
        let found = chinese_terms(&[&dictionary], &beginnings, text);
        let found: Vec<&str> = found.into_iter().map(|span| span.of(text)).collect();
        assert_eq!(found, expected);
        assert!(found.contains(&"干细胞") && found.contains(&"糖尿病") && found.contains(&"人山人海"));
    }

    #[test]
    fn entries_of_several_english_words_are_found_as_written_and_in_the_singular() {
        let dictionary = Dictionary::ecdict().expect("the dictionary");
        let text =
            "stem cell therapy of the diabetic foot in bone marrow transplantation and growth factors of blood vessels";
        let words: Vec<&str> = text.split(' ').collect();
        let mut found = BTreeSet::new();
        let beginnings = Beginnings::of(&[&dictionary]);
        collect_english(&[&dictionary], &beginnings, &words, &mut found);
        for term in ["stem cell", "bone marrow", "growth factor", "blood vessel"] {
            assert!(found.iter().any(|(_, known)| known == term), "{term} in {found:?}");
        }
    }
}
