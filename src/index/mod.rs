//! Building, opening and versioning an index; [`Engine`] is the seam between the embedded index and a distributed one.

mod engine;
mod field;

pub use engine::{Candidate, Engine, EngineError, Filter, FoundSet, Kind, Match, Request};
pub use field::Field;
