//! What the lexicon makes of a term, for people who wonder why something was found.

use serde::Serialize;

use super::expand::Lexicon;
use super::form::{is_abbreviation, language_of};
use super::stop_words::stop_weight;
use super::table::{Concept, Expansion, TermTable};
use crate::text::Language;

/// What the lexicon makes of a term.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The term as asked for.
    pub term: String,
    /// Its language, by its script.
    pub language: Language,
    /// Whether it has the shape of an abbreviation.
    pub abbreviation: bool,
    /// Whether any source knows the term as a whole.
    pub known: bool,
    /// How much it counts in a query, above 0 to 1: little for function words and question words.
    pub weight: f32,
    /// What else it is called, heaviest first.
    pub expansions: Vec<Expansion>,
    /// The longest terms any source knows that it consists of; the term itself where it is known.
    pub consists_of: Vec<String>,
}

/// How much each source of the lexicon holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Sizes {
    /// Sets of synonyms in the user's file.
    pub user: usize,
    /// Pairs mined from the corpus.
    pub mined: usize,
    /// Sets of forms in the lists that ship with the program.
    pub lists: usize,
    /// Chinese headwords and English phrases of CC-CEDICT.
    pub cedict: (usize, usize),
    /// Chinese headwords and English phrases of ECDICT.
    pub ecdict: (usize, usize),
}

impl Lexicon {
    /// How much each source holds.
    pub fn sizes(&self) -> Sizes {
        let [user, mined, lists] = self.tables().map(TermTable::len);
        let [cedict, ecdict] = self
            .dictionaries()
            .map(|dictionary| (dictionary.headwords(), dictionary.phrases()));
        Sizes {
            user,
            mined,
            lists,
            cedict,
            ecdict,
        }
    }

    /// The sets of synonyms in the user's file.
    pub fn user_concepts(&self) -> &[Concept] {
        let [user, ..] = self.tables();
        user.concepts()
    }

    /// What the lexicon makes of a term.
    pub fn explain(&self, term: &str) -> Explanation {
        let language = language_of(term);
        Explanation {
            term: term.to_owned(),
            language,
            abbreviation: is_abbreviation(term),
            known: self.contains(term),
            weight: stop_weight(&term.to_lowercase(), language),
            expansions: self.expand(term),
            consists_of: self
                .terms_in(term)
                .into_iter()
                .map(|span| span.of(term).to_owned())
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::{Lexicon, Relation};
    use crate::text::Language;

    #[test]
    fn a_term_is_explained_with_its_parts_and_translations() {
        let lexicon = Lexicon::builtin().unwrap();
        let explained = lexicon.explain("间充质干细胞治疗");
        assert_eq!(explained.language, Language::Zh);
        assert_eq!(explained.consists_of, ["间充质干细胞", "治疗"]);
        let explained = lexicon.explain("stem cell");
        assert!(explained.known && !explained.abbreviation);
        let translation = explained.expansions.iter().find(|one| one.text == "干细胞").unwrap();
        assert_eq!(translation.relation, Relation::Translation);
        assert!(!lexicon.explain("zzyzzxq").known);
        assert_eq!(lexicon.explain("什么").weight, 0.1);
    }
}
