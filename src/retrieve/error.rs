//! Why a search was not answered.

use thiserror::Error;

use crate::index::EngineError;

/// Why a search was not answered.
#[derive(Debug, Error)]
pub enum SearchError {
    /// Nothing to look for.
    #[error("the query is empty")]
    EmptyQuery,
    /// A text is too long.
    #[error("{field} has {found} characters, the limit is {limit}")]
    TooLong {
        /// Which.
        field: &'static str,
        /// Characters found.
        found: usize,
        /// Characters allowed.
        limit: usize,
    },
    /// A number is out of its range.
    #[error("{field} is {found}, it must be {from} to {to}")]
    OutOfRange {
        /// Which.
        field: &'static str,
        /// What was asked.
        found: usize,
        /// Smallest allowed.
        from: usize,
        /// Largest allowed.
        to: usize,
    },
    /// There are too many of something.
    #[error("{field} has {found} parts, the limit is {limit}")]
    TooMany {
        /// Of what.
        field: &'static str,
        /// How many.
        found: usize,
        /// How many are allowed.
        limit: usize,
    },
    /// A comparison has too few or too many values.
    #[error("the comparison {operation} of {fact} has {found} values, it takes {from} to {to}")]
    Values {
        /// The fact compared.
        fact: String,
        /// The comparison.
        operation: &'static str,
        /// How many values it has.
        found: usize,
        /// The fewest allowed.
        from: usize,
        /// The most allowed.
        to: usize,
    },
    /// The index can't be reached now, or gave a part of an answer where a part is none.
    #[error("the index can't be reached: {0}")]
    Unreachable(String),
    /// The engine failed.
    #[error(transparent)]
    Engine(EngineError),
}

impl From<EngineError> for SearchError {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Unavailable(reason) => Self::Unreachable(reason),
            error => Self::Engine(error),
        }
    }
}
