//! What can be set about the index.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::remote::Cluster;
use crate::dense::Secret;

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

/// Where an index is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EngineName {
    /// In a folder of this machine.
    #[default]
    Embedded,
    /// On a cluster of OpenSearch.
    OpenSearch,
}

impl EngineName {
    /// Its name, as the configuration has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Embedded => "embedded",
            Self::OpenSearch => "opensearch",
        }
    }
}

/// Settings of the index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// Where the index is kept.
    pub engine: EngineName,
    /// Addresses of the cluster's nodes.
    pub urls: Vec<String>,
    /// The user the cluster is asked as.
    pub user: String,
    /// The user's password.
    pub password: Secret,
    /// A file of certificates (PEM) that the cluster's nodes are known by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca_file: Option<PathBuf>,
    /// Name of the index on the cluster.
    pub name: String,
    /// Shards of a new index on the cluster.
    pub shards: u32,
    /// Copies of each shard beside the first.
    pub replicas: u32,
    /// Seconds that a search waits for the cluster.
    pub deadline_s: f32,
    /// Mebibytes sent to the cluster in one request while indexing.
    pub bulk_mb: usize,
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
            engine: EngineName::Embedded,
            urls: vec!["http://127.0.0.1:9200".to_owned()],
            user: String::new(),
            password: Secret::default(),
            ca_file: None,
            name: "wenyuan".to_owned(),
            shards: 1,
            replicas: 1,
            deadline_s: 5.0,
            bulk_mb: 8,
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
        let wrong = wrong.map(|(key, value, from, to)| (key, format!("is {value}, it must be {from} to {to}")));
        wrong.chain(Cluster::faults(self)).collect()
    }
}
