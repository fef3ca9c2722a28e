//! Speaks to the endpoints of models: embeddings for the dense leg, and reranking. Off unless configured.

mod embedder;
mod endpoint;
mod error;
mod models;
mod reranker;
mod rest;
mod secret;
mod settings;

pub use embedder::Embedder;
pub use error::EndpointError;
pub use models::Models;
pub use reranker::Reranker;
pub use secret::Secret;
pub use settings::Settings;
