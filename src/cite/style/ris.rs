//! RIS: a line for each part, for reference managers.

use crate::text::Language;

use super::{Entry, EntryKind};
use crate::document::Name;

/// The entry, its lines ended as the format has it.
pub(super) fn write(entry: &Entry) -> String {
    let mut lines = vec![line("TY", kind(entry.kind)), line("ID", &entry.key)];
    lines.extend(entry.authors.iter().map(|author| line("AU", &name(author))));
    let parts = [
        ("TI", entry.title.as_deref()),
        ("T2", entry.container.as_deref()),
        ("PB", entry.publisher.as_deref()),
        ("CY", entry.place.as_deref()),
        ("PY", entry.year()),
    ];
    lines.extend(known(&parts));
    // YYYY/MM/DD: a day that is not known stays empty behind its slash.
    if let Some((year, rest)) = entry.date.as_deref().and_then(|date| date.split_once('-')) {
        let (month, day) = rest.split_once('-').unwrap_or((rest, ""));
        lines.push(line("DA", &format!("{year}/{month}/{day}")));
    }
    lines.extend(known(&[
        ("VL", entry.volume.as_deref()),
        ("IS", entry.issue.as_deref()),
    ]));
    let (first, last) = entry.first_and_last_page();
    lines.extend(known(&[
        ("SP", first),
        ("EP", last),
        ("SN", entry.issn.as_deref()),
        ("DO", entry.doi.as_deref()),
        ("UR", entry.url.as_deref()),
    ]));
    lines.extend(entry.keywords.iter().map(|keyword| line("KW", keyword)));
    lines.push(line(
        "LA",
        match entry.language {
            Language::Zh => "zh-CN",
            Language::En => "en",
        },
    ));
    lines.extend(entry.note().map(|note| line("N1", &note)));
    lines.push("ER  - \r\n".to_owned());
    lines.concat()
}

fn line(tag: &str, value: &str) -> String {
    format!("{tag}  - {value}\r\n")
}

fn known<'e>(parts: &[(&'e str, Option<&'e str>)]) -> Vec<String> {
    let known = parts
        .iter()
        .filter_map(|(tag, value)| value.map(|value| line(tag, value)));
    known.collect()
}

fn kind(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Journal => "JOUR",
        EntryKind::Book => "BOOK",
        EntryKind::Chapter => "CHAP",
        EntryKind::Proceedings => "CONF",
        EntryKind::Thesis => "THES",
        EntryKind::Report => "RPRT",
        EntryKind::Standard => "STAND",
        EntryKind::Patent => "PAT",
        EntryKind::Newspaper => "NEWS",
        EntryKind::Online => "ELEC",
        EntryKind::Dataset => "DATA",
        EntryKind::Program => "COMP",
        EntryKind::Other => "GEN",
    }
}

fn name(author: &str) -> String {
    match Name::read(author) {
        Name::Split { family, given } => format!("{family}, {}", Name::given_for_managers(&given)),
        Name::Whole(name) => name,
    }
}
