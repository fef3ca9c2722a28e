//! Tables for people, as wide as the terminal.

use comfy_table::{ContentArrangement, Table};

/// A table with these headings, cut to the width of the terminal.
pub fn table(headings: &[&str]) -> Table {
    let mut table = Table::new();
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(headings.iter().copied());
    table
}
