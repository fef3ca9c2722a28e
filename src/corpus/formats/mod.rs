//! The table of supported formats: a new one is one file here and one line in [`ALL`].

mod jats;
mod jsonl;
mod markdown;
mod plain;

pub use jats::Jats;
pub use jsonl::Jsonl;
pub use plain::Plain;

use super::Format;

/// Every supported format.
pub const ALL: &[&dyn Format] = &[&markdown::Markdown, &Jats, &Jsonl, &Plain];
