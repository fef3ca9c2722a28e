//! Scripts, folding, sentences, and the spans that survive folding.

mod fold;
mod language;
mod script;
mod sentence;
mod span;

pub use fold::{Folded, fold, simplified_one, simplify};
pub use language::Language;
pub use script::Script;
pub use sentence::sentences;
pub use span::Span;
