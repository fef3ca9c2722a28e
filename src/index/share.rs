//! The share of the articles that one of several indexing processes writes.

use super::IndexError;

/// Which share of the articles a process writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Which, from 0.
    pub part: u64,
    /// Of how many.
    pub parts: u64,
}

impl Share {
    /// All articles.
    pub const ALL: Self = Self { part: 0, parts: 1 };

    /// Whether an article, by the digest of its identifier, belongs to the share.
    pub fn has(self, owner: u64) -> bool {
        owner % self.parts.max(1) == self.part
    }

    /// All that an index in a folder can be written by.
    ///
    /// # Errors
    /// It is not all.
    pub(super) fn all(self) -> Result<(), IndexError> {
        if self.parts > 1 {
            return Err(IndexError::Write(
                "an index in a folder is written by one process; several share the work on a cluster only".to_owned(),
            ));
        }
        Ok(())
    }
}
