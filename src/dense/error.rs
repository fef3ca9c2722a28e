//! Why an endpoint gave nothing that can be used.

use std::time::Duration;

use thiserror::Error;

/// Why an endpoint gave nothing that can be used. The text names no address and no key, so that it can stand in an
/// answer to anyone.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum EndpointError {
    /// It can't be reached, or the connection broke.
    #[error("the {endpoint} endpoint can't be reached: {reason}")]
    Unreachable {
        /// Which endpoint.
        endpoint: &'static str,
        /// What the system said.
        reason: String,
    },
    /// It took too long.
    #[error("the {endpoint} endpoint did not answer within {} s", limit.as_secs_f32())]
    Late {
        /// Which endpoint.
        endpoint: &'static str,
        /// How long it had.
        limit: Duration,
    },
    /// It answered with a status other than success.
    #[error("the {endpoint} endpoint answered with status {status}")]
    Refused {
        /// Which endpoint.
        endpoint: &'static str,
        /// The status.
        status: u16,
        /// What it said, shortened: for the operator, not for those who search.
        said: String,
    },
    /// Its answer is not what the contract says.
    #[error("the {endpoint} endpoint's answer can't be used: {reason}")]
    Unusable {
        /// Which endpoint.
        endpoint: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// It gives vectors of another length.
    #[error("the embeddings endpoint gives vectors of {found} numbers where {wanted} are expected")]
    Dimensions {
        /// Numbers in its vectors.
        found: usize,
        /// Numbers expected.
        wanted: usize,
    },
    /// It failed several times in a row and is not asked for a while.
    #[error("the {endpoint} endpoint failed several times in a row and rests for some seconds")]
    Resting {
        /// Which endpoint.
        endpoint: &'static str,
    },
}

impl EndpointError {
    /// Whether asking again a little later may help.
    pub fn passing(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Late { .. } | Self::Resting { .. } => true,
            Self::Refused { status, .. } => *status == 429 || *status == 408 || *status >= 500,
            Self::Unusable { .. } | Self::Dimensions { .. } => false,
        }
    }

    /// Whether it is about what was sent, so that other texts may go through.
    pub fn about_the_text(&self) -> bool {
        matches!(self, Self::Refused { status, .. } if matches!(status, 400 | 413 | 422))
    }

    /// The whole of it, for the operator.
    pub fn in_full(&self) -> String {
        match self {
            Self::Refused { said, .. } if !said.is_empty() => format!("{self}: {said}"),
            _ => self.to_string(),
        }
    }
}
