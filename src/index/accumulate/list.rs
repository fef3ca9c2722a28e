//! The lists of one part of a bag in one segment, opened.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{EnableScoring, Scorer};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, Searcher, SegmentReader};

use super::Part;
use super::board::WINDOW;
use super::remembered::{ListName, Remembered};
use crate::index::saturation::Curve;

/// A list of at least so many documents is long: what it can add is remembered, and it may be worth not reading.
const LONG: u32 = 1024;

/// A part of a bag in one segment.
pub struct Opened {
    pub(super) postings: Postings,
    bound: Score,
    long: bool,
}

/// What a part reads.
pub(super) enum Postings {
    /// The lists of terms scored as one.
    Set(Set),
    /// Anything else.
    Other(Box<dyn Scorer>),
}

/// The lists of terms scored as one.
pub(super) struct Set {
    pub(super) members: Vec<Member>,
    pub(super) lengths: FieldNormReader,
    pub(super) curve: &'static Curve,
    /// What a count of 1 adds to a score.
    pub(super) most: Score,
    /// How many postings there are in a window, on average.
    pub(super) in_window: usize,
}

/// The list of one term.
pub(super) struct Member {
    pub(super) postings: BlockSegmentPostings,
    pub(super) weight: Score,
    /// Where it stands in the block that is read.
    at: usize,
    /// Its name, where it is long and not yet known what occurrences count at most.
    unknown: Option<ListName>,
    /// What occurrences counted at most, of what was read so far.
    peak: Score,
}

impl Opened {
    /// Opens the lists of a part; nothing where the segment has none.
    pub fn open(
        searcher: &Searcher,
        (segment, reader): (u32, &SegmentReader),
        part: &Part,
        remembered: &Remembered,
    ) -> tantivy::Result<Option<Self>> {
        let (set, boost) = match part {
            Part::Set(set, boost) => (set, *boost),
            Part::Other(query, bound, _) => {
                let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
                return Ok(Some(Self {
                    postings: Postings::Other(weight.scorer(reader, 1.0)?),
                    bound: *bound,
                    long: true,
                }));
            }
        };
        let curve = set.saturation().curve();
        let (mut members, mut counts, mut documents) = (Vec::with_capacity(set.members().len()), 0.0, 0);
        for (column, term, weight) in set.members() {
            let index = reader.inverted_index(*column)?;
            let Some(info) = index.get_term_info(term)? else {
                continue;
            };
            let name = (info.doc_freq >= LONG).then(|| ListName::new(segment, set.measured_by(), term));
            let peak = name.as_ref().and_then(|name| remembered.peak(name));
            documents += info.doc_freq;
            counts += peak.unwrap_or(curve.ceiling());
            members.push(Member {
                postings: index.read_block_postings_from_terminfo(&info, IndexRecordOption::WithFreqs)?,
                weight: *weight,
                at: 0,
                peak: 0.0,
                unknown: name.filter(|_| peak.is_none()),
            });
        }
        if members.is_empty() {
            return Ok(None);
        }
        let most = set.most() * boost;
        Ok(Some(Self {
            postings: Postings::Set(Set {
                members,
                lengths: set.lengths(reader)?,
                curve,
                most,
                in_window: documents as usize * WINDOW / (reader.max_doc() as usize).max(1),
            }),
            // A sum of occurrences counts no more than they do one by one: the curve bends down.
            bound: most * curve.ceiling().min(counts),
            long: documents >= LONG,
        }))
    }

    /// The most it can add to a score.
    pub fn bound(&self) -> Score {
        self.bound
    }

    /// Passes over what is before a document.
    pub fn to(&mut self, document: DocId) {
        match &mut self.postings {
            Postings::Set(set) => set.to(document),
            Postings::Other(scorer) => {
                if scorer.doc() < document {
                    scorer.seek(document);
                }
            }
        }
    }

    /// Remembers what its occurrences count at most, where all of them were read.
    pub fn remember(self, remembered: &Remembered) {
        if let Postings::Set(set) = self.postings {
            for member in set.members {
                // A list is left unread where a window has no candidates, and after the last window nobody passes over it.
                let read = member.postings.docs().is_empty();
                if let Some(list) = member.unknown
                    && read
                {
                    remembered.keep_peak(list, member.peak);
                }
            }
        }
    }

    /// Whether reading all of it takes long.
    pub fn is_long(&self) -> bool {
        self.long
    }
}

impl Set {
    /// Passes over what is before a document.
    pub(super) fn to(&mut self, document: DocId) {
        self.members.iter_mut().for_each(|member| member.to(document));
    }

    /// What so many occurrences add to the score of a document.
    pub(super) fn score(&self, frequency: Score, document: DocId) -> Score {
        self.most * self.curve.of(frequency, self.lengths.fieldnorm_id(document))
    }
}

impl Member {
    /// Whether it is not known what its occurrences count at most.
    pub(super) fn is_unknown(&self) -> bool {
        self.unknown.is_some()
    }

    /// Takes note of what occurrences counted at most.
    pub(super) fn seen(&mut self, peak: Score) {
        self.peak = self.peak.max(peak);
    }

    /// What its occurrences count at most will not be known.
    pub(super) fn forget(&mut self) {
        self.unknown = None;
    }

    /// Passes over what is before a document.
    fn to(&mut self, document: DocId) {
        let next = self.postings.docs().get(self.at);
        if next.is_some_and(|&next| next < document) {
            self.at = self.postings.seek(document);
            self.forget();
        }
    }

    /// Goes over its postings up to the document `end`.
    pub(super) fn each(&mut self, end: DocId, mut take: impl FnMut(DocId, Score)) {
        loop {
            let documents = self.postings.docs();
            let ahead = documents.get(self.at..).unwrap_or_default();
            let (Some(&first), Some(&last)) = (ahead.first(), ahead.last()) else {
                if documents.is_empty() {
                    return;
                }
                self.postings.advance();
                self.at = 0;
                continue;
            };
            if first >= end {
                return;
            }
            let count = if last < end {
                ahead.len()
            } else {
                ahead.partition_point(|&document| document < end)
            };
            let frequencies = self.postings.freqs().get(self.at..).unwrap_or_default();
            let documents = ahead.iter().take(count);
            if frequencies.is_empty() {
                documents.for_each(|&document| take(document, 1.0));
            } else {
                let pairs = documents.zip(frequencies);
                pairs.for_each(|(&document, &frequency)| take(document, frequency as Score));
            }
            self.at += count;
        }
    }

    /// How often a document has the term. Documents are asked for in rising order.
    pub(super) fn frequency(&mut self, document: DocId) -> Option<Score> {
        self.at = self.postings.seek(document);
        self.forget();
        let found = self.postings.docs().get(self.at) == Some(&document);
        found.then(|| frequency(self.postings.freqs(), self.at))
    }
}

/// A field without frequencies has none to give.
fn frequency(frequencies: &[u32], place: usize) -> Score {
    frequencies.get(place).map_or(1.0, |&frequency| frequency as Score)
}
