//! Finds the best documents that hold any of a bag of terms: a term at a time, over whole blocks of postings.
//!
//! A query has dozens of terms in several fields. Walking their lists side by side costs a comparison of all of them at
//! every document; one list after the other, added up on a board of scores, costs one addition for each posting, and
//! the number of documents found comes with it.
//!
//! A segment is scored in windows of documents, so that the board stays in a near cache, and what can add most for each
//! posting comes first. Once all that is still to come could not lift a document that is not on the board above the worst
//! of the best so far, the rest, mostly long lists of common words, is only added to documents that are on the board, and
//! once it is little, only looked up for those that could still be among the best (MaxScore: Turtle and Flood, Query
//! evaluation: strategies and optimizations, 1995). Scores are the same as if everything had been added, to the last bit:
//! every document's parts are added in the same order.

mod allowed;
mod board;
mod candidates;
mod kept;
mod list;
mod remembered;

use std::cell::RefCell;

use tantivy::query::Query;
use tantivy::{DocAddress, Score, Searcher};

use super::synonyms::SynonymsQuery;
use allowed::Allowed;
use board::Board;
use candidates::Candidates;
use kept::Kept;
use list::{Opened, Postings};

pub use allowed::Filtering;
pub use remembered::Remembered;

/// So many documents are counted exactly; of more than these it is only known that there are as many.
pub const COUNTED: usize = 10_000;

/// How much bounds are raised, so that rounding never makes one too low.
const SLACK: Score = 1.0001;

/// Once all that is still to come is at most this share of what the best must reach, the documents that could still reach
/// it are picked out; before, nearly all on the board could.
const LITTLE: Score = 0.5;

/// Something that adds to the score of a document.
pub enum Part {
    /// Terms scored as one, and a multiplier of their score.
    Set(SynonymsQuery, Score),
    /// Anything else, the most it can add, infinite where that is not known, and to how many documents at most.
    Other(Box<dyn Query>, Score, u64),
}

impl Part {
    /// The most it can add to any document's score.
    fn ceiling(&self) -> Score {
        match self {
            Self::Set(set, boost) => set.most() * boost * set.saturation().curve().ceiling(),
            Self::Other(_, ceiling, _) => *ceiling,
        }
    }

    /// The most it can add for each posting that is read for it.
    fn density(&self) -> Score {
        let postings = match self {
            Self::Set(set, _) => set.postings(),
            Self::Other(_, _, documents) => *documents,
        };
        self.ceiling() / postings.max(1) as Score
    }
}

/// Parts whose scores are added, and what must hold besides. A document that no part matches is not found.
pub struct Bag {
    /// What scores, what can add most for each posting first.
    parts: Vec<Part>,
    /// What must hold.
    filters: Vec<Filtering>,
}

/// What a bag finds.
pub struct Best {
    /// The best by score, then by address, with all that share the last one's score.
    pub found: Vec<(Score, DocAddress)>,
    /// How many there are in all; where not all were counted, a number that there are at least, [`COUNTED`] or more.
    pub total: usize,
    /// Whether all were counted.
    pub counted: bool,
}

thread_local! {
    static BOARD: RefCell<Board> = RefCell::default();
}

impl Bag {
    /// Parts and filters.
    pub fn new(mut parts: Vec<Part>, filters: Vec<Filtering>) -> Self {
        // What adds nothing finds nothing.
        parts.retain(|part| part.ceiling() > 0.0);
        parts.sort_by(|left, right| right.density().total_cmp(&left.density()));
        Self { parts, filters }
    }

    /// The best documents of an index, at least `limit` where there are as many.
    pub fn best(&self, searcher: &Searcher, remembered: &Remembered, limit: usize) -> tantivy::Result<Best> {
        BOARD.with_borrow_mut(|board| {
            let mut kept = Kept::new(limit);
            for (segment, reader) in (0u32..).zip(searcher.segment_readers()) {
                let allowed = Allowed::new(searcher, (segment, reader), &self.filters, remembered)?;
                let mut lists = Vec::with_capacity(self.parts.len());
                for part in &self.parts {
                    lists.extend(Opened::open(searcher, (segment, reader), part, remembered)?);
                }
                let rests = rests(&lists);
                for first in (0..reader.max_doc()).step_by(board::WINDOW) {
                    board.lay(first);
                    score(board, (&mut lists, &rests), allowed.as_ref(), (segment, &mut kept));
                }
                lists.into_iter().for_each(|list| list.remember(remembered));
            }
            Ok(kept.finish())
        })
    }
}

/// Scores a window of a segment and keeps its best.
fn score(
    board: &mut Board,
    (lists, rests): (&mut [Opened], &[(Score, Score)]),
    allowed: Option<&Allowed>,
    (segment, kept): (u32, &mut Kept),
) {
    let mut candidates: Option<Candidates> = None;
    let mut complete = false;
    for (list, &(rest, after)) in lists.iter_mut().zip(rests) {
        if let Some(candidates) = &mut candidates {
            candidates.add(list, after, board);
            continue;
        }
        complete |= kept.total() + board.count() >= COUNTED && list.is_long() && rest < kept.floor() / SLACK;
        if !complete {
            board.add(list, allowed);
            continue;
        }
        kept.not_all();
        match &mut list.postings {
            Postings::Set(set) if rest >= kept.floor() * LITTLE => {
                set.to(board.first());
                board.lift_all(set);
            }
            _ => candidates
                .insert(Candidates::on(board, kept.floor(), rest))
                .add(list, after, board),
        }
    }
    board.hand_over(segment, candidates.as_ref().map(Candidates::documents), kept);
    kept.drop_worse();
}

/// The most that each list and all after it can add, and the most that only those after it can.
fn rests(lists: &[Opened]) -> Vec<(Score, Score)> {
    let mut after = 0.0;
    let mut rests: Vec<(Score, Score)> = lists
        .iter()
        .rev()
        .map(|list| {
            let before = after;
            after += list.bound() * SLACK;
            (after, before)
        })
        .collect();
    rests.reverse();
    rests
}

#[cfg(test)]
mod tests;
