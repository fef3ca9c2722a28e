//! The reference list.

use super::element::Element;
use super::flow::Numbers;
use crate::corpus::reference;
use crate::document::Reference;

/// The entries of every reference list, and their numbers by identifier.
pub(super) fn references(article: &Element) -> (Vec<Reference>, Numbers) {
    let (mut entries, mut numbers) = (Vec::new(), Numbers::new());
    for (place, entry) in (1u32..).zip(article.all("ref")) {
        let printed = entry.child("label").map(Element::text).unwrap_or_default();
        let digits: String = printed.chars().filter(char::is_ascii_digit).collect();
        let number = digits.parse().unwrap_or(place);
        if let Some(id) = entry.attribute("id") {
            numbers.insert(id.to_owned(), number);
        }
        let mixed = entry.all("mixed-citation");
        let tagged = entry.all("element-citation");
        let Some(&citation) = mixed.first().or(tagged.first()) else {
            continue;
        };
        let mut read = if mixed.is_empty() {
            composed(citation)
        } else {
            reference::parse(&citation.text())
        };
        tags(citation, &mut read);
        read.number = number;
        read.line = entry.line;
        entries.push(read);
    }
    (entries, numbers)
}

/// A readable string of the elements in order.
fn composed(citation: &Element) -> Reference {
    let parts: Vec<String> = citation
        .children()
        .flat_map(|child| {
            if child.name == "person-group" {
                names(child)
            } else {
                vec![child.text()]
            }
        })
        .filter(|part| !part.is_empty())
        .collect();
    Reference {
        text: parts.join(". "),
        ..Reference::default()
    }
}

fn names(group: &Element) -> Vec<String> {
    group
        .children()
        .filter(|child| child.name != "etal")
        .map(name)
        .filter(|name| !name.is_empty())
        .collect()
}

/// A person's name: Han names closed up, others surname first.
pub(super) fn name(element: &Element) -> String {
    let part = |wanted: &str| element.child(wanted).map(Element::text).unwrap_or_default();
    let (surname, given) = (part("surname"), part("given-names"));
    if surname.is_empty() && given.is_empty() {
        return element.text();
    }
    let han = surname
        .chars()
        .chain(given.chars())
        .all(|character| !character.is_ascii());
    if han {
        format!("{surname}{given}")
    } else {
        format!("{surname} {given}").trim().to_owned()
    }
}

/// What is tagged counts more than what was told apart.
fn tags(citation: &Element, read: &mut Reference) {
    let tagged = |wanted: &[&str]| {
        let found = wanted.iter().find_map(|name| citation.child(name));
        found.map(Element::text).filter(|text| !text.is_empty())
    };
    let authors: Vec<String> = citation
        .all("person-group")
        .into_iter()
        .take(1)
        .flat_map(names)
        .collect();
    let authors = if authors.is_empty() {
        citation
            .children()
            .filter(|child| matches!(child.name.as_str(), "name" | "string-name" | "collab"))
            .map(name)
            .collect()
    } else {
        authors
    };
    if !authors.is_empty() {
        read.authors = authors;
        read.more_authors |= !citation.all("etal").is_empty();
    }
    let title = tagged(&["article-title", "chapter-title", "data-title"]);
    let source = tagged(&["source"]);
    match (title, source) {
        (Some(title), source) => (read.title, read.container) = (Some(title), source.or(read.container.take())),
        (None, Some(source)) => read.title = Some(source),
        (None, None) => {}
    }
    let pairs: [(&mut Option<String>, &[&str]); 4] = [
        (&mut read.volume, &["volume"]),
        (&mut read.issue, &["issue"]),
        (&mut read.publisher, &["publisher-name"]),
        (&mut read.place, &["publisher-loc"]),
    ];
    for (field, wanted) in pairs {
        if let Some(text) = tagged(wanted) {
            *field = Some(text);
        }
    }
    if let Some(year) = tagged(&["year"]).and_then(|year| year.parse().ok()) {
        read.year = Some(year);
    }
    match (tagged(&["fpage"]), tagged(&["lpage"]), tagged(&["elocation-id"])) {
        (Some(first), Some(last), _) => read.pages = Some(format!("{first}-{last}")),
        (Some(only), None, _) | (None, _, Some(only)) => read.pages = Some(only),
        _ => {}
    }
    for id in citation.all("pub-id") {
        match id.attribute("pub-id-type") {
            Some("doi") => read.doi = Some(id.text().to_lowercase()),
            Some("pmid") => read.pmid = Some(id.text()),
            _ => {}
        }
    }
}
