//! The dense leg of one search: the query's vector, and what it is worth beside the lexical legs.

use std::sync::Arc;

use crate::dense::Models;
use crate::index::{Candidate, Engine, EngineError, Filter, Nearest};

/// How many of the nearest passages count.
const NEAREST: usize = 100;

/// How steeply the relevance that a cosine stands for changes around the even one.
const STEEPNESS: f32 = 12.0;

/// What became of a model during a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelStatus {
    /// It was used.
    Used,
    /// It was used, but so many passages have no vector yet.
    Partial {
        /// Passages without a vector.
        missing: u64,
    },
    /// It could not be used: the answer is what it would be without it.
    Unavailable {
        /// Why, in a sentence for anyone.
        reason: String,
    },
}

/// The dense leg of one search.
pub(super) struct Near {
    vector: Arc<[f32]>,
    /// What the nearest passage counts beside the best lexical one.
    pub(super) weight: f32,
    even_cosine: f32,
    /// Whether passages may be found that match no word.
    pub(super) adds: bool,
}

impl Near {
    /// Asks for the vector of a query, where there is a model for it. Passages are only added to what matches where
    /// `adds` says so: what a person requires or excludes, no vector knows of.
    pub(super) fn ask(
        models: Option<&Models>,
        engine: &dyn Engine,
        (query, adds): (&str, bool),
    ) -> (Option<Self>, Option<ModelStatus>) {
        let Some((models, embedder)) = models.and_then(|models| Some((models, models.embedder.as_ref()?))) else {
            return (None, None);
        };
        let unavailable = |reason: String| (None, Some(ModelStatus::Unavailable { reason }));
        let fill = "`wenyuan index` makes them";
        let counts = match engine.vectors() {
            Some(counts) if counts.present > 0 => counts,
            _ => return unavailable(format!("the passages have no vectors yet; {fill}")),
        };
        if counts.model != embedder.identity() {
            return unavailable(format!("the vectors of the passages are of another model; {fill} anew"));
        }
        let vector = match embedder.query(query) {
            Ok(vector) => vector,
            Err(error) => return unavailable(error.to_string()),
        };
        if vector.len() != counts.dimensions {
            return unavailable(format!(
                "the query's vector has {} numbers, those of the passages have {}; \
                 `wenyuan index --rebuild` makes them anew",
                vector.len(),
                counts.dimensions
            ));
        }
        let status = match counts.missing {
            0 => ModelStatus::Used,
            missing => ModelStatus::Partial { missing },
        };
        let near = Self {
            vector,
            weight: models.weight,
            even_cosine: models.even_cosine,
            adds,
        };
        (Some(near), Some(status))
    }

    /// The nearest passages, with cosines for scores.
    pub(super) fn nearest(&self, engine: &dyn Engine, filters: &[Filter]) -> Result<Vec<Candidate>, EngineError> {
        engine.nearest(&Nearest {
            vector: Arc::clone(&self.vector),
            filters: filters.to_vec(),
            limit: NEAREST,
        })
    }

    /// The relevance that a cosine alone stands for: even odds at the configured cosine, more above. What that cosine
    /// is differs from model to model; the map is not calibrated for any.
    pub(super) fn relevance(&self, cosine: f32) -> f32 {
        1.0 / (1.0 + (-STEEPNESS * (cosine - self.even_cosine)).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::Near;

    #[test]
    fn a_larger_cosine_is_never_less_relevant_and_the_configured_one_is_even() {
        let near = Near {
            vector: vec![1.0].into(),
            weight: 1.0,
            even_cosine: 0.4,
            adds: true,
        };
        assert_eq!(near.relevance(0.4), 0.5);
        let steps: Vec<f32> = (-10..=10).map(|step| near.relevance(step as f32 / 10.0)).collect();
        assert!(steps.is_sorted() && steps.iter().all(|relevance| (0.0..=1.0).contains(relevance)));
    }
}
