//! The documents of a window that can still be among the best when no other of it can.

use tantivy::{DocId, DocSet, Score};

use super::SLACK;
use super::board::Board;
use super::list::{Opened, Postings, Set};

/// To look a document up in a list costs about as much as to read so many of its postings.
const LOOK_UP: usize = 8;

/// Documents on a board, in their order.
pub struct Candidates {
    documents: Vec<DocId>,
    /// What they must reach.
    floor: Score,
}

impl Candidates {
    /// Those that would reach `floor` if they gained `rest`.
    pub fn on(board: &Board, floor: Score, rest: Score) -> Self {
        Self {
            documents: board.near(floor, rest),
            floor,
        }
    }

    /// They, in their order.
    pub fn documents(&self) -> &[DocId] {
        &self.documents
    }

    /// Adds what a list gives them, and drops those that would not reach the floor even if they gained `after`.
    pub fn add(&mut self, list: &mut Opened, after: Score, board: &mut Board) {
        let Some(&first) = self.documents.first() else { return };
        let looking_up = self.documents.len() * LOOK_UP;
        match &mut list.postings {
            Postings::Set(set) if set.in_window < looking_up => {
                set.to(board.first());
                board.lift_all(set);
            }
            Postings::Set(set) => {
                set.to(first);
                self.add_set(set, board);
            }
            Postings::Other(scorer) => {
                for &document in &self.documents {
                    if scorer.doc() < document {
                        scorer.seek(document);
                    }
                    if scorer.doc() == document {
                        board.lift(document, scorer.score());
                    }
                }
            }
        }
        let least = self.floor / SLACK;
        self.documents
            .retain(|&document| board.score(document) + after >= least);
    }

    fn add_set(&self, set: &mut Set, board: &mut Board) {
        for &document in &self.documents {
            let mut occurrences: Score = 0.0;
            for member in &mut set.members {
                if let Some(frequency) = member.frequency(document) {
                    occurrences += frequency * member.weight;
                }
            }
            if occurrences > 0.0 {
                board.lift(document, set.score(occurrences, document));
            }
        }
    }
}
