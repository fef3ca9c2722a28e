//! Reads files of any supported format into articles and reports every fault it meets.

mod author_date;
mod citation;
mod cut;
mod discover;
mod draft;
mod encoding;
mod fault;
mod format;
pub mod formats;
mod inline;
mod read;
pub mod reference;
mod settings;
mod tree;

pub use citation::{is_said, marker_numbers, numbers};
pub use discover::{SourceFile, digest, discover};
pub use draft::{Draft, Heading};
pub use encoding::{Decoded, decode};
pub use fault::{Fault, FaultKind, Severity};
pub use format::{Format, Input, ReadError, Sink};
pub use inline::{Inline, Join, RAISED_DIGITS};
pub use read::{check, read};
pub use settings::Settings;
