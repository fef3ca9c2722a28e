//! Turns texts into vectors through an OpenAI-compatible endpoint.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lru::LruCache;
use serde::{Deserialize, Serialize};

use super::endpoint::Endpoint;
use super::rest::Rest;
use super::settings::MOST_DIMENSIONS;
use super::{EndpointError, Settings};

/// Name of the endpoint in messages.
const NAME: &str = "embeddings";

/// Vectors of queries kept: 4 MB where a vector has a thousand numbers.
const REMEMBERED: usize = 1024;

/// Turns texts into vectors of length 1.
pub struct Embedder {
    endpoint: Endpoint,
    settings: Settings,
    rest: Rest,
    remembered: Mutex<LruCache<String, Arc<[f32]>>>,
}

#[derive(Serialize)]
struct Question<'a> {
    model: &'a str,
    input: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dimensions: Option<usize>,
}

#[derive(Deserialize)]
struct Answer {
    data: Vec<Embedded>,
}

#[derive(Deserialize)]
struct Embedded {
    index: Option<usize>,
    embedding: Vec<f32>,
}

impl Embedder {
    /// The embedder of these settings; nothing where it is off.
    pub fn new(settings: &Settings) -> Option<Self> {
        (!settings.embeddings_url.is_empty()).then(|| Self {
            endpoint: Endpoint::new(NAME, &settings.embeddings_url, &settings.api_key),
            rest: Rest::new(NAME),
            remembered: Mutex::new(LruCache::new(
                NonZeroUsize::new(REMEMBERED).unwrap_or(NonZeroUsize::MIN),
            )),
            settings: settings.clone(),
        })
    }

    /// What decides the vectors of passages: vectors of different identities can't be compared.
    pub fn identity(&self) -> String {
        let Settings {
            model,
            dimensions,
            passage_prefix,
            ..
        } = &self.settings;
        let mut identity = model.clone();
        if *dimensions > 0 {
            identity.push_str(&format!(", {dimensions} numbers"));
        }
        if !passage_prefix.is_empty() {
            identity.push_str(&format!(", after {passage_prefix:?}"));
        }
        identity
    }

    /// How many passages are to be sent in one request.
    pub fn batch(&self) -> usize {
        self.settings.batch.max(1)
    }

    /// Passages with a vector from which on a graph of neighbours is to be kept.
    pub fn graph_from(&self) -> u64 {
        self.settings.graph_from as u64
    }

    /// The vectors of passages, in their order.
    ///
    /// # Errors
    /// What the endpoint failed at. None of the vectors is given then.
    pub fn passages(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EndpointError> {
        let prefix = &self.settings.passage_prefix;
        let input = texts.iter().map(|text| format!("{prefix}{text}")).collect();
        self.vectors(input, self.settings.timeout())
    }

    /// The vector of a query. The vectors of the last queries are remembered.
    ///
    /// # Errors
    /// What the endpoint failed at, or that it rests.
    pub fn query(&self, text: &str) -> Result<Arc<[f32]>, EndpointError> {
        let remembered = || self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = remembered().get(text) {
            return Ok(Arc::clone(known));
        }
        let input = vec![format!("{}{text}", self.settings.query_prefix)];
        let mut vectors = self.rest.or(|| self.vectors(input, self.settings.query_timeout()))?;
        let vector: Arc<[f32]> = vectors.pop().unwrap_or_default().into();
        remembered().put(text.to_owned(), Arc::clone(&vector));
        Ok(vector)
    }

    fn vectors(&self, input: Vec<String>, limit: Duration) -> Result<Vec<Vec<f32>>, EndpointError> {
        let asked = input.len();
        let wanted = self.settings.dimensions;
        let question = Question {
            model: &self.settings.model,
            input,
            dimensions: (wanted > 0).then_some(wanted),
        };
        let Answer { mut data } = self.endpoint.ask(&question, limit)?;
        if data.len() != asked {
            let reason = format!("it holds {} vectors for {asked} texts", data.len());
            return Err(self.endpoint.unusable(reason));
        }
        // Without an index the order is that of the question.
        if data.iter().all(|each| each.index.is_some()) {
            data.sort_by_key(|each| each.index);
            if data.iter().enumerate().any(|(place, each)| each.index != Some(place)) {
                return Err(self.endpoint.unusable("its vectors are not numbered from 0"));
            }
        }
        let length = if wanted > 0 {
            wanted
        } else {
            data.first().map_or(0, |first| first.embedding.len())
        };
        data.into_iter()
            .map(|each| self.checked(each.embedding, length))
            .collect()
    }

    /// A vector of length 1, of as many numbers as it must have.
    fn checked(&self, mut vector: Vec<f32>, wanted: usize) -> Result<Vec<f32>, EndpointError> {
        let found = vector.len();
        if found != wanted {
            return Err(EndpointError::Dimensions { found, wanted });
        }
        if !(1..=MOST_DIMENSIONS).contains(&found) {
            let reason = format!("it holds a vector of {found} numbers");
            return Err(self.endpoint.unusable(reason));
        }
        let length = vector.iter().map(|each| f64::from(*each).powi(2)).sum::<f64>().sqrt();
        if !length.is_finite() || length == 0.0 {
            return Err(self.endpoint.unusable("it holds a vector without a direction"));
        }
        for each in &mut vector {
            *each = (f64::from(*each) / length) as f32;
        }
        Ok(vector)
    }
}
