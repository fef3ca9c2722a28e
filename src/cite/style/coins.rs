//! COinS: an OpenURL ContextObject (Z39.88-2004, KEV) that reference managers find in the `title` of a `span`.

use crate::text::Language;

use super::{Entry, EntryKind};
use crate::document::Name;

/// The `span` for a page of HTML.
pub(super) fn span(entry: &Entry) -> String {
    let object = context_object(entry).replace('&', "&amp;");
    format!("<span class=\"Z3988\" title=\"{object}\"></span>")
}

/// The ContextObject: names and percent-encoded values, `&` between them. In HTML the `&` must be escaped.
pub fn context_object(entry: &Entry) -> String {
    let (format, genre, title) = match entry.kind {
        EntryKind::Journal | EntryKind::Newspaper => ("journal", "article", "rft.atitle"),
        EntryKind::Book | EntryKind::Report | EntryKind::Standard => ("book", "book", "rft.btitle"),
        EntryKind::Chapter => ("book", "bookitem", "rft.atitle"),
        EntryKind::Proceedings => ("book", "proceeding", "rft.atitle"),
        EntryKind::Thesis => ("dissertation", "dissertation", "rft.title"),
        EntryKind::Patent => ("patent", "patent", "rft.title"),
        _ => ("dc", "", "rft.title"),
    };
    let host = match format {
        "journal" => "rft.jtitle",
        "book" => "rft.btitle",
        _ => "rft.source",
    };
    let (first, last) = entry.first_and_last_page();
    let mut pairs = vec![
        ("ctx_ver", "Z39.88-2004".to_owned()),
        ("rft_val_fmt", format!("info:ofi/fmt:kev:mtx:{format}")),
    ];
    let mut add = |name: &'static str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            pairs.push((name, value.to_owned()));
        }
    };
    add(
        "rft_id",
        entry.doi.as_ref().map(|doi| format!("info:doi/{doi}")).as_deref(),
    );
    add(
        "rft_id",
        entry.pmid.as_ref().map(|pmid| format!("info:pmid/{pmid}")).as_deref(),
    );
    add("rft_id", entry.url.as_deref());
    add("rft.genre", Some(genre));
    add(title, entry.title.as_deref());
    add(host, entry.container.as_deref());
    add("rft.date", entry.date.as_deref());
    add("rft.volume", entry.volume.as_deref());
    add("rft.issue", entry.issue.as_deref());
    add("rft.spage", first);
    add("rft.epage", last);
    add("rft.issn", entry.issn.as_deref());
    add("rft.pub", entry.publisher.as_deref());
    add("rft.place", entry.place.as_deref());
    if let Some(Name::Split { family, given }) = entry.authors.first().map(|author| Name::read(author))
        && format != "dc"
    {
        add("rft.aulast", Some(&family));
        add("rft.aufirst", Some(&Name::given_for_managers(&given)));
    }
    let author = if format == "dc" { "rft.creator" } else { "rft.au" };
    for name in &entry.authors {
        add(author, Some(name));
    }
    add(
        "rft.language",
        Some(match entry.language {
            Language::Zh => "zh-CN",
            Language::En => "en",
        }),
    );
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", percent_encoded(value)))
        .collect();
    pairs.join("&")
}

fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
