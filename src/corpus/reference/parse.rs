//! Chooses the style that an entry is printed in.

use super::printed::Printed;
use super::{author_date, gbt, links, vancouver};
use crate::document::Reference;

/// Tells apart the fields of one printed entry, given without its number and without markup.
///
/// Reads GB/T 7714 by its type mark, Vancouver by its semicolon, APA by its bracketed year. What can't be told apart
/// stays `None`; every field is printed in the entry (the DOI in lower case). `number` and `line` are left at 0 for
/// the caller. Takes time linear in the entry's length.
pub fn parse(text: &str) -> Reference {
    let printed = Printed::new(text);
    let mut reference = Reference {
        text: printed.text().to_owned(),
        ..Reference::default()
    };
    let body = links::take(&printed, &mut reference);
    if let Some(mark) = gbt::find_mark(&printed, body) {
        gbt::read(&printed, body, &mark, &mut reference);
    } else if !vancouver::read(&printed, body, &mut reference) && !gbt::read_unmarked(&printed, body, &mut reference) {
        author_date::read(&printed, body, &mut reference);
    }
    reference
}

#[cfg(test)]
mod tests {
    #[test]
    fn dump() {
        let path = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus")).unwrap().next().unwrap().unwrap().path();
        for line in std::fs::read_to_string(path).unwrap().lines().filter(|line| line.starts_with("- [")) {
            let text = line.split_once("] ").unwrap().1.replace('*', "").replace("<sup>", "").replace("</sup>", "");
            let r = super::parse(&text);
            println!("{:?} {} | {:?} | {:?} | {:?} | {:?} {:?} {:?} {:?}", r.authors, r.more_authors, r.title, r.type_mark, r.container, r.year, r.volume, r.issue, r.pages);
        }
    }
}
