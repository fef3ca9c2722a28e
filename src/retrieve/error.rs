//! Why a search was not answered.

use thiserror::Error;

use crate::index::EngineError;

/// Why a search was not answered.
#[derive(Debug, Error)]
pub enum SearchError {
    /// Nothing to look for.
    #[error("the query is empty")]
    EmptyQuery,
    /// The query is too long.
    #[error("the query has {found} characters, the limit is {limit}")]
    QueryTooLong {
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
    /// The engine failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
}
