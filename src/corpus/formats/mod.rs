//! The table of supported formats: a new one is one file here and one line in [`ALL`].

mod jsonl;
mod markdown;

pub use jsonl::Jsonl;

use super::Format;

/// Every supported format.
pub const ALL: &[&dyn Format] = &[&markdown::Markdown, &Jsonl];
