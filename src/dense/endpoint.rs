//! One endpoint: a JSON question by POST, a JSON answer within a time.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use ureq::Agent;

use super::{EndpointError, Secret};

/// The largest answer read, in bytes: 2048 vectors of 8192 numbers in decimal.
const LARGEST_ANSWER: u64 = 512 << 20;

/// What is kept of an endpoint's own words about a failure, in characters.
const LONGEST_SAID: usize = 200;

/// One endpoint.
pub(super) struct Endpoint {
    name: &'static str,
    url: String,
    key: Secret,
    agent: Agent,
}

impl Endpoint {
    /// The endpoint at an address, called `name` in messages.
    pub(super) fn new(name: &'static str, url: &str, key: &Secret) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // A key must not follow a redirect, and a question sent elsewhere would be a surprise.
            .max_redirects(0)
            .user_agent(concat!("wenyuan/", env!("CARGO_PKG_VERSION")))
            .build();
        Self {
            name,
            url: url.to_owned(),
            key: key.clone(),
            agent: config.into(),
        }
    }

    /// Asks, and reads the answer, all within `limit`.
    pub(super) fn ask<Q: Serialize, A: DeserializeOwned>(
        &self,
        question: &Q,
        limit: Duration,
    ) -> Result<A, EndpointError> {
        let mut request = self.agent.post(&self.url);
        if !self.key.is_empty() {
            request = request.header("Authorization", format!("Bearer {}", self.key.reveal()));
        }
        let request = request.config().timeout_global(Some(limit)).build();
        let mut answer = request
            .send_json(question)
            .map_err(|error| self.failed(&error, limit))?;
        let status = answer.status().as_u16();
        let body = answer.body_mut().with_config().limit(LARGEST_ANSWER);
        if !(200..300).contains(&status) {
            let said = body.read_to_string().unwrap_or_default();
            return Err(EndpointError::Refused {
                endpoint: self.name,
                status,
                said: said
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
                    .chars()
                    .take(LONGEST_SAID)
                    .collect(),
            });
        }
        let bytes = body.read_to_vec().map_err(|error| self.failed(&error, limit))?;
        serde_json::from_slice(&bytes).map_err(|error| self.unusable(error.to_string()))
    }

    /// An answer that is not what the contract says.
    pub(super) fn unusable(&self, reason: impl Into<String>) -> EndpointError {
        EndpointError::Unusable {
            endpoint: self.name,
            reason: reason.into(),
        }
    }

    fn failed(&self, error: &ureq::Error, limit: Duration) -> EndpointError {
        match error {
            ureq::Error::Timeout(_) => EndpointError::Late {
                endpoint: self.name,
                limit,
            },
            ureq::Error::BodyExceedsLimit(_) => self.unusable("it is too large"),
            ureq::Error::HostNotFound => self.unreachable("its host is not known".to_owned()),
            ureq::Error::Io(error) => self.unreachable(error.kind().to_string()),
            ureq::Error::Protocol(_) => self.unusable("it is no HTTP answer"),
            other => self.unreachable(other.to_string()),
        }
    }

    fn unreachable(&self, reason: String) -> EndpointError {
        EndpointError::Unreachable {
            endpoint: self.name,
            reason,
        }
    }
}
