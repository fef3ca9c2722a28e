//! How a command ends: the exit code and what is said on the way out.

use std::process::ExitCode;

use thiserror::Error;

use crate::config::ConfigError;
use crate::eval::EvalError;
use crate::retrieve::SearchError;

/// Why a command did not do what was asked.
#[derive(Debug, Error)]
pub enum Failure {
    /// Nothing was found, or errors were found by `check`: already said.
    #[error("")]
    Nothing,
    /// The command was used wrongly.
    #[error("{0}")]
    Usage(String),
    /// The configuration was refused.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The corpus or the index can't be used.
    #[error("{0}")]
    Unusable(String),
    /// The server could not be started.
    #[error("{0}")]
    Server(String),
}

impl Failure {
    /// The exit code the program's help promises for this failure.
    pub fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Nothing => 1,
            Self::Usage(_) => 2,
            Self::Config(_) => 3,
            Self::Unusable(_) => 4,
            Self::Server(_) => 5,
        })
    }
}

impl From<SearchError> for Failure {
    fn from(error: SearchError) -> Self {
        match error {
            error @ (SearchError::Engine(_) | SearchError::Unreachable(_)) => Self::Unusable(error.to_string()),
            other => Self::Usage(other.to_string()),
        }
    }
}

impl From<EvalError> for Failure {
    fn from(error: EvalError) -> Self {
        Self::Unusable(error.to_string())
    }
}
