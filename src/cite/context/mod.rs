//! Numbered evidence, cut to a budget, for a chatbot to ground its answer in.
//!
//! `pack` chooses what fits, `assemble` puts it in order, `blocks` writes it down; `anthropic`, `cohere` and `openai`
//! are the shapes that those chat interfaces take.

pub mod anthropic;
mod assemble;
mod blocks;
mod budget;
pub mod cohere;
mod evidence;
pub mod openai;
mod pack;
mod render;
#[cfg(test)]
mod tests;
mod words;

pub use budget::{Budget, Format, LARGEST_BUDGET, SMALLEST_BUDGET, USUAL_BUDGET};
pub use evidence::{Context, Quoted, Sentence, Source, Work};
pub use render::Rendered;
