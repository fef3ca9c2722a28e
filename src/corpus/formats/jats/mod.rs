//! JATS XML: bilingual front matter, sections, citations and the reference list.

mod article;
mod element;
mod flow;
mod front;
mod list;

pub use article::Jats;
