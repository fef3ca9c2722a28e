//! The reference list.

use super::date;
use super::element::{Element, Node};
use super::front::doi;
use super::numbers::Numbers;
use super::people::name;
use crate::corpus::{Inline, reference};
use crate::document::Reference;

const CITATIONS: [&str; 5] = ["mixed-citation", "element-citation", "nlm-citation", "citation", "note"];

/// The entries of every reference list, and their numbers by identifier.
pub(super) fn references(article: &Element) -> (Vec<Reference>, Numbers) {
    let (mut entries, mut numbers) = (Vec::new(), Numbers::new(article));
    for (place, entry) in (1u32..).zip(article.all("ref")) {
        let label = entry.child("label").map(Element::text).unwrap_or_default();
        let bare = label.trim_matches(|character: char| !character.is_alphanumeric());
        let number = bare
            .parse()
            .ok()
            .filter(|number| (1..=9999).contains(number))
            .unwrap_or(place);
        let mut citations = Vec::new();
        gather(entry, &mut citations);
        let Some(&best) = citations
            .iter()
            .max_by_key(|citation| (structure(citation), std::cmp::Reverse(citation.line)))
        else {
            continue;
        };
        numbers.add(entry.attribute("id"), number);
        for citation in &citations {
            numbers.add(citation.attribute("id"), number);
        }
        let mut texts: Vec<String> = Vec::new();
        for citation in &citations {
            let text = match printed(citation) {
                Some(text) => without_number(&text, number).to_owned(),
                // A tagged form of an entry that is printed as well says nothing new.
                None if citations.iter().any(|other| printed(other).is_some()) => continue,
                None => composed(citation),
            };
            if !text.is_empty() && !texts.contains(&text) {
                texts.push(text);
            }
        }
        let mut read = match printed(best) {
            Some(text) => reference::parse(without_number(&text, number)),
            None => Reference::default(),
        };
        read.text = texts.join(" ");
        tags(best, &mut read);
        for citation in &citations {
            identifiers(citation, &mut read);
        }
        read.number = number;
        read.line = entry.line;
        entries.push(read);
    }
    (entries, numbers)
}

fn gather<'a>(entry: &'a Element, found: &mut Vec<&'a Element>) {
    for child in entry.children() {
        if CITATIONS.contains(&child.name.as_str()) {
            found.push(child);
        } else if child.name == "citation-alternatives" {
            gather(child, found);
        }
    }
}

/// How much of a citation is tagged.
fn structure(citation: &Element) -> usize {
    let telling = [
        "article-title",
        "source",
        "year",
        "volume",
        "issue",
        "fpage",
        "person-group",
        "string-name",
        "name",
    ];
    telling
        .iter()
        .filter(|&&wanted| !citation.all(wanted).is_empty())
        .count()
}

/// The words of a citation that is printed as a whole; `None` for one that is only tagged.
fn printed(citation: &Element) -> Option<String> {
    let loose = citation
        .nodes
        .iter()
        .any(|node| matches!(node, Node::Text(text) if text.chars().any(char::is_alphanumeric)));
    let punctuated = || {
        let text = |node: &Node| matches!(node, Node::Text(text) if !text.trim().is_empty());
        citation.nodes.iter().filter(|node| text(node)).count() >= 2
    };
    let whole = citation.children().count() == 0 || loose || punctuated();
    let only_styled = citation
        .children()
        .all(|child| matches!(child.name.as_str(), "italic" | "bold" | "sup" | "sub" | "label"));
    if citation.name == "element-citation" || !(whole || only_styled) {
        return None;
    }
    let mut raw = String::new();
    spaced(citation, &mut raw);
    let text = Inline::plain(&raw).text().to_owned();
    (!text.is_empty()).then_some(text)
}

/// All text, a space between two elements of a name that nothing stands between.
fn spaced(element: &Element, raw: &mut String) {
    let mut after_element = false;
    for node in &element.nodes {
        match node {
            Node::Text(text) => {
                raw.push_str(text);
                after_element = false;
            }
            Node::Element(child) if child.name == "label" => {}
            Node::Element(child) => {
                let styled = matches!(child.name.as_str(), "sup" | "sub" | "italic" | "bold");
                let han = raw.chars().next_back().is_some_and(|last| !last.is_ascii());
                if after_element && !styled && !han {
                    raw.push(' ');
                }
                spaced(child, raw);
                after_element = !styled;
            }
        }
    }
}

/// The entry without its own number at the head.
fn without_number(text: &str, number: u32) -> &str {
    let shown = number.to_string();
    let bracketed = text
        .strip_prefix(['[', '［', '('])
        .and_then(|rest| rest.strip_prefix(shown.as_str()));
    let rest = match bracketed.and_then(|rest| rest.strip_prefix([']', '］', ')'])) {
        Some(rest) => Some(rest),
        None => text
            .strip_prefix(shown.as_str())
            .and_then(|rest| rest.strip_prefix(". ")),
    };
    rest.map_or(text, str::trim_start)
}

/// A readable string of a citation that is only tagged: `Authors. Title. Source. Year;Volume(Issue):Pages.`
fn composed(citation: &Element) -> String {
    let part = |wanted: &str| {
        citation
            .all(wanted)
            .first()
            .map(|found| found.text())
            .filter(|text| !text.is_empty())
    };
    let mut who = authors(citation);
    if who.is_empty() {
        who = citation
            .all("person-group")
            .into_iter()
            .take(1)
            .flat_map(names)
            .collect();
    }
    let mut sentences = Vec::new();
    if !who.is_empty() {
        let more = if citation.all("etal").is_empty() { "" } else { ", et al" };
        sentences.push(format!("{}{more}", who.join(", ")));
    }
    sentences.extend(
        ["article-title", "chapter-title", "data-title", "source", "edition"]
            .into_iter()
            .filter_map(part),
    );
    let publisher: Vec<String> = ["publisher-loc", "publisher-name"]
        .into_iter()
        .filter_map(part)
        .collect();
    if !publisher.is_empty() {
        sentences.push(publisher.join(": "));
    }
    let mut issue = part("year").unwrap_or_default();
    let volume = part("volume").unwrap_or_default();
    let number = part("issue").map(|issue| format!("({issue})")).unwrap_or_default();
    if !volume.is_empty() || !number.is_empty() {
        issue = format!("{issue};{volume}{number}");
    }
    if let Some(pages) = pages(citation) {
        issue = format!("{issue}:{pages}");
    }
    sentences.extend(Some(issue).filter(|issue| !issue.is_empty()));
    sentences.extend(["comment", "uri", "ext-link"].into_iter().filter_map(part));
    let mut text = String::new();
    for sentence in sentences {
        if !text.is_empty() {
            text.push_str(if text.ends_with(['.', '?', '!', '。', '？', '！']) {
                " "
            } else {
                ". "
            });
        }
        text.push_str(&sentence);
    }
    if text.is_empty() { citation.text() } else { text }
}

fn names(group: &Element) -> Vec<String> {
    group
        .children()
        .flat_map(|child| {
            if child.name == "name-alternatives" {
                child.children().take(1).collect()
            } else {
                vec![child]
            }
        })
        .filter(|child| matches!(child.name.as_str(), "name" | "string-name" | "collab" | "anonymous"))
        .map(name)
        .filter(|name| !name.is_empty())
        .collect()
}

/// Those tagged as authors; editors are none.
fn authors(citation: &Element) -> Vec<String> {
    let groups = citation.all("person-group");
    let author = groups.iter().find(|group| {
        group
            .attribute("person-group-type")
            .is_none_or(|kind| matches!(kind, "author" | "allauthors" | "inventor"))
    });
    match author {
        Some(group) => names(group),
        None => names(citation),
    }
}

fn pages(citation: &Element) -> Option<String> {
    let tagged = |wanted: &str| {
        citation
            .all(wanted)
            .first()
            .map(|found| found.text())
            .filter(|text| !text.is_empty())
    };
    match (tagged("fpage"), tagged("lpage")) {
        (Some(first), Some(last)) if first != last => Some(format!("{first}-{last}")),
        (first, _) => tagged("page-range").or(first).or_else(|| tagged("elocation-id")),
    }
}

/// What is tagged counts more than what was told apart.
fn tags(citation: &Element, read: &mut Reference) {
    let tagged = |wanted: &[&str]| {
        let found = wanted.iter().find_map(|name| citation.all(name).into_iter().next());
        found.map(Element::text).filter(|text| !text.is_empty())
    };
    let authors = authors(citation);
    if !authors.is_empty() {
        read.authors = authors;
        read.more_authors |= !citation.all("etal").is_empty();
    }
    let title = tagged(&["article-title", "chapter-title", "part-title", "data-title"]);
    let source = tagged(&["source"]);
    match (title, source) {
        (Some(title), source) => (read.title, read.container) = (Some(title), source.or(read.container.take())),
        // A book's own title is its source; a journal without a title of the article stays a journal.
        (None, Some(source)) if citation.attribute("publication-type") == Some("journal") => {
            read.container = Some(source)
        }
        (None, Some(source)) => read.title = Some(source),
        (None, None) => {}
    }
    let fields: [(&mut Option<String>, &[&str]); 5] = [
        (&mut read.volume, &["volume"]),
        (&mut read.issue, &["issue"]),
        (&mut read.publisher, &["publisher-name", "institution"]),
        (&mut read.place, &["publisher-loc"]),
        (&mut read.url, &["uri"]),
    ];
    for (field, wanted) in fields {
        if let Some(text) = tagged(wanted) {
            *field = Some(text);
        }
    }
    if let Some(year) = tagged(&["year"]).and_then(|year| date::year_in(&year)) {
        read.year = Some(year);
    }
    if let Some(pages) = pages(citation) {
        read.pages = Some(pages);
    }
}

fn identifiers(citation: &Element, read: &mut Reference) {
    let mut found: Vec<(String, String)> = Vec::new();
    for id in citation.all("pub-id") {
        found.push((
            id.attribute("pub-id-type").unwrap_or_default().to_lowercase(),
            id.text(),
        ));
    }
    for link in citation.all("ext-link").into_iter().chain(citation.all("uri")) {
        let target = link.attribute("xlink:href").map_or_else(|| link.text(), str::to_owned);
        let kind = if target.contains("doi.org/10.") || target.starts_with("10.") {
            "doi"
        } else {
            "uri"
        };
        found.push((kind.to_owned(), target));
    }
    for (kind, value) in found {
        match kind.as_str() {
            "doi" => read.doi = doi(&value).or(read.doi.take()),
            "pmid" if value.bytes().all(|byte| byte.is_ascii_digit()) && !value.is_empty() => read.pmid = Some(value),
            "uri" if value.starts_with("http") && read.url.is_none() => read.url = Some(value),
            _ => {}
        }
    }
}
