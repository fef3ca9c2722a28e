//! People's verdicts on which passages are relevant to which topics.

use std::collections::BTreeMap;

/// Verdicts by topic, then by passage: 0 is not relevant, and the higher the better.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judgements {
    by_topic: BTreeMap<String, BTreeMap<String, u32>>,
}

impl Judgements {
    /// Adds a verdict; a later one on the same pair replaces the earlier.
    pub fn insert(&mut self, topic: &str, passage: &str, grade: u32) {
        self.by_topic
            .entry(topic.to_owned())
            .or_default()
            .insert(passage.to_owned(), grade);
    }

    /// The topics judged, in order, with their verdicts.
    pub fn topics(&self) -> impl Iterator<Item = (&str, &BTreeMap<String, u32>)> {
        self.by_topic.iter().map(|(topic, grades)| (topic.as_str(), grades))
    }

    /// How many topics are judged.
    pub fn len(&self) -> usize {
        self.by_topic.len()
    }

    /// Whether nothing is judged.
    pub fn is_empty(&self) -> bool {
        self.by_topic.is_empty()
    }
}
