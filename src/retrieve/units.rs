//! The stretches of a query that each mean one thing, and what they are called in the passages' language.

use crate::analysis::{Analyzer, Mode, is_numbered};
use crate::index::{Engine, EngineError, Field};
use crate::lexicon::{Expansion, Lexicon, Relation, stop_weight, term_key};
use crate::text::{Language, Script, Span};

use super::terms::outer_words;

/// What a single Han character counts as a translation: most have several meanings.
const SINGLE_HAN: f32 = 0.3;
/// What a part of a term of several words counts beside the whole.
const PART: f32 = 0.8;
/// What a character pair of a translation counts that no passage holds whole.
const FRAGMENT: f32 = 0.5;
/// The fewest Han characters of a translation whose fragments are looked for.
const SHORTEST_BROKEN: usize = 4;
/// The least that a translation must count to be looked for.
const LEAST: f32 = 0.05;
/// The most words of one term.
const LONGEST_TERM: usize = 6;
/// Words that keep no more of their weight than this (function and question words) have no other names.
const LEAST_EXPANDED: f32 = 0.15;
/// The most members of one set.
const MOST_MEMBERS: usize = 32;

/// A stretch of a query that means one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// Where it stands in the query's text.
    pub span: Span,
    /// The language it is written in.
    pub language: Language,
    /// How much it counts: little for question words, and for parts of a longer unit.
    pub weight: f32,
    /// Whether it is a part of a longer unit that stands beside it.
    pub part: bool,
    /// What else it is called, in both languages.
    pub expansions: Vec<Expansion>,
}

impl Unit {
    /// Whether it says something by itself; function and question words don't.
    pub fn has_content(&self) -> bool {
        self.weight > LEAST_EXPANDED
    }
}

/// Cuts running text into units: words, and runs of words that the lexicon knows as one term, longest first.
pub fn units(analyzer: &Analyzer, lexicon: &Lexicon, text: &str) -> Vec<Unit> {
    let mut words: Vec<Span> = Vec::new();
    analyzer.words(text, Mode::Query, |token| {
        // A longer word comes before the ones inside it.
        if !words.iter().rev().take(4).any(|word| word.overlaps(token.span)) {
            words.push(token.span);
        }
    });
    let mut found = Vec::new();
    let mut rest = words.as_slice();
    while let Some(first) = rest.first() {
        let count = term_length(lexicon, text, rest);
        let last = rest.get(count - 1).unwrap_or(first);
        let term = Span::new(first.start, last.end);
        let parts = if count > 1 {
            rest.get(..count).unwrap_or_default().to_vec()
        } else {
            parts(analyzer, text, term)
        };
        if parts.len() > 1 {
            found.extend(
                parts
                    .into_iter()
                    .map(|part| unit((analyzer, lexicon), text, part, PART)),
            );
        }
        found.push(unit((analyzer, lexicon), text, term, 1.0));
        rest = rest.get(count..).unwrap_or_default();
    }
    found
}

/// How many of the first words make the longest term that the lexicon knows; 1 where none does.
fn term_length(lexicon: &Lexicon, text: &str, words: &[Span]) -> usize {
    let Some(first) = words.first() else { return 1 };
    let mut longest = 1;
    let mut end = first.end;
    for (place, word) in words.iter().enumerate().take(LONGEST_TERM).skip(1) {
        let gap = text.get(end..word.start).unwrap_or_default();
        if !(gap.is_empty() || gap == " " || gap == "-") {
            break;
        }
        end = word.end;
        if lexicon.contains(Span::new(first.start, end).of(text)) {
            longest = place + 1;
        }
    }
    longest
}

fn unit((analyzer, lexicon): (&Analyzer, &Lexicon), text: &str, span: Span, factor: f32) -> Unit {
    let surface = span.of(text);
    let language = if surface.chars().any(|character| Script::of(character) == Script::Han) {
        Language::Zh
    } else {
        Language::En
    };
    let kept = kept(surface, language);
    Unit {
        span,
        language,
        weight: factor * kept,
        part: factor < 1.0,
        expansions: if kept > LEAST_EXPANDED {
            expansions(analyzer, lexicon, surface)
        } else {
            Vec::new()
        },
    }
}

/// How much of its weight a stretch keeps: of several words as much as the weightiest of them, for a dictionary may
/// have `what is` as one term.
fn kept(surface: &str, language: Language) -> f32 {
    let surface = surface.to_lowercase();
    let whole = stop_weight(&surface, language);
    if language == Language::Zh || !surface.contains(' ') {
        return whole;
    }
    let words = surface.split([' ', '-']).filter(|word| !word.is_empty());
    whole.min(words.map(|word| stop_weight(word, language)).fold(0.0, f32::max))
}

/// What a term is also called, the same for every spelling that the analyzer takes for one (UCMSCs and UC-MSCs): what
/// is said of one spelling holds for all, and another spelling is not another name.
fn expansions(analyzer: &Analyzer, lexicon: &Lexicon, surface: &str) -> Vec<Expansion> {
    let mut found = lexicon.expand(surface);
    if !found.iter().any(|expansion| expansion.relation == Relation::Synonym) {
        return found;
    }
    let own = outer_words(analyzer, surface);
    let (spellings, mut found): (Vec<Expansion>, Vec<Expansion>) = found.drain(..).partition(|expansion| {
        expansion.relation == Relation::Synonym && outer_words(analyzer, &expansion.text) == own
    });
    for spelling in spellings {
        for more in lexicon.expand(&spelling.text) {
            let known = found.iter().any(|expansion| expansion.text == more.text);
            if !known && outer_words(analyzer, &more.text) != own {
                found.push(more);
            }
        }
    }
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.text.cmp(&b.text)));
    found
}

/// The words inside a term of several; nothing for a single word.
fn parts(analyzer: &Analyzer, text: &str, term: Span) -> Vec<Span> {
    let mut parts: Vec<Span> = Vec::new();
    let surface = term.of(text);
    if surface.chars().any(|character| Script::of(character) == Script::Han) && surface.chars().count() < 4 {
        return parts;
    }
    analyzer.words(surface, Mode::Query, |token| {
        let span = token.span.shifted(term.start);
        if span != term && !parts.iter().any(|part| part.overlaps(span)) {
            parts.push(span);
        }
    });
    parts
}

/// Looks a unit up in passages of one language.
pub struct Members<'a> {
    /// Makes terms of words.
    pub analyzer: &'a Analyzer,
    /// Knows which terms there are.
    pub engine: &'a dyn Engine,
    /// The language of the passages.
    pub language: Language,
}

impl Members<'_> {
    /// The set of terms that a unit of the other language is looked up by: itself, as Chinese text keeps Latin names,
    /// and its translations. Fields, indexed forms and weights.
    pub fn translated(&self, unit: &Unit, text: &str) -> Result<Vec<(Field, String, f32)>, EngineError> {
        let mut members = Vec::new();
        if unit.language == Language::En {
            self.word(unit.span.of(text), 1.0, &mut members);
        }
        for expansion in unit
            .expansions
            .iter()
            .filter(|expansion| expansion.language == self.language)
        {
            self.add(&expansion.text, expansion.weight, &mut members)?;
        }
        // An abbreviation keeps its Latin form in Chinese text.
        for expansion in unit
            .expansions
            .iter()
            .filter(|expansion| expansion.relation == Relation::Abbreviation)
        {
            self.word(&expansion.text, expansion.weight, &mut members);
        }
        members.truncate(MOST_MEMBERS);
        Ok(members)
    }

    /// The set of terms of the same language that mean the same as a unit, without the unit itself.
    pub fn alike(&self, unit: &Unit) -> Result<Vec<(Field, String, f32)>, EngineError> {
        let mut members = Vec::new();
        for expansion in &unit.expansions {
            if expansion.relation == Relation::Translation {
                continue;
            }
            if expansion.language == self.language {
                self.add(&expansion.text, expansion.weight, &mut members)?;
            } else if expansion.relation == Relation::Abbreviation {
                self.word(&expansion.text, expansion.weight, &mut members);
            }
        }
        members.truncate(MOST_MEMBERS);
        Ok(members)
    }

    fn add(&self, term: &str, weight: f32, members: &mut Vec<(Field, String, f32)>) -> Result<(), EngineError> {
        if weight < LEAST {
            return Ok(());
        }
        if is_numbered(term) {
            self.word(term, weight, members);
            return Ok(());
        }
        let key = term_key(term, Language::detect(term));
        let han = key
            .chars()
            .filter(|&character| Script::of(character) == Script::Han)
            .count();
        let language = self.language;
        match (language, han, key.chars().count()) {
            (Language::Zh, 1, 1) => members.push((Field::Chars(language), key, weight * SINGLE_HAN)),
            (Language::Zh, 2, 2) => members.push((Field::Grams(language), key, weight)),
            (_, 0, _) if !key.contains(' ') => self.word(&key, weight, members),
            (_, han, _) => {
                let field = Field::Terms(language);
                let broken = han >= SHORTEST_BROKEN && self.engine.document_frequency(field, &key)? == 0;
                if broken {
                    self.analyzer.grams(&key, Mode::Query, |token| {
                        members.push((Field::Grams(language), token.term.to_owned(), weight * FRAGMENT));
                    });
                } else {
                    members.push((field, key, weight));
                }
            }
        }
        Ok(())
    }

    /// A word as the words of a text have it; of several words, or one that has several forms, the whole only. A kind
    /// with several numbers (phase I/II) is found by each.
    fn word(&self, word: &str, weight: f32, members: &mut Vec<(Field, String, f32)>) {
        if weight < LEAST {
            return;
        }
        if is_numbered(word) {
            self.analyzer.words(word, Mode::Query, |token| {
                members.push((Field::Words(self.language), token.term.to_owned(), weight));
            });
            return;
        }
        if word.contains(' ') {
            members.push((Field::Terms(self.language), term_key(word, Language::En), weight));
            return;
        }
        let mut first = None;
        self.analyzer.words(word, Mode::Query, |token| {
            first.get_or_insert_with(|| token.term.to_owned());
        });
        members.extend(first.map(|term| (Field::Words(self.language), term, weight)));
    }
}

#[cfg(test)]
mod tests {
    use super::kept;
    use crate::text::Language;

    #[test]
    fn several_function_words_are_no_term_of_content() {
        assert_eq!(kept("What is", Language::En), 0.1);
        assert_eq!(kept("in this", Language::En), 0.1);
        assert_eq!(kept("stem cells", Language::En), 1.0);
        assert_eq!(kept("lack of", Language::En), 1.0);
    }
}
