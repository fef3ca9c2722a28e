//! The indexed forms a query's text is looked up by.

use crate::analysis::{Analyzer, Mode};
use crate::lexicon::stop_weight;
use crate::text::{Language, Script, Span};

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
}

impl Terms {
    /// Analyses running text as a query. Question words and function words, and the character pairs and characters
    /// that lie in nothing else, weigh little. `counts` says what else a word counts, by how it is typed.
    pub fn of(analyzer: &Analyzer, text: &str, counts: impl Fn(&str) -> f32) -> Self {
        let mut terms = Self::default();
        let mut weights: Vec<(Span, f32)> = Vec::new();
        analyzer.words(text, Mode::Query, |token| {
            let surface = token.span.of(text);
            let han = surface
                .chars()
                .next()
                .is_some_and(|first| Script::of(first) == Script::Han);
            let language = if han { Language::Zh } else { Language::En };
            let weight = stop_weight(&surface.to_lowercase(), language) * counts(surface);
            weights.push((token.span, weight));
            push(&mut terms.words, token.term, weight);
        });
        let weight_of = |span: Span| {
            let over = weights
                .iter()
                .filter(|(word, _)| word.overlaps(span))
                .map(|(_, weight)| *weight);
            over.fold(None, |most: Option<f32>, weight| {
                Some(most.map_or(weight, |most| most.max(weight)))
            })
            .unwrap_or(1.0)
        };
        analyzer.grams(text, Mode::Query, |token| {
            push(&mut terms.grams, token.term, weight_of(token.span))
        });
        analyzer.chars(text, |token| push(&mut terms.chars, token.term, weight_of(token.span)));
        terms
    }
}

fn push(terms: &mut Vec<Weighted>, term: &str, weight: f32) {
    match terms.iter_mut().find(|known| known.term == term) {
        Some(known) => known.weight = known.weight.max(weight),
        None => terms.push(Weighted {
            term: term.to_owned(),
            weight,
        }),
    }
}

/// The words of running text that no longer word of it contains.
pub fn outer_words(analyzer: &Analyzer, text: &str) -> Vec<String> {
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
