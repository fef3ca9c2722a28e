//! The lexicon as a whole: every source behind one question, "what else is this called?".

use std::sync::{Arc, LazyLock};

use thiserror::Error;

use super::asked::Asked;
use super::cedict::{Dictionary, DictionaryError};
use super::form::language_of;
use super::key::key;
use super::table::{Expansion, Provenance, Relation, TermTable};
use super::tsv::{ListError, builtin_lists};
use crate::analysis::{in_arabic_digits, numbered_names};
use crate::text::Language;

/// The most CC-CEDICT translations of one term.
const MOST_FROM_CEDICT: usize = 16;
/// What CC-CEDICT's word counts beside a list's, and where a nearer source already translates the term.
const CEDICT: f32 = 0.8;
const CEDICT_BESIDE: f32 = 0.5;
/// The weight from which a nearer source translates a term for sure.
const SURE: f32 = 0.7;
/// What mined pairs and the shipped lists count beside the user's file.
const MINED: f32 = 0.95;
const DOMAIN: f32 = 0.9;
/// What a kind, stage or grade with its number is called in the other language, by the usual word and by another.
const NUMBERED: f32 = 0.9;
const NUMBERED_OTHERWISE: f32 = 0.7;

/// A part of the shipped lexicon that can't be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LexiconError {
    /// CC-CEDICT.
    #[error(transparent)]
    Dictionary(#[from] DictionaryError),
    /// A list.
    #[error(transparent)]
    List(#[from] ListError),
}

/// Every source of term pairs, nearest first: the user's file, the corpus, the shipped lists, CC-CEDICT.
///
/// Cheap to clone; to reload a part, make a new one with [`Lexicon::with_user`] or [`Lexicon::with_mined`].
#[derive(Debug, Clone)]
pub struct Lexicon {
    user: Arc<TermTable>,
    mined: Arc<TermTable>,
    domain: Arc<TermTable>,
    dictionary: Arc<Dictionary>,
    larger: Arc<Dictionary>,
}

impl Lexicon {
    /// What ships with the program.
    ///
    /// It is read once in a program and shared from then on.
    pub fn builtin() -> Result<Self, LexiconError> {
        static BUILTIN: LazyLock<Result<Lexicon, LexiconError>> = LazyLock::new(Lexicon::read);
        BUILTIN.clone()
    }

    fn read() -> Result<Self, LexiconError> {
        Ok(Self {
            user: Arc::default(),
            mined: Arc::default(),
            domain: Arc::new(builtin_lists()?),
            dictionary: Arc::new(Dictionary::cedict()?),
            larger: Arc::new(Dictionary::ecdict()?),
        })
    }

    /// The same with another user's file.
    pub fn with_user(mut self, user: TermTable) -> Self {
        self.user = Arc::new(user);
        self
    }

    /// The same with what another corpus prints.
    pub fn with_mined(mut self, mined: Arc<TermTable>) -> Self {
        self.mined = mined;
        self
    }

    /// CC-CEDICT.
    pub fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// CC-CEDICT and ECDICT.
    pub fn dictionaries(&self) -> [&Dictionary; 2] {
        [&self.dictionary, &self.larger]
    }

    /// The user's file, the corpus and the shipped lists.
    pub(super) fn tables(&self) -> [&TermTable; 3] {
        [&self.user, &self.mined, &self.domain]
    }

    /// Every form that the user's file, the corpus and the lists hold.
    pub fn listed_terms(&self) -> impl Iterator<Item = String> + '_ {
        let tables = [&self.user, &self.mined, &self.domain];
        tables
            .into_iter()
            .flat_map(|table| table.concepts())
            .flat_map(|concept| concept.forms.iter().cloned())
    }

    /// What else `term` is called, in both languages, heaviest first, each form once.
    ///
    /// The script of the term says its language. A form that several sources give keeps its highest weight.
    pub fn expand(&self, term: &str) -> Vec<Expansion> {
        let mut found = Found::default();
        let asked = self.look_up(term, &mut found);
        if let Some(other) = in_arabic_digits(term) {
            self.look_up(&other, &mut found);
        }
        for (place, (text, language)) in numbered_names(term).into_iter().enumerate() {
            let expansion = Expansion {
                language,
                relation: Relation::Translation,
                weight: if place == 0 { NUMBERED } else { NUMBERED_OTHERWISE },
                provenance: Provenance::Numbering,
                text,
            };
            found.add(key(&expansion.text, language), expansion);
        }
        let others = found.0.into_iter().filter(|(form, _)| *form != asked.key);
        let mut found: Vec<Expansion> = others.map(|(_, expansion)| expansion).collect();
        found.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.text.cmp(&b.text)));
        found
    }

    /// Adds what the sources hold of a term as it is written.
    fn look_up<'t>(&self, term: &'t str, found: &mut Found) -> Asked<'t> {
        let asked = Asked::of(term);
        // `pet` and `aids` are words; `PET` and `AIDS` are not.
        let ordinary = || self.dictionary.contains(term, Language::En);
        for (table, factor) in self.tables().into_iter().zip([1.0, MINED, DOMAIN]) {
            for mut expansion in table.expand_asked(&asked, ordinary) {
                expansion.weight *= factor;
                let form = key(&expansion.text, expansion.language);
                found.add(form, expansion);
            }
        }
        // An abbreviation spelt like a word is no word: CC-CEDICT knows no SMALL or AS.
        let spelt_word = asked.abbreviation && !found.0.is_empty();
        if !spelt_word {
            let translated = found
                .0
                .iter()
                .any(|(_, expansion)| expansion.language != asked.language && expansion.weight >= SURE);
            let factor = if translated { CEDICT_BESIDE } else { CEDICT };
            for (dictionary, provenance) in [
                (&self.dictionary, Provenance::Cedict),
                (&self.larger, Provenance::Ecdict),
            ] {
                for gloss in dictionary.translate_asked(&asked, MOST_FROM_CEDICT) {
                    let expansion = Expansion {
                        language: language_of(&gloss.text),
                        relation: Relation::Translation,
                        weight: gloss.weight * factor,
                        provenance: provenance.clone(),
                        text: gloss.text,
                    };
                    // Dictionaries hold keys.
                    found.add(expansion.text.clone(), expansion);
                }
            }
        }
        asked
    }

    /// Whether any source knows `term`, whatever digits it has.
    pub fn contains(&self, term: &str) -> bool {
        self.holds(term) || in_arabic_digits(term).is_some_and(|other| self.holds(&other))
    }

    fn holds(&self, term: &str) -> bool {
        let asked = Asked::of(term);
        self.tables().into_iter().any(|table| table.has(&asked))
            || self.dictionaries().into_iter().any(|dictionary| dictionary.has(&asked))
    }
}

/// Expansions, each with the key of its form.
#[derive(Default)]
struct Found(Vec<(String, Expansion)>);

impl Found {
    /// Adds a form, or the higher weight of one that is there.
    fn add(&mut self, form: String, expansion: Expansion) {
        let same = |(known, other): &&mut (String, Expansion)| other.language == expansion.language && *known == form;
        match self.0.iter_mut().find(same) {
            Some((_, known)) if known.weight >= expansion.weight => {}
            Some((_, known)) => *known = expansion,
            None => self.0.push((form, expansion)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, proptest};

    use super::*;
    use crate::lexicon::parse_user_file;

    fn texts(lexicon: &Lexicon, term: &str) -> Vec<String> {
        lexicon
            .expand(term)
            .into_iter()
            .map(|expansion| expansion.text)
            .collect()
    }

    #[test]
    fn abbreviations_go_to_their_long_forms_in_both_languages() {
        let found = texts(&Lexicon::builtin().unwrap(), "VEGF");
        for form in ["血管内皮生长因子", "vascular endothelial growth factor"] {
            assert!(found.contains(&form.to_owned()), "{form} in {found:?}");
        }
    }

    #[test]
    fn a_kind_with_its_number_is_known_in_any_digits() {
        let lexicon = Lexicon::builtin().unwrap();
        for spelling in ["2型糖尿病", "II型糖尿病", "Ⅱ型糖尿病", "二型糖尿病"] {
            assert_eq!(texts(&lexicon, spelling)[0], "type 2 diabetes", "{spelling}");
            assert!(lexicon.contains(spelling), "{spelling}");
        }
        assert_eq!(texts(&lexicon, "type II diabetes")[0], "2型糖尿病");
        let found = lexicon.expand("Ⅲ期");
        assert_eq!((found[0].text.as_str(), found[1].text.as_str()), ("phase 3", "stage 3"));
        assert_eq!(found[0].provenance, Provenance::Numbering);
    }

    #[test]
    fn terms_cedict_lacks_are_found_in_the_lists() {
        let lexicon = Lexicon::builtin().unwrap();
        assert_eq!(texts(&lexicon, "fibroblasts")[0], "成纤维细胞");
        assert_eq!(texts(&lexicon, "纖維母細胞")[0], "fibroblast");
        assert_eq!(texts(&lexicon, "hydrogel")[0], "水凝胶");
    }

    #[test]
    fn words_of_general_language_come_from_cedict() {
        let lexicon = Lexicon::builtin().unwrap();
        let found = lexicon.expand("bridge");
        assert_eq!(found[0].text, "桥梁");
        assert!(
            lexicon
                .expand("umbrella")
                .iter()
                .any(|one| one.text == "雨伞" && one.provenance == Provenance::Cedict)
        );
    }

    #[test]
    fn the_users_own_file_comes_first() {
        let user = parse_user_file("hydrogel = 我的凝胶\n").unwrap();
        let found = Lexicon::builtin().unwrap().with_user(user).expand("hydrogel");
        assert_eq!(
            (found[0].text.as_str(), &found[0].provenance),
            ("我的凝胶", &Provenance::User { line: 1 })
        );
        assert_eq!(found[1].text, "水凝胶");
    }

    #[test]
    fn the_longest_terms_are_chosen() {
        let lexicon = Lexicon::builtin().unwrap();
        let chosen = |text: &str| -> Vec<String> {
            lexicon
                .terms_in(text)
                .into_iter()
                .map(|span| span.of(text).to_owned())
                .collect()
        };
        assert_eq!(chosen("间充质干细胞治疗"), ["间充质干细胞", "治疗"]);
        assert_eq!(
            chosen("platelet-rich plasma injection"),
            ["platelet-rich plasma", "injection"]
        );
        assert_eq!(chosen("調節性T細胞"), ["調節性T細胞"]);
        assert_eq!(chosen(""), Vec::<String>::new());
    }

    /// Prints how long a question takes: `cargo test --release --lib lexicon::expand -- --ignored --nocapture`.
    #[test]
    #[ignore = "measures"]
    fn the_time_of_a_question() {
        let started = std::time::Instant::now();
        let lexicon = Lexicon::read().unwrap();
        println!("reading: {:?}", started.elapsed());
        for text in [
            "How do mesenchymal stem cells from the umbilical cord improve healing of diabetic foot ulcers in elderly patients?",
            "脐带来源的间充质干细胞如何促进老年糖尿病患者足部溃疡的愈合以及血管新生？",
        ] {
            let mut spans = Vec::new();
            for _ in 0..2 {
                let started = std::time::Instant::now();
                for _ in 0..100 {
                    spans = lexicon.terms_in(text);
                }
                println!("terms_in: {:?}", started.elapsed() / 100);
                let started = std::time::Instant::now();
                for _ in 0..100 {
                    for span in &spans {
                        lexicon.expand(span.of(text));
                    }
                }
                println!("expand of {} terms: {:?}", spans.len(), started.elapsed() / 100);
            }
            println!("{:?}", spans.iter().map(|span| span.of(text)).collect::<Vec<_>>());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn expansions_are_weighted_sorted_and_never_the_term_itself(term in "[a-zA-Z]{1,8}( [a-z]{2,8})?|[细胞治疗干糖尿病血管内皮]{1,5}|\\PC{0,12}") {
            let lexicon = Lexicon::builtin().unwrap();
            let found = lexicon.expand(&term);
            assert!(found.iter().all(|one| one.weight > 0.0 && one.weight <= 1.0));
            assert!(found.windows(2).all(|pair| pair[0].weight >= pair[1].weight));
            assert!(found.iter().all(|one| one.text != term));
            let spans = lexicon.terms_in(&term);
            assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
            assert!(spans.iter().all(|span| !span.of(&term).is_empty()));
        }
    }
}
