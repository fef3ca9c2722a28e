//! Why an index could not be built or opened.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use super::InputError;

/// The command that builds an index anew.
const REBUILD: &str = "wenyuan index --rebuild";

/// Why an index could not be built or opened.
#[derive(Debug, Error)]
pub enum IndexError {
    /// There is none yet.
    #[error("there is no index in {path}; build one with `wenyuan index`")]
    Missing {
        /// Folder of the index.
        path: PathBuf,
    },
    /// A file is not as it was written.
    #[error("the index is damaged: {file}: {reason}; build it anew with `{REBUILD}`")]
    Damaged {
        /// The file at fault.
        file: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The index was made by another recipe.
    #[error("the index is out of date: {what} changed since it was built; build it anew with `{REBUILD}`")]
    Outdated {
        /// What changed.
        what: &'static str,
    },
    /// Another process is writing.
    #[error("another process is writing the index in {path} (process {holder})")]
    Busy {
        /// Folder of the index.
        path: PathBuf,
        /// Its process number, or `unknown`.
        holder: String,
    },
    /// The operating system refused.
    #[error("{path}: {error}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Its reason.
        error: io::Error,
    },
    /// The corpus could not be read.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The index could not be written. What was live before still is.
    #[error("the index can't be written: {0}")]
    Write(String),
    /// The cluster that keeps the index can't be reached, or refused.
    #[error("the cluster that keeps the index: {0}")]
    Cluster(String),
    /// A record could not be written.
    #[error("a record can't be written: {0}")]
    Record(String),
    /// The run was ended before it was done; what was committed is kept for the next run.
    #[error("the run was ended before it was done; the next one goes on from there")]
    Interrupted,
}

impl IndexError {
    /// An operating system error about a path.
    pub(super) fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        |error| Self::Io { path, error }
    }

    /// An error of the writing engine.
    pub(super) fn write(error: tantivy::TantivyError) -> Self {
        Self::Write(error.to_string())
    }
}
