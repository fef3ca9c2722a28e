//! Words that follow one another in a query: where they do so in a passage too, they mean more than each alone.

use crate::analysis::{Analyzer, Mode};
use crate::lexicon::stop_weight;
use crate::text::{Language, Script, Span};

/// Words that keep less of their weight make no pair.
const LEAST: f32 = 0.25;

/// Two words that follow one another, as a phrase.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Position relative to the first, and the indexed form.
    pub terms: Vec<(usize, String)>,
    /// What the lesser of the two words counts.
    pub weight: f32,
}

/// The pairs of words of content in running text with nothing but a blank or a hyphen between them. Chinese words are
/// left out: their character pairs say already what follows what.
pub fn pairs(analyzer: &Analyzer, text: &str) -> Vec<Pair> {
    let mut words: Vec<(Span, f32)> = Vec::new();
    analyzer.words(text, Mode::Query, |token| {
        let surface = token.span.of(text);
        let han = surface.chars().any(|character| Script::of(character) == Script::Han);
        if !han && words.last().is_none_or(|(last, _)| !last.overlaps(token.span)) {
            words.push((token.span, stop_weight(&surface.to_lowercase(), Language::En)));
        }
    });
    let mut found = Vec::new();
    for ((first, one), (second, other)) in words.iter().zip(words.iter().skip(1)) {
        let between = text.get(first.end..second.start).unwrap_or_default();
        let weight = one.min(*other);
        if weight < LEAST || !matches!(between, " " | "-") {
            continue;
        }
        let terms = analyzer.phrase(Span::new(first.start, second.end).of(text));
        if terms.len() > 1 {
            found.push(Pair { terms, weight });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::pairs;
    use crate::analysis::Analyzer;

    #[test]
    fn words_of_content_that_follow_one_another_make_pairs() {
        let of = |text: &str| -> Vec<String> {
            pairs(&Analyzer::default(), text)
                .into_iter()
                .map(|pair| {
                    let forms: Vec<String> = pair.terms.into_iter().map(|(_, form)| form).collect();
                    forms.join(" ")
                })
                .collect()
        };
        assert_eq!(of("How do stem cells heal the wound?"), ["stem cell", "cell heal"]);
        assert_eq!(of("soil, straw"), Vec::<String>::new());
        assert_eq!(of("干细胞 stem 治疗 cells"), Vec::<String>::new());
    }
}
