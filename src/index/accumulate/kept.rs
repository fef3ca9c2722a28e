//! The best of the documents that are handed over.

use std::cmp::Ordering;

use tantivy::{DocAddress, Score};

use super::Best;

/// The best so far.
pub struct Kept {
    limit: usize,
    /// What scores less is not among the best.
    floor: Score,
    found: Vec<(Score, DocAddress)>,
    /// At this number the worse ones are dropped.
    full: usize,
    total: usize,
    counted: bool,
}

/// By score, then by address.
fn order(left: &(Score, DocAddress), right: &(Score, DocAddress)) -> Ordering {
    right.0.total_cmp(&left.0).then_with(|| left.1.cmp(&right.1))
}

impl Kept {
    /// Keeps so many.
    pub fn new(limit: usize) -> Self {
        Self {
            limit: limit.max(1),
            floor: 0.0,
            found: Vec::new(),
            full: limit.max(1) * 2 + 64,
            total: 0,
            counted: true,
        }
    }

    /// What scores less is not among the best.
    pub fn floor(&self) -> Score {
        self.floor
    }

    /// How many there are, of what was handed over.
    pub fn total(&self) -> usize {
        self.total
    }

    /// There are so many more.
    pub fn count(&mut self, more: usize) {
        self.total += more;
    }

    /// There are more than will be counted.
    pub fn not_all(&mut self) {
        self.counted = false;
    }

    /// Takes one where it may be among the best.
    pub fn take(&mut self, score: Score, address: DocAddress) {
        if score < self.floor {
            return;
        }
        self.found.push((score, address));
        if self.found.len() >= self.full {
            self.drop_worse();
            // Equal scores may keep many.
            self.full = self.full.max(self.found.len() * 2);
        }
    }

    /// Drops what is not among the best of those taken so far.
    pub fn drop_worse(&mut self) {
        if self.found.len() < self.limit {
            return;
        }
        let (_, last, _) = self.found.select_nth_unstable_by(self.limit - 1, order);
        self.floor = last.0;
        let floor = self.floor;
        self.found.retain(|(score, _)| *score >= floor);
    }

    /// The best, in order.
    pub fn finish(mut self) -> Best {
        self.drop_worse();
        self.found.sort_unstable_by(order);
        Best {
            found: self.found,
            total: self.total,
            counted: self.counted,
        }
    }
}

#[cfg(test)]
mod tests {
    use tantivy::DocAddress;

    use super::Kept;

    #[test]
    fn the_best_are_kept_with_all_that_share_the_last_score() {
        let mut kept = Kept::new(3);
        let scores = [1.0, 5.0, 2.0, 4.0, 2.0, 0.5, 2.0];
        for round in 0..100u32 {
            for (place, score) in (0u32..).zip(scores) {
                // Only the first round is good.
                let score = if round == 0 { score } else { score / 1000.0 };
                kept.take(score, DocAddress::new(0, round * 10 + place));
            }
        }
        let best = kept.finish();
        let found: Vec<(f32, u32)> = best.found.iter().map(|(score, at)| (*score, at.doc_id)).collect();
        assert_eq!(found, [(5.0, 1), (4.0, 3), (2.0, 2), (2.0, 4), (2.0, 6)]);
    }
}
