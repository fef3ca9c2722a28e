//! The bibliographic description in `<front>`.

use super::element::{Element, Node};
use super::{date, people};
use crate::corpus::{Draft, Inline};
use crate::document::{Bilingual, Metadata, Scalar};
use crate::text::Language;

/// What a title or an affiliation holds that is not its words.
const NOT_WORDS: [&str; 3] = ["fn", "xref", "label"];

/// The language of a paragraph; see [`Element::language`].
pub(super) fn spoken(element: &Element, text: &str) -> Option<Language> {
    (!text.is_empty()).then(|| element.language(text))
}

/// What else names an article that has neither DOI nor article number.
pub(super) fn identifier(article: &Element) -> Option<String> {
    let meta = article.child("front").and_then(|front| front.child("article-meta"))?;
    let ids = meta.children().filter(|child| child.name == "article-id");
    ids.map(Element::text).find(|id| !id.is_empty())
}

/// Fills in the metadata; what is filled in already stays.
pub(super) fn read(front: &Element, draft: &mut Draft) {
    let meta = front.child("article-meta").unwrap_or(front);
    let metadata = &mut draft.metadata;
    titles(meta, metadata);
    people::authors(meta, &mut metadata.authors);
    for affiliation in meta.all("aff") {
        let text = listed(affiliation);
        people::push(&mut metadata.affiliations, affiliation.language(&text), text);
    }
    identifiers(meta, metadata);
    journal(front, metadata);
    let own = |wanted: &str| meta.child(wanted).map(Element::text).filter(|text| !text.is_empty());
    fill(&mut metadata.volume, own("volume"));
    fill(&mut metadata.issue, own("issue"));
    let pages = match (own("fpage"), own("lpage")) {
        (Some(first), Some(last)) if first != last => Some(format!("{first}-{last}")),
        (first, _) => own("page-range").or(first).or_else(|| own("elocation-id")),
    };
    fill(&mut metadata.pages, pages);
    if let (None, Some((year, date))) = (metadata.year, date::published(meta)) {
        (metadata.year, metadata.date) = (Some(year), Some(date));
    }
    let address = meta.child("self-uri").map(|uri| match uri.attribute("xlink:href") {
        Some(href) => href.to_owned(),
        None => uri.text(),
    });
    fill(&mut metadata.url, address.filter(|address| address.starts_with("http")));
    corresponding(meta, metadata);
    let authors_notes = meta
        .child("author-notes")
        .map(|notes| notes.all("fn"))
        .unwrap_or_default();
    for note in authors_notes.into_iter().chain(meta.all("bio")) {
        let text = note.text_without(&["label"]);
        if !text.is_empty() {
            metadata.notes.push(text);
        }
    }
    keywords(meta, draft);
}

fn fill(field: &mut Option<String>, value: Option<String>) {
    if field.is_none() {
        *field = value;
    }
}

fn set(field: &mut Bilingual<String>, language: Language, text: String) {
    if !text.is_empty() && field.get(language).is_none() {
        field.set(language, text);
    }
}

fn titles(meta: &Element, metadata: &mut Metadata) {
    let Some(group) = meta.child("title-group") else { return };
    let whole = |around: &Element, title: &Element, subtitle: &str| {
        let (title, language) = {
            let text = title.text_without(&NOT_WORDS);
            let language = title.language(&text);
            (text, language)
        };
        let below = around
            .child(subtitle)
            .map(|found| found.text_without(&NOT_WORDS))
            .unwrap_or_default();
        let colon = if language == Language::Zh { "：" } else { ": " };
        let joined = if below.is_empty() {
            title
        } else {
            [title, below].join(colon)
        };
        (language, joined)
    };
    let mut found = Vec::new();
    found.extend(
        group
            .children()
            .filter(|child| child.name == "article-title")
            .map(|title| whole(group, title, "subtitle")),
    );
    // Older files have the translated title without a group.
    found.extend(
        group
            .children()
            .filter(|child| child.name == "trans-title")
            .map(|title| whole(group, title, "trans-subtitle")),
    );
    for wrapper in group.all("trans-title-group") {
        found.extend(
            wrapper
                .child("trans-title")
                .map(|title| whole(wrapper, title, "trans-subtitle")),
        );
    }
    for (language, title) in found {
        set(&mut metadata.title, language, title);
    }
}

fn identifiers(meta: &Element, metadata: &mut Metadata) {
    let mut other = None;
    for id in meta.children().filter(|child| child.name == "article-id") {
        let text = id.text();
        match id.attribute("pub-id-type") {
            Some("doi") => fill(&mut metadata.doi, doi(&text)),
            _ if is_article_number(&text) => fill(&mut metadata.article_number, Some(text)),
            Some("other") if !text.is_empty() => other = other.or(Some(text)),
            _ => {}
        }
    }
    for group in meta.all("subj-group") {
        let kind = group.attribute("subj-group-type").unwrap_or_default().to_lowercase();
        if kind.contains("clc") || kind.contains("中图") || kind.contains("chinese library") {
            for subject in group.all("subject") {
                classes(&subject.text(), metadata);
            }
        }
    }
    for pair in meta.all("custom-meta") {
        let part = |wanted: &str| pair.child(wanted).map(Element::text).unwrap_or_default();
        let (name, value) = (part("meta-name"), part("meta-value"));
        let known: String = name
            .to_lowercase()
            .chars()
            .filter(|letter| letter.is_alphanumeric())
            .collect();
        match known.as_str() {
            _ if name.is_empty() || value.is_empty() => {}
            "文献标识码" | "文献标志码" | "documentcode" => fill(&mut metadata.document_code, Some(value)),
            "文章编号" | "articlenumber" | "articleid" => fill(&mut metadata.article_number, Some(value)),
            "中图分类号" | "分类号" | "clc" | "clcnumber" => classes(&value, metadata),
            _ => {
                metadata.extra.insert(name, Scalar::Text(value));
            }
        }
    }
    fill(&mut metadata.article_number, other);
}

fn classes(printed: &str, metadata: &mut Metadata) {
    for class in printed.split([';', '；', ',', '，', '、']).map(str::trim) {
        if !class.is_empty() && !metadata.clc.iter().any(|known| known == class) {
            metadata.clc.push(class.to_owned());
        }
    }
}

/// A DOI in lower case without its resolver.
pub(super) fn doi(printed: &str) -> Option<String> {
    let at = printed.find("10.")?;
    let doi = printed.get(at..)?.trim().to_lowercase();
    doi.contains('/').then_some(doi)
}

/// Whether an identifier is a 文章编号: `1000-1234(2024)05-0001-08`.
fn is_article_number(text: &str) -> bool {
    let plain: Vec<char> = text
        .chars()
        .filter(|character| !character.is_whitespace())
        .map(|character| match character {
            '（' => '(',
            '）' => ')',
            '–' | '—' | '－' | '‐' => '-',
            other => other,
        })
        .collect();
    let mut rest = plain.iter();
    let fits = "dddd-dddx(dddd)".chars().all(|wanted| {
        rest.next().is_some_and(|&found| match wanted {
            'd' => found.is_ascii_digit(),
            'x' => found.is_ascii_digit() || found.eq_ignore_ascii_case(&'X'),
            other => found == other,
        })
    });
    fits && rest.all(|character| character.is_ascii_alphanumeric() || *character == '-')
}

fn journal(front: &Element, metadata: &mut Metadata) {
    let Some(meta) = front.child("journal-meta") else {
        return;
    };
    for wanted in ["journal-title", "trans-title", "abbrev-journal-title"] {
        for title in meta.all(wanted) {
            let text = title.text();
            set(&mut metadata.journal, title.language(&text), text);
        }
        // An abbreviation stands in only where no name is given.
        if wanted == "trans-title" && (metadata.journal.zh.is_some() || metadata.journal.en.is_some()) {
            break;
        }
    }
    fill(
        &mut metadata.issn,
        meta.all("issn")
            .first()
            .map(|issn| issn.text())
            .filter(|issn| !issn.is_empty()),
    );
}

fn corresponding(meta: &Element, metadata: &mut Metadata) {
    for element in meta.all("corresp") {
        let text = element.text_without(&["label"]);
        let text = text.trim_start_matches(['*', '＊', '†', ' ']).to_owned();
        set(&mut metadata.corresponding, element.language(&text), text);
    }
    if metadata.corresponding == Bilingual::none() {
        for text in people::corresponding(meta) {
            set(&mut metadata.corresponding, Language::detect(&text), text);
        }
    }
}

fn keywords(meta: &Element, draft: &mut Draft) {
    let (mut zh, mut en, mut line) = (Vec::new(), Vec::new(), meta.line);
    for group in meta.all("kwd-group") {
        if group
            .attribute("kwd-group-type")
            .is_some_and(|kind| kind.to_lowercase().contains("abbr"))
        {
            continue;
        }
        line = group.line;
        let mut words: Vec<String> = group.all("kwd").into_iter().map(Element::text).collect();
        // Some files put the whole printed line in one element.
        if let [only] = words.as_slice() {
            words = only.split([';', '；']).map(|word| word.trim().to_owned()).collect();
        }
        words.retain(|word| !word.is_empty());
        match group.language(&words.join(" ")) {
            Language::Zh => zh.extend(words),
            Language::En => en.extend(words),
        }
    }
    if !zh.is_empty() || !en.is_empty() {
        draft.keywords(zh, en, line);
    }
}

/// The parts of an affiliation, a comma between two that nothing stands between.
fn listed(element: &Element) -> String {
    let mut raw = String::new();
    separated(element, ", ", &mut raw);
    Inline::plain(&raw).text().trim_end_matches([',', '，', ' ']).to_owned()
}

/// Adds the text of an element with `separator` between child elements that only white space stands between.
pub(super) fn separated(element: &Element, separator: &str, raw: &mut String) {
    let mut after_element = false;
    for node in &element.nodes {
        match node {
            Node::Text(text) if text.trim().is_empty() => raw.push_str(if after_element { "" } else { text }),
            Node::Text(text) => {
                raw.push_str(text);
                after_element = false;
            }
            Node::Element(child) if NOT_WORDS.contains(&child.name.as_str()) => {}
            Node::Element(child) => {
                let styled = matches!(child.name.as_str(), "sup" | "sub" | "italic" | "bold" | "break");
                if after_element && !styled {
                    raw.push_str(separator);
                }
                separated(child, separator, raw);
                after_element = !styled;
            }
        }
    }
}
