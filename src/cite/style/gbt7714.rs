//! GB/T 7714, numeric style, in the editions of 2015 and of 2025 (in force since 1 July 2026).
//!
//! The editions differ in their marks: full width in 2025, and family names that are no longer set in capitals. The
//! words for more authors follow the language of the entry.

use crate::text::Language;

use super::{Entry, EntryKind};
use crate::document::Name;

/// An edition of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edition {
    /// GB/T 7714-2015.
    Y2015,
    /// GB/T 7714-2025.
    Y2025,
}

/// The most authors named.
const MOST_AUTHORS: usize = 3;

impl Edition {
    fn comma(self) -> &'static str {
        match self {
            Self::Y2015 => ", ",
            Self::Y2025 => "，",
        }
    }

    fn colon(self) -> &'static str {
        match self {
            Self::Y2015 => ": ",
            Self::Y2025 => "：",
        }
    }

    fn brackets(self) -> (&'static str, &'static str) {
        match self {
            Self::Y2015 => ("(", ")"),
            Self::Y2025 => ("（", "）"),
        }
    }
}

/// The entry, without its number in the list.
pub(super) fn write(entry: &Entry, edition: Edition) -> String {
    if let Some(printed) = entry.as_printed() {
        return printed.to_owned();
    }
    let mut sentences = vec![authors(entry, edition)];
    let title = entry.title.as_deref().unwrap_or_default();
    let marked = match mark(entry) {
        Some(mark) => format!("{title}[{mark}]"),
        None => title.to_owned(),
    };
    let inside = matches!(entry.kind, EntryKind::Chapter | EntryKind::Proceedings);
    match (&entry.container, inside) {
        // The host of a part stands behind two slashes, in the same sentence.
        (Some(host), true) => sentences.push(format!("{marked}//{host}")),
        _ => sentences.push(marked),
    }
    sentences.push(if entry.kind == EntryKind::Online {
        online(entry, edition)
    } else if inside || entry.container.is_none() {
        published(entry, edition)
    } else {
        serial(entry, edition)
    });
    let mut text = String::new();
    for sentence in sentences.iter().filter(|sentence| !sentence.is_empty()) {
        text.push_str(sentence);
        text.push_str(if sentence.ends_with(['.', '。']) { " " } else { ". " });
    }
    match (&entry.doi, &entry.url) {
        (Some(doi), _) => text.push_str(&format!("DOI:{doi}. ")),
        (None, Some(url)) => text.push_str(&format!("{url}. ")),
        (None, None) => {}
    }
    text.push_str(&place(entry, edition));
    text.trim_end().to_owned()
}

fn authors(entry: &Entry, edition: Edition) -> String {
    let mut names: Vec<String> = entry
        .authors
        .iter()
        .take(MOST_AUTHORS)
        .map(|author| match Name::read(author) {
            Name::Split { family, given } => {
                let family = match edition {
                    Edition::Y2015 => family.to_uppercase(),
                    Edition::Y2025 => family,
                };
                format!("{family} {}", Name::initials(&given, " "))
            }
            Name::Whole(name) => name,
        })
        .collect();
    if !names.is_empty() && (entry.more_authors || entry.authors.len() > MOST_AUTHORS) {
        names.push(match entry.language {
            Language::Zh => "等".to_owned(),
            Language::En => "et al".to_owned(),
        });
    }
    names.join(edition.comma())
}

/// The printed mark, else the one of its kind; none where that can't be told.
fn mark(entry: &Entry) -> Option<String> {
    let letter = match entry.kind {
        EntryKind::Journal => "J",
        EntryKind::Book | EntryKind::Chapter => "M",
        EntryKind::Proceedings => "C",
        EntryKind::Thesis => "D",
        EntryKind::Report => "R",
        EntryKind::Standard => "S",
        EntryKind::Patent => "P",
        EntryKind::Newspaper => "N",
        EntryKind::Online => "EB/OL",
        EntryKind::Dataset => "DB",
        EntryKind::Program => "CP",
        EntryKind::Other => "",
    };
    let own = (!letter.is_empty()).then(|| letter.to_owned());
    entry.type_mark.clone().or(own)
}

/// `刊名, 年, 卷(期): 页`; without a volume `刊名, 年(期): 页`.
fn serial(entry: &Entry, edition: Edition) -> String {
    let parts = [entry.container.as_deref(), entry.year(), entry.volume.as_deref()];
    let mut text = parts.into_iter().flatten().collect::<Vec<_>>().join(edition.comma());
    if let Some(issue) = &entry.issue {
        let (open, close) = edition.brackets();
        text.push_str(&format!("{open}{issue}{close}"));
    }
    with_pages(text, entry, edition)
}

/// `地: 社, 年: 页`.
fn published(entry: &Entry, edition: Edition) -> String {
    let from = [entry.place.as_deref(), entry.publisher.as_deref()];
    let from = from.into_iter().flatten().collect::<Vec<_>>().join(edition.colon());
    let parts = [Some(from.as_str()).filter(|from| !from.is_empty()), entry.year()];
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join(edition.comma());
    with_pages(text, entry, edition)
}

/// `网站. (日期)`.
fn online(entry: &Entry, edition: Edition) -> String {
    let (open, close) = edition.brackets();
    let date = entry.date.as_ref().map(|date| format!("{open}{date}{close}"));
    let parts = [entry.container.clone(), date];
    parts.into_iter().flatten().collect::<Vec<_>>().join(". ")
}

fn with_pages(text: String, entry: &Entry, edition: Edition) -> String {
    match &entry.pages {
        Some(pages) if text.is_empty() => pages.clone(),
        Some(pages) => format!("{text}{}{pages}", edition.colon()),
        None => text,
    }
}

/// The place of a passage, behind the entry.
fn place(entry: &Entry, edition: Edition) -> String {
    let Some(at) = &entry.at else {
        return String::new();
    };
    let (open, close) = edition.brackets();
    let section = match at.section.as_str() {
        "" => String::new(),
        section => format!("§{section}{}", edition.comma()),
    };
    match entry.language {
        Language::Zh => format!("{open}{section}第 {} 段{close}", at.paragraph),
        Language::En => format!("{open}{section}para. {}{close}", at.paragraph),
    }
}
