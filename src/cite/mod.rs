//! Hits become evidence: passages packed into a chatbot's budget, quoted so that they can't pose as instructions, and
//! works cited in the styles that lists of references and reference managers want.

mod context;
mod quote;
mod style;
#[cfg(test)]
mod tests;
mod tokens;

pub use context::{
    Budget, Context, Format, LARGEST_BUDGET, Quoted, Rendered, SMALLEST_BUDGET, Sentence, Source, USUAL_BUDGET, Work,
    anthropic, cohere, openai,
};
pub use quote::{attribute, quoted, visible};
pub use style::{Entry, EntryKind, Place, Style, context_object};
pub use tokens::{Vocabulary, tokens};
