//! What the builder asks of its surroundings: articles, enrichment, and someone to tell how far it is.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::document::{Article, Passage};
use crate::lexicon::PrintedPairs;

/// The corpus could not be read.
#[derive(Debug, Error)]
#[error("{path}: {reason}")]
pub struct InputError {
    /// The file or folder, as the reader of the message knows it.
    pub path: String,
    /// What went wrong.
    pub reason: String,
}

/// A file of the corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// Path below the corpus folder, with `/` on every system.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
}

/// A corpus, file by file.
pub trait Input {
    /// Every file, in any order, each once.
    fn files(&self) -> Result<Vec<InputFile>, InputError>;

    /// Digest of a file's bytes: the same bytes give the same digest, and other bytes another.
    fn digest(&self, file: &InputFile) -> Result<u128, InputError>;

    /// Reads a file, handing over its articles in order, and returns how many faults it has. A fault does not end the
    /// reading. When the sink answers with an error the reading ends and the error is passed on.
    fn read(&self, file: &InputFile, sink: &mut Sink<'_>) -> Result<u64, ReadError>;
}

/// Takes the articles of a file one by one.
pub type Sink<'a> = dyn FnMut(Article) -> Result<(), Stop> + 'a;

/// The taker of articles wants no more of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("stopped")]
pub struct Stop;

/// Why the reading of a file ended early.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The file could not be read.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The taker wanted no more.
    #[error(transparent)]
    Stop(#[from] Stop),
}

/// What is indexed with a passage besides its own text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Enrichment {
    /// Long forms of the abbreviations in the passage.
    pub expansion: String,
    /// What is said of the passage in the other language.
    pub foreign: String,
    /// Whole terms recognised in the passage, in their indexed form.
    pub terms: Vec<String>,
}

/// Knows what to index with a passage besides its own text.
pub trait Enrich {
    /// The enrichment of a passage of an article.
    fn enrich(&self, article: &Article, passage: &Passage) -> Enrichment;

    /// The term pairs an article prints.
    fn mine(&self, article: &Article) -> PrintedPairs;
}

/// Adds nothing to any passage.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoEnrichment;

impl Enrich for NoEnrichment {
    fn enrich(&self, _: &Article, _: &Passage) -> Enrichment {
        Enrichment::default()
    }

    fn mine(&self, _: &Article) -> PrintedPairs {
        PrintedPairs::new()
    }
}

/// How far an update is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Step {
    /// Files done.
    pub files: u64,
    /// Files in all.
    pub files_total: u64,
    /// Bytes of the files done.
    pub bytes: u64,
    /// Bytes of all files.
    pub bytes_total: u64,
    /// Articles read in this run.
    pub articles: u64,
    /// Passages written in this run.
    pub passages: u64,
}

/// Is told how far an update is, and may end it.
pub trait Progress {
    /// Called for every article and every file; `false` ends the update after a commit, so that it can be resumed.
    fn step(&mut self, step: Step) -> bool;

    /// Called for every batch of passages whose vectors are asked for; `false` ends the update, so that it can be
    /// resumed.
    fn embedding(&mut self, _done: u64, _total: u64) -> bool {
        true
    }

    /// Called for every batch of texts that are added to the graph of neighbours; `false` ends the update, so that it
    /// can be resumed.
    fn linking(&mut self, _done: u64, _total: u64) -> bool {
        true
    }

    /// Called when the articles are in and the index is put together.
    fn finishing(&mut self) {}
}

/// Tells nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn step(&mut self, _: Step) -> bool {
        true
    }
}

/// Everything besides the corpus files that decides what the index holds. Each part is a text that changes when the
/// thing it stands for does.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipe {
    /// How files are read and cut into passages.
    pub corpus: String,
    /// How text becomes terms.
    pub analyzer: String,
    /// What enriches passages.
    pub lexicon: String,
}
