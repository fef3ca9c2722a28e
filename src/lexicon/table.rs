//! Concepts, each with its forms in both languages, found by any of them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::asked::Asked;
use super::by_key::ByKey;
use super::form::{is_abbreviation, language_of, singular_abbreviation};
use super::key::{chinese_key, english_key, key, singular_key, spellings, stem_key};
use crate::text::Language;

/// How one form of a term relates to the form it was found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// The same in the other language.
    Translation,
    /// Short for it.
    Abbreviation,
    /// What it is short for.
    LongForm,
    /// Another word for it.
    Synonym,
    /// Another regional or older usage.
    Variant,
}

/// Who says so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provenance {
    /// The user's own file.
    User {
        /// Line, from 1.
        line: u32,
    },
    /// The corpus.
    Mined {
        /// How often it was printed.
        count: u32,
        /// In how many articles.
        articles: u32,
    },
    /// A list that ships with the program.
    Domain {
        /// Name of the list.
        list: String,
    },
    /// CC-CEDICT.
    Cedict,
    /// ECDICT.
    Ecdict,
    /// The way kinds, stages and grades are numbered in both languages (2型, type 2).
    Numbering,
}

/// A form to search for as well.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Expansion {
    /// As kept by the source.
    pub text: String,
    /// Its language; abbreviations count as English.
    pub language: Language,
    /// How it relates to the term that was asked for.
    pub relation: Relation,
    /// How sure and usual it is, above 0 to 1.
    pub weight: f32,
    /// Who says so.
    pub provenance: Provenance,
}

/// One thing with all its forms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Concept {
    /// Forms in both languages, the usual one of each language first.
    pub forms: Vec<String>,
    /// Whether forms of one language are regional variants rather than synonyms.
    pub variants: bool,
    /// How sure it is, above 0 to 1.
    pub weight: f32,
    /// Who says so.
    pub provenance: Provenance,
}

/// What a match by stem weighs beside one as written.
const BY_STEM: f32 = 0.5;
/// What each further form of the same language weighs beside the one before it.
const FURTHER: f32 = 0.9;

/// Concepts found by any of their forms.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TermTable {
    concepts: Vec<Concept>,
    exact: ByKey,
    stems: ByKey,
}

impl TermTable {
    /// A table of concepts; one with fewer than two forms says nothing and is left out.
    pub fn of(concepts: impl IntoIterator<Item = Concept>) -> Self {
        let concepts: Vec<Concept> = concepts
            .into_iter()
            .filter(|concept| concept.forms.len() >= 2)
            .collect();
        let (mut exact, mut stems) = (Vec::new(), Vec::new());
        for (number, concept) in (0u32..).zip(&concepts) {
            for form in &concept.forms {
                if language_of(form) == Language::Zh {
                    exact.push((chinese_key(form), number));
                    continue;
                }
                let key = english_key(form);
                if is_abbreviation(form) {
                    exact.extend(spellings(&key).into_iter().map(|spelling| (spelling, number)));
                } else {
                    stems.push((stem_key(&key), number));
                }
                if let Cow::Owned(singular) = singular_key(&key) {
                    exact.push((singular, number));
                }
                exact.push((key, number));
            }
        }
        Self {
            exact: ByKey::of(exact),
            stems: ByKey::of(stems),
            concepts,
        }
    }

    /// How many concepts there are.
    pub fn len(&self) -> usize {
        self.concepts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.concepts.is_empty()
    }

    /// Every concept, in the order added.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// Whether a term is a form of a concept, by its key.
    pub(super) fn has(&self, asked: &Asked<'_>) -> bool {
        self.exact.has(&asked.singular)
            || self.exact.has(&asked.key)
            || asked.stem.as_ref().is_some_and(|stem| self.stems.has(stem))
    }

    /// The other forms of every concept that `term` is a form of.
    ///
    /// An ordinary word is no abbreviation: `ordinary` says so of a term written in small letters (`pet`, `aids`).
    pub fn expand(&self, term: &str, ordinary: impl Fn() -> bool) -> Vec<Expansion> {
        self.expand_asked(&Asked::of(term), ordinary)
    }

    /// Whether a Chinese key is a form of a concept.
    pub(super) fn has_key(&self, key: &str) -> bool {
        self.exact.has(key)
    }

    /// Whether an English key is a form of a concept, as written, in the singular or by its stems.
    pub(super) fn has_english(&self, key: &str, stem: &str) -> bool {
        self.exact.has(key)
            || self.stems.has(stem)
            || matches!(singular_key(key), Cow::Owned(singular) if self.exact.has(&singular))
    }

    /// The other forms of every concept that the term is a form of; see [`Self::expand`].
    pub(super) fn expand_asked(&self, asked: &Asked<'_>, ordinary: impl Fn() -> bool) -> Vec<Expansion> {
        let mut hits: Vec<(u32, f32)> = Vec::new();
        for form in [&asked.key, &asked.singular] {
            for number in self.exact.numbers(form) {
                if hits.iter().all(|&(known, _)| known != number) {
                    hits.push((number, 1.0));
                }
            }
        }
        if let Some(stem) = asked.stem.as_ref().filter(|_| !asked.abbreviation) {
            for number in self.stems.numbers(stem) {
                if hits.iter().all(|&(known, _)| known != number) {
                    hits.push((number, BY_STEM));
                }
            }
        }
        let mut found = Vec::new();
        let mut is_ordinary = None;
        for (number, factor) in hits {
            let Some(concept) = self.concepts.get(number as usize) else {
                continue;
            };
            let same = |form: &str| {
                let form = key(form, language_of(form));
                form == asked.key
                    || form == asked.singular
                    || singular_key(&form) == asked.singular.as_str()
                    || asked.spellings.contains(&form)
            };
            let by = concept.forms.iter().find(|form| same(form));
            let by_abbreviation = by.is_some_and(|form| is_abbreviation(form));
            if by_abbreviation
                && !asked.term.chars().any(char::is_uppercase)
                && *is_ordinary.get_or_insert_with(&ordinary)
            {
                continue;
            }
            concept_forms(concept, by, factor, &mut found);
        }
        found
    }
}

/// The forms of `concept` besides `by`, with their relation to it.
fn concept_forms(concept: &Concept, by: Option<&String>, factor: f32, found: &mut Vec<Expansion>) {
    let from = by.map(|form| (language_of(form), is_abbreviation(form)));
    let (from_language, from_abbreviation) = from.unwrap_or((Language::En, false));
    let mut rank = [0i32; 2];
    for form in concept.forms.iter().filter(|&form| Some(form) != by) {
        let language = language_of(form);
        let abbreviation = is_abbreviation(form);
        let relation = match (from_abbreviation, abbreviation) {
            (true, false) => Relation::LongForm,
            (false, true) => Relation::Abbreviation,
            _ if language != from_language => Relation::Translation,
            _ if concept.variants => Relation::Variant,
            _ => Relation::Synonym,
        };
        let Some(place) = rank.get_mut(usize::from(language == Language::En)) else {
            continue;
        };
        let weight = (concept.weight * factor * FURTHER.powi(*place)).clamp(f32::MIN_POSITIVE, 1.0);
        *place += 1;
        // Where the asked term is the abbreviation, its plural is no other form.
        if abbreviation && by.is_some_and(|by| singular_abbreviation(by) == singular_abbreviation(form)) {
            continue;
        }
        found.push(Expansion {
            text: form.clone(),
            language,
            relation,
            weight,
            provenance: concept.provenance.clone(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> TermTable {
        TermTable::of(rows.iter().zip(1..).map(|(row, line)| Concept {
            forms: row.iter().map(|&form| form.to_owned()).collect(),
            variants: false,
            weight: 1.0,
            provenance: Provenance::User { line },
        }))
    }

    fn texts(table: &TermTable, term: &str) -> Vec<(String, Relation)> {
        table
            .expand(term, || true)
            .into_iter()
            .map(|found| (found.text, found.relation))
            .collect()
    }

    #[test]
    fn every_form_finds_the_others_with_its_relation() {
        let table = table(&[&["富血小板血浆", "platelet-rich plasma", "PRP"]]);
        assert_eq!(
            texts(&table, "PRP"),
            [
                ("富血小板血浆".to_owned(), Relation::LongForm),
                ("platelet-rich plasma".to_owned(), Relation::LongForm)
            ]
        );
        assert_eq!(
            texts(&table, "富血小板血漿"),
            [
                ("platelet-rich plasma".to_owned(), Relation::Translation),
                ("PRP".to_owned(), Relation::Abbreviation)
            ]
        );
        assert_eq!(
            texts(&table, "Platelet rich plasma")[0],
            ("富血小板血浆".to_owned(), Relation::Translation)
        );
    }

    #[test]
    fn an_ordinary_word_is_not_read_as_an_abbreviation() {
        let table = table(&[&["正电子发射断层显像", "PET"]]);
        assert!(texts(&table, "pet").is_empty());
        assert_eq!(texts(&table, "PET").len(), 1);
    }

    #[test]
    fn an_abbreviation_is_found_however_it_is_spelt() {
        let table = table(&[&["程序性死亡蛋白1", "PD-1"], &["白细胞介素6", "IL6"]]);
        for spelling in ["PD-1", "PD1"] {
            let expected = [("程序性死亡蛋白1".to_owned(), Relation::LongForm)];
            assert_eq!(texts(&table, spelling), expected, "{spelling}");
        }
        for spelling in ["IL-6", "IL6"] {
            let expected = [("白细胞介素6".to_owned(), Relation::LongForm)];
            assert_eq!(texts(&table, spelling), expected, "{spelling}");
        }
    }

    #[test]
    fn plurals_and_stems_find_the_concept() {
        let table = table(&[&["成纤维细胞", "fibroblast"], &["创面愈合", "wound healing"]]);
        assert_eq!(table.expand("fibroblasts", || true)[0].weight, 1.0);
        assert_eq!(table.expand("wounds heal", || true)[0].weight, BY_STEM);
    }

    #[test]
    fn a_concept_with_one_form_is_left_out() {
        assert!(table(&[&["细胞"]]).is_empty());
    }
}
