//! The numbers BM25 needs, of the documents a field belongs to and of no others.

use std::collections::BTreeMap;

use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Query, Weight};
use tantivy::schema::Field as Column;
use tantivy::{Score, Term};

use super::saturation::{K1, REFERENCE};

/// The numbers of one term, or of terms scored as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbers {
    /// Documents that could have it; at least 1 and at least `frequency`.
    pub documents: u64,
    /// Documents that have it.
    pub frequency: u64,
}

impl Numbers {
    /// BM25's rarity: the logarithm of how seldom a document has the term.
    pub fn rarity(self) -> Score {
        let (documents, frequency) = (self.documents as Score, self.frequency as Score);
        (1.0 + ((documents - frequency).max(0.0) + 0.5) / (frequency + 0.5)).ln()
    }

    /// What occurrences add to a score where they count 1: the rarity times the largest value of BM25's saturation.
    pub fn most(self) -> Score {
        self.rarity() * (1.0 + K1)
    }
}

/// A phrase query with the numbers it is scored by.
#[derive(Debug, Clone)]
pub struct WithNumbers<Q> {
    query: Q,
    documents: u64,
    frequencies: BTreeMap<Term, u64>,
}

impl<Q> WithNumbers<Q> {
    /// Scores `query` by the numbers of its terms.
    pub fn new(query: Q, terms: Vec<(Term, Numbers)>) -> Self {
        let documents = terms.iter().map(|(_, numbers)| numbers.documents).max().unwrap_or(1);
        let frequencies = terms
            .into_iter()
            .map(|(term, numbers)| (term, numbers.frequency))
            .collect();
        Self {
            query,
            documents,
            frequencies,
        }
    }
}

impl<Q: Query + Clone> Query for WithNumbers<Q> {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        match scoring {
            EnableScoring::Enabled { searcher, .. } => {
                let provider = Provider {
                    documents: self.documents,
                    frequencies: &self.frequencies,
                };
                self.query
                    .weight(EnableScoring::enabled_from_statistics_provider(&provider, searcher))
            }
            EnableScoring::Disabled { .. } => self.query.weight(scoring),
        }
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.query.query_terms(visitor);
    }
}

struct Provider<'a> {
    documents: u64,
    frequencies: &'a BTreeMap<Term, u64>,
}

impl Bm25StatisticsProvider for Provider<'_> {
    fn total_num_tokens(&self, _: Column) -> tantivy::Result<u64> {
        // tantivy normalises by the mean length: a paragraph's here, whatever is indexed.
        Ok(self.documents * u64::from(REFERENCE))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.documents)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        Ok(self.frequencies.get(term).copied().unwrap_or(0))
    }
}
