//! Which articles an index holds, as far as an update needs to know: 25 bytes for each.

use std::collections::{HashMap, HashSet};

use tantivy::Searcher;

use super::IndexError;

/// An article in the index, by digests of its identifier, its contents and the path of its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Digest of its identifier.
    pub owner: u64,
    /// Digest of its contents.
    pub content: u64,
    /// Digest of its source's path.
    pub source: u64,
}

/// What becomes of a source in this run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is as it was: its articles stay without being read.
    Kept,
    /// It is read.
    Read,
}

/// What is to be done with an article that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The index holds it as it is.
    Same,
    /// The index holds another version, which goes.
    Replace,
    /// The index does not hold it.
    Add,
    /// Another article already has its identifier.
    Taken,
}

/// The articles of an index and what this run has seen of them.
#[derive(Debug, Default)]
pub struct Ledger {
    held: Vec<Held>,
    seen: Vec<bool>,
    claimed: HashSet<u64>,
    fates: HashMap<u64, (Fate, usize)>,
}

impl Ledger {
    /// Reads the ledger of an index.
    pub fn read(searcher: &Searcher) -> Result<Self, IndexError> {
        let mut held = Vec::new();
        for reader in searcher.segment_readers() {
            let column = |name| reader.fast_fields().column_opt::<u64>(name).map_err(IndexError::write);
            let (Some(owners), Some(contents), Some(sources)) =
                (column("identity")?, column("content")?, column("source")?)
            else {
                continue;
            };
            for document in reader.doc_ids_alive() {
                if let (Some(owner), Some(content), Some(source)) = (
                    owners.first(document),
                    contents.first(document),
                    sources.first(document),
                ) {
                    held.push(Held { owner, content, source });
                }
            }
        }
        Ok(Self::new(held))
    }

    /// The articles the index holds.
    pub fn held(&self) -> &[Held] {
        &self.held
    }

    /// A ledger of these articles.
    pub fn new(mut held: Vec<Held>) -> Self {
        held.sort_unstable_by_key(|held| held.owner);
        Self {
            seen: vec![false; held.len()],
            held,
            ..Self::default()
        }
    }

    /// Says what becomes of a source, which is the `place`-th in the order of paths.
    pub fn decide(&mut self, source: u64, place: usize, fate: Fate) {
        self.fates.insert(source, (fate, place));
    }

    /// What becomes of a source now: one that was to be kept may have to be read after all.
    pub fn fate(&self, source: u64) -> Fate {
        self.fates.get(&source).map_or(Fate::Read, |(fate, _)| *fate)
    }

    /// How many articles the index holds of each source.
    pub fn articles_by_source(&self) -> HashMap<u64, u64> {
        let mut counts = HashMap::new();
        for held in &self.held {
            *counts.entry(held.source).or_insert(0) += 1;
        }
        counts
    }

    /// Judges an article that was read and, unless its identifier is taken, claims the identifier for it.
    ///
    /// Of two sources with the same identifier the one with the smaller path has it. Sources are read in the order of
    /// their paths; where a later one that was to be kept holds the identifier, that one is read again in its turn.
    pub fn judge(&mut self, article: Held) -> Verdict {
        let place = self.fates.get(&article.source).map_or(usize::MAX, |(_, place)| *place);
        if self.claimed.contains(&article.owner) {
            return Verdict::Taken;
        }
        let found = self.held.binary_search_by_key(&article.owner, |held| held.owner).ok();
        let known = found.and_then(|at| self.held.get(at).copied());
        if let Some(known) = known
            && known.source != article.source
            && let Some((fate @ Fate::Kept, other)) = self.fates.get_mut(&known.source)
        {
            if *other < place {
                return Verdict::Taken;
            }
            *fate = Fate::Read;
        }
        self.claimed.insert(article.owner);
        if let Some(seen) = found.and_then(|at| self.seen.get_mut(at)) {
            *seen = true;
        }
        match known {
            Some(known) if known == article => Verdict::Same,
            Some(_) => Verdict::Replace,
            None => Verdict::Add,
        }
    }

    /// Articles that are in no source any more.
    pub fn vanished(&self) -> impl Iterator<Item = u64> + '_ {
        let kept = |source| self.fates.get(&source).is_some_and(|(fate, _)| *fate == Fate::Kept);
        self.held
            .iter()
            .zip(&self.seen)
            .filter(move |(held, seen)| !**seen && !kept(held.source))
            .map(|(held, _)| held.owner)
    }
}

#[cfg(test)]
mod tests {
    use super::{Fate, Held, Ledger, Verdict};

    const fn held(owner: u64, content: u64, source: u64) -> Held {
        Held { owner, content, source }
    }

    #[test]
    fn an_article_is_added_replaced_or_left_as_it_is() {
        let mut ledger = Ledger::new(vec![held(1, 10, 7), held(2, 20, 7), held(3, 30, 7)]);
        ledger.decide(7, 0, Fate::Read);
        assert_eq!(ledger.judge(held(1, 10, 7)), Verdict::Same);
        assert_eq!(ledger.judge(held(2, 21, 7)), Verdict::Replace);
        assert_eq!(ledger.judge(held(4, 40, 7)), Verdict::Add);
        assert_eq!(ledger.vanished().collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn articles_of_kept_sources_stay_and_those_of_lost_sources_vanish() {
        let mut ledger = Ledger::new(vec![held(1, 10, 7), held(2, 20, 8)]);
        ledger.decide(7, 0, Fate::Kept);
        assert_eq!(ledger.vanished().collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn the_smaller_path_has_the_identifier() {
        let mut ledger = Ledger::new(vec![held(1, 10, 8)]);
        ledger.decide(7, 0, Fate::Read);
        ledger.decide(8, 1, Fate::Kept);
        ledger.decide(9, 2, Fate::Read);
        assert_eq!(ledger.judge(held(1, 11, 7)), Verdict::Replace);
        assert_eq!(
            ledger.fate(8),
            Fate::Read,
            "the later source is read after all, to be named apart"
        );
        assert_eq!(ledger.judge(held(1, 10, 8)), Verdict::Taken);
        assert_eq!(ledger.judge(held(1, 12, 9)), Verdict::Taken);
    }

    #[test]
    fn a_kept_source_with_a_smaller_path_keeps_the_identifier() {
        let mut ledger = Ledger::new(vec![held(1, 10, 7)]);
        ledger.decide(7, 0, Fate::Kept);
        ledger.decide(8, 1, Fate::Read);
        assert_eq!(ledger.judge(held(1, 11, 8)), Verdict::Taken);
    }
}
