//! Folding: one spelling for what a reader takes for the same, with the way back to the original.

mod character;
mod folded;
mod simplified;

pub use folded::{Folded, fold};
pub use simplified::{simplified_one, simplify};
