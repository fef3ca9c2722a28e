//! Markdown, clean and as optical character recognition makes it.

mod abstracts;
mod blocks;
mod front;
mod furniture;
mod headings;
mod imprint;
mod inline;
mod keys;
mod labels;
mod markers;
mod notes;
mod people;
mod reader;
mod references;
mod starts;
mod table;
mod tex;
mod yaml;

pub use blocks::cut_at;
pub use reader::{Markdown, assemble, ends_sentence};
pub use starts::begins_part;
