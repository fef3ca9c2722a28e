//! How far a short text says what the query says, and little else.
//!
//! Where texts are as short as the query, as questions among questions are, many hold all of its words, and what they
//! say besides tells them apart: that is asked of nobody. Of longer texts it says nothing, for an answer says more than
//! a question.

use crate::analysis::{Analyzer, Mode};
use crate::text::{Language, Script};

use super::findings::found_by;
use super::relevance::general_rarity;

/// A text of up to this many times the query's length is compared with it, and one of the second not at all; between
/// them it counts evenly less.
const SHORT: f32 = 1.5;
const LONG: f32 = 2.5;

/// What a query says, to be compared with short texts.
#[derive(Debug, Clone)]
pub(super) struct Wording {
    language: Language,
    /// Length in bytes.
    length: usize,
    /// Its characters and Latin words, each once.
    words: Vec<String>,
    /// What they say by general texts, each as often as it is said.
    information: f32,
}

impl Wording {
    /// That of a query.
    pub(super) fn of(analyzer: &Analyzer, query: &str) -> Self {
        let (mut words, mut information) = (Vec::new(), 0.0);
        each_word(analyzer, query, |word| {
            information += general_rarity(&word);
            if !words.contains(&word) {
                words.push(word);
            }
        });
        Self {
            language: Language::detect(query),
            length: query.trim().len(),
            words,
            information,
        }
    }

    /// What query and text have in common, of the one that says more, 0 to 1; 0 for texts of another language and for
    /// long ones.
    pub(super) fn agreement(&self, analyzer: &Analyzer, text: &str, language: Language) -> f32 {
        let times = text.len() as f32 / self.length.max(1) as f32;
        let counts = ((LONG - times) / (LONG - SHORT)).clamp(0.0, 1.0);
        if counts == 0.0 || language != self.language {
            return 0.0;
        }
        let mut found = vec![false; self.words.len()];
        let (mut common, mut information) = (0.0, 0.0);
        each_word(analyzer, text, |word| {
            let says = general_rarity(&word);
            information += says;
            let known = self.words.iter().position(|known| *known == word);
            if let Some(found @ false) = known.and_then(|place| found.get_mut(place)) {
                *found = true;
                common += says;
            }
        });
        let more = self.information.max(information);
        if more > 0.0 {
            (counts * common / more).clamp(0.0, 1.0)
        } else {
            0.0
        }
    }
}

/// The Chinese characters of a text, and its Latin words by their stems.
fn each_word(analyzer: &Analyzer, text: &str, mut each: impl FnMut(String)) {
    analyzer.chars(text, |token| each(token.term.to_owned()));
    analyzer.grams(text, Mode::Query, |token| {
        if !token.term.chars().any(|character| Script::of(character) == Script::Han) {
            each(found_by(token.term));
        }
    });
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert, proptest};

    use super::Wording;
    use crate::analysis::Analyzer;
    use crate::text::Language;

    fn agreement(query: &str, text: &str) -> f32 {
        let analyzer = Analyzer::default();
        Wording::of(&analyzer, query).agreement(&analyzer, text, Language::detect(text))
    }

    #[test]
    fn a_text_that_says_more_than_was_asked_agrees_less() {
        let asked = "剧烈运动后心慌怎么办?";
        assert!((agreement(asked, "剧烈运动后心慌怎么办?") - 1.0).abs() < 1e-6);
        let (near, more) = (
            agreement(asked, "剧烈运动后心慌,该怎么办"),
            agreement(asked, "剧烈运动后心慌并且咯血怎么办"),
        );
        assert!(1.0 > near && near > more && more > 0.4, "{near} {more}");
        assert!(
            agreement(asked, "剧烈运动后怎么办") < 1.0,
            "what it leaves out counts too"
        );
    }

    #[test]
    fn spelling_script_and_inflection_make_no_difference() {
        for (query, text) in [
            ("糖尿病的治療", "糖尿病的治疗"),
            ("Healing wounds", "wound healing"),
            ("PD-1 抑制剂", "pd-1抑制剂"),
        ] {
            assert!((agreement(query, text) - 1.0).abs() < 1e-6, "{query} {text}");
        }
    }

    #[test]
    fn long_texts_and_those_of_another_language_are_not_compared() {
        let asked = "straw keeps nitrate";
        assert!(agreement(asked, "Straw keeps nitrate in the soil.") > 0.3);
        let long = "Straw keeps nitrate in the soil, and in some years rain washes it out of the field into rivers.";
        assert_eq!(agreement(asked, long), 0.0);
        assert_eq!(agreement("糖尿病", "Diabetes"), 0.0);
        assert_eq!(agreement("", ""), 0.0);
    }

    proptest! {
        #[test]
        fn it_is_a_share(query in "\\PC{0,40}", text in "\\PC{0,80}") {
            let found = agreement(&query, &text);
            prop_assert!((0.0..=1.0).contains(&found), "{found}");
        }
    }
}
