//! One printed reference-list entry, told apart into its fields.

mod author_date;
mod gbt;
mod imprint;
mod links;
mod names;
mod parse;
#[cfg(test)]
mod tests;
mod printed;
mod vancouver;
mod volume_year;

pub use parse::parse;
