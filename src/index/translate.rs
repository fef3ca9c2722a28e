//! From the engine's own questions to tantivy's queries.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery,
    TermSetQuery,
};
use tantivy::schema::{Field as Column, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::manifest::Counts;
use super::record::section_key;
use super::schema::{Columns, kind_term, language_of, named_term};
use super::statistics::{Numbers, WithNumbers};
use super::synonyms::{SynonymsQuery, set_frequency};
use super::{EngineError, Field, Filter, Kind, Match, Request};
use crate::text::Language;

/// The deepest nesting of a match. Queries nest less; the bound keeps the stack safe whatever is asked.
const DEEPEST: usize = 64;

/// What translation needs to know of the index.
#[derive(Debug, Clone, Copy)]
pub struct Translator<'a> {
    /// The index.
    pub searcher: &'a Searcher,
    /// Its columns.
    pub columns: &'a Columns,
    /// How many documents it holds.
    pub counts: &'a Counts,
    /// Tokens of each text column.
    pub tokens: &'a BTreeMap<Column, u64>,
    /// Which documents are asked for.
    pub kind: Kind,
}

impl Translator<'_> {
    /// The query for a whole request.
    pub fn request(&self, request: &Request) -> Result<Box<dyn Query>, EngineError> {
        let scored = self.matching(&request.matching, 0)?;
        let mut clauses = vec![(Occur::Must, scored)];
        for filter in &request.filters {
            clauses.push((
                Occur::Must,
                Box::new(ConstScoreQuery::new(self.filter(filter), 0.0)) as Box<dyn Query>,
            ));
        }
        if clauses.len() > 1 {
            return Ok(Box::new(BooleanQuery::new(clauses)));
        }
        Ok(clauses
            .pop()
            .map_or_else(|| Box::new(EmptyQuery) as Box<dyn Query>, |(_, only)| only))
    }

    /// The query for one term, set of synonyms or phrase.
    pub fn leaf(&self, matching: &Match) -> Result<Box<dyn Query>, EngineError> {
        self.matching(matching, 0)
    }

    fn matching(&self, matching: &Match, depth: usize) -> Result<Box<dyn Query>, EngineError> {
        if depth > DEEPEST {
            return Err(EngineError::Request(format!("a match nested more than {DEEPEST} deep")));
        }
        let deeper = |part: &Match| self.matching(part, depth + 1);
        Ok(match matching {
            Match::Term { field, term, boost } => boosted(self.term(*field, term)?, *boost),
            Match::Synonyms { members, length, boost } => boosted(self.synonyms(members, *length)?, *boost),
            Match::Phrase { field, terms, boost } => boosted(self.phrase(*field, terms)?, *boost),
            Match::Any(parts) => {
                let mut clauses = Vec::new();
                self.flatten(parts, depth, &mut clauses)?;
                any(clauses)
            }
            Match::All(parts) => {
                let clauses = parts
                    .iter()
                    .map(|part| Ok((Occur::Must, deeper(part)?)))
                    .collect::<Result<Vec<_>, EngineError>>()?;
                if clauses.is_empty() {
                    Box::new(EmptyQuery)
                } else {
                    Box::new(BooleanQuery::new(clauses))
                }
            }
            Match::Without(wanted, unwanted) => {
                let mut clauses = vec![(Occur::Must, deeper(wanted)?)];
                for part in unwanted {
                    clauses.push((Occur::MustNot, deeper(part)?));
                }
                Box::new(BooleanQuery::new(clauses))
            }
            Match::Boosted(needed, welcome) => {
                let mut clauses = vec![(Occur::Must, deeper(needed)?)];
                for part in welcome {
                    clauses.push((Occur::Should, deeper(part)?));
                }
                Box::new(BooleanQuery::new(clauses))
            }
            Match::Everything => Box::new(ConstScoreQuery::new(self.everything(None), 1.0)),
        })
    }

    /// Alternatives within alternatives become one list: only a flat list of terms is searched with block-max pruning.
    fn flatten(&self, parts: &[Match], depth: usize, clauses: &mut Vec<Box<dyn Query>>) -> Result<(), EngineError> {
        if depth > DEEPEST {
            return Err(EngineError::Request(format!("a match nested more than {DEEPEST} deep")));
        }
        for part in parts {
            match part {
                Match::Any(inner) => self.flatten(inner, depth + 1, clauses)?,
                other => clauses.push(self.matching(other, depth + 1)?),
            }
        }
        Ok(())
    }

    fn term(&self, field: Field, text: &str) -> Result<Box<dyn Query>, EngineError> {
        let Some(column) = self.columns.text(field, self.kind) else {
            return Ok(Box::new(EmptyQuery));
        };
        let term = Term::from_field_text(column, text);
        let numbers = self.numbers(field, column, &term)?;
        if numbers.frequency == 0 {
            return Ok(Box::new(EmptyQuery));
        }
        let query = TermQuery::new(term.clone(), IndexRecordOption::WithFreqs);
        Ok(Box::new(WithNumbers::new(query, vec![(term, numbers)])))
    }

    fn synonyms(&self, members: &[(Field, String, f32)], length: Field) -> Result<Box<dyn Query>, EngineError> {
        let mut set: BTreeMap<(Field, &str), f32> = BTreeMap::new();
        for (field, text, weight) in members {
            let kept = set.entry((*field, text)).or_insert(0.0);
            *kept = kept.max(weight.clamp(0.0, 1.0));
        }
        let Some(lengths) = self.columns.text(length, self.kind) else {
            return Ok(Box::new(EmptyQuery));
        };
        let (mut terms, mut frequencies) = (Vec::new(), Vec::new());
        for ((field, text), weight) in set {
            let Some(column) = self.columns.text(field, self.kind) else {
                continue;
            };
            let term = Term::from_field_text(column, text);
            let frequency = self.numbers(field, column, &term)?.frequency;
            if frequency > 0 && weight > 0.0 {
                frequencies.push((frequency, weight));
                terms.push((column, term, weight));
            }
        }
        if terms.is_empty() {
            return Ok(Box::new(EmptyQuery));
        }
        let of_lengths = self.numbers(length, lengths, &Term::from_field_text(lengths, ""))?;
        let numbers = Numbers {
            frequency: set_frequency(&frequencies, of_lengths.documents),
            ..of_lengths
        };
        Ok(Box::new(SynonymsQuery::new(lengths, terms, numbers)))
    }

    fn phrase(&self, field: Field, terms: &[(usize, String)]) -> Result<Box<dyn Query>, EngineError> {
        if !field.has_positions() {
            return Err(EngineError::Request(format!(
                "a phrase in {}, which keeps no positions",
                field.name()
            )));
        }
        let Some(column) = self.columns.text(field, self.kind) else {
            return Ok(Box::new(EmptyQuery));
        };
        let distinct: BTreeSet<(usize, &str)> = terms
            .iter()
            .map(|(position, text)| (*position, text.as_str()))
            .collect();
        let Some(&(first, lead)) = distinct.first() else {
            return Ok(Box::new(EmptyQuery));
        };
        if distinct.len() == 1 {
            return self.term(field, lead);
        }
        let mut placed = Vec::with_capacity(distinct.len());
        let mut numbered = Vec::with_capacity(distinct.len());
        for (position, text) in distinct {
            let term = Term::from_field_text(column, text);
            let numbers = self.numbers(field, column, &term)?;
            if numbers.frequency == 0 {
                return Ok(Box::new(EmptyQuery));
            }
            placed.push((position - first, term.clone()));
            numbered.push((term, numbers));
        }
        Ok(Box::new(WithNumbers::new(
            PhraseQuery::new_with_offset(placed),
            numbered,
        )))
    }

    /// A field of one language is scored by the documents of that language; any other by all of its kind.
    fn numbers(&self, field: Field, column: Column, term: &Term) -> Result<Numbers, EngineError> {
        let frequency = self.searcher.doc_freq(term).map_err(unreadable)?;
        let documents = self.counts.of(self.kind, language_of(field)).max(frequency).max(1);
        let tokens = self.tokens.get(&column).copied().unwrap_or(0);
        Ok(Numbers {
            documents,
            tokens,
            frequency,
        })
    }

    /// The query for what a filter lets through.
    pub fn filter(&self, filter: &Filter) -> Box<dyn Query> {
        match filter {
            Filter::Language(language) => self.everything(Some(*language)),
            Filter::Article(ids) => {
                Box::new(TermSetQuery::new(ids.iter().map(|id| {
                    Term::from_field_text(self.columns.article, &named_term(self.kind, id.as_str()))
                })))
            }
            Filter::Section(key) => basic(self.columns.section, &section_key(key)),
            Filter::Role(roles) => Box::new(TermSetQuery::new(
                roles
                    .iter()
                    .map(|role| Term::from_field_text(self.columns.role, role.name())),
            )),
            Filter::Year { from, to } => {
                let bound = |year: &Option<u16>| {
                    year.map_or(Bound::Unbounded, |year| {
                        Bound::Included(Term::from_field_u64(self.columns.year, u64::from(year)))
                    })
                };
                match (bound(from), bound(to)) {
                    (Bound::Unbounded, Bound::Unbounded) => self.everything(None),
                    (from, to) => Box::new(RangeQuery::new(from, to)),
                }
            }
        }
    }

    fn everything(&self, language: Option<Language>) -> Box<dyn Query> {
        match (self.kind, language) {
            (Kind::Passage, None) => {
                Box::new(TermSetQuery::new(Language::ALL.map(|each| {
                    Term::from_field_text(self.columns.kind, &kind_term(Kind::Passage, Some(each)))
                })))
            }
            (kind, language) => basic(self.columns.kind, &kind_term(kind, language)),
        }
    }
}

/// How many documents of a kind, and passages of a language, there are.
pub fn count(
    searcher: &Searcher,
    columns: &Columns,
    kind: Kind,
    language: Option<Language>,
) -> Result<u64, EngineError> {
    let of = |language| {
        let term = Term::from_field_text(columns.kind, &kind_term(kind, language));
        searcher.doc_freq(&term).map_err(unreadable)
    };
    match (kind, language) {
        (Kind::Passage, None) => Language::ALL.iter().map(|&each| of(Some(each))).sum(),
        (_, language) => of(language),
    }
}

/// The engine's form of a tantivy error.
pub fn unreadable(error: tantivy::TantivyError) -> EngineError {
    EngineError::Unreadable(error.to_string())
}

fn basic(column: Column, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(
        Term::from_field_text(column, text),
        IndexRecordOption::Basic,
    ))
}

fn any(mut clauses: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    if clauses.len() > 1 {
        return Box::new(BooleanQuery::union(clauses));
    }
    clauses.pop().unwrap_or_else(|| Box::new(EmptyQuery))
}

/// A boost below nothing would break pruning, which takes scores to be non-negative.
fn boosted(query: Box<dyn Query>, boost: f32) -> Box<dyn Query> {
    if boost == 1.0 {
        return query;
    }
    Box::new(BoostQuery::new(
        query,
        if boost.is_finite() && boost > 0.0 { boost } else { 0.0 },
    ))
}
