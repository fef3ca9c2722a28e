//! The neutral query tree, and the plain-text reader for it; every dialect reads into this tree.

mod condition;
mod plain;
mod tree;

pub use condition::{Comparison, Condition, Operation};
pub use plain::read_plain;
pub use tree::{Clause, Query, Role};
