//! From the engine's own questions to tantivy's queries.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery,
    TermSetQuery,
};
use tantivy::schema::{Field as Column, IndexRecordOption};
use tantivy::{Score, Searcher, Term};

use super::accumulate::{Bag, Filtering, Part};
use super::any::{self, AnyQuery};
use super::manifest::Counts;
use super::record::section_key;
use super::saturation::PHRASE_K1;
use super::schema::{Columns, kind_term, language_of, measured_by, named_term};
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
    /// Which documents are asked for.
    pub kind: Kind,
}

impl Translator<'_> {
    /// The query for a whole request, as one that matches but need not score.
    pub fn request(&self, request: &Request) -> Result<Box<dyn Query>, EngineError> {
        let mut clauses = vec![(Occur::Must, self.matching(&request.matching, 0)?)];
        for filter in &request.filters {
            clauses.push((Occur::Must, self.filter(filter)));
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    /// What a request finds, and how it is scored.
    pub fn bag(&self, request: &Request) -> Result<Bag, EngineError> {
        let language = request.filters.iter().find_map(|filter| match filter {
            Filter::Language(language) => Some(*language),
            _ => None,
        });
        let mut parts = Vec::new();
        let only = self.parts(&request.matching, (0, language), &mut parts)?;
        // The fields of one language hold passages of that language: then the filter says nothing new.
        let needed = |filter: &&Filter| !(only && language.is_some_and(|known| **filter == Filter::Language(known)));
        let filters = request.filters.iter().filter(needed).map(|filter| Filtering {
            query: self.filter(filter),
            language: match filter {
                Filter::Language(language) if self.kind == Kind::Passage => Some(*language),
                _ => None,
            },
        });
        Ok(Bag::new(parts, filters.collect()))
    }

    /// Alternatives within alternatives become one list. Says whether all that they match is in fields of the language.
    fn parts(
        &self,
        matching: &Match,
        (depth, language): (usize, Option<Language>),
        parts: &mut Vec<Part>,
    ) -> Result<bool, EngineError> {
        if depth > DEEPEST {
            return Err(EngineError::Request(format!("a match nested more than {DEEPEST} deep")));
        }
        let (set, boost, only) = match matching {
            Match::Any(inner) => {
                let mut only = true;
                for part in inner {
                    only &= self.parts(part, (depth + 1, language), parts)?;
                }
                return Ok(only);
            }
            Match::Term { field, term, boost } => (self.term(*field, term)?, boost, language_of(*field) == language),
            Match::Synonyms { members, length, boost } => {
                let only = members.iter().all(|(field, ..)| language_of(*field) == language);
                (self.synonyms(members, *length)?, boost, only)
            }
            Match::Phrase { field, terms, boost } => {
                let (most, documents) = self.most_of_phrase(*field, terms)?;
                let most = positive(*boost) * most;
                parts.push(Part::Other(self.matching(matching, depth)?, most, documents));
                return Ok(language_of(*field) == language);
            }
            other => {
                parts.push(Part::Other(self.matching(other, depth)?, Score::INFINITY, 0));
                return Ok(false);
            }
        };
        let nothing = set.is_none();
        parts.extend(set.map(|set| Part::Set(set, positive(*boost))));
        Ok(only || nothing)
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
            Match::Term { field, term, boost } => boosted(found(self.term(*field, term)?), *boost),
            Match::Synonyms { members, length, boost } => boosted(found(self.synonyms(members, *length)?), *boost),
            Match::Phrase { field, terms, boost } => boosted(self.phrase(*field, terms)?, *boost),
            Match::Any(parts) => any_of(parts.iter().map(deeper).collect::<Result<_, _>>()?),
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
                let unwanted = unwanted.iter().map(deeper).collect::<Result<_, _>>()?;
                let unwanted: Box<dyn Query> = Box::new(AnyQuery::unwanted(unwanted));
                Box::new(BooleanQuery::new(vec![
                    (Occur::Must, deeper(wanted)?),
                    (Occur::MustNot, unwanted),
                ]))
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

    fn term(&self, field: Field, text: &str) -> Result<Option<SynonymsQuery>, EngineError> {
        let Some(column) = self.columns.text(field, self.kind) else {
            return Ok(None);
        };
        let term = Term::from_field_text(column, text);
        let numbers = self.numbers(field, &term)?;
        Ok((numbers.frequency > 0).then(|| {
            SynonymsQuery::new(
                self.lengths(field),
                vec![(column, term, 1.0)],
                (numbers, numbers.frequency),
            )
        }))
    }

    /// The column by whose lengths a field's terms are scored: a text has one length, that of its words.
    fn lengths(&self, field: Field) -> Option<Column> {
        measured_by(field).and_then(|field| self.columns.text(field, self.kind))
    }

    fn synonyms(&self, members: &[(Field, String, f32)], length: Field) -> Result<Option<SynonymsQuery>, EngineError> {
        let mut set: BTreeMap<(Field, &str), f32> = BTreeMap::new();
        for (field, text, weight) in members {
            let kept = set.entry((*field, text)).or_insert(0.0);
            *kept = kept.max(weight.clamp(0.0, 1.0));
        }
        let (mut terms, mut frequencies) = (Vec::new(), Vec::new());
        for ((field, text), weight) in set {
            let Some(column) = self.columns.text(field, self.kind) else {
                continue;
            };
            let term = Term::from_field_text(column, text);
            let frequency = self.numbers(field, &term)?.frequency;
            if frequency > 0 && weight > 0.0 {
                frequencies.push((frequency, weight));
                terms.push((column, term, weight));
            }
        }
        if terms.is_empty() {
            return Ok(None);
        }
        let documents = self.counts.of(self.kind, language_of(length)).max(1);
        let numbers = Numbers {
            documents,
            frequency: set_frequency(&frequencies, documents),
        };
        let postings = frequencies.iter().map(|(frequency, _)| frequency).sum();
        Ok(Some(SynonymsQuery::new(
            self.lengths(length),
            terms,
            (numbers, postings),
        )))
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
            return Ok(found(self.term(field, lead)?));
        }
        let mut placed = Vec::with_capacity(distinct.len());
        let mut numbered = Vec::with_capacity(distinct.len());
        for (position, text) in distinct {
            let term = Term::from_field_text(column, text);
            let numbers = self.numbers(field, &term)?;
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

    /// The most that a phrase can add to a score, as tantivy adds up the rarity of its terms, and in how many documents it
    /// can stand.
    fn most_of_phrase(&self, field: Field, terms: &[(usize, String)]) -> Result<(Score, u64), EngineError> {
        let column = self.columns.text(field, self.kind);
        let (Some(column), true) = (column, terms.len() > 1) else {
            return Ok((Score::INFINITY, 0));
        };
        let mut numbers = Vec::with_capacity(terms.len());
        for (_, text) in terms {
            numbers.push(self.numbers(field, &Term::from_field_text(column, text))?);
        }
        let documents = numbers.iter().map(|numbers| numbers.documents).max().unwrap_or(1);
        let rarest = numbers.iter().map(|numbers| numbers.frequency).min().unwrap_or(0);
        let rarities = numbers
            .into_iter()
            .map(|numbers| Numbers { documents, ..numbers }.rarity());
        Ok((rarities.sum::<Score>() * (1.0 + PHRASE_K1), rarest))
    }

    /// A field of one language is scored by the documents of that language; any other by all of its kind.
    fn numbers(&self, field: Field, term: &Term) -> Result<Numbers, EngineError> {
        let frequency = self.searcher.doc_freq(term).map_err(unreadable)?;
        let documents = self.counts.of(self.kind, language_of(field)).max(frequency).max(1);
        Ok(Numbers { documents, frequency })
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

fn any_of(mut clauses: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    if clauses.len() > 1 {
        return if clauses.len() <= any::MOST {
            Box::new(AnyQuery::new(clauses))
        } else {
            Box::new(BooleanQuery::union(clauses))
        };
    }
    clauses.pop().unwrap_or_else(|| Box::new(EmptyQuery))
}

fn found(set: Option<SynonymsQuery>) -> Box<dyn Query> {
    set.map_or_else(|| Box::new(EmptyQuery) as Box<dyn Query>, |set| Box::new(set))
}

fn boosted(query: Box<dyn Query>, boost: f32) -> Box<dyn Query> {
    if boost == 1.0 {
        return query;
    }
    Box::new(BoostQuery::new(query, positive(boost)))
}

/// A boost below nothing counts as none.
fn positive(boost: f32) -> f32 {
    if boost.is_finite() && boost > 0.0 { boost } else { 0.0 }
}
