//! Two runs over the same topics, compared query by query.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Interval, Judgements, Measure, Run, Topic, measure, paired};

/// How much one measure changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// The new run less the old one, with the 95 % interval of the paired bootstrap.
    #[serde(flatten)]
    pub change: Interval,
    /// The share of resamples in which the new run is not better: below 0.05 it surely is, above 0.95 it surely is not.
    pub not_better: f64,
}

/// How much one topic changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Which topic.
    pub topic: String,
    /// What is asked.
    pub text: String,
    /// nDCG@10 of the old run.
    pub before: f64,
    /// nDCG@10 of the new run.
    pub after: f64,
}

/// A run against an older one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// Each measure's change, by its name.
    pub differences: BTreeMap<String, Difference>,
    /// Topics whose nDCG@10 rose.
    pub better: usize,
    /// Topics whose nDCG@10 fell.
    pub worse: usize,
    /// Every topic whose nDCG@10 changed, the worst loss first.
    pub changes: Vec<Change>,
}

/// Compares two runs.
pub fn compare(topics: &[Topic], judgements: &Judgements, before: &Run, after: &Run) -> Comparison {
    let values = |wanted, run| -> Vec<f64> {
        measure(wanted, judgements, run)
            .into_iter()
            .map(|(_, value)| value)
            .collect()
    };
    let differences = Measure::REPORTED
        .into_iter()
        .map(|wanted| {
            let (change, not_better) = paired(&values(wanted, before), &values(wanted, after));
            (wanted.name(), Difference { change, not_better })
        })
        .collect();
    let texts: BTreeMap<&str, &str> = topics
        .iter()
        .map(|topic| (topic.id.as_str(), topic.text.as_str()))
        .collect();
    let mut changes: Vec<Change> = measure(Measure::NdcgAt10, judgements, before)
        .into_iter()
        .zip(values(Measure::NdcgAt10, after))
        .filter(|((_, before), after)| before != after)
        .map(|((topic, before), after)| Change {
            text: texts.get(topic.as_str()).copied().unwrap_or_default().to_owned(),
            topic,
            before,
            after,
        })
        .collect();
    let gain = |change: &Change| change.after - change.before;
    changes.sort_by(|one, other| gain(one).total_cmp(&gain(other)));
    let worse = changes.iter().filter(|change| gain(change) < 0.0).count();
    Comparison {
        differences,
        better: changes.len() - worse,
        worse,
        changes,
    }
}

#[cfg(test)]
mod tests {
    use super::compare;
    use crate::eval::{Judgements, Run, Topic};

    #[test]
    fn the_worst_loss_comes_first_with_its_text() {
        let mut judgements = Judgements::default();
        for topic in ["q1", "q2", "q3", "q4"] {
            judgements.insert(topic, "a", 1);
        }
        let topics: Vec<Topic> = ["q1", "q2", "q3", "q4"]
            .into_iter()
            .map(|id| Topic {
                id: id.to_owned(),
                text: format!("text of {id}"),
                lang: None,
            })
            .collect();
        let run = |text: &str| Run::read(&mut text.as_bytes()).expect("a run");
        let before = run("q1 a 2\nq1 x 1\nq2 a 1\nq3 x 1\nq4 a 1\n");
        let after = run("q1 a 1\nq1 x 2\nq2 x 1\nq3 a 1\nq4 a 1\n");
        let comparison = compare(&topics, &judgements, &before, &after);
        // q2 falls from 1 to 0, q1 from 1 to 1/log2(3) = 0.63093, q3 rises from 0 to 1, q4 stays.
        let found: Vec<(&str, &str)> = comparison
            .changes
            .iter()
            .map(|change| (change.topic.as_str(), change.text.as_str()))
            .collect();
        assert_eq!(
            found,
            [("q2", "text of q2"), ("q1", "text of q1"), ("q3", "text of q3")]
        );
        assert_eq!((comparison.worse, comparison.better), (2, 1));
        assert!((comparison.changes[1].after - 0.630_929_753_571_457_4).abs() < 1e-12);
        // (0.63093 - 1 - 1 + 1) / 4
        let mean = comparison.differences["nDCG@10"].change.mean;
        assert!((mean + 0.092_267_561_607_135_6).abs() < 1e-9, "{mean}");
    }
}
