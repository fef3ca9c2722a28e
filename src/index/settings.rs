//! What can be set about the index.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// How an index is checked when it is opened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verify {
    /// Every byte of every file against the manifest.
    #[default]
    Full,
    /// Presence and size of every file.
    Sizes,
    /// The manifest itself only.
    Off,
}

/// Settings of the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Folder of the index; what is built lies in folders below it.
    pub path: PathBuf,
    /// Threads that write while indexing, 1 to 8.
    pub threads: usize,
    /// Memory for all writing threads together, in mebibytes, 32 to 4096.
    pub heap_mb: usize,
    /// Seconds between two commits of a long run, 1 to 3600. What was committed is not done again after an interruption.
    pub commit_seconds: u64,
    /// Largest number of documents put together in one segment, at least 1000.
    pub segment_documents: u32,
    /// How the index is checked when it is opened.
    pub verify: Verify,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            path: PathBuf::from("index"),
            threads: 2,
            heap_mb: 256,
            commit_seconds: 20,
            segment_documents: 1_000_000,
            verify: Verify::Full,
        }
    }
}

impl Settings {
    /// What is wrong with the values, as key and reason; nothing where all are good.
    pub fn faults(&self) -> Vec<(&'static str, String)> {
        let ranges = [
            ("threads", self.threads as u64, 1, 8),
            ("heap_mb", self.heap_mb as u64, 32, 4096),
            ("commit_seconds", self.commit_seconds, 1, 3600),
            (
                "segment_documents",
                u64::from(self.segment_documents),
                1000,
                u64::from(u32::MAX),
            ),
        ];
        let wrong = ranges
            .into_iter()
            .filter(|(_, value, from, to)| !(from..=to).contains(&value));
        wrong
            .map(|(key, value, from, to)| (key, format!("is {value}, it must be {from} to {to}")))
            .collect()
    }
}
