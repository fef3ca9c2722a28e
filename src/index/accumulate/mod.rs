//! Scores every document that holds any of a bag of terms: a term at a time, over whole blocks of postings.
//!
//! A query has dozens of terms in several fields. Walking their lists side by side costs a comparison of all of them at
//! every document; one list after the other, added up on a board of scores, costs one addition for each posting, and
//! the number of documents found comes with it.

use std::cell::RefCell;
use std::cmp::Ordering;

use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{EnableScoring, Query};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED};

use super::synonyms::SynonymsQuery;

/// What adds to the score of a document.
pub enum Part {
    /// Terms scored as one, and a multiplier of their score.
    Set(SynonymsQuery, Score),
    /// Anything else.
    Other(Box<dyn Query>),
}

/// Parts whose scores are added, and what must hold besides. A document that no part matches is not found.
pub struct Bag {
    /// What scores.
    pub parts: Vec<Part>,
    /// What must hold.
    pub filters: Vec<Box<dyn Query>>,
}

/// What a bag finds.
pub struct Best {
    /// The best by score, then by address, with all that share the last one's score.
    pub found: Vec<(Score, DocAddress)>,
    /// How many there are in all.
    pub total: usize,
}

/// So many documents are looked at together when the board is read.
const STRETCH: usize = 64;

/// A segment's documents while they are scored. Between two uses nothing stands on it.
#[derive(Default)]
struct Board {
    scores: Vec<Score>,
    /// Which stretches of the board have scores.
    written: Vec<bool>,
    /// Weighted occurrences of the set that is being added; nothing between two sets.
    occurrences: Vec<Score>,
    touched: Vec<DocId>,
    /// How many filters let a document pass; empty where there are none.
    passed: Vec<u8>,
    /// Whether the last use ended before everything was taken off.
    left: bool,
}

thread_local! {
    static BOARD: RefCell<Board> = RefCell::default();
}

impl Bag {
    /// The best documents of an index, at least `limit` where there are as many.
    pub fn best(&self, searcher: &Searcher, limit: usize) -> tantivy::Result<Best> {
        BOARD.with_borrow_mut(|board| {
            let mut kept = Kept::new(limit);
            for (segment, reader) in (0u32..).zip(searcher.segment_readers()) {
                board.lay(reader.max_doc() as usize, self.filters.len());
                for part in &self.parts {
                    match part {
                        Part::Set(set, boost) => board.add_set(reader, set, *boost)?,
                        Part::Other(query) => board.add_query(searcher, reader, query.as_ref())?,
                    }
                }
                for filter in &self.filters {
                    board.pass(searcher, reader, filter.as_ref())?;
                }
                board.hand_over(reader, (segment, self.filters.len()), &mut kept);
            }
            Ok(kept.finish())
        })
    }
}

impl Board {
    /// Makes room for so many documents, all without a score.
    fn lay(&mut self, documents: usize, filters: usize) {
        let room = documents.next_multiple_of(STRETCH);
        if std::mem::replace(&mut self.left, true) {
            self.scores.clear();
            self.written.clear();
            self.occurrences.clear();
            self.touched.clear();
        }
        self.scores.resize(room, 0.0);
        self.written.resize(room / STRETCH, false);
        self.occurrences.resize(room, 0.0);
        self.passed.clear();
        if filters > 0 {
            self.passed.resize(room, 0);
        }
    }

    fn add_set(&mut self, reader: &SegmentReader, set: &SynonymsQuery, boost: Score) -> tantivy::Result<()> {
        let mut lists = Vec::with_capacity(set.members().len());
        for (column, term, weight) in set.members() {
            let index = reader.inverted_index(*column)?;
            if let Some(postings) = index.read_block_postings(term, IndexRecordOption::WithFreqs)? {
                lists.push((postings, *weight));
            }
        }
        if lists.is_empty() {
            return Ok(());
        }
        let lengths = set.lengths(reader)?;
        let curve = set.saturation().curve();
        let most = set.most() * boost;
        let score = |frequency, document| most * curve.of(frequency, lengths.fieldnorm_id(document));
        let Self {
            scores,
            written,
            occurrences,
            touched,
            ..
        } = self;
        let mut add = |document: DocId, score: Score| {
            let place = document as usize;
            if let (Some(sum), Some(written)) = (scores.get_mut(place), written.get_mut(place / STRETCH)) {
                *sum += score;
                *written = true;
            }
        };
        if let [(postings, weight)] = lists.as_mut_slice() {
            each(postings, |document, frequency| {
                add(document, score(frequency * *weight, document));
            });
            return Ok(());
        }
        for (postings, weight) in &mut lists {
            each(postings, |document, frequency| {
                if let Some(sum) = occurrences.get_mut(document as usize) {
                    if *sum == 0.0 {
                        touched.push(document);
                    }
                    *sum += frequency * *weight;
                }
            });
        }
        for document in touched.drain(..) {
            if let Some(frequency) = occurrences.get_mut(document as usize) {
                add(document, score(std::mem::take(frequency), document));
            }
        }
        Ok(())
    }

    fn add_query(&mut self, searcher: &Searcher, reader: &SegmentReader, query: &dyn Query) -> tantivy::Result<()> {
        let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
        let mut scorer = weight.scorer(reader, 1.0)?;
        let mut document = scorer.doc();
        while document != TERMINATED {
            let place = document as usize;
            if let (Some(sum), Some(written)) = (self.scores.get_mut(place), self.written.get_mut(place / STRETCH)) {
                *sum += scorer.score();
                *written = true;
            }
            document = scorer.advance();
        }
        Ok(())
    }

    fn pass(&mut self, searcher: &Searcher, reader: &SegmentReader, filter: &dyn Query) -> tantivy::Result<()> {
        let weight = filter.weight(EnableScoring::disabled_from_searcher(searcher))?;
        let mut scorer = weight.scorer(reader, 1.0)?;
        let mut document = scorer.doc();
        while document != TERMINATED {
            if let Some(passed) = self.passed.get_mut(document as usize) {
                *passed = passed.saturating_add(1);
            }
            document = scorer.advance();
        }
        Ok(())
    }

    /// Takes what scored off the board and hands over what is not deleted and passed all filters, in the order of
    /// addresses.
    fn hand_over(&mut self, reader: &SegmentReader, (segment, filters): (u32, usize), kept: &mut Kept) {
        let deletes = reader.has_deletes();
        let stretches = self.scores.chunks_exact_mut(STRETCH);
        for (stretch, (scores, written)) in stretches.zip(&mut self.written).enumerate() {
            if !std::mem::take(written) {
                continue;
            }
            let first = stretch * STRETCH;
            if filters > 0 || deletes {
                for (document, score) in (first..).zip(scores.iter_mut()) {
                    let passed = self.passed.get(document).map_or(0, |passed| usize::from(*passed));
                    let document = document as DocId;
                    if passed < filters || *score > 0.0 && deletes && reader.is_deleted(document) {
                        *score = 0.0;
                    }
                }
            }
            let mut best: Score = 0.0;
            let mut count = 0;
            for score in scores.iter() {
                count += usize::from(*score > 0.0);
                best = if *score > best { *score } else { best };
            }
            kept.total += count;
            if best > 0.0 && best >= kept.floor {
                for (document, score) in (first as DocId..).zip(scores.iter()) {
                    if *score > 0.0 {
                        kept.take(*score, DocAddress::new(segment, document));
                    }
                }
            }
            scores.fill(0.0);
        }
        self.left = false;
    }
}

/// Goes over all postings, block by block.
fn each(postings: &mut BlockSegmentPostings, mut take: impl FnMut(DocId, Score)) {
    loop {
        let (documents, frequencies) = (postings.docs(), postings.freqs());
        if documents.is_empty() {
            return;
        }
        for (place, &document) in documents.iter().enumerate() {
            // A field without frequencies has none to give.
            take(
                document,
                frequencies.get(place).map_or(1.0, |&frequency| frequency as Score),
            );
        }
        postings.advance();
    }
}

/// The best of what was handed over.
struct Kept {
    limit: usize,
    /// What scores less is not among the best.
    floor: Score,
    found: Vec<(Score, DocAddress)>,
    /// At this number the worse ones are dropped.
    full: usize,
    total: usize,
}

/// By score, then by address.
fn order(left: &(Score, DocAddress), right: &(Score, DocAddress)) -> Ordering {
    right.0.total_cmp(&left.0).then_with(|| left.1.cmp(&right.1))
}

impl Kept {
    fn new(limit: usize) -> Self {
        Self {
            limit: limit.max(1),
            floor: 0.0,
            found: Vec::new(),
            full: limit.max(1) * 2 + 64,
            total: 0,
        }
    }

    fn take(&mut self, score: Score, address: DocAddress) {
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

    fn drop_worse(&mut self) {
        if self.found.len() <= self.limit {
            return;
        }
        let (_, last, _) = self.found.select_nth_unstable_by(self.limit - 1, order);
        self.floor = last.0;
        let floor = self.floor;
        self.found.retain(|(score, _)| *score >= floor);
    }

    fn finish(mut self) -> Best {
        self.drop_worse();
        self.found.sort_unstable_by(order);
        Best {
            found: self.found,
            total: self.total,
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
