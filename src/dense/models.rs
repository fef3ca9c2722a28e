//! The models a configuration names, as a search uses them.

use super::{Embedder, Reranker, Settings};

/// The models a configuration names.
pub struct Models {
    /// Makes vectors for the dense leg.
    pub embedder: Option<Embedder>,
    /// Reorders the best hits.
    pub reranker: Option<Reranker>,
    /// What the nearest passage counts beside the best lexical one.
    pub weight: f32,
    /// The cosine at which a passage is as likely to answer as not.
    pub even_cosine: f32,
}

impl Models {
    /// The models of these settings; nothing where all are off.
    pub fn new(settings: &Settings) -> Option<Self> {
        let models = Self {
            embedder: Embedder::new(settings),
            reranker: Reranker::new(settings),
            weight: settings.weight,
            even_cosine: settings.even_cosine,
        };
        (models.embedder.is_some() || models.reranker.is_some()).then_some(models)
    }
}
