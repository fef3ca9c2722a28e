//! Vancouver: the style of the National Library of Medicine, numeric, without the number.

use super::{Entry, EntryKind};
use crate::document::Name;

/// The most authors named.
const MOST_AUTHORS: usize = 6;

/// The entry.
pub(super) fn write(entry: &Entry) -> String {
    if let Some(printed) = entry.as_printed() {
        return printed.to_owned();
    }
    let mut sentences = vec![authors(entry), entry.title.clone().unwrap_or_default()];
    match entry.kind {
        EntryKind::Journal | EntryKind::Newspaper => {
            sentences.extend(entry.container.clone());
            sentences.push(issue(entry));
        }
        EntryKind::Chapter | EntryKind::Proceedings => {
            sentences.extend(entry.container.as_ref().map(|host| format!("In: {host}")));
            sentences.push(published(entry));
            sentences.extend(entry.pages.as_ref().map(|pages| format!("p. {pages}")));
        }
        _ => {
            sentences.extend(entry.container.clone());
            sentences.push(published(entry));
        }
    }
    let mut text = String::new();
    for sentence in sentences.iter().filter(|sentence| !sentence.is_empty()) {
        text.push_str(sentence);
        text.push_str(if sentence.ends_with(['.', '?', '!', '。', '？', '！']) {
            " "
        } else {
            ". "
        });
    }
    match (&entry.doi, &entry.url) {
        (Some(doi), _) => text.push_str(&format!("doi:{doi} ")),
        (None, Some(url)) => text.push_str(&format!("Available from: {url} ")),
        (None, None) => {}
    }
    if let Some(at) = &entry.at {
        let section = match at.section.as_str() {
            "" => String::new(),
            section => format!("sect. {section}, "),
        };
        text.push_str(&format!("({section}para. {})", at.paragraph));
    }
    text.trim_end().to_owned()
}

fn authors(entry: &Entry) -> String {
    let mut names: Vec<String> = entry
        .authors
        .iter()
        .take(MOST_AUTHORS)
        .map(|author| match Name::read(author) {
            Name::Split { family, given } => format!("{family} {}", Name::initials(&given, "")),
            Name::Whole(name) => name,
        })
        .collect();
    if !names.is_empty() && (entry.more_authors || entry.authors.len() > MOST_AUTHORS) {
        names.push("et al".to_owned());
    }
    names.join(", ")
}

/// `2017;96(51):e9212`.
fn issue(entry: &Entry) -> String {
    let mut text = entry.year().unwrap_or_default().to_owned();
    if entry.volume.is_some() || entry.issue.is_some() {
        text.push(';');
        text.push_str(entry.volume.as_deref().unwrap_or_default());
    }
    if let Some(issue) = &entry.issue {
        text.push_str(&format!("({issue})"));
    }
    match &entry.pages {
        Some(pages) if text.is_empty() => pages.clone(),
        Some(pages) => format!("{text}:{pages}"),
        None => text,
    }
}

/// `Place: Publisher; 2020`.
fn published(entry: &Entry) -> String {
    let from = [entry.place.as_deref(), entry.publisher.as_deref()];
    let from = from.into_iter().flatten().collect::<Vec<_>>().join(": ");
    let parts = [Some(from.as_str()).filter(|from| !from.is_empty()), entry.year()];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}
