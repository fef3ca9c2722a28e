//! What an operator may set about reading the corpus.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// How the corpus is read: the `[corpus]` table of `config.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The folder that holds the articles.
    pub path: PathBuf,
    /// The most Han characters (with every other word counted as one) in a passage of a Chinese paragraph.
    pub passage_han: usize,
    /// The most words in a passage of an English paragraph.
    pub passage_words: usize,
    /// The largest file, in bytes, of a format that is read whole. Files of many records are not bound by it.
    pub max_file_bytes: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            path: PathBuf::from("corpus"),
            passage_han: 500,
            passage_words: 250,
            max_file_bytes: 32 * 1024 * 1024,
        }
    }
}
