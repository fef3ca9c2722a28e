//! A query as it was understood: its terms, what they count and what else they are called.

use crate::lexicon::Expansion;
use crate::text::{Language, fold};

use super::units::Unit;

/// A query as it was understood.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Understood {
    /// The terms looked for, in the order of the query.
    pub terms: Vec<UnderstoodTerm>,
    /// Other names that were undone.
    pub undone: Vec<String>,
}

/// A term of a query.
#[derive(Debug, Clone, PartialEq)]
pub struct UnderstoodTerm {
    /// As it stands in the query.
    pub text: String,
    /// The language it is written in.
    pub language: Language,
    /// What it counts, above 0 to 1: little for question words and function words.
    pub weight: f32,
    /// Whether it is a part of a longer term that is looked for too.
    pub part: bool,
    /// Whether it was said in an earlier question.
    pub earlier: bool,
    /// What else it is called and was looked for, heaviest first.
    pub other_names: Vec<Expansion>,
}

/// Takes away the other names that the reader has undone. Names are compared folded.
pub(super) fn undo(units: &mut [Unit], without: &[String]) {
    if without.is_empty() {
        return;
    }
    let undone: Vec<String> = without.iter().map(|name| bare(name)).collect();
    for unit in units {
        unit.expansions
            .retain(|expansion| !undone.contains(&bare(&expansion.text)));
    }
}

fn bare(name: &str) -> String {
    fold(name.trim()).text().to_owned()
}
