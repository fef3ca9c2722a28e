//! One printed reference-list entry, told apart into its fields.

mod author_date;
mod gbt;
mod imprint;
mod links;
mod names;
mod parse;
mod plain;
#[cfg(test)]
mod tests;
mod printed;
mod title_marks;
mod vancouver;
mod volume_year;

pub use parse::parse;
