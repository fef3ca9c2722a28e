//! The indexed forms a query's text is looked up by.

use crate::analysis::{Analyzer, Mode};
use crate::text::Span;

/// A term with what it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighted {
    /// The indexed form.
    pub term: String,
    /// Multiplier of its score.
    pub weight: f32,
}

/// The indexed forms of running text, each once, by kind of field.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Terms {
    /// Words.
    pub words: Vec<Weighted>,
    /// Character pairs and Latin surface forms.
    pub grams: Vec<Weighted>,
    /// Single characters.
    pub chars: Vec<Weighted>,
    /// Stretches of Han text as typed, which may be whole terms.
    pub wholes: Vec<Weighted>,
}

impl Terms {
    /// Analyses running text as a query.
    pub fn of(analyzer: &Analyzer, text: &str) -> Self {
        let mut terms = Self::default();
        analyzer.words(text, Mode::Query, |token| push(&mut terms.words, token.term));
        analyzer.grams(text, Mode::Query, |token| push(&mut terms.grams, token.term));
        analyzer.chars(text, |token| push(&mut terms.chars, token.term));
        terms
    }
}

fn push(terms: &mut Vec<Weighted>, term: &str) {
    if !terms.iter().any(|known| known.term == term) {
        terms.push(Weighted {
            term: term.to_owned(),
            weight: 1.0,
        });
    }
}

/// The words of running text that no longer word of it contains.
pub fn units(analyzer: &Analyzer, text: &str) -> Vec<String> {
    let mut tokens: Vec<(Span, String)> = Vec::new();
    analyzer.words(text, Mode::Query, |token| {
        tokens.push((token.span, token.term.to_owned()))
    });
    let outer = |span: Span| {
        !tokens
            .iter()
            .any(|(other, _)| other.start <= span.start && span.end <= other.end && other.len() > span.len())
    };
    let mut units: Vec<String> = Vec::new();
    for (span, term) in &tokens {
        if outer(*span) && !units.contains(term) {
            units.push(term.clone());
        }
    }
    units
}
