//! Tells the parts of a printed reference apart.

use crate::document::Reference;

/// Reads one entry of a reference list, given without its number; number and line are left to the caller.
pub fn parse(text: &str) -> Reference {
    Reference {
        text: text.to_owned(),
        ..Reference::default()
    }
}
