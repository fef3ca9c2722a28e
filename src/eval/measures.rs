//! Measures of a ranking against judgements, as trec_eval computes them.

use std::collections::BTreeMap;

use super::{Judgements, Run};

/// A measure of one ranking, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Normalised discounted cumulative gain of the first ten (Järvelin and Kekäläinen 2002; gain = grade).
    NdcgAt10,
    /// One over the rank of the first relevant passage, 0 beyond the tenth.
    ReciprocalRankAt10,
    /// Share of the relevant passages among the first so many.
    RecallAt(usize),
}

impl Measure {
    /// The measures reported, in order.
    pub const REPORTED: [Self; 5] = [
        Self::NdcgAt10,
        Self::ReciprocalRankAt10,
        Self::RecallAt(5),
        Self::RecallAt(10),
        Self::RecallAt(100),
    ];

    /// The measure's name in reports.
    pub fn name(self) -> String {
        match self {
            Self::NdcgAt10 => "nDCG@10".to_owned(),
            Self::ReciprocalRankAt10 => "RR@10".to_owned(),
            Self::RecallAt(depth) => format!("R@{depth}"),
        }
    }

    /// The measure of one ranking, given the grades of the passages judged.
    pub fn of(self, ranking: &[&str], grades: &BTreeMap<String, u32>) -> f64 {
        let grade = |passage: &&str| grades.get(*passage).copied().unwrap_or(0);
        match self {
            Self::NdcgAt10 => {
                let mut ideal: Vec<u32> = grades.values().copied().filter(|&grade| grade > 0).collect();
                ideal.sort_unstable_by(|one, other| other.cmp(one));
                let best = gain(ideal.into_iter());
                if best > 0.0 {
                    gain(ranking.iter().map(grade)) / best
                } else {
                    0.0
                }
            }
            Self::ReciprocalRankAt10 => {
                let first = ranking.iter().take(10).position(|passage| grade(passage) > 0);
                first.map_or(0.0, |place| 1.0 / (place as f64 + 1.0))
            }
            Self::RecallAt(depth) => {
                let relevant = grades.values().filter(|&&grade| grade > 0).count();
                let found = ranking.iter().take(depth).filter(|passage| grade(passage) > 0).count();
                if relevant > 0 {
                    found as f64 / relevant as f64
                } else {
                    0.0
                }
            }
        }
    }
}

/// Discounted cumulative gain of the first ten grades.
fn gain(grades: impl Iterator<Item = u32>) -> f64 {
    grades
        .take(10)
        .enumerate()
        .map(|(place, grade)| f64::from(grade) / (place as f64 + 2.0).log2())
        .sum()
}

/// The measure of each topic judged, in the order of their identifiers; a topic the run lacks counts as 0.
pub fn measure(measure: Measure, judgements: &Judgements, run: &Run) -> Vec<(String, f64)> {
    judgements
        .topics()
        .map(|(topic, grades)| (topic.to_owned(), measure.of(&run.ranking(topic), grades)))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::Measure;

    fn grades(pairs: &[(&str, u32)]) -> BTreeMap<String, u32> {
        pairs
            .iter()
            .map(|(passage, grade)| ((*passage).to_owned(), *grade))
            .collect()
    }

    #[test]
    fn gain_is_discounted_by_rank_and_normalised_by_the_ideal() {
        // Ranked: b (1), x, a (3). DCG = 1/log2(2) + 3/log2(4) = 2.5; ideal: 3/log2(2) + 1/log2(3) = 3.63093.
        let value = Measure::NdcgAt10.of(&["b", "x", "a"], &grades(&[("a", 3), ("b", 1), ("c", 0)]));
        assert!((value - 2.5 / 3.630_929_753_571_458).abs() < 1e-12, "{value}");
    }

    #[test]
    fn recall_and_reciprocal_rank_count_positive_grades_only() {
        let judged = grades(&[("a", 1), ("b", 2), ("c", 0)]);
        assert_eq!(Measure::RecallAt(2).of(&["c", "a", "b"], &judged), 0.5);
        assert_eq!(Measure::ReciprocalRankAt10.of(&["c", "a", "b"], &judged), 0.5);
        let late: Vec<&str> = std::iter::repeat_n("x", 10).chain(["a"]).collect();
        assert_eq!(Measure::ReciprocalRankAt10.of(&late, &judged), 0.0);
    }

    #[test]
    fn nothing_relevant_measures_nothing() {
        for measure in Measure::REPORTED {
            assert_eq!(measure.of(&["c"], &grades(&[("c", 0)])), 0.0, "{}", measure.name());
        }
    }
}
