//! The vectors of passages: kept with a generation, brought up to date with it, searched by cosine.

mod embedding;
mod exact;
mod file;
mod fill;
mod journal;
mod kept;
mod search;
mod text;

pub use file::{JOURNAL, VECTORS};
pub use fill::{Filled, Filling, VectorCounts};
pub use search::Vectors;
pub use text::embedded_digest;
