//! What the lexicon adds to a passage when it is indexed.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Enrich, Enrichment};
use crate::analysis::{Analyzer, Mode, TermList};
use crate::document::{Article, ArticleId, Passage};
use crate::lexicon::{PrintedPairs, WholeTerms};
use crate::text::{Language, fold};

/// The most times one long form is repeated for one passage.
const MOST_REPEATED: usize = 3;

/// Adds whole terms, the long forms of abbreviations and, in the other language, the titles of the works a passage
/// cites: the cheapest bridge between the languages. After its first definition a concept is often only ever written short; the long form makes it findable.
pub struct LexiconEnrichment {
    whole: WholeTerms,
    analyzer: Analyzer,
    /// The terms of the article that was enriched last: its passages come one after another.
    own: Mutex<Option<Own>>,
    /// The pairs of the article that was mined last, which is the next one enriched.
    mined: Mutex<Option<(ArticleId, PrintedPairs)>>,
}

/// What the enrichment knows of one article.
#[derive(Clone)]
struct Own {
    article: ArticleId,
    terms: TermList,
    /// Abbreviations in their indexed form, with their long forms in both languages.
    long_forms: Arc<HashMap<String, Vec<String>>>,
}

impl LexiconEnrichment {
    /// Enriches with these terms; the analyzer's user dictionary counts as part of every article.
    pub fn new(whole: WholeTerms, analyzer: Analyzer) -> Self {
        Self {
            whole,
            analyzer,
            own: Mutex::new(None),
            mined: Mutex::new(None),
        }
    }

    fn own(&self, article: &Article) -> Own {
        let mut last = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = last.as_ref()
            && own.article == article.id
        {
            return own.clone();
        }
        let keywords = article
            .metadata
            .keywords
            .iter()
            .filter_map(|keyword| keyword.zh.clone());
        let user = self.analyzer.user_terms().terms().iter().map(ToString::to_string);
        let glosses = self.whole.glossed_terms(article);
        // A list too large to be looked for together is left out: the passages are still found by their words.
        let terms = TermList::new(keywords.chain(user).chain(glosses)).unwrap_or_default();
        let mut long_forms: HashMap<String, Vec<String>> = HashMap::new();
        let mined = self.mined.lock().unwrap_or_else(PoisonError::into_inner).take();
        let mined = mined.filter(|(id, _)| *id == article.id).map(|(_, pairs)| pairs);
        for pair in mined.unwrap_or_else(|| self.whole.mined_pairs(article)).into_keys() {
            if let Some(form) = pair.abbreviation.as_deref().and_then(|short| self.indexed_form(short)) {
                long_forms
                    .entry(form)
                    .or_default()
                    .extend([pair.zh, pair.en].into_iter().flatten());
            }
        }
        let own = Own {
            article: article.id.clone(),
            terms,
            long_forms: Arc::new(long_forms),
        };
        *last = Some(own.clone());
        own
    }

    /// The form in which a passage that has the abbreviation is indexed under it.
    fn indexed_form(&self, abbreviation: &str) -> Option<String> {
        let mut first = None;
        self.analyzer.grams(abbreviation, Mode::Query, |token| {
            first.get_or_insert_with(|| token.term.to_owned());
        });
        first
    }

    /// The long forms of the abbreviations in a passage, each as often as it is written short, at most three times.
    fn expansion(&self, own: &Own, text: &str) -> String {
        if own.long_forms.is_empty() {
            return String::new();
        }
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        self.analyzer.grams(text, Mode::Index, |token| {
            if own.long_forms.contains_key(token.term) {
                *seen.entry(token.term.to_owned()).or_default() += 1;
            }
        });
        if seen.is_empty() {
            return String::new();
        }
        let folded = fold(text);
        let printed = folded.text();
        let mut lines: Vec<&str> = Vec::new();
        for (form, count) in &seen {
            // Where the long form is printed too, it needs no help.
            for long in own
                .long_forms
                .get(form)
                .into_iter()
                .flatten()
                .filter(|long| !printed.contains(fold(long).text()))
            {
                lines.extend(std::iter::repeat_n(long.as_str(), (*count).min(MOST_REPEATED)));
            }
        }
        lines.join("\n")
    }
}

impl Enrich for LexiconEnrichment {
    fn enrich(&self, article: &Article, passage: &Passage) -> Enrichment {
        let own = self.own(article);
        Enrichment {
            expansion: self.expansion(&own, &passage.text),
            foreign: foreign_titles(article, passage),
            terms: self
                .whole
                .terms(&passage.text, passage.language, &self.analyzer, &own.terms),
        }
    }

    fn mine(&self, article: &Article) -> PrintedPairs {
        let pairs = self.whole.mined_pairs(article);
        let mut mined = self.mined.lock().unwrap_or_else(PoisonError::into_inner);
        *mined = Some((article.id.clone(), pairs.clone()));
        pairs
    }
}

/// The titles, in another language than the passage's, of the works that it cites, a line each.
fn foreign_titles(article: &Article, passage: &Passage) -> String {
    let cited = passage.cited_numbers();
    let works = cited.iter().filter_map(|&number| article.reference(number));
    let titles = works.filter_map(|reference| reference.title.as_deref());
    titles
        .filter(|title| Language::detect(title) != passage.language)
        .collect::<Vec<_>>()
        .join("\n")
}
