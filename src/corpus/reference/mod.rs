//! One printed reference-list entry, told apart into its fields.

mod author_date;
mod gbt;
mod head;
mod imprint;
mod links;
mod names;
mod parse;
mod plain;
#[cfg(test)]
mod tests;
mod printed;
mod quoted;
mod sociology;
mod title_marks;
mod vancouver;
mod volume_year;
mod year_last;
mod year_volume;

pub use parse::parse;
