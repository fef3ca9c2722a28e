//! A query tree becomes what the engine matches, in one language's fields.

use crate::analysis::Analyzer;
use crate::index::{Field, Match};
use crate::query::{Clause, Query, Role};
use crate::text::Language;

use super::terms::{Terms, Weighted, units};

/// The most parts one engine query may have; the rest of an over-long query is not looked for.
const MOST_PARTS: usize = 512;

/// Multipliers of the scores of one field's terms.
struct Weights {
    words: f32,
    grams: f32,
    chars: f32,
    title: f32,
    heading: f32,
    keywords: f32,
    authors: f32,
    terms: f32,
}

const CHINESE: Weights = Weights {
    words: 1.0,
    grams: 1.0,
    chars: 0.6,
    title: 0.5,
    heading: 0.8,
    keywords: 0.1,
    authors: 0.3,
    terms: 0.3,
};
const ENGLISH: Weights = Weights {
    words: 1.0,
    grams: 0.4,
    chars: 0.0,
    title: 0.5,
    heading: 0.8,
    keywords: 0.1,
    authors: 0.3,
    terms: 0.0,
};

/// Translates queries for passages of one language.
pub struct Passages<'a> {
    /// Makes terms of the query's text.
    pub analyzer: &'a Analyzer,
    /// Language of the passages.
    pub language: Language,
}

impl Passages<'_> {
    /// What the engine is asked, or nothing where the query holds no term.
    pub fn matching(&self, query: &Query) -> Option<Match> {
        match query {
            Query::Words(text) => self.words(text),
            Query::AllWords(text) => self.all_words(text),
            Query::Phrase(text) => phrase(self.analyzer, text, Field::Grams(self.language)),
            Query::Boolean(clauses) => boolean(clauses, |query| self.matching(query)),
        }
    }

    fn words(&self, text: &str) -> Option<Match> {
        let terms = Terms::of(self.analyzer, text);
        let language = self.language;
        let weights = if language == Language::Zh { &CHINESE } else { &ENGLISH };
        let mut parts = Vec::new();
        add(&mut parts, Field::Words(language), weights.words, &terms.words);
        add(&mut parts, Field::Grams(language), weights.grams, &terms.grams);
        add(&mut parts, Field::Title(language), weights.title, &terms.words);
        add(&mut parts, Field::Heading(language), weights.heading, &terms.words);
        add(&mut parts, Field::Chars(language), weights.chars, &terms.chars);
        add(&mut parts, Field::Keywords, weights.keywords, &terms.words);
        add(&mut parts, Field::Authors, weights.authors, &terms.words);
        add(&mut parts, Field::Terms, weights.terms, &terms.wholes);
        any(parts)
    }

    fn all_words(&self, text: &str) -> Option<Match> {
        let language = self.language;
        let parts: Vec<Match> = units(self.analyzer, text)
            .into_iter()
            .filter_map(|unit| {
                let fields = [
                    Field::Words(language),
                    Field::Title(language),
                    Field::Heading(language),
                    Field::Authors,
                ];
                any(fields.map(|field| term(field, &unit, 1.0)).to_vec())
            })
            .collect();
        all(parts)
    }
}

/// Translates queries for entries of reference lists.
pub struct References<'a> {
    /// Makes terms of the query's text.
    pub analyzer: &'a Analyzer,
}

impl References<'_> {
    /// What the engine is asked, or nothing where the query holds no term.
    pub fn matching(&self, query: &Query) -> Option<Match> {
        match query {
            Query::Words(text) => {
                let terms = Terms::of(self.analyzer, text);
                let mut parts = Vec::new();
                add(&mut parts, Field::ReferenceWords, 1.0, &terms.words);
                add(&mut parts, Field::ReferenceGrams, 0.5, &terms.grams);
                add(&mut parts, Field::Authors, 1.0, &terms.words);
                any(parts)
            }
            Query::AllWords(text) => all(units(self.analyzer, text)
                .iter()
                .map(|unit| term(Field::ReferenceWords, unit, 1.0))
                .collect()),
            Query::Phrase(text) => phrase(self.analyzer, text, Field::ReferenceGrams),
            Query::Boolean(clauses) => boolean(clauses, |query| self.matching(query)),
        }
    }
}

fn term(field: Field, term: &str, boost: f32) -> Match {
    Match::Term {
        field,
        term: term.to_owned(),
        boost,
    }
}

fn add(parts: &mut Vec<Match>, field: Field, weight: f32, terms: &[Weighted]) {
    if weight > 0.0 {
        let room = MOST_PARTS.saturating_sub(parts.len());
        parts.extend(
            terms
                .iter()
                .take(room)
                .map(|one| term(field, &one.term, weight * one.weight)),
        );
    }
}

fn phrase(analyzer: &Analyzer, text: &str, field: Field) -> Option<Match> {
    let mut terms = analyzer.phrase(text);
    terms.truncate(MOST_PARTS);
    match terms.as_slice() {
        [] => None,
        [(_, only)] => Some(term(field, only, 1.0)),
        _ => Some(Match::Phrase {
            field,
            terms,
            boost: 1.0,
        }),
    }
}

fn boolean(clauses: &[Clause], translate: impl Fn(&Query) -> Option<Match>) -> Option<Match> {
    let of = |role: Role| {
        clauses
            .iter()
            .filter(move |clause| clause.role == role)
            .filter_map(|clause| translate(&clause.query))
    };
    let (must, should, must_not): (Vec<_>, Vec<_>, Vec<_>) = (
        of(Role::Must).collect(),
        of(Role::Should).collect(),
        of(Role::MustNot).collect(),
    );
    // A required clause without any term of its own can't be met; an optional one is no loss.
    if must.len() < clauses.iter().filter(|clause| clause.role == Role::Must).count() {
        return None;
    }
    let wanted = match (all(must), should) {
        (Some(required), optional) if optional.is_empty() => required,
        (Some(required), optional) => Match::Boosted(Box::new(required), optional),
        (None, optional) => any(optional)?,
    };
    Some(if must_not.is_empty() {
        wanted
    } else {
        Match::Without(Box::new(wanted), must_not)
    })
}

fn any(mut parts: Vec<Match>) -> Option<Match> {
    match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ => Some(Match::Any(parts)),
    }
}

fn all(mut parts: Vec<Match>) -> Option<Match> {
    match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ => Some(Match::All(parts)),
    }
}
