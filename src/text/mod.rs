//! Scripts, folding, sentences, and the spans that survive folding.

mod language;
mod script;
mod span;

pub use language::Language;
pub use script::Script;
pub use span::Span;
