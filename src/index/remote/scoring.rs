//! The score of a document, worked out from its terms exactly as the embedded index does it.

use tantivy::fieldnorm::FieldNormReader;

use super::super::account::PartScore;
use super::super::saturation::{K1, LESS, REFERENCE, SLOWER, Saturation};
use super::forward::Forward;
use super::plan::{Leaf, Node, Phrase, Plan, Set, phrase_saturation};

/// A document with what the cluster alone knows of it.
pub struct Candidate<'a> {
    /// Its terms.
    pub forward: &'a Forward,
    /// What the cluster scored it for a phrase, by the number of the leaf; nothing where it does not match.
    pub phrases: &'a dyn Fn(usize) -> Option<f32>,
}

impl Plan {
    /// The score of a document; nothing where it does not match.
    pub fn score(&self, candidate: &Candidate<'_>) -> Option<f32> {
        self.node(&self.root, candidate)
    }

    fn node(&self, node: &Node, candidate: &Candidate<'_>) -> Option<f32> {
        match node {
            Node::Leaf(number) => self.leaf(*number, candidate).map(|part| part.score),
            Node::Any(parts) => {
                let mut sum = None;
                for part in parts {
                    if let Some(score) = self.node(part, candidate) {
                        *sum.get_or_insert(0.0) += score;
                    }
                }
                sum
            }
            Node::All(parts) => {
                let mut sum = 0.0;
                for part in parts {
                    sum += self.node(part, candidate)?;
                }
                (!parts.is_empty()).then_some(sum)
            }
            Node::Without(wanted, unwanted) => {
                let score = self.node(wanted, candidate)?;
                let excluded = unwanted.iter().any(|part| self.node(part, candidate).is_some());
                (!excluded).then_some(score)
            }
            Node::Boosted(needed, welcome) => {
                let score = self.node(needed, candidate)?;
                let more: f32 = welcome.iter().filter_map(|part| self.node(part, candidate)).sum();
                Some(score + more)
            }
        }
    }

    /// What a document scores for a leaf; nothing where it does not match.
    pub fn leaf(&self, number: usize, candidate: &Candidate<'_>) -> Option<PartScore> {
        match self.leaves.get(number)? {
            Leaf::Nothing => None,
            Leaf::Everything => Some(PartScore {
                score: 1.0,
                members: Vec::new(),
            }),
            Leaf::Set(set) => set.score(candidate.forward),
            Leaf::Phrase(phrase) => {
                let found = (candidate.phrases)(number)?;
                Some(PartScore {
                    score: phrase.score(found, candidate.forward),
                    members: Vec::new(),
                })
            }
        }
    }
}

impl Set {
    fn score(&self, forward: &Forward) -> Option<PartScore> {
        let mut shares = vec![0.0f32; self.named];
        let mut frequency = 0.0;
        for member in &self.members {
            let occurs = forward.frequency(member.digest) as f32 * member.weight;
            frequency += occurs;
            if let Some(share) = shares.get_mut(member.place) {
                *share = occurs;
            }
        }
        if frequency <= 0.0 {
            return None;
        }
        let saturation = if self.by_length {
            Saturation::ByLength
        } else {
            Saturation::Flat
        };
        let length = FieldNormReader::fieldnorm_to_id(forward.words);
        let score = self.most * self.boost * saturation.of(frequency, length);
        shares.iter_mut().for_each(|share| *share *= score / frequency);
        Some(PartScore { score, members: shares })
    }
}

impl Phrase {
    /// What the cluster is to score it at most: as much as a phrase in a paragraph, and never nothing.
    fn most(&self) -> f32 {
        (self.rarity * self.boost * (1.0 + K1)).max(1e-6)
    }

    /// The boost that the cluster is asked to score it with: a scripted score is added up once for each term.
    pub fn asked_boost(&self) -> f32 {
        self.most() / self.terms.len().max(1) as f32
    }

    /// The score from that of the cluster, which says how often the phrase occurs.
    fn score(&self, native: f32, forward: &Forward) -> f32 {
        let occurs = occurrences(native / self.most(), forward.positions);
        self.rarity * self.boost * phrase_saturation(occurs)
    }
}

/// How often a phrase occurs in a text of so many positions, from its saturated score.
fn occurrences(native: f32, positions: u32) -> f32 {
    let length = FieldNormReader::id_to_fieldnorm(FieldNormReader::fieldnorm_to_id(positions)).max(4) as f32;
    let length = length / REFERENCE as f32;
    let (factor, norm) = (length.powf(-LESS), K1 * length.powf(SLOWER));
    if native <= 0.0 || native >= factor {
        return 1.0;
    }
    (native * norm / (factor - native)).round().max(1.0)
}

#[cfg(test)]
mod tests {
    use super::occurrences;

    #[test]
    fn how_often_a_phrase_occurs_is_read_from_its_score() {
        // In a text of 200 positions f occurrences score f / (f + 0.6), and Lucene keeps 210 as 200.
        for frequency in [1.0f32, 2.0, 7.0, 40.0] {
            let native = frequency / (frequency + 0.6);
            assert_eq!(occurrences(native, 210), frequency);
        }
    }
}
