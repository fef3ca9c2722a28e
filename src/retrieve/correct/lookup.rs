//! Document frequencies, asked once each and bounded in number.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use crate::analysis::{Analyzer, Mode};
use crate::index::{Engine, EngineError, Field, Kind, Match, Request};
use crate::text::Language;

/// Where a word counts as known to the index.
const WORD_FIELDS: [Field; 13] = [
    Field::Words(Language::En),
    Field::Words(Language::Zh),
    Field::Title(Language::En),
    Field::Title(Language::Zh),
    Field::Heading(Language::En),
    Field::Heading(Language::Zh),
    Field::Expansion(Language::En),
    Field::Expansion(Language::Zh),
    Field::Foreign(Language::Zh),
    Field::Foreign(Language::En),
    Field::Keywords,
    Field::Authors,
    Field::ReferenceWords,
];
/// The same for character pairs and surface forms.
const GRAM_FIELDS: [Field; 3] = [
    Field::Grams(Language::Zh),
    Field::Grams(Language::En),
    Field::ReferenceGrams,
];

/// The most look-ups for candidates in one correction; about ten milliseconds.
const MOST_LOOKUPS: usize = 6000;
/// The most phrase searches in one correction.
const MOST_PHRASES: usize = 16;

/// What one correction asks of the index.
pub struct Lookup<'a> {
    /// The index.
    pub engine: &'a dyn Engine,
    /// Makes terms of text, as the index was made.
    pub analyzer: &'a Analyzer,
    found: RefCell<HashMap<(Field, String), u64>>,
    lookups: Cell<usize>,
    phrases: Cell<usize>,
}

impl<'a> Lookup<'a> {
    /// Nothing asked so far.
    pub fn new(engine: &'a dyn Engine, analyzer: &'a Analyzer) -> Self {
        Self {
            engine,
            analyzer,
            found: RefCell::default(),
            lookups: Cell::new(MOST_LOOKUPS),
            phrases: Cell::new(MOST_PHRASES),
        }
    }

    /// In how many passages a term occurs. Not bounded: for what the query itself holds.
    pub fn frequency(&self, field: Field, term: &str) -> Result<u64, EngineError> {
        let key = (field, term.to_owned());
        if let Some(&known) = self.found.borrow().get(&key) {
            return Ok(known);
        }
        let frequency = self.engine.document_frequency(field, term)?;
        self.found.borrow_mut().insert(key, frequency);
        Ok(frequency)
    }

    /// The same for a candidate: 0 once the look-ups are used up.
    pub fn candidate(&self, field: Field, term: &str) -> Result<u64, EngineError> {
        if !self.spend(1) {
            return Ok(0);
        }
        self.frequency(field, term)
    }

    /// Takes look-ups from what is left; false where there are not as many.
    pub fn spend(&self, lookups: usize) -> bool {
        let left = self.lookups.get().checked_sub(lookups);
        self.lookups.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Whether the index knows a word or a stretch of Han: every term of it occurs in some field.
    pub fn knows(&self, text: &str) -> Result<bool, EngineError> {
        let mut words: Vec<String> = Vec::new();
        self.analyzer
            .words(text, Mode::Query, |token| words.push(token.term.to_owned()));
        let mut grams: Vec<String> = Vec::new();
        self.analyzer
            .grams(text, Mode::Query, |token| grams.push(token.term.to_owned()));
        Ok(self.all_occur(&words, &WORD_FIELDS)? || self.all_occur(&grams, &GRAM_FIELDS)?)
    }

    /// Whether a character pair occurs in passages or references.
    pub fn knows_pair(&self, pair: &str) -> Result<bool, EngineError> {
        self.occurs(pair, &GRAM_FIELDS)
    }

    /// Whether a word as it is indexed occurs in any field of words.
    pub fn knows_word(&self, word: &str) -> Result<bool, EngineError> {
        self.occurs(word, &WORD_FIELDS)
    }

    fn all_occur(&self, terms: &[String], fields: &[Field]) -> Result<bool, EngineError> {
        for term in terms {
            if !self.occurs(term, fields)? {
                return Ok(false);
            }
        }
        Ok(!terms.is_empty())
    }

    fn occurs(&self, term: &str, fields: &[Field]) -> Result<bool, EngineError> {
        for &field in fields {
            if self.frequency(field, term)? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// In how many Chinese passages a stretch of Han occurs as it stands; 0 once the phrase searches are used up.
    pub fn phrase(&self, text: &str) -> Result<u64, EngineError> {
        let Some(matching) = self.phrase_match(text) else {
            return Ok(0);
        };
        if let Match::Term { field, term, .. } = &matching {
            return self.candidate(*field, term);
        }
        let Some(left) = self.phrases.get().checked_sub(1) else {
            return Ok(0);
        };
        self.phrases.set(left);
        let found = self.engine.search(&Request {
            kind: Kind::Passage,
            matching,
            filters: Vec::new(),
            limit: 1,
        })?;
        Ok(found.total as u64)
    }

    /// Whether words stand in a row as typed, in passages or in references. Yes once the phrase searches are used up.
    pub fn stands_as_typed(&self, text: &str) -> Result<bool, EngineError> {
        for (kind, field) in [
            (Kind::Passage, Field::Grams(Language::En)),
            (Kind::Passage, Field::Grams(Language::Zh)),
            (Kind::Reference, Field::ReferenceGrams),
        ] {
            let Some(left) = self.phrases.get().checked_sub(1) else {
                return Ok(true);
            };
            self.phrases.set(left);
            let found = self.engine.search(&Request {
                kind,
                matching: Match::Phrase {
                    field,
                    terms: self.analyzer.phrase(text),
                    boost: 1.0,
                },
                filters: Vec::new(),
                limit: 1,
            })?;
            if found.total > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What matches a stretch of Han as it stands in Chinese passages.
    pub fn phrase_match(&self, text: &str) -> Option<Match> {
        let field = Field::Grams(Language::Zh);
        let terms = self.analyzer.phrase(text);
        match terms.as_slice() {
            [] => None,
            [(_, only)] => Some(Match::Term {
                field,
                term: only.clone(),
                boost: 1.0,
            }),
            _ => Some(Match::Phrase {
                field,
                terms,
                boost: 1.0,
            }),
        }
    }
}
