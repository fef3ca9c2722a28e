//! The cluster's query for a plan. Its scores are near ours, and exact where terms stand alone: sets of synonyms are
//! scored by their best member, character pairs by their own number.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::record::section_key;
use super::super::saturation::K1;
use super::super::schema::kind_term;
use super::super::{Filter, Kind};
use super::document::placed;
use super::plan::{Leaf, Node, Phrase, Plan, Set};
use crate::text::Language;

/// The most terms that are scored by the cluster. Lucene takes 1024 clauses; what counts least beyond this number is
/// matched without a score, which ours still has.
const MOST_SCORED: usize = 800;

/// What a member of a set adds that is not the best one.
const BESIDE_BEST: f32 = 0.3;

/// Makes the query for a plan.
pub struct Asked<'a> {
    plan: &'a Plan,
    /// Leaves that count less are matched only.
    least: f32,
}

impl<'a> Asked<'a> {
    /// For this plan.
    pub fn new(plan: &'a Plan) -> Self {
        let mut weights: Vec<(f32, usize)> = plan.leaves.iter().map(weight).collect();
        weights.sort_by(|left, right| right.0.total_cmp(&left.0));
        let mut sum = 0;
        let mut least = 0.0;
        for (weight, terms) in weights {
            sum += terms;
            if sum > MOST_SCORED {
                least = weight;
                break;
            }
        }
        Self { plan, least }
    }

    /// The query with its filters.
    pub fn query(&self, kind: Kind, filters: &[Filter]) -> Value {
        let mut held: Vec<Value> = filters.iter().map(filter).collect();
        // A field belongs to one kind of document; only what matches everything has to be told which.
        if !filters.iter().any(|filter| matches!(filter, Filter::Language(_))) {
            held.push(of_kind(kind, None));
        }
        json!({"bool": {"must": [self.node(&self.plan.root)], "filter": held}})
    }

    fn node(&self, node: &Node) -> Value {
        match node {
            Node::Leaf(number) => self.leaf(*number),
            Node::Any(parts) => self.any(parts),
            Node::All(parts) => json!({"bool": {"must": self.nodes(parts)}}),
            Node::Without(wanted, unwanted) => {
                json!({"bool": {"must": [self.node(wanted)], "must_not": self.nodes(unwanted)}})
            }
            Node::Boosted(needed, welcome) => {
                json!({"bool": {"must": [self.node(needed)], "should": self.nodes(welcome)}})
            }
        }
    }

    fn nodes(&self, parts: &[Node]) -> Vec<Value> {
        parts.iter().map(|part| self.node(part)).collect()
    }

    fn any(&self, parts: &[Node]) -> Value {
        let mut clauses = Vec::new();
        let mut unscored: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for part in parts {
            let leaf = match part {
                Node::Leaf(number) => self.plan.leaves.get(*number),
                _ => None,
            };
            match leaf {
                Some(Leaf::Nothing) => {}
                Some(leaf @ Leaf::Set(set)) if weight(leaf).0 <= self.least => {
                    for member in &set.members {
                        unscored.entry(&member.term.column).or_default().push(&member.term.text);
                    }
                }
                _ => clauses.push(self.node(part)),
            }
        }
        for (column, terms) in unscored {
            clauses.push(json!({"terms": {column: terms, "boost": 0.0}}));
        }
        match clauses.pop() {
            None => json!({"match_none": {}}),
            Some(only) if clauses.is_empty() => only,
            Some(last) => {
                clauses.push(last);
                json!({"bool": {"should": clauses, "minimum_should_match": 1}})
            }
        }
    }

    fn leaf(&self, number: usize) -> Value {
        match self.plan.leaves.get(number) {
            None | Some(Leaf::Nothing) => json!({"match_none": {}}),
            Some(Leaf::Everything) => json!({"match_all": {}}),
            Some(Leaf::Set(set)) => set_query(set),
            Some(Leaf::Phrase(phrase)) => phrase_query(phrase, number),
        }
    }
}

/// What a leaf counts at most, and of how many terms it is.
fn weight(leaf: &Leaf) -> (f32, usize) {
    match leaf {
        Leaf::Set(set) => (set.most * set.boost, set.members.len()),
        Leaf::Phrase(phrase) => (f32::MAX, phrase.terms.len()),
        Leaf::Nothing | Leaf::Everything => (f32::MAX, 1),
    }
}

fn set_query(set: &Set) -> Value {
    // The share of a single occurrence in a paragraph, where it counts less than one.
    let share = |weight: f32| weight * (1.0 + K1) / (weight + K1);
    let boost = |weight: f32| set.most * set.boost * share(weight);
    match set.members.as_slice() {
        [only] => only.term.query(boost(only.weight)),
        members => {
            let queries: Vec<Value> = members
                .iter()
                .map(|member| member.term.query(boost(member.weight)))
                .collect();
            json!({"dis_max": {"queries": queries, "tie_breaker": BESIDE_BEST}})
        }
    }
}

/// A phrase under the number of its leaf, so that its score comes with the document.
fn phrase_query(phrase: &Phrase, number: usize) -> Value {
    json!({"match_phrase": {phrase.column.as_str(): {
        "query": placed(phrase.terms.clone()), "boost": phrase.asked_boost(), "_name": number.to_string(),
    }}})
}

/// The query for what a filter lets through.
pub fn filter(filter: &Filter) -> Value {
    match filter {
        Filter::Language(language) => of_kind(Kind::Passage, Some(*language)),
        Filter::Article(ids) => {
            let ids: Vec<&str> = ids.iter().map(|id| id.as_str()).collect();
            json!({"terms": {"article": ids}})
        }
        Filter::Section(key) => json!({"term": {"section": section_key(key)}}),
        Filter::Role(roles) => {
            let roles: Vec<&str> = roles.iter().map(|role| role.name()).collect();
            json!({"terms": {"role": roles}})
        }
        Filter::Year { from, to } => {
            let mut range = serde_json::Map::new();
            range.extend(from.map(|from| ("gte".to_owned(), from.into())));
            range.extend(to.map(|to| ("lte".to_owned(), to.into())));
            if range.is_empty() {
                return json!({"match_all": {}});
            }
            json!({"range": {"year": range}})
        }
    }
}

/// The query for all documents of a kind, and passages of a language.
pub fn of_kind(kind: Kind, language: Option<Language>) -> Value {
    match (kind, language) {
        (Kind::Passage, None) => {
            let kinds = Language::ALL.map(|each| kind_term(Kind::Passage, Some(each)));
            json!({"terms": {"kind": kinds}})
        }
        (kind, language) => json!({"term": {"kind": kind_term(kind, language)}}),
    }
}
