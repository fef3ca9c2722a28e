//! The bibliographic description in `<front>`.

use super::element::Element;
use super::list::name;
use crate::corpus::Draft;
use crate::document::Bilingual;
use crate::text::Language;

/// The declared language of an element, else that of its text.
pub(super) fn language(element: &Element) -> Language {
    let declared = element.attribute("xml:lang").and_then(Language::from_tag);
    declared.unwrap_or_else(|| Language::detect(&element.text()))
}

/// Fills in the metadata.
pub(super) fn read(front: &Element, draft: &mut Draft) {
    let metadata = &mut draft.metadata;
    if let Some(group) = front.all("title-group").first() {
        for title in group.all("article-title") {
            metadata.title.set(language(title), title.text());
        }
        for wrapper in group.all("trans-title-group") {
            if let Some(title) = wrapper.child("trans-title") {
                let declared = wrapper.attribute("xml:lang").and_then(Language::from_tag);
                metadata
                    .title
                    .set(declared.unwrap_or_else(|| language(title)), title.text());
            }
        }
    }
    for contributor in front.all("contrib") {
        for wanted in ["name", "string-name", "collab"] {
            for element in contributor.all(wanted) {
                push(&mut metadata.authors, language(element), name(element));
            }
        }
    }
    for affiliation in front.all("aff") {
        push(&mut metadata.affiliations, language(affiliation), affiliation.text());
    }
    for id in front.all("article-id") {
        match id.attribute("pub-id-type") {
            Some("doi") => metadata.doi = Some(id.text().to_lowercase()),
            Some("publisher-id" | "other") => metadata.article_number = Some(id.text()),
            _ => {}
        }
    }
    for group in front
        .all("subj-group")
        .into_iter()
        .filter(|group| group.attribute("subj-group-type") == Some("clc"))
    {
        metadata.clc.extend(group.all("subject").into_iter().map(Element::text));
    }
    for title in front.all("journal-title") {
        metadata.journal.set(language(title), title.text());
    }
    let first = |wanted: &str| {
        front
            .all(wanted)
            .first()
            .map(|element| element.text())
            .filter(|text| !text.is_empty())
    };
    metadata.issn = first("issn");
    if let Some(meta) = front.child("article-meta") {
        let own = |wanted: &str| meta.child(wanted).map(Element::text).filter(|text| !text.is_empty());
        (metadata.volume, metadata.issue) = (own("volume"), own("issue"));
        metadata.pages = match (own("fpage"), own("lpage")) {
            (Some(first), Some(last)) => Some(format!("{first}-{last}")),
            (first, _) => first.or_else(|| own("elocation-id")),
        };
        if let Some(date) = meta.child("pub-date") {
            let part = |wanted: &str| {
                date.child(wanted)
                    .map(Element::text)
                    .and_then(|text| text.parse::<u16>().ok())
            };
            metadata.year = part("year");
            metadata.date = metadata.year.map(|year| match (part("month"), part("day")) {
                (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
                (Some(month), None) => format!("{year:04}-{month:02}"),
                _ => format!("{year:04}"),
            });
        }
    }
    for pair in front.all("custom-meta") {
        let part = |wanted: &str| pair.child(wanted).map(Element::text).unwrap_or_default();
        if part("meta-name") == "文献标识码" {
            metadata.document_code = Some(part("meta-value"));
        }
    }
    for corresponding in front.all("corresp") {
        metadata
            .corresponding
            .set(language(corresponding), corresponding.text());
    }
    let (mut zh, mut en, mut line) = (Vec::new(), Vec::new(), front.line);
    for group in front.all("kwd-group") {
        line = group.line;
        let words = group.all("kwd").into_iter().map(Element::text);
        match language(group) {
            Language::Zh => zh.extend(words),
            Language::En => en.extend(words),
        }
    }
    draft.keywords(zh, en, line);
}

fn push(list: &mut Bilingual<Vec<String>>, language: Language, text: String) {
    let mut known = list.get(language).cloned().unwrap_or_default();
    if !text.is_empty() {
        known.push(text);
        list.set(language, known);
    }
}
