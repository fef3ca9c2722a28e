//! One printed reference-list entry, told apart into its fields.

mod author_date;
mod gbt;
mod imprint;
mod links;
mod names;
mod parse;
mod printed;
mod vancouver;

pub use parse::parse;
