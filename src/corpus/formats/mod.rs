//! The table of supported formats: a new one is one file here and one line in [`ALL`].

mod markdown;

use super::Format;

/// Every supported format.
pub const ALL: &[&dyn Format] = &[&markdown::Markdown];
