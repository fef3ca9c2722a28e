//! Whether `answerable` is right: what was said of topics that something answers, and of topics that nothing does.

use std::collections::HashSet;

use serde::Serialize;

use crate::retrieve::Answerable;

use super::{Judgements, Observed};

/// How often each answer was given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The best hit more likely answers than not.
    pub yes: usize,
    /// Something near was found.
    pub weak: usize,
    /// Nothing answers.
    pub no: usize,
}

/// What was said of topics of both kinds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// Of topics that something answers.
    pub answerable: Said,
    /// Of topics that nothing answers.
    pub unanswerable: Said,
}

impl Said {
    /// Counts one answer.
    pub fn add(&mut self, answer: Answerable) {
        match answer {
            Answerable::Yes => self.yes += 1,
            Answerable::Weak => self.weak += 1,
            Answerable::No => self.no += 1,
        }
    }

    /// How many topics there are.
    pub fn topics(&self) -> usize {
        self.yes + self.weak + self.no
    }
}

impl Answered {
    /// Counts what was said. Nothing answers a topic for which no passage was judged relevant.
    pub fn of(observed: &Observed, judgements: &Judgements) -> Self {
        let something: HashSet<&str> = judgements
            .topics()
            .filter(|(_, grades)| grades.values().any(|&grade| grade > 0))
            .map(|(topic, _)| topic)
            .collect();
        let mut answered = Self::default();
        for (topic, &answer) in &observed.said {
            if something.contains(topic.as_str()) {
                answered.answerable.add(answer);
            } else {
                answered.unanswerable.add(answer);
            }
        }
        answered
    }

    /// Adds the counts of another set of topics.
    pub fn join(&mut self, other: &Self) {
        for (sum, more) in [
            (&mut self.answerable, &other.answerable),
            (&mut self.unanswerable, &other.unanswerable),
        ] {
            sum.yes += more.yes;
            sum.weak += more.weak;
            sum.no += more.no;
        }
    }

    /// The share of all topics of which the right was said: yes or weak where something answers, else no.
    pub fn right(&self) -> f64 {
        let right = self.answerable.yes + self.answerable.weak + self.unanswerable.no;
        let all = self.answerable.topics() + self.unanswerable.topics();
        right as f64 / all.max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::Answered;
    use crate::retrieve::Answerable;

    #[test]
    fn weak_is_right_where_something_answers_and_wrong_where_nothing_does() {
        let mut answered = Answered::default();
        for answer in [Answerable::Yes, Answerable::Weak, Answerable::No] {
            answered.answerable.add(answer);
            answered.unanswerable.add(answer);
        }
        answered.unanswerable.add(Answerable::No);
        assert_eq!(answered.answerable.topics(), 3);
        assert!((answered.right() - 4.0 / 7.0).abs() < 1e-9);
        let mut twice = answered;
        twice.join(&answered);
        assert_eq!(twice.unanswerable.no, 4);
    }
}
