//! The rows of a file of vectors that filters let through.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use crate::index::Filter;

/// Sets that are kept: of each language, and of some more filters. Such a set has a bit for each row.
const REMEMBERED: usize = 8;

/// A set of rows.
#[derive(Debug, PartialEq)]
pub struct RowSet {
    bits: Vec<u64>,
    rows: usize,
}

impl RowSet {
    /// The set of these rows, each given once.
    pub fn of(rows: &[usize]) -> Self {
        let last = rows.iter().max().map_or(0, |last| last / 64 + 1);
        let mut bits = vec![0u64; last];
        for row in rows {
            if let Some(word) = bits.get_mut(row / 64) {
                *word |= 1 << (row % 64);
            }
        }
        Self { bits, rows: rows.len() }
    }

    /// Whether a row is in it.
    pub fn has(&self, row: usize) -> bool {
        self.bits.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// How many are in it.
    pub fn len(&self) -> usize {
        self.rows
    }
}

/// The sets of the last filters, for to make one all documents that match are walked.
#[derive(Default)]
pub struct RecentSets(Mutex<VecDeque<(Vec<Filter>, Arc<RowSet>)>>);

impl RecentSets {
    /// The set of these filters, where it is known.
    pub fn get(&self, filters: &[Filter]) -> Option<Arc<RowSet>> {
        let mut sets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = sets.iter().position(|(known, _)| known == filters)?;
        let found = sets.remove(place)?;
        let set = Arc::clone(&found.1);
        sets.push_front(found);
        Some(set)
    }

    /// Keeps the set of these filters.
    pub fn put(&self, filters: &[Filter], set: &Arc<RowSet>) {
        let mut sets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sets.push_front((filters.to_vec(), Arc::clone(set)));
        sets.truncate(REMEMBERED);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{REMEMBERED, RecentSets, RowSet};
    use crate::index::Filter;

    #[test]
    fn a_set_has_what_it_was_given() {
        let rows = [0, 1, 63, 64, 200];
        let set = RowSet::of(&rows);
        let held: Vec<usize> = (0..100_000).filter(|row| set.has(*row)).collect();
        assert_eq!((set.len(), held), (5, rows.to_vec()));
        assert!(!RowSet::of(&[]).has(0));
    }

    #[test]
    fn the_last_ones_asked_for_are_kept() {
        let sets = RecentSets::default();
        let filters = |place: usize| vec![Filter::Section(place.to_string())];
        for place in 0..REMEMBERED {
            sets.put(&filters(place), &Arc::new(RowSet::of(&[place])));
        }
        assert!(sets.get(&filters(0)).unwrap().has(0));
        sets.put(&filters(99), &Arc::new(RowSet::of(&[99])));
        assert!(sets.get(&filters(0)).unwrap().has(0) && sets.get(&filters(99)).unwrap().has(99));
        assert_eq!(sets.get(&filters(1)), None);
    }
}
