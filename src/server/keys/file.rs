//! The file of keys.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;
use thiserror::Error;

use super::Key;

/// Why keys can't be used or changed.
#[derive(Debug, Error)]
pub enum KeyError {
    /// The file can't be read or written.
    #[error("the keys {}: {reason}", path.display())]
    Unusable {
        /// Which.
        path: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
    /// The file does not hold keys.
    #[error("the keys {}: {message}", path.display())]
    Refused {
        /// Which.
        path: PathBuf,
        /// What is wrong, with its place.
        message: String,
    },
    /// The file was there and is not any more.
    #[error("the keys {} are gone; those known so far stay in force", path.display())]
    Gone {
        /// Which.
        path: PathBuf,
    },
    /// A key of this name is there already.
    #[error("there is a key of the name {0:?} already; revoke it first or choose another name")]
    Taken(String),
    /// No key has this identifier or name.
    #[error("there is no key {0:?}; `wenyuan key list` shows those there are")]
    Unknown(String),
    /// The system has no random bits to give.
    #[error("the system gives no random bits: {0}")]
    NoRandomness(getrandom::Error),
}

/// What the file holds.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    #[serde(default)]
    key: Vec<Key>,
}

const HEAD: &str = "# Keys of Wenyuan, kept as digests: `wenyuan key create | list | revoke` changes this file.\n";

/// The keys in a file; none where there is no file.
pub(super) fn read(path: &Path) -> Result<Option<Vec<Key>>, KeyError> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(reason) if reason.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(reason) => {
            return Err(KeyError::Unusable {
                path: path.to_owned(),
                reason,
            });
        }
    };
    let content: Content = toml::from_str(&text).map_err(|error| KeyError::Refused {
        path: path.to_owned(),
        message: error.message().to_owned(),
    })?;
    Ok(Some(content.key))
}

/// Replaces the file in one step; only its owner may read it.
pub(super) fn write(path: &Path, keys: Vec<Key>) -> Result<(), KeyError> {
    let unusable = |reason| KeyError::Unusable {
        path: path.to_owned(),
        reason,
    };
    let text = toml::to_string(&Content { key: keys }).map_err(|error| unusable(io::Error::other(error)))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(unusable)?;
    file.write_all(HEAD.as_bytes()).map_err(unusable)?;
    file.write_all(text.as_bytes()).map_err(unusable)?;
    file.as_file().sync_all().map_err(unusable)?;
    file.persist(path).map_err(|error| unusable(error.error))?;
    Ok(())
}
