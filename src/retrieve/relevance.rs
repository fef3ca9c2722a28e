//! How sure it is that a passage answers: a figure from 0 to 1 that means the same for every query and engine.
//!
//! It looks at the query's information (the rarity of its words, question words weighed down), at how much of it the
//! passage holds and how close together. It never looks at the other hits of the same query.

use crate::analysis::{Analyzer, Mode, general_share};
use crate::index::{Engine, EngineError, Field, Kind};
use crate::lexicon::Relation;
use crate::text::Language;

use super::findings::{Findings, Sought};
use super::units::Unit;

/// What share of the evidence is nearness: words found in two neighbouring sentences rather than all over a passage.
const NEARNESS: f32 = 0.35;
/// The evidence at which a passage is as likely to answer as not, and how steeply that changes: a logistic regression of
/// "judged relevant" on the evidence, over the first ten hits of 20,072 questions of 18 public judged tasks, one curve for
/// all. `docs/ranking.md` holds the table it gives.
const EVEN: f32 = 0.674;
const STEEPNESS: f32 = 8.79;
/// The relevance of the best hit from which a query is answered, and from which it may be. The second is where most is
/// right of the same questions and of 3,105 others that nothing answers: something answers nearly always where the best
/// hit has more than two sevenths of the evidence, though each such hit by itself seldom does.
const ANSWERED: f32 = 0.5;
const WEAK: f32 = 0.033;
/// Translations of less weight are too unsure to be evidence.
const LEAST_TRANSLATION: f32 = 0.15;

/// A word that is one in ten to this power in general texts says next to nothing, one that is one in ten to the other
/// power all it can.
const COMMON: f32 = 3.0;
const RARE: f32 = 6.0;
/// What even the commonest word says.
const LEAST_RARITY: f32 = 0.05;

/// Whether anything in the corpus answers a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answerable {
    /// The best hit more likely does than not.
    Yes,
    /// Something near was found.
    Weak,
    /// Nothing does.
    No,
}

impl Answerable {
    /// What the relevance of the best hit says.
    pub fn of(best: f32) -> Self {
        if best >= ANSWERED {
            Self::Yes
        } else if best >= WEAK {
            Self::Weak
        } else {
            Self::No
        }
    }

    /// The word for it in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Weak => "weak",
            Self::No => "no",
        }
    }
}

/// The relevance of a text, from what of the query it holds.
pub fn relevance(findings: &Findings) -> f32 {
    let together = findings.together.min(findings.share);
    let evidence = findings.share * (1.0 - NEARNESS) + together * NEARNESS;
    if evidence <= 0.0 {
        return 0.0;
    }
    1.0 / (1.0 + (-STEEPNESS * (evidence - EVEN)).exp())
}

/// The units of a query as they are looked for in texts, each with the information it carries.
///
/// # Errors
/// Only where the engine failed.
pub fn sought(
    analyzer: &Analyzer,
    engine: &dyn Engine,
    text: &str,
    units: &[Unit],
) -> Result<Vec<Sought>, EngineError> {
    let passages = engine.count(Kind::Passage, None)?;
    let mut all: Vec<Sought> = Vec::new();
    let mut parts = Vec::new();
    for unit in units {
        let sought = sought_unit(analyzer, engine, text, (unit, passages))?;
        // The parts of a term stand before it.
        if unit.part {
            parts.push(sought);
        } else {
            all.push(Sought {
                parts: std::mem::take(&mut parts),
                ..sought
            });
        }
    }
    Ok(all)
}

fn sought_unit(
    analyzer: &Analyzer,
    engine: &dyn Engine,
    text: &str,
    (unit, passages): (&Unit, u64),
) -> Result<Sought, EngineError> {
    let surface = unit.span.of(text);
    let general = if unit.language == Language::En && Language::detect(text) == Language::Zh {
        // A Latin word in a Chinese question is a name or a term, however common it is in English.
        1.0
    } else {
        general_rarity(surface)
    };
    let mut forms = vec![(surface.to_owned(), 1.0)];
    let mut frequency = frequency(analyzer, engine, surface)?;
    for (place, expansion) in unit.expansions.iter().enumerate() {
        if expansion.weight < LEAST_TRANSLATION {
            continue;
        }
        let counts = match expansion.relation {
            Relation::Abbreviation | Relation::LongForm | Relation::Variant => 0.95,
            Relation::Translation | Relation::Synonym => (0.6 + 0.4 * expansion.weight).min(0.95),
        };
        if place < 3 {
            frequency = frequency.max(self::frequency(analyzer, engine, &expansion.text)?);
        }
        forms.push((expansion.text.clone(), counts));
    }
    Ok(Sought {
        information: unit.weight * rarity(frequency, passages).min(general),
        general: unit.weight * general,
        forms,
        parts: Vec::new(),
    })
}

/// In how many passages of either language the rarest word of a form occurs.
fn frequency(analyzer: &Analyzer, engine: &dyn Engine, form: &str) -> Result<u64, EngineError> {
    let mut words: Vec<String> = Vec::new();
    analyzer.words(form, Mode::Query, |token| words.push(token.term.to_owned()));
    let mut rarest: Option<u64> = None;
    for word in words.iter().take(4) {
        let mut both = 0;
        for language in Language::ALL {
            both += engine.document_frequency(Field::Words(language), word)?;
        }
        rarest = Some(rarest.map_or(both, |rarest| rarest.min(both)));
    }
    Ok(rarest.unwrap_or(0))
}

/// The same by general texts: a small corpus can't tell that a word it lacks is a common one. 1 for a word that is one in
/// a million or that no list of them has, evenly less for one that is ten times as common.
pub(super) fn general_rarity(surface: &str) -> f32 {
    let Some(share) = general_share(surface) else {
        return 1.0;
    };
    ((-share.log10() - COMMON) / (RARE - COMMON)).clamp(LEAST_RARITY, 1.0)
}

/// 1 for a word that no passage has, towards 0 for one that all have: BM25's inverse document frequency over its
/// largest value.
fn rarity(frequency: u64, passages: u64) -> f32 {
    let (frequency, passages) = (frequency.min(passages) as f32, passages as f32);
    let idf = |frequency: f32| (1.0 + (passages - frequency + 0.5) / (frequency + 0.5)).ln();
    (idf(frequency) / idf(0.0)).clamp(0.02, 1.0)
}

#[cfg(test)]
mod tests {
    use super::{Answerable, general_rarity, rarity, relevance};
    use crate::retrieve::findings::Findings;

    fn findings(share: f32, together: f32) -> Findings {
        Findings {
            highlights: Vec::new(),
            share,
            together,
        }
    }

    #[test]
    fn more_evidence_is_never_less_relevant() {
        let mut last = 0.0;
        for step in 0..=20 {
            let share = step as f32 / 20.0;
            let now = relevance(&findings(share, share));
            assert!(now >= last && now <= 1.0, "{share}");
            assert!(relevance(&findings(share, share / 2.0)) <= now);
            last = now;
        }
        assert_eq!(relevance(&findings(0.0, 0.0)), 0.0);
    }

    #[test]
    fn the_best_hit_decides_whether_a_query_is_answered() {
        assert_eq!(Answerable::of(relevance(&findings(1.0, 1.0))), Answerable::Yes);
        assert_eq!(Answerable::of(relevance(&findings(0.1, 0.1))), Answerable::No);
    }

    #[test]
    fn common_words_carry_little_even_where_no_passage_has_them() {
        // 的 is one of 190 words of general texts, 一直 one of 3,200 and 血管 one of 47,500.
        assert_eq!(general_rarity("的"), 0.05);
        let (common, technical) = (general_rarity("一直"), general_rarity("血管"));
        assert!(
            (common - 0.17).abs() < 0.02 && (technical - 0.56).abs() < 0.02,
            "{common} {technical}"
        );
        assert_eq!(general_rarity("間充質幹細胞"), 1.0);
        // In English, by ECDICT: rate is one of 4,020 words, wound one of 60,400.
        let (common, technical) = (general_rarity("rates"), general_rarity("Wounds"));
        assert!(
            (common - 0.20).abs() < 0.01 && (technical - 0.59).abs() < 0.01,
            "{common} {technical}"
        );
        assert_eq!(general_rarity("hydrogel"), 1.0);
    }

    #[test]
    fn rare_words_carry_more_information() {
        assert_eq!(rarity(0, 100), 1.0);
        assert!(rarity(1, 100) > rarity(50, 100));
        assert!(rarity(100, 100) > 0.0);
    }
}
