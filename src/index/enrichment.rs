//! What the lexicon adds to a passage when it is indexed.

use std::sync::{Mutex, PoisonError};

use super::{Enrich, Enrichment};
use crate::analysis::{Analyzer, TermList};
use crate::document::{Article, ArticleId, Passage};
use crate::lexicon::{PrintedPairs, WholeTerms};
use crate::text::Language;

/// Adds whole terms and, in the other language, the titles of the works a passage cites.
pub struct LexiconEnrichment {
    whole: WholeTerms,
    analyzer: Analyzer,
    /// The terms of the article that was enriched last: its passages come one after another.
    own: Mutex<Option<(ArticleId, TermList)>>,
}

impl LexiconEnrichment {
    /// Enriches with these terms; the analyzer's user dictionary counts as part of every article.
    pub fn new(whole: WholeTerms, analyzer: Analyzer) -> Self {
        Self {
            whole,
            analyzer,
            own: Mutex::new(None),
        }
    }

    fn own_terms(&self, article: &Article) -> TermList {
        let mut last = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((id, terms)) = last.as_ref()
            && *id == article.id
        {
            return terms.clone();
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
        *last = Some((article.id.clone(), terms.clone()));
        terms
    }
}

impl Enrich for LexiconEnrichment {
    fn enrich(&self, article: &Article, passage: &Passage) -> Enrichment {
        let own = self.own_terms(article);
        let foreign = match passage.language {
            Language::Zh => foreign_titles(article, passage),
            Language::En => String::new(),
        };
        Enrichment {
            expansion: String::new(),
            foreign,
            terms: self.whole.terms(&passage.text, passage.language, &self.analyzer, &own),
        }
    }

    fn mine(&self, article: &Article) -> PrintedPairs {
        self.whole.mined_pairs(article)
    }
}

/// The titles, in the other language, of the works that a passage cites, a line each.
fn foreign_titles(article: &Article, passage: &Passage) -> String {
    let cited = passage.cited_numbers();
    let titles = cited
        .iter()
        .filter_map(|&number| article.reference(number))
        .filter_map(|reference| reference.title.as_deref());
    titles
        .filter(|title| Language::detect(title) != passage.language)
        .collect::<Vec<_>>()
        .join("\n")
}
