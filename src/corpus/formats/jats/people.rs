//! Names of persons and bodies.

use super::element::Element;
use crate::document::Bilingual;
use crate::text::Language;

/// Fills in the authors; editors and others are none.
pub(super) fn authors(front: &Element, authors: &mut Bilingual<Vec<String>>) {
    let mut contributors = Vec::new();
    contributions(front, &mut contributors);
    for contributor in contributors {
        let mut found = Vec::new();
        named(contributor, &mut found);
        for element in found {
            let name = name(element);
            let language = element.own_language().unwrap_or_else(|| Language::detect(&name));
            push(authors, language, name);
        }
    }
}

/// The contributors, without the members of a group that is one.
fn contributions<'a>(element: &'a Element, found: &mut Vec<&'a Element>) {
    for child in element.children() {
        if child.name != "contrib" {
            contributions(child, found);
        } else if child
            .attribute("contrib-type")
            .is_none_or(|kind| kind.eq_ignore_ascii_case("author"))
        {
            found.push(child);
        }
    }
}

fn named<'a>(contributor: &'a Element, found: &mut Vec<&'a Element>) {
    for child in contributor.children() {
        match child.name.as_str() {
            "name" | "string-name" | "collab" | "collab-name" => found.push(child),
            "name-alternatives" | "collab-alternatives" | "collab-name-alternatives" => named(child, found),
            _ => {}
        }
    }
}

/// Whether a contributor is marked as the corresponding author, and the name and address it has.
pub(super) fn corresponding(front: &Element) -> Vec<String> {
    let mut contributors = Vec::new();
    contributions(front, &mut contributors);
    let marked = |contributor: &&Element| contributor.attribute("corresp") == Some("yes");
    let mut shown = Vec::new();
    for contributor in contributors.into_iter().filter(marked) {
        let mut found = Vec::new();
        named(contributor, &mut found);
        let address = contributor.all("email").first().map(|email| email.text());
        for element in found {
            let name = name(element);
            shown.push(match &address {
                Some(address) => format!("{name}, {address}"),
                None => name,
            });
        }
    }
    shown
}

/// A person's name: Han names closed up, others surname first.
pub(super) fn name(element: &Element) -> String {
    let part = |wanted: &str| element.child(wanted).map(Element::text).unwrap_or_default();
    let (surname, given) = (part("surname"), part("given-names"));
    if surname.is_empty() && given.is_empty() {
        return element.text_without(&["contrib-group", "xref", "sup"]);
    }
    let han = surname
        .chars()
        .chain(given.chars())
        .all(|character| !character.is_ascii());
    let whole = if han {
        format!("{surname}{given}")
    } else {
        format!("{surname} {given}")
    };
    [whole.trim(), part("suffix").as_str()].join(" ").trim().to_owned()
}

/// Adds to the list in a language.
pub(super) fn push(list: &mut Bilingual<Vec<String>>, language: Language, text: String) {
    if text.is_empty() {
        return;
    }
    match language {
        Language::Zh => list.zh.get_or_insert_default().push(text),
        Language::En => list.en.get_or_insert_default().push(text),
    }
}
