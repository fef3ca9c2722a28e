//! The scores of a window of documents while they are added up.

use tantivy::{DocAddress, DocId, Score};

use super::SLACK;
use super::allowed::Allowed;
use super::kept::Kept;
use super::list::{Opened, Postings, Set};

/// So many documents are scored at a time: few enough that their scores stay in the processor's nearest cache, and that
/// the best of the first windows soon tell what the others need not be read for.
pub const WINDOW: usize = 8192;

/// So many documents are looked at together when the board is read.
const STRETCH: usize = 64;

/// How many scores are compared at once.
const LANES: usize = 8;

/// A window of a segment's documents. Between two uses nothing stands on it.
pub struct Board {
    /// The first document of the window.
    first: DocId,
    scores: Box<[Score; WINDOW]>,
    /// Which stretches of the board have scores.
    written: [bool; WINDOW / STRETCH],
    /// How many documents have a score.
    count: usize,
    /// Weighted occurrences of the set that is being added; nothing between two sets.
    occurrences: Box<[Score; WINDOW]>,
    touched: Vec<DocId>,
    /// Whether the last use ended before everything was taken off.
    left: bool,
}

impl Default for Board {
    fn default() -> Self {
        Self {
            first: 0,
            scores: Box::new([0.0; WINDOW]),
            written: [false; WINDOW / STRETCH],
            count: 0,
            occurrences: Box::new([0.0; WINDOW]),
            touched: Vec::new(),
            left: false,
        }
    }
}

impl Board {
    /// Turns to the window that begins with this document.
    pub fn lay(&mut self, first: DocId) {
        if std::mem::replace(&mut self.left, true) {
            *self = Self {
                left: true,
                ..Self::default()
            };
        }
        self.first = first;
        self.count = 0;
    }

    /// The first document of the window.
    pub fn first(&self) -> DocId {
        self.first
    }

    /// One past the last document of the window.
    pub fn end(&self) -> DocId {
        self.first.saturating_add(WINDOW as DocId)
    }

    /// How many documents have a score.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Where a document of the window stands.
    fn place(&self, document: DocId) -> usize {
        document.wrapping_sub(self.first) as usize % WINDOW
    }

    fn sums<'a>(&'a mut self, allowed: Option<&'a Allowed>) -> Sums<'a> {
        Sums {
            first: self.first,
            scores: &mut self.scores,
            written: &mut self.written,
            allowed,
            new: 0,
        }
    }

    /// The score of a document of the window so far.
    pub(super) fn score(&self, document: DocId) -> Score {
        self.scores[self.place(document)]
    }

    /// Adds to the score of a document that has one.
    pub(super) fn lift(&mut self, document: DocId, score: Score) {
        let place = self.place(document);
        self.scores[place] += score;
    }

    /// The documents that would reach `floor` if they gained `rest`, in their order.
    pub(super) fn near(&self, floor: Score, rest: Score) -> Vec<DocId> {
        let least = floor / SLACK;
        let mut found = Vec::new();
        for ((stretch, scores), written) in (0..).zip(self.scores.as_chunks::<STRETCH>().0).zip(&self.written) {
            if *written && best(scores) + rest >= least {
                let lanes = (0..).zip(scores.as_chunks::<LANES>().0);
                for (lane, scores) in lanes {
                    // Most have none: that is seen for all of them at once.
                    if !scores.iter().fold(false, |any, score| any | (*score + rest >= least)) {
                        continue;
                    }
                    let documents = self.first + stretch * STRETCH as DocId + lane * LANES as DocId..;
                    let good = documents
                        .zip(scores)
                        .filter(|(_, score)| **score > 0.0 && **score + rest >= least);
                    found.extend(good.map(|(document, _)| document));
                }
            }
        }
        found
    }

    /// Adds what a list gives to the documents of the window that may have a score.
    pub fn add(&mut self, list: &mut Opened, allowed: Option<&Allowed>) {
        list.to(self.first);
        match &mut list.postings {
            Postings::Set(set) if set.members.len() == 1 => self.add_term(set, allowed),
            Postings::Set(set) => self.add_set(set, allowed),
            Postings::Other(scorer) => {
                let end = self.end();
                let mut document = scorer.doc();
                let mut sums = self.sums(allowed);
                while document < end {
                    sums.add(document, scorer.score());
                    document = scorer.advance();
                }
                self.count += sums.new;
            }
        }
    }

    fn add_term(&mut self, set: &mut Set, allowed: Option<&Allowed>) {
        let (end, curve, lengths, most) = (self.end(), set.curve, &set.lengths, set.most);
        for member in &mut set.members {
            let (weight, mut peak): (Score, Score) = (member.weight, 0.0);
            let mut sums = self.sums(allowed);
            member.each(end, |document, frequency| {
                let count = curve.of(frequency * weight, lengths.fieldnorm_id(document));
                if count > peak {
                    peak = count;
                }
                sums.add(document, most * count);
            });
            self.count += sums.new;
            if weight == 1.0 {
                member.seen(peak);
            } else {
                member.forget();
            }
        }
    }

    fn add_set(&mut self, set: &mut Set, allowed: Option<&Allowed>) {
        let (end, first) = (self.end(), self.first);
        for member in &mut set.members {
            let (unknown, weight, mut peak): (bool, Score, Score) = (member.is_unknown(), member.weight, 0.0);
            let (occurrences, touched) = (&mut self.occurrences, &mut self.touched);
            member.each(end, |document, frequency| {
                if unknown {
                    let count = set.curve.of(frequency, set.lengths.fieldnorm_id(document));
                    if count > peak {
                        peak = count;
                    }
                }
                let sum = &mut occurrences[document.wrapping_sub(first) as usize % WINDOW];
                if *sum == 0.0 {
                    touched.push(document);
                }
                *sum += frequency * weight;
            });
            member.seen(peak);
        }
        let mut sums = Sums {
            first,
            scores: &mut self.scores,
            written: &mut self.written,
            allowed,
            new: 0,
        };
        for document in self.touched.drain(..) {
            let place = document.wrapping_sub(first) as usize % WINDOW;
            let frequency = std::mem::take(&mut self.occurrences[place]);
            sums.add(document, set.score(frequency, document));
        }
        self.count += sums.new;
    }

    /// Adds what a set of terms gives to the documents of the window that have a score.
    pub(super) fn lift_all(&mut self, set: &mut Set) {
        let (end, first) = (self.end(), self.first);
        let alone = set.members.len() == 1;
        for member in &mut set.members {
            // What is passed over is not counted.
            member.forget();
            let weight = member.weight;
            let (scores, occurrences, touched) = (&mut self.scores, &mut self.occurrences, &mut self.touched);
            member.each(end, |document, frequency| {
                let place = document.wrapping_sub(first) as usize % WINDOW;
                let score = &mut scores[place];
                if *score == 0.0 {
                    return;
                }
                if alone {
                    *score += set.most * set.curve.of(frequency * weight, set.lengths.fieldnorm_id(document));
                    return;
                }
                let sum = &mut occurrences[place];
                if *sum == 0.0 {
                    touched.push(document);
                }
                *sum += frequency * weight;
            });
        }
        for document in self.touched.drain(..) {
            let place = document.wrapping_sub(first) as usize % WINDOW;
            let frequency = std::mem::take(&mut self.occurrences[place]);
            self.scores[place] += set.score(frequency, document);
        }
    }

    /// Takes what scored off the board and hands it over, or where only these can be among the best, the candidates; in
    /// the order of addresses.
    pub fn hand_over(&mut self, segment: u32, candidates: Option<&[DocId]>, kept: &mut Kept) {
        for &document in candidates.unwrap_or_default() {
            kept.take(self.score(document), DocAddress::new(segment, document));
        }
        let stretches = (0..).zip(self.scores.as_chunks_mut::<STRETCH>().0);
        for ((stretch, scores), written) in stretches.zip(&mut self.written) {
            if !std::mem::take(written) {
                continue;
            }
            if candidates.is_none() && best(scores) >= kept.floor() {
                let documents = self.first + stretch * STRETCH as DocId..;
                for (document, score) in documents.zip(scores.iter()) {
                    if *score > 0.0 {
                        kept.take(*score, DocAddress::new(segment, document));
                    }
                }
            }
            scores.fill(0.0);
        }
        kept.count(self.count);
        self.left = false;
    }
}

/// The scores of a board while one list is added to them.
struct Sums<'a> {
    first: DocId,
    scores: &'a mut [Score; WINDOW],
    written: &'a mut [bool; WINDOW / STRETCH],
    allowed: Option<&'a Allowed>,
    /// How many documents had no score before.
    new: usize,
}

impl Sums<'_> {
    fn add(&mut self, document: DocId, score: Score) {
        if self.allowed.is_some_and(|allowed| !allowed.has(document)) {
            return;
        }
        let place = document.wrapping_sub(self.first) as usize % WINDOW;
        let sum = &mut self.scores[place];
        self.new += usize::from(*sum == 0.0);
        *sum += score;
        self.written[place / STRETCH] = true;
    }
}

/// The best score of a stretch. Several are carried along at once, which the processor does in one step.
fn best(scores: &[Score; STRETCH]) -> Score {
    let greater = |left: Score, right: Score| if left > right { left } else { right };
    let mut lanes = [0.0; LANES];
    for several in scores.as_chunks::<LANES>().0 {
        for (lane, score) in lanes.iter_mut().zip(several) {
            *lane = greater(*lane, *score);
        }
    }
    lanes.into_iter().fold(0.0, greater)
}
