//! BibTeX, also as BibLaTeX reads it.

use crate::text::Language;

use super::{Entry, EntryKind};
use crate::document::Name;

/// The entry.
pub(super) fn write(entry: &Entry) -> String {
    let authors: Vec<String> = entry.authors.iter().map(|author| name(author)).collect();
    let mut authors = authors.join(" and ");
    if entry.more_authors && !authors.is_empty() {
        authors.push_str(" and others");
    }
    let inside = matches!(entry.kind, EntryKind::Chapter | EntryKind::Proceedings);
    let host = match entry.kind {
        EntryKind::Journal | EntryKind::Newspaper => "journal",
        _ if inside => "booktitle",
        _ => "howpublished",
    };
    let publisher = match entry.kind {
        EntryKind::Thesis => "school",
        EntryKind::Report | EntryKind::Standard => "institution",
        _ => "publisher",
    };
    let month = entry.date.as_deref().and_then(|date| date.split('-').nth(1));
    let escaped = |text: &Option<String>| text.as_deref().map(escape);
    let fields = [
        ("author", Some(authors).filter(|authors| !authors.is_empty())),
        // A second pair of braces keeps the capitals of names such as PD-1.
        (
            "title",
            entry.title.as_deref().map(|title| format!("{{{}}}", escape(title))),
        ),
        (host, escaped(&entry.container)),
        (publisher, escaped(&entry.publisher)),
        ("address", escaped(&entry.place)),
        ("year", entry.year().map(escape)),
        ("month", month.map(escape)),
        ("volume", escaped(&entry.volume)),
        ("number", escaped(&entry.issue)),
        (
            "pages",
            entry
                .pages
                .as_deref()
                .map(|pages| escape(pages).replace(['–', '—'], "-").replace('-', "--")),
        ),
        ("issn", escaped(&entry.issn)),
        ("doi", entry.doi.as_deref().map(verbatim)),
        ("pmid", escaped(&entry.pmid)),
        ("url", entry.url.as_deref().map(verbatim)),
        (
            "keywords",
            Some(escape(&entry.keywords.join(", "))).filter(|keywords| !keywords.is_empty()),
        ),
        (
            "langid",
            Some(match entry.language {
                Language::Zh => "chinese".to_owned(),
                Language::En => "english".to_owned(),
            }),
        ),
        ("note", entry.note().map(|note| escape(&note))),
    ];
    let fields: Vec<String> = fields
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| format!("  {name} = {{{value}}}")))
        .collect();
    format!(
        "@{}{{{},\n{}\n}}\n",
        kind(entry.kind),
        key(&entry.key),
        fields.join(",\n")
    )
}

fn kind(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Journal | EntryKind::Newspaper => "article",
        EntryKind::Book => "book",
        EntryKind::Chapter => "incollection",
        EntryKind::Proceedings => "inproceedings",
        EntryKind::Thesis => "phdthesis",
        EntryKind::Report | EntryKind::Standard => "techreport",
        _ => "misc",
    }
}

/// A key without what ends one.
fn key(key: &str) -> String {
    let plain = |character: char| character.is_ascii_alphanumeric() || "-_.:".contains(character);
    key.chars()
        .map(|character| if plain(character) { character } else { '-' })
        .collect()
}

fn name(author: &str) -> String {
    match Name::read(author) {
        Name::Split { family, given } => {
            format!("{}, {}", escape(&family), escape(&Name::given_for_managers(&given)))
        }
        // In braces a name is not taken apart.
        Name::Whole(name) => format!("{{{}}}", escape(&name)),
    }
}

/// A text without what TeX would take for a command.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                escaped.push('\\');
                escaped.push(character);
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

/// An address or identifier, which readers take as it stands but for braces.
fn verbatim(text: &str) -> String {
    text.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C")
}
