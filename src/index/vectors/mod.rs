//! The vectors of passages: kept with a generation, brought up to date with it, searched by cosine.

mod approximate;
mod embedding;
mod exact;
mod file;
mod fill;
mod graph;
mod journal;
mod kept;
mod linking;
mod row_set;
mod rows;
mod search;
#[cfg(test)]
mod tests;
mod text;

pub use file::{JOURNAL, VECTORS};
pub use fill::{Filled, Filling, VectorCounts};
pub use graph::is_graph;
pub use search::Vectors;
pub use text::embedded_digest;
