//! CSL-JSON: what citation processors and Zotero read.

use serde_json::{Map, Value, json};

use crate::text::Language;

use super::{Entry, EntryKind};
use crate::document::Name;

/// An array of the one entry.
pub(super) fn write(entry: &Entry) -> String {
    let authors: Vec<Value> = entry.authors.iter().map(|author| name(author)).collect();
    let keywords = Some(entry.keywords.join(", ")).filter(|keywords| !keywords.is_empty());
    let language = match entry.language {
        Language::Zh => "zh-CN",
        Language::En => "en-US",
    };
    let texts = [
        ("id", Some(entry.key.as_str())),
        ("type", Some(kind(entry.kind))),
        ("title", entry.title.as_deref()),
        ("container-title", entry.container.as_deref()),
        ("publisher", entry.publisher.as_deref()),
        ("publisher-place", entry.place.as_deref()),
        ("volume", entry.volume.as_deref()),
        ("issue", entry.issue.as_deref()),
        ("page", entry.pages.as_deref()),
        ("ISSN", entry.issn.as_deref()),
        ("DOI", entry.doi.as_deref()),
        ("PMID", entry.pmid.as_deref()),
        ("URL", entry.url.as_deref()),
        ("keyword", keywords.as_deref()),
        ("language", Some(language)),
    ];
    let mut item: Map<String, Value> = texts
        .into_iter()
        .filter_map(|(name, text)| Some((name.to_owned(), Value::from(text?))))
        .collect();
    if !authors.is_empty() {
        item.insert("author".to_owned(), Value::Array(authors));
    }
    if let Some(date) = &entry.date {
        let parts: Vec<u16> = date.split('-').map_while(|part| part.parse().ok()).collect();
        if !parts.is_empty() {
            item.insert("issued".to_owned(), json!({"date-parts": [parts]}));
        }
    }
    if let Some(note) = entry.note() {
        item.insert("note".to_owned(), Value::from(note));
    }
    Value::Array(vec![Value::Object(item)]).to_string()
}

fn kind(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Journal => "article-journal",
        EntryKind::Book => "book",
        EntryKind::Chapter => "chapter",
        EntryKind::Proceedings => "paper-conference",
        EntryKind::Thesis => "thesis",
        EntryKind::Report => "report",
        EntryKind::Standard => "standard",
        EntryKind::Patent => "patent",
        EntryKind::Newspaper => "article-newspaper",
        EntryKind::Online => "webpage",
        EntryKind::Dataset => "dataset",
        EntryKind::Program => "software",
        EntryKind::Other => "document",
    }
}

fn name(author: &str) -> Value {
    match Name::read(author) {
        Name::Split { family, given } => {
            json!({"family": family, "given": Name::given_for_managers(&given)})
        }
        Name::Whole(name) => json!({"literal": name}),
    }
}
