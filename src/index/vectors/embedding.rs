//! Asks the endpoint for the vectors that are missing, batch by batch, as far as it goes.

use std::thread;
use std::time::Duration;

use tantivy::{DocAddress, Searcher};

use super::file::{Head, cosine};
use super::journal::Journal;
use super::text::embedded_text;
use crate::dense::{Embedder, EndpointError};
use crate::index::documents::Documents;
use crate::index::schema::Columns;
use crate::index::snapshot::address;
use crate::index::stored::{Records, StoredPassage};
use crate::index::{IndexError, Progress};

/// Pauses before a request that failed for a passing reason is sent again.
const PAUSES: [Duration; 3] = [
    Duration::from_millis(250),
    Duration::from_millis(500),
    Duration::from_millis(1000),
];

/// Texts refused one after another from which it is not the texts' fault.
const MOST_REFUSED: usize = 8;

/// Vectors of the same text by the same model are at least this near to each other.
const SAME_MODEL: f32 = 0.98;

/// A passage whose vector is missing: address of its document, and digest of what is embedded.
pub type Missing = (u64, u64);

/// Asks for vectors.
pub struct Embedding<'a> {
    /// The endpoint.
    pub embedder: &'a Embedder,
    /// The documents.
    pub searcher: &'a Searcher,
    /// Their columns.
    pub columns: &'a Columns,
    /// Unpacks their records.
    pub documents: &'a Documents,
    /// Where vectors are added as they come; made when the first ones are there.
    pub journal: Option<Journal>,
    /// Vectors that came.
    pub done: u64,
    /// Why some did not.
    pub failure: Option<EndpointError>,
}

impl Embedding<'_> {
    /// Whether the endpoint still gives this vector for what stands at this address.
    ///
    /// # Errors
    /// What the endpoint failed at.
    pub fn still_gives(&self, at: u64, vector: &[u8]) -> Result<Result<bool, EndpointError>, IndexError> {
        let text = self.text(at)?;
        Ok(self.embedder.passages(&[text]).map(|vectors| {
            let now = vectors.first().map_or(&[][..], Vec::as_slice);
            size_of_val(now) == vector.len() && cosine(now, vector) >= SAME_MODEL
        }))
    }

    /// Asks for the vectors of `missing`, and writes them to the journal that `begin` makes for vectors of a length.
    /// What the endpoint fails at is remembered, and ends the asking where more would fail too.
    pub fn run(
        &mut self,
        missing: &[Missing],
        progress: &mut dyn Progress,
        begin: &dyn Fn(usize) -> Result<Journal, IndexError>,
    ) -> Result<(), IndexError> {
        let total = missing.len() as u64;
        let mut refused = 0;
        let mut left: Vec<&[Missing]> = missing.chunks(self.embedder.batch()).rev().collect();
        while let Some(batch) = left.pop() {
            if !progress.embedding(self.done, total) {
                return Err(IndexError::Interrupted);
            }
            let texts = batch
                .iter()
                .map(|(at, _)| self.text(*at))
                .collect::<Result<Vec<_>, _>>()?;
            match self.patiently(&texts, (total, &mut *progress))? {
                Ok(vectors) => {
                    refused = 0;
                    let length = vectors.first().map_or(0, Vec::len);
                    let journal = match &mut self.journal {
                        Some(journal) => journal,
                        none => none.insert(begin(length)?),
                    };
                    let digests = batch.iter().map(|(_, digest)| *digest);
                    journal.add(digests.zip(vectors.iter().map(Vec::as_slice)))?;
                    self.done += vectors.len() as u64;
                }
                // One text too long would take its neighbours with it.
                Err(error) if error.about_the_text() && batch.len() > 1 => {
                    let (first, second) = batch.split_at(batch.len() / 2);
                    left.extend([second, first]);
                }
                Err(error) => {
                    refused += 1;
                    let ends = !error.about_the_text() || refused >= MOST_REFUSED;
                    self.failure = Some(error);
                    if ends {
                        return Ok(());
                    }
                }
            }
        }
        Ok(())
    }

    /// Asks, and asks again after a pause where that may help.
    fn patiently(
        &self,
        texts: &[String],
        (total, progress): (u64, &mut dyn Progress),
    ) -> Result<Result<Vec<Vec<f32>>, EndpointError>, IndexError> {
        for pause in PAUSES {
            match self.embedder.passages(texts) {
                Err(error) if error.passing() => thread::sleep(pause),
                outcome => return Ok(outcome),
            }
            if !progress.embedding(self.done, total) {
                return Err(IndexError::Interrupted);
            }
        }
        Ok(self.embedder.passages(texts))
    }

    fn text(&self, at: u64) -> Result<String, IndexError> {
        let at: DocAddress = address(at);
        let records = Records::new(self.searcher, self.columns, self.documents);
        let placed = records
            .read::<StoredPassage>(at)
            .map_err(|error| IndexError::Record(error.to_string()))?;
        Ok(embedded_text(&placed))
    }
}

/// The head of a journal.
pub fn journal_head(identity: String, dimensions: usize, anew: bool) -> Head {
    Head {
        identity,
        dimensions,
        anew,
        rows: 0,
    }
}
