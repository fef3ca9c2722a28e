//! Which term of the query an indexed form was looked for on behalf of.

use std::collections::HashMap;

use crate::analysis::{Analyzer, Mode};
use crate::index::{Engine, EngineError, Field};
use crate::lexicon::Expansion;
use crate::text::Language;

use crate::retrieve::units::{Members, Unit};

/// Terms of a query by the indexed forms they are looked for by.
#[derive(Debug, Default)]
pub struct Names {
    /// The term as it stands in the query, by its own forms.
    typed: HashMap<String, String>,
    /// The term, and the other name where it is not the term itself, by the forms of its sets of synonyms.
    others: HashMap<(Field, String), (String, Option<Expansion>)>,
}

impl Names {
    /// Adds the units of a text, as they are looked for in passages of one language. What several units share is
    /// credited to the first.
    ///
    /// # Errors
    /// Only where the engine failed.
    pub fn add(
        &mut self,
        (analyzer, engine): (&Analyzer, &dyn Engine),
        language: Language,
        (text, units): (&str, &[Unit]),
    ) -> Result<(), EngineError> {
        // Whole units first: a part is named by itself only where no whole has the form.
        let whole = units.iter().filter(|unit| !unit.part);
        for unit in whole.chain(units.iter().filter(|unit| unit.part)) {
            let surface = unit.span.of(text);
            let mut keep = |term: &str| {
                let known = self.typed.entry(term.to_owned());
                known.or_insert_with(|| surface.to_owned());
            };
            analyzer.words(surface, Mode::Query, |token| keep(token.term));
            analyzer.grams(surface, Mode::Query, |token| keep(token.term));
            analyzer.chars(surface, |token| keep(token.term));
        }
        let members = Members {
            analyzer,
            engine,
            language,
        };
        for unit in units {
            let surface = unit.span.of(text);
            let forms = |expansions: Vec<Expansion>| {
                let one = Unit {
                    expansions,
                    ..unit.clone()
                };
                if unit.language == language {
                    members.alike(&one)
                } else {
                    members.translated(&one, text)
                }
            };
            // First the unit itself, then with each of its other names.
            for (field, term, _) in forms(Vec::new())? {
                self.others
                    .entry((field, term))
                    .or_insert_with(|| (surface.to_owned(), None));
            }
            for expansion in &unit.expansions {
                for (field, term, _) in forms(vec![expansion.clone()])? {
                    let known = self.others.entry((field, term));
                    known.or_insert_with(|| (surface.to_owned(), Some(expansion.clone())));
                }
            }
        }
        Ok(())
    }

    /// The term of the query that has an indexed form.
    pub fn typed(&self, term: &str) -> Option<&str> {
        self.typed.get(term).map(String::as_str)
    }

    /// The term of the query that a member of a set of synonyms stands for, and the other name that it is.
    pub fn other(&self, field: Field, term: &str) -> Option<(&str, Option<&Expansion>)> {
        let known = self.others.get(&(field, term.to_owned()))?;
        Some((&known.0, known.1.as_ref()))
    }
}
