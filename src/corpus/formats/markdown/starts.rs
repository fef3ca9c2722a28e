//! Tells lines of plain text that stand for themselves: headings, labels, entries of the reference list.

use super::{headings, labels, notes, references};

/// Whether a line begins a part of its own, and whether that part ends with the line.
pub fn begins_part(line: &str) -> (bool, bool) {
    let line = line.trim();
    let short = line.chars().count() <= 40 && !line.ends_with(['。', '.', '；', ';', '，', ',', '、']);
    let numbered = headings::number(line).is_some();
    let name = headings::is_standard(line) || references::opens(line);
    let begins = name
        || (numbered && short)
        || references::begins_entry(line)
        || labels::leading(line).is_some()
        || notes::begins(line);
    (begins, name || (numbered && short))
}
