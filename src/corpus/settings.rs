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

impl Settings {
    /// What is wrong with the values, as key and reason; nothing where all are good.
    pub fn faults(&self) -> Vec<(&'static str, String)> {
        let ranges = [
            ("passage_han", self.passage_han as u64, 50, 5000),
            ("passage_words", self.passage_words as u64, 25, 2500),
            ("max_file_bytes", self.max_file_bytes, 1024, 1 << 32),
        ];
        let wrong = ranges
            .into_iter()
            .filter(|(_, value, from, to)| !(from..=to).contains(&value));
        wrong
            .map(|(key, value, from, to)| (key, format!("is {value}, it must be {from} to {to}")))
            .collect()
    }
}
