//! JATS XML: bilingual front matter, sections, citations and the reference list.

mod article;
mod blocks;
mod date;
mod element;
mod entity;
mod flow;
mod front;
mod list;
mod numbers;
mod people;
#[cfg(test)]
mod tests;

pub use article::Jats;
