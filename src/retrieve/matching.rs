//! A query tree becomes what the engine matches, in one language's fields.

use std::borrow::Cow;

use crate::analysis::Analyzer;
use crate::index::{Engine, EngineError, Field, Match};
use crate::lexicon::Lexicon;
use crate::query::{Clause, Query, Role};
use crate::text::{Language, Script};

use super::adjacent::pairs;
use super::relevance::general_rarity;
use super::terms::{Terms, Weighted, outer_words};
use super::units::{self, Members, Unit};

/// The most parts one engine query may have; the rest of an over-long query is not looked for.
const MOST_PARTS: usize = 1024;

/// Multipliers of the scores of one field's terms.
struct Weights {
    words: f32,
    grams: f32,
    chars: f32,
    title: f32,
    heading: f32,
    expansion: f32,
    foreign: f32,
    cited: f32,
    keywords: f32,
    authors: f32,
    /// Words that follow one another as they do in the query.
    adjacent: f32,
}

const CHINESE: Weights = Weights {
    words: 0.8,
    grams: 0.8,
    chars: 2.0,
    title: 0.4,
    heading: 0.8,
    expansion: 1.0,
    foreign: 0.5,
    cited: 0.5,
    keywords: 0.1,
    authors: 0.3,
    adjacent: 0.0,
};
const ENGLISH: Weights = Weights {
    words: 1.0,
    grams: 0.9,
    chars: 0.0,
    title: 0.8,
    heading: 0.8,
    expansion: 0.2,
    foreign: 0.5,
    cited: 0.5,
    keywords: 0.1,
    authors: 0.3,
    adjacent: 0.2,
};

/// What a translation counts beside a word as typed: Chinese words as typed are found in three fields.
const TRANSLATED: f32 = 2.0;
/// The least that a word as typed counts in passages of the other language: there it is a name or a term, and a common
/// word stands there by chance.
const FOREIGN: f32 = 0.3;
/// What a synonym of the same language counts.
const ALIKE: f32 = 0.2;

/// Translates queries for passages of one language.
pub struct Passages<'a> {
    /// Makes terms of the query's text.
    pub analyzer: &'a Analyzer,
    /// Knows what else things are called.
    pub lexicon: &'a Lexicon,
    /// Knows which terms there are.
    pub engine: &'a dyn Engine,
    /// Language of the passages.
    pub language: Language,
    /// The text of the whole query, and its units.
    pub known: (&'a str, &'a [Unit]),
}

impl Passages<'_> {
    /// What the engine is asked, or nothing where the query holds no term.
    ///
    /// # Errors
    /// Only where the engine failed.
    pub fn matching(&self, query: &Query) -> Result<Option<Match>, EngineError> {
        Ok(match query {
            Query::Words(text) => self.words(text)?,
            Query::AllWords(text) if self.is_foreign(text) => self.all_units(text)?,
            Query::AllWords(text) => self.all_words(text),
            // Words of the other language follow one another in no passage of this one: they are looked for by what
            // they are called here.
            Query::Phrase(text) if self.is_foreign(text) => self.words(text)?,
            Query::Phrase(text) => phrase(self.analyzer, text, Field::Grams(self.language)),
            Query::Boolean(clauses) => {
                let part = |clause: &Clause| {
                    let matching = match clause.role {
                        Role::MustNot => self.as_typed(&clause.query),
                        Role::Must | Role::Should => self.matching(&clause.query)?,
                    };
                    Ok((clause.role, matching))
                };
                boolean(clauses.iter().map(part).collect::<Result<_, EngineError>>()?)
            }
        })
    }

    /// What matches a part of the query as it is typed: what is excluded is only that. A word has other meanings in the
    /// other language than the one that was meant, and nobody would learn what went with them.
    fn as_typed(&self, query: &Query) -> Option<Match> {
        match query {
            Query::Words(text) | Query::AllWords(text) => self.all_words(text),
            Query::Phrase(text) => phrase(self.analyzer, text, Field::Grams(self.language)),
            Query::Boolean(clauses) => {
                let part = |clause: &Clause| (clause.role, self.as_typed(&clause.query));
                boolean(clauses.iter().map(part).collect())
            }
        }
    }

    fn is_foreign(&self, text: &str) -> bool {
        Language::detect(text) != self.language
    }

    fn words(&self, text: &str) -> Result<Option<Match>, EngineError> {
        let foreign = self.is_foreign(text);
        let counts = |word: &str| if foreign { counts_abroad(word) } else { 1.0 };
        let terms = Terms::of(self.analyzer, text, counts);
        let language = self.language;
        let weights = if language == Language::Zh { &CHINESE } else { &ENGLISH };
        let mut parts = Vec::new();
        let Terms { words, grams, chars } = &terms;
        // English text holds no Chinese words; what is said of it may.
        let (own_words, own_grams) = match language {
            Language::Zh => (words.clone(), grams.clone()),
            Language::En => (not_han(words), not_han(grams)),
        };
        add(&mut parts, Field::Words(language), weights.words, &own_words);
        add(&mut parts, Field::Grams(language), weights.grams, &own_grams);
        self.other_names(text, &mut parts)?;
        add(&mut parts, Field::Chars(language), weights.chars, chars);
        add(&mut parts, Field::Title(language), weights.title, &own_words);
        add(&mut parts, Field::Heading(language), weights.heading, &own_words);
        add(&mut parts, Field::Expansion(language), weights.expansion, words);
        add(&mut parts, Field::Foreign(language), weights.foreign, words);
        add(&mut parts, Field::Cited(language), weights.cited, &own_words);
        add(&mut parts, Field::Keywords, weights.keywords, words);
        add(&mut parts, Field::Authors, weights.authors, words);
        if weights.adjacent > 0.0 {
            parts.extend(pairs(self.analyzer, text).into_iter().map(|pair| Match::Phrase {
                field: Field::Grams(language),
                terms: pair.terms,
                boost: weights.adjacent * pair.weight,
            }));
        }
        parts.truncate(MOST_PARTS);
        Ok(any(parts))
    }

    /// What the things asked for are called in the passages' language, each as one set of synonyms.
    fn other_names(&self, text: &str, parts: &mut Vec<Match>) -> Result<(), EngineError> {
        let members = self.members();
        for unit in self.units(text).iter() {
            let (set, boost) = if unit.language == self.language {
                (members.alike(unit)?, ALIKE)
            } else {
                (members.translated(unit, text)?, TRANSLATED)
            };
            if !set.is_empty() && parts.len() < MOST_PARTS {
                parts.push(Match::Synonyms {
                    members: set,
                    length: Field::Words(self.language),
                    boost: boost * unit.weight,
                });
            }
        }
        Ok(())
    }

    /// The units of a part of the query.
    fn units(&self, text: &str) -> Cow<'_, [Unit]> {
        let (whole, units) = self.known;
        if text == whole {
            Cow::Borrowed(units)
        } else {
            Cow::Owned(units::units(self.analyzer, self.lexicon, text))
        }
    }

    fn members(&self) -> Members<'_> {
        Members {
            analyzer: self.analyzer,
            engine: self.engine,
            language: self.language,
        }
    }

    fn all_words(&self, text: &str) -> Option<Match> {
        let words = outer_words(self.analyzer, text);
        all(words.iter().filter_map(|word| any(self.word(word))).collect())
    }

    /// A word in every field where one may stand that is required.
    fn word(&self, word: &str) -> Vec<Match> {
        let fields = [
            Field::Words(self.language),
            Field::Title(self.language),
            Field::Heading(self.language),
            Field::Authors,
        ];
        fields.map(|field| term(field, word, 1.0)).to_vec()
    }

    /// Every unit of text of the other language, by what it is called in this one or as it is typed. Words without
    /// content are not required: they have no other names.
    fn all_units(&self, text: &str) -> Result<Option<Match>, EngineError> {
        let members = self.members();
        let mut parts = Vec::new();
        for unit in self.units(text).iter().filter(|unit| !unit.part && unit.has_content()) {
            let typed = outer_words(self.analyzer, unit.span.of(text));
            let mut names = match typed.as_slice() {
                [only] => self.word(only),
                several => Vec::from_iter(all(several.iter().filter_map(|word| any(self.word(word))).collect())),
            };
            let set = members.translated(unit, text)?;
            if !set.is_empty() {
                names.push(Match::Synonyms {
                    members: set,
                    length: Field::Words(self.language),
                    boost: TRANSLATED * unit.weight,
                });
            }
            parts.extend(any(names));
        }
        parts.truncate(MOST_PARTS);
        Ok(all(parts))
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
                let terms = Terms::of(self.analyzer, text, |_| 1.0);
                let mut parts = Vec::new();
                add(&mut parts, Field::ReferenceWords, 1.0, &terms.words);
                add(&mut parts, Field::ReferenceGrams, 0.5, &terms.grams);
                add(&mut parts, Field::Authors, 1.0, &terms.words);
                any(parts)
            }
            Query::AllWords(text) => all(outer_words(self.analyzer, text)
                .iter()
                .map(|unit| term(Field::ReferenceWords, unit, 1.0))
                .collect()),
            Query::Phrase(text) => phrase(self.analyzer, text, Field::ReferenceGrams),
            Query::Boolean(clauses) => boolean(
                clauses
                    .iter()
                    .map(|clause| (clause.role, self.matching(&clause.query)))
                    .collect(),
            ),
        }
    }
}

/// What a word as typed counts in passages of the other language, from [`FOREIGN`] to 1.
fn counts_abroad(word: &str) -> f32 {
    FOREIGN + (1.0 - FOREIGN) * general_rarity(word)
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

/// The terms that are not Chinese words.
fn not_han(terms: &[Weighted]) -> Vec<Weighted> {
    let han = |term: &str| {
        term.chars()
            .next()
            .is_some_and(|first| Script::of(first) == Script::Han)
    };
    terms.iter().filter(|one| !han(&one.term)).cloned().collect()
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

/// Clauses with what they match become one match; a clause without any term matches nothing.
fn boolean(clauses: Vec<(Role, Option<Match>)>) -> Option<Match> {
    let (mut must, mut should, mut must_not) = (Vec::new(), Vec::new(), Vec::new());
    for (role, matching) in clauses {
        match (role, matching) {
            (Role::Must, Some(matching)) => must.push(matching),
            (Role::Should, Some(matching)) => should.push(matching),
            (Role::MustNot, Some(matching)) => must_not.push(matching),
            // A required clause without any term of its own can't be met; any other is no loss.
            (Role::Must, None) => return None,
            (Role::Should | Role::MustNot, None) => {}
        }
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

#[cfg(test)]
mod tests {
    use super::counts_abroad;

    #[test]
    fn a_common_word_counts_less_in_passages_of_the_other_language_than_a_name() {
        // `the` keeps .05 of the range above .3, `rate` .20, and a name or a word of no list all of it.
        for (word, expected) in [("the", 0.335), ("rate", 0.44), ("VEGF", 1.0), ("hydrogel", 1.0)] {
            assert!(
                (counts_abroad(word) - expected).abs() < 0.005,
                "{word}: {}",
                counts_abroad(word)
            );
        }
    }
}
