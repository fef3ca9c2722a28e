//! The neutral query tree, and the plain-text reader for it; every dialect reads into this tree.

mod plain;
mod tree;

pub use plain::read_plain;
pub use tree::{Clause, Query, Role};
