//! The index on a cluster of OpenSearch: the same documents, terms and scores as the embedded one, kept by others.

mod address;
mod article_writer;
mod blobs;
mod build;
mod bulk;
mod client;
mod copies;
mod document;
mod documents;
mod forward;
mod frequencies;
mod generations;
mod lease;
mod live;
mod mapping;
mod plan;
mod publish;
mod query;
mod response;
mod scoring;
mod settings;
mod snapshot;
mod stale;
mod vocabulary;

pub use build::{Remote, build};
pub use live::{Connection, connect};
pub use settings::Cluster;
