//! The figures of a run, as a whole and by language of question and passage.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::retrieve::{SearchError, Searcher};
use crate::text::Language;

use super::{Interval, Judgements, Measure, Names, Observed, Run, Topic, interval, measure};

/// Each measure's mean over the topics judged, by its name.
pub type Figures = BTreeMap<String, Interval>;

/// The figures of questions in one language against passages in one language.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Direction {
    /// Language of the questions, as the topics say it.
    pub topics_in: String,
    /// Language of the passages.
    pub passages_in: Language,
    /// How many topics have a relevant passage in that language.
    pub topics: usize,
    /// The measures.
    pub figures: Figures,
}

/// The figures of a run.
pub fn figures(judgements: &Judgements, run: &Run) -> Figures {
    Measure::REPORTED
        .into_iter()
        .map(|wanted| {
            let values: Vec<f64> = measure(wanted, judgements, run)
                .into_iter()
                .map(|(_, value)| value)
                .collect();
            (wanted.name(), interval(&values))
        })
        .collect()
}

/// The figures for each language of topics and each language of passages: as if only passages of that language had
/// been asked for, over the topics that have a relevant one. Nothing where no topic says its language.
///
/// # Errors
/// Only where the index can't be read.
pub fn directions(
    topics: &[Topic],
    judgements: &Judgements,
    (observed, names): (&Observed, &Names),
    searcher: &Searcher,
) -> Result<Vec<Direction>, SearchError> {
    let spoken: BTreeMap<&str, &str> = topics
        .iter()
        .filter_map(|topic| Some((topic.id.as_str(), topic.lang.as_deref()?)))
        .collect();
    let mut known: BTreeMap<String, BTreeSet<Language>> = BTreeMap::new();
    if spoken.is_empty() {
        return Ok(Vec::new());
    }
    let mut split: BTreeMap<(String, Language), Judgements> = BTreeMap::new();
    for (topic, grades) in judgements.topics() {
        let Some(&topics_in) = spoken.get(topic) else { continue };
        for (name, &grade) in grades.iter().filter(|(_, grade)| **grade > 0) {
            if !known.contains_key(name) {
                known.insert(name.clone(), names.languages(name, searcher)?);
            }
            for &language in known.get(name).into_iter().flatten() {
                let part = split.entry((topics_in.to_owned(), language)).or_default();
                part.insert(topic, name, grade);
            }
        }
    }
    Ok(split
        .into_iter()
        .map(|((topics_in, passages_in), part)| {
            let (run, _) = observed.run(|seen| seen.language == passages_in);
            Direction {
                topics_in,
                passages_in,
                topics: part.len(),
                figures: figures(&part, &run),
            }
        })
        .collect())
}
