//! Numbers found by a text, which is known by its digest alone: a table of a large corpus is small and quickly read.

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

/// Numbers by the digests (XXH3-64) of texts. Two texts among a million share a digest once in thirty million tables.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ByKey {
    /// In order, each once.
    entries: Vec<(u64, u32)>,
    /// Where the digests with the same first bits begin; one more than there are such beginnings, a power of two.
    starts: Vec<u32>,
}

impl ByKey {
    /// A table of texts and their numbers.
    pub(super) fn of(texts: impl IntoIterator<Item = (String, u32)>) -> Self {
        let mut entries: Vec<(u64, u32)> = texts
            .into_iter()
            .filter(|(text, _)| !text.is_empty())
            .map(|(text, number)| (xxh3_64(text.as_bytes()), number))
            .collect();
        entries.sort_unstable();
        entries.dedup();
        entries.shrink_to_fit();
        let buckets = entries.len().next_power_of_two().max(2);
        let mut starts = vec![0; buckets + 1];
        for (digest, _) in &entries {
            if let Some(start) = starts.get_mut(bucket(*digest, buckets) + 1) {
                *start += 1;
            }
        }
        let mut before = 0;
        for start in &mut starts {
            before += *start;
            *start = before;
        }
        Self { entries, starts }
    }

    /// The numbers of a text, ascending.
    pub(super) fn numbers(&self, text: &str) -> impl Iterator<Item = u32> + '_ {
        let digest = xxh3_64(text.as_bytes());
        self.near(digest)
            .iter()
            .filter(move |(known, _)| *known == digest)
            .map(|(_, number)| *number)
    }

    /// Whether a text has a number.
    pub(super) fn has(&self, text: &str) -> bool {
        self.numbers(text).next().is_some()
    }

    /// The entries whose digests begin like this one.
    fn near(&self, digest: u64) -> &[(u64, u32)] {
        let Some(buckets) = self.starts.len().checked_sub(1).filter(|buckets| *buckets > 1) else {
            return &[];
        };
        let bucket = bucket(digest, buckets);
        match self.starts.get(bucket..bucket + 2) {
            Some(&[from, to]) => self.entries.get(from as usize..to as usize).unwrap_or_default(),
            _ => &[],
        }
    }
}

/// Which of so many beginnings, a power of two of at least two, a digest has.
fn bucket(digest: u64, buckets: usize) -> usize {
    (digest >> (u64::BITS - buckets.trailing_zeros())) as usize
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::{prop_assert_eq, proptest};

    use super::ByKey;

    #[test]
    fn an_empty_table_has_nothing() {
        for table in [ByKey::default(), ByKey::of([]), ByKey::of([(String::new(), 1)])] {
            assert!(!table.has("") && !table.has("cell"));
        }
    }

    proptest! {
        #[test]
        fn a_text_has_the_numbers_it_was_given(texts in proptest::collection::vec(("[a-c]{0,3}", 0u32..4), 0..60)) {
            let mut expected: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
            for (text, number) in texts.iter().filter(|(text, _)| !text.is_empty()) {
                expected.entry(text.clone()).or_default().insert(*number);
            }
            let table = ByKey::of(texts);
            let bytes = postcard::to_stdvec(&table).unwrap();
            prop_assert_eq!(&postcard::from_bytes::<ByKey>(&bytes).unwrap(), &table);
            for text in ["a", "ab", "abc", "cc", "b", "ccc", "aa", ""] {
                let found: Vec<u32> = table.numbers(text).collect();
                let wanted: Vec<u32> = expected.get(text).into_iter().flatten().copied().collect();
                prop_assert_eq!(found, wanted);
            }
        }
    }
}
