//! Where the cluster is, and how it is spoken to.

use std::path::PathBuf;
use std::time::Duration;

use super::super::Settings;
use crate::dense::Secret;

/// The most addresses of one cluster.
const MOST_URLS: usize = 64;

/// What can be set about the cluster, read out of the settings of the index.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// Addresses of its nodes, without a slash at the end.
    pub urls: Vec<String>,
    /// The user it is asked as; none where empty.
    pub user: String,
    /// The user's password.
    pub password: Secret,
    /// A file of certificates (PEM) that its nodes are known by, in place of the world's.
    pub ca_file: Option<PathBuf>,
    /// Name of the index in it.
    pub name: String,
    /// Shards of a new index.
    pub shards: u32,
    /// Copies of each shard beside the first.
    pub replicas: u32,
    /// How long a search waits for the cluster.
    pub deadline: Duration,
    /// Bytes sent in one request while indexing.
    pub bulk_bytes: usize,
    /// Threads that send while indexing.
    pub threads: usize,
}

impl Cluster {
    /// The cluster of these settings.
    pub fn of(settings: &Settings) -> Self {
        Self {
            urls: settings
                .urls
                .iter()
                .map(|url| url.trim_end_matches('/').to_owned())
                .collect(),
            user: settings.user.clone(),
            password: settings.password.clone(),
            ca_file: settings.ca_file.clone(),
            name: settings.name.clone(),
            shards: settings.shards,
            replicas: settings.replicas,
            deadline: Duration::try_from_secs_f32(settings.deadline_s).unwrap_or(Duration::from_secs(5)),
            bulk_bytes: settings.bulk_mb << 20,
            threads: settings.threads.clamp(1, 8),
        }
    }

    /// What is wrong with the settings, as key and reason.
    pub fn faults(settings: &Settings) -> Vec<(&'static str, String)> {
        let mut faults = Vec::new();
        if settings.urls.is_empty() || settings.urls.len() > MOST_URLS {
            faults.push(("urls", format!("it must hold 1 to {MOST_URLS} addresses")));
        }
        for url in &settings.urls {
            let local = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
            if !url.starts_with("http://") && !url.starts_with("https://") {
                faults.push((
                    "urls",
                    format!("{url:?} is no address beginning with http:// or https://"),
                ));
            } else if !settings.password.is_empty()
                && !url.starts_with("https://")
                && !local.iter().any(|start| url.starts_with(start))
            {
                faults.push((
                    "urls",
                    format!("a password would go over http to {url:?}; use https, or an address of this machine"),
                ));
            }
        }
        let plain = |name: &str| {
            name.len() <= 100
                && name.starts_with(|first: char| first.is_ascii_lowercase())
                && name.chars().all(|letter| {
                    letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-' || letter == '_'
                })
        };
        if !plain(&settings.name) {
            faults.push((
                "name",
                format!(
                    "is {:?}; it must be small letters, digits, '-' and '_', beginning with a letter",
                    settings.name
                ),
            ));
        }
        if !(0.1..=300.0).contains(&settings.deadline_s) {
            faults.push((
                "deadline_s",
                format!("is {}, it must be 0.1 to 300", settings.deadline_s),
            ));
        }
        let ranges = [
            ("shards", u64::from(settings.shards), 1, 1024),
            ("replicas", u64::from(settings.replicas), 0, 16),
            ("bulk_mb", settings.bulk_mb as u64, 1, 64),
        ];
        for (key, value, from, to) in ranges {
            if !(from..=to).contains(&value) {
                faults.push((key, format!("is {value}, it must be {from} to {to}")));
            }
        }
        faults
    }
}
