//! Lets an endpoint that keeps failing rest, so that not every search waits for it.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::EndpointError;

/// Failures in a row after which an endpoint rests.
const PATIENCE: u32 = 3;

/// How long it rests; then one search tries it again.
const REST: Duration = Duration::from_secs(5);

/// Remembers how an endpoint did lately.
pub(super) struct Rest {
    endpoint: &'static str,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    failures: u32,
    until: Option<Instant>,
}

impl Rest {
    /// Of an endpoint that has not been asked.
    pub(super) fn new(endpoint: &'static str) -> Self {
        Self {
            endpoint,
            state: Mutex::default(),
        }
    }

    /// Asks, unless the endpoint rests.
    pub(super) fn or<T>(&self, ask: impl FnOnce() -> Result<T, EndpointError>) -> Result<T, EndpointError> {
        self.at(Instant::now(), ask)
    }

    fn at<T>(&self, now: Instant, ask: impl FnOnce() -> Result<T, EndpointError>) -> Result<T, EndpointError> {
        {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            if state.until.is_some_and(|until| now < until) {
                return Err(EndpointError::Resting {
                    endpoint: self.endpoint,
                });
            }
            if state.failures >= PATIENCE {
                // This one tries; the others go on without until it is known how that went.
                state.until = Some(now + REST);
            }
        }
        let outcome = ask();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match &outcome {
            // Its word about one text is no failure of the endpoint.
            Err(error) if !error.about_the_text() => {
                state.failures = state.failures.saturating_add(1);
                if state.failures >= PATIENCE {
                    state.until = Some(now + REST);
                }
                if state.failures == PATIENCE {
                    tracing::warn!(error = %error.in_full(), "the {} endpoint keeps failing", self.endpoint);
                }
            }
            _ => *state = State::default(),
        }
        outcome
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{EndpointError, Rest};

    #[test]
    fn after_three_failures_it_rests_and_then_one_tries_again() {
        let rest = Rest::new("embeddings");
        let start = Instant::now();
        let late = || EndpointError::Late {
            endpoint: "embeddings",
            limit: Duration::from_secs(1),
        };
        let mut asked = 0;
        for _ in 0..10 {
            let _ = rest.at(start, || -> Result<(), _> {
                asked += 1;
                Err(late())
            });
        }
        assert_eq!(asked, 3);
        let after = start + Duration::from_secs(6);
        let _ = rest.at(after, || -> Result<(), _> {
            // While this one waits, another does not.
            assert!(matches!(rest.at(after, || Ok(())), Err(EndpointError::Resting { .. })));
            Err(late())
        });
        assert!(rest.at(after, || Ok(())).is_err());
        let later = after + Duration::from_secs(6);
        assert!(rest.at(later, || Ok(())).is_ok());
        assert!(rest.at(later, || Ok(())).is_ok());
    }
}
