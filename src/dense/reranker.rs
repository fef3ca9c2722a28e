//! Judges texts against a query through an endpoint of Cohere's and Jina's shape.

use serde::{Deserialize, Serialize};

use super::endpoint::Endpoint;
use super::rest::Rest;
use super::{EndpointError, Settings};

/// Name of the endpoint in messages.
const NAME: &str = "reranking";

/// Judges texts against a query.
pub struct Reranker {
    endpoint: Endpoint,
    settings: Settings,
    rest: Rest,
}

#[derive(Serialize)]
struct Question<'a> {
    model: &'a str,
    query: &'a str,
    documents: &'a [&'a str],
    top_n: usize,
}

#[derive(Deserialize)]
struct Answer {
    results: Vec<Judged>,
}

#[derive(Deserialize)]
struct Judged {
    index: usize,
    relevance_score: f32,
}

impl Reranker {
    /// The reranker of these settings; nothing where it is off.
    pub fn new(settings: &Settings) -> Option<Self> {
        (!settings.rerank_url.is_empty()).then(|| Self {
            endpoint: Endpoint::new(NAME, &settings.rerank_url, &settings.rerank_api_key),
            settings: settings.clone(),
            rest: Rest::new(NAME),
        })
    }

    /// How many of the best hits are to be judged.
    pub fn top(&self) -> usize {
        self.settings.rerank_top
    }

    /// The places of the texts, best first, each exactly once. Equal judgements keep their order.
    ///
    /// # Errors
    /// What the endpoint failed at, or that it rests.
    pub fn order(&self, query: &str, texts: &[&str]) -> Result<Vec<usize>, EndpointError> {
        let question = Question {
            model: &self.settings.rerank_model,
            query,
            documents: texts,
            top_n: texts.len(),
        };
        let limit = self.settings.query_timeout();
        self.rest.or(|| {
            let answer: Answer = self.endpoint.ask(&question, limit)?;
            self.ordered(answer.results, texts.len())
        })
    }

    fn ordered(&self, results: Vec<Judged>, asked: usize) -> Result<Vec<usize>, EndpointError> {
        let mut scores: Vec<Option<f32>> = vec![None; asked];
        for Judged { index, relevance_score } in results {
            match scores.get_mut(index) {
                Some(score @ None) => *score = Some(relevance_score),
                Some(_) => return Err(self.endpoint.unusable(format!("it judges text {index} twice"))),
                None => return Err(self.endpoint.unusable(format!("it judges text {index} of {asked}"))),
            }
        }
        if scores.iter().any(Option::is_none) {
            return Err(self.endpoint.unusable("it does not judge every text"));
        }
        let mut order: Vec<(usize, f32)> = scores.into_iter().flatten().enumerate().collect();
        order.sort_by(|left, right| right.1.total_cmp(&left.1));
        Ok(order.into_iter().map(|(place, _)| place).collect())
    }
}
