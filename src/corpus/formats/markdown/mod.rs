//! Markdown, clean and as optical character recognition makes it.

mod blocks;
mod headings;
mod inline;
mod labels;
mod reader;
mod references;

pub use reader::Markdown;
