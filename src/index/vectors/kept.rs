//! The vectors there are already: of the live generation, and of an interrupted run.

use std::collections::HashMap;
use std::path::Path;

use tantivy::directory::OwnedBytes;

use super::file::{Head, JOURNAL, VECTORS, VectorFile, mapped};
use super::journal;

/// Vectors by the digest of what was embedded.
#[derive(Default)]
pub struct Kept {
    head: Option<Head>,
    anew: bool,
    sources: Vec<Source>,
    places: HashMap<u64, (usize, usize)>,
}

/// Where vectors are.
enum Source {
    /// In a journal, each at its place in the bytes.
    Journal(OwnedBytes),
    /// In a file, each in its row.
    File(VectorFile),
}

impl Kept {
    /// Gathers what a building folder holds and, unless it says otherwise, the live generation's folder; only vectors
    /// of a model of this identity where one is named.
    pub fn gather(identity: Option<&str>, building: &Path, live: Option<&Path>) -> Self {
        let mut kept = Self::default();
        kept.take_journal(identity, building);
        kept.take_file(identity, building);
        // What the live one says was said of the one before it.
        kept.anew = kept.head.as_ref().is_some_and(|head| head.anew);
        if let Some(live) = live.filter(|_| !kept.anew) {
            kept.take_file(identity, live);
        }
        kept
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// What the files of the vectors say; they agree on the model and the length of vectors.
    pub fn head(&self) -> Option<&Head> {
        self.head.as_ref()
    }

    /// Whether vectors of the live generation are not of the model that is asked now.
    pub fn anew(&self) -> bool {
        self.anew
    }

    /// Whether the vector of what has this digest is kept.
    pub fn has(&self, digest: u64) -> bool {
        self.places.contains_key(&digest)
    }

    /// The vector of what has this digest, as bytes.
    pub fn vector(&self, digest: u64) -> Option<&[u8]> {
        let (source, place) = self.places.get(&digest)?;
        match self.sources.get(*source)? {
            Source::Journal(bytes) => {
                let length = self.head.as_ref()?.dimensions * size_of::<f32>();
                bytes.get(*place..place + length)
            }
            Source::File(file) => Some(file.vector(*place)),
        }
    }

    fn take_journal(&mut self, identity: Option<&str>, folder: &Path) {
        let Some(bytes) = mapped(folder, JOURNAL) else { return };
        let Some((head, records)) = journal::read(&bytes) else {
            return;
        };
        if self.agrees(identity, &head) {
            self.take(head, records.into_iter(), Source::Journal(bytes));
        }
    }

    fn take_file(&mut self, identity: Option<&str>, folder: &Path) {
        let Some(file) = mapped(folder, VECTORS).and_then(VectorFile::read) else {
            return;
        };
        let head = file.head().clone();
        // What is damaged is made again.
        if self.agrees(identity, &head) && file.sound() {
            let rows: Vec<(u64, usize)> = file.digests().zip(0..).collect();
            self.take(head, rows.into_iter(), Source::File(file));
        }
    }

    fn agrees(&self, identity: Option<&str>, head: &Head) -> bool {
        let known = self.head.as_ref();
        identity.is_none_or(|identity| head.identity == identity)
            && known.is_none_or(|known| known.identity == head.identity && known.dimensions == head.dimensions)
    }

    fn take(&mut self, head: Head, places: impl Iterator<Item = (u64, usize)>, source: Source) {
        for (digest, place) in places {
            self.places.entry(digest).or_insert((self.sources.len(), place));
        }
        self.sources.push(source);
        self.head.get_or_insert(head);
    }
}
