//! A match made ready: its terms with the numbers they are scored by, for the cluster's query and for our own scores.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::manifest::Counts;
use super::super::saturation::{PHRASE_K1, REFERENCE};
use super::super::schema::{Columns, language_of, measured_by};
use super::super::statistics::Numbers;
use super::super::synonyms::set_frequency;
use super::super::{EngineError, Field, Kind, Match};
use super::forward::term_digest;
use super::frequencies::Term;
use super::mapping::column_name;

/// The deepest nesting of a match.
const DEEPEST: usize = 64;

/// A match made ready.
#[derive(Debug)]
pub struct Plan {
    /// What is scored by itself, in the order of the match.
    pub leaves: Vec<Leaf>,
    /// How the leaves make the match.
    pub root: Node,
}

/// How parts make a whole.
#[derive(Debug)]
pub enum Node {
    /// A leaf, by its number.
    Leaf(usize),
    /// At least one must match; scores are added.
    Any(Vec<Node>),
    /// All must match; scores are added.
    All(Vec<Node>),
    /// The first must match, the others must not.
    Without(Box<Node>, Vec<Node>),
    /// The first must match; the others add to the score.
    Boosted(Box<Node>, Vec<Node>),
}

/// What is scored by itself.
#[derive(Debug)]
pub enum Leaf {
    /// Occurs nowhere.
    Nothing,
    /// Every document, with score 1.
    Everything,
    /// A term, or terms scored as one.
    Set(Set),
    /// A phrase.
    Phrase(Phrase),
}

/// A term, or terms scored as one.
#[derive(Debug)]
pub struct Set {
    /// The terms that occur, each with its digest, its weight and which member of the match it is.
    pub members: Vec<Member>,
    /// How many members the match has; none for a term alone.
    pub named: usize,
    /// Whether the length of a document counts.
    pub by_length: bool,
    /// The most that the set can add to a score.
    pub most: f32,
    /// Multiplier of the score.
    pub boost: f32,
}

/// A term of a set.
#[derive(Debug)]
pub struct Member {
    /// The term.
    pub term: Term,
    /// Its digest in documents.
    pub digest: u64,
    /// What it counts.
    pub weight: f32,
    /// Its place in the match.
    pub place: usize,
}

/// A phrase.
#[derive(Debug)]
pub struct Phrase {
    /// The column.
    pub column: String,
    /// Positions and indexed forms.
    pub terms: Vec<(usize, String)>,
    /// The sum of the rarities of its terms.
    pub rarity: f32,
    /// Multiplier of the score.
    pub boost: f32,
}

/// Makes plans.
pub struct Planner<'a> {
    /// The columns of the index.
    pub columns: &'a Columns,
    /// How many documents it holds.
    pub counts: &'a Counts,
    /// Which documents are asked for.
    pub kind: Kind,
}

impl Planner<'_> {
    /// Every term of a match.
    pub fn terms(&self, matching: &Match) -> Vec<Term> {
        let mut terms = BTreeSet::new();
        self.gather(matching, 0, &mut terms);
        terms.into_iter().collect()
    }

    /// A term in the column of a field.
    pub fn term(&self, field: Field, text: &str) -> Option<Term> {
        let column = self.columns.text(field, self.kind)?;
        Some(Term {
            column: column_name(self.columns.schema.get_field_name(column)),
            text: text.to_owned(),
        })
    }

    fn gather(&self, matching: &Match, depth: usize, terms: &mut BTreeSet<Term>) {
        if depth > DEEPEST {
            return;
        }
        match matching {
            Match::Term { field, term, .. } => terms.extend(self.term(*field, term)),
            Match::Synonyms { members, .. } => {
                terms.extend(members.iter().filter_map(|(field, term, _)| self.term(*field, term)));
            }
            Match::Phrase { field, terms: list, .. } => {
                terms.extend(list.iter().filter_map(|(_, term)| self.term(*field, term)));
            }
            Match::Any(parts) | Match::All(parts) => {
                parts.iter().for_each(|part| self.gather(part, depth + 1, terms));
            }
            Match::Without(first, rest) | Match::Boosted(first, rest) => {
                self.gather(first, depth + 1, terms);
                rest.iter().for_each(|part| self.gather(part, depth + 1, terms));
            }
            Match::Everything => {}
        }
    }

    /// The plan of a match, from the document frequencies of its terms.
    ///
    /// # Errors
    /// A match nested too deep, or a phrase in a field without positions.
    pub fn plan(&self, matching: &Match, frequencies: &HashMap<Term, u64>) -> Result<Plan, EngineError> {
        let mut leaves = Vec::new();
        let root = self.node(matching, 0, frequencies, &mut leaves)?;
        Ok(Plan { leaves, root })
    }

    fn node(
        &self,
        matching: &Match,
        depth: usize,
        known: &HashMap<Term, u64>,
        leaves: &mut Vec<Leaf>,
    ) -> Result<Node, EngineError> {
        if depth > DEEPEST {
            return Err(EngineError::Request(format!("a match nested more than {DEEPEST} deep")));
        }
        let leaf = match matching {
            Match::Term { field, term, boost } => self.single(*field, term, *boost, known),
            Match::Synonyms { members, length, boost } => self.set(members, *length, *boost, known),
            Match::Phrase { field, terms, boost } => self.phrase(*field, terms, *boost, known)?,
            Match::Everything => Leaf::Everything,
            Match::Any(parts) => return Ok(Node::Any(self.nodes(parts, depth, known, leaves)?)),
            Match::All(parts) => return Ok(Node::All(self.nodes(parts, depth, known, leaves)?)),
            Match::Without(first, rest) => {
                let first = Box::new(self.node(first, depth + 1, known, leaves)?);
                return Ok(Node::Without(first, self.nodes(rest, depth, known, leaves)?));
            }
            Match::Boosted(first, rest) => {
                let first = Box::new(self.node(first, depth + 1, known, leaves)?);
                return Ok(Node::Boosted(first, self.nodes(rest, depth, known, leaves)?));
            }
        };
        leaves.push(leaf);
        Ok(Node::Leaf(leaves.len() - 1))
    }

    fn nodes(
        &self,
        parts: &[Match],
        depth: usize,
        known: &HashMap<Term, u64>,
        leaves: &mut Vec<Leaf>,
    ) -> Result<Vec<Node>, EngineError> {
        parts
            .iter()
            .map(|part| self.node(part, depth + 1, known, leaves))
            .collect()
    }

    fn single(&self, field: Field, text: &str, boost: f32, known: &HashMap<Term, u64>) -> Leaf {
        let Some(term) = self.term(field, text) else {
            return Leaf::Nothing;
        };
        let frequency = known.get(&term).copied().unwrap_or(0);
        if frequency == 0 {
            return Leaf::Nothing;
        }
        Leaf::Set(Set {
            by_length: measured_by(field).is_some(),
            most: numbers(self.documents(field, frequency), frequency).most(),
            boost: positive(boost),
            named: 0,
            members: vec![member(term, 1.0, 0)],
        })
    }

    fn set(&self, members: &[(Field, String, f32)], length: Field, boost: f32, known: &HashMap<Term, u64>) -> Leaf {
        // What is named twice counts once, with the greater weight; of equal ones the first has it.
        let mut set: BTreeMap<(Field, &str), (f32, usize)> = BTreeMap::new();
        for (place, (field, text, weight)) in members.iter().enumerate() {
            let weight = weight.clamp(0.0, 1.0);
            let kept = set.entry((*field, text)).or_insert((weight, place));
            if weight > kept.0 {
                *kept = (weight, place);
            }
        }
        let (mut found, mut frequencies) = (Vec::new(), Vec::new());
        for ((field, text), (weight, place)) in set {
            let Some(term) = self.term(field, text) else { continue };
            let frequency = known.get(&term).copied().unwrap_or(0);
            if frequency > 0 && weight > 0.0 {
                frequencies.push((frequency, weight));
                found.push(member(term, weight, place));
            }
        }
        if found.is_empty() {
            return Leaf::Nothing;
        }
        let documents = self.counts.of(self.kind, language_of(length)).max(1);
        Leaf::Set(Set {
            by_length: measured_by(length).is_some(),
            most: numbers(documents, set_frequency(&frequencies, documents)).most(),
            boost: positive(boost),
            named: members.len(),
            members: found,
        })
    }

    fn phrase(
        &self,
        field: Field,
        terms: &[(usize, String)],
        boost: f32,
        known: &HashMap<Term, u64>,
    ) -> Result<Leaf, EngineError> {
        if !field.has_positions() {
            return Err(EngineError::Request(format!(
                "a phrase in {}, which keeps no positions",
                field.name()
            )));
        }
        let distinct: BTreeSet<(usize, &str)> = terms.iter().map(|(place, text)| (*place, text.as_str())).collect();
        let Some(&(first, lead)) = distinct.first() else {
            return Ok(Leaf::Nothing);
        };
        if distinct.len() == 1 {
            return Ok(self.single(field, lead, boost, known));
        }
        let (mut placed, mut sum, mut column) = (Vec::new(), 0.0, String::new());
        for (position, text) in distinct {
            let Some(term) = self.term(field, text) else {
                return Ok(Leaf::Nothing);
            };
            let frequency = known.get(&term).copied().unwrap_or(0);
            if frequency == 0 {
                return Ok(Leaf::Nothing);
            }
            column = term.column;
            placed.push((position - first, text.to_owned(), frequency));
        }
        let documents = placed
            .iter()
            .map(|(.., frequency)| self.documents(field, *frequency))
            .max()
            .unwrap_or(1);
        for (.., frequency) in &placed {
            sum += numbers(documents, *frequency).rarity();
        }
        Ok(Leaf::Phrase(Phrase {
            column,
            rarity: sum,
            boost: positive(boost),
            terms: placed.into_iter().map(|(position, text, _)| (position, text)).collect(),
        }))
    }

    /// A field of one language is scored by the documents of that language; any other by all of its kind.
    fn documents(&self, field: Field, frequency: u64) -> u64 {
        self.counts.of(self.kind, language_of(field)).max(frequency).max(1)
    }
}

/// What a phrase counts that occurs so often: the embedded index scores it as a text of one word beside paragraphs.
pub fn phrase_saturation(frequency: f32) -> f32 {
    let norm = PHRASE_K1 * (0.25 + 0.75 / REFERENCE as f32);
    (1.0 + PHRASE_K1) * frequency / (frequency + norm)
}

fn numbers(documents: u64, frequency: u64) -> Numbers {
    Numbers { documents, frequency }
}

fn member(term: Term, weight: f32, place: usize) -> Member {
    Member {
        digest: term_digest(&term.column, &term.text),
        term,
        weight,
        place,
    }
}

/// A boost below nothing counts as none.
fn positive(boost: f32) -> f32 {
    if boost.is_finite() && boost > 0.0 { boost } else { 0.0 }
}
