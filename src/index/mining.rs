//! The term pairs that the corpus prints, kept beside the index and brought up to date with it.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use super::IndexError;
use super::generation::write_file;
use super::ledger::Held;
use super::manifest::damaged_or_io;
use super::record::owner_digest;
use crate::document::ArticleId;
use crate::lexicon::{Mined, PrintedPairs};

/// Name of the file of mined pairs in a generation's folder.
pub const MINED: &str = "mined.bin";

/// Gathers the pairs of a run: what the articles read in it print, and what the base holds of the others.
#[derive(Debug, Default)]
pub struct Mining {
    base: Mined,
    fresh: Mined,
    read: HashSet<u64>,
}

impl Mining {
    /// Builds upon the pairs of a base.
    pub fn upon(base: Mined) -> Self {
        Self {
            base,
            ..Self::default()
        }
    }

    /// Takes what an article prints. Also of an article that stays as it is: the base may not know it, where an
    /// interrupted run wrote it.
    pub fn take(&mut self, article: &ArticleId, printed: PrintedPairs) {
        self.read.insert(owner_digest(article));
        self.fresh.insert(article, printed);
    }

    /// The pairs of the articles the index holds now.
    pub fn finish(self, held: &[Held]) -> Mined {
        let alive: HashSet<u64> = held.iter().map(|held| held.owner).collect();
        let Self { mut base, fresh, read } = self;
        base.retain(|article| {
            let owner = owner_digest(article);
            alive.contains(&owner) && !read.contains(&owner)
        });
        base.merge(fresh);
        base
    }
}

/// Reads the pairs of a generation.
pub fn read_mined(folder: &Path) -> Result<Mined, IndexError> {
    let path = folder.join(MINED);
    let bytes = fs::read(&path).map_err(|error| damaged_or_io(&path, error))?;
    postcard::from_bytes(&bytes).map_err(|error| IndexError::Damaged {
        file: path,
        reason: error.to_string(),
    })
}

/// Writes the pairs of a generation.
pub fn write_mined(folder: &Path, mined: &Mined) -> Result<(), IndexError> {
    let bytes = postcard::to_stdvec(mined).map_err(|error| IndexError::Record(error.to_string()))?;
    write_file(&folder.join(MINED), &bytes)
}
