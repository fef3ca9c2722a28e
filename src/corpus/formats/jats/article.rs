//! The format itself: one article of sections and paragraphs.

use super::element::{self, Element};
use super::flow::{Numbers, inline};
use super::{front, list};
use crate::corpus::{Draft, FaultKind, Format, Heading, Input, ReadError, Settings, Sink};
use crate::document::{SectionKind, Source};
use crate::text::Language;

/// JATS XML.
#[derive(Debug)]
pub struct Jats;

/// What is set apart from the paragraph it stands in.
const APART: [&str; 7] = ["p", "sec", "title", "label", "ref-list", "fn", "object-id"];

impl Format for Jats {
    fn name(&self) -> &'static str {
        "jats"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xml", "nxml"]
    }

    fn read(&self, mut input: Input<'_>, settings: &Settings, sink: &mut dyn Sink) -> Result<(), ReadError> {
        let text = input.whole(settings.max_file_bytes)?;
        let (root, faults) = element::read(&text);
        let mut draft = Draft::new(Source {
            path: input.path.to_owned(),
            line: 1,
        });
        for (line, reason) in faults {
            draft.fault(line, FaultKind::Malformed { reason });
        }
        let articles = root.all("article");
        let Some(&article) = articles.first() else {
            let reason = "holds no <article>".to_owned();
            sink.fault(crate::corpus::Fault {
                path: input.path.to_owned(),
                line: 1,
                kind: FaultKind::Malformed { reason },
            });
            return Ok(());
        };
        let (references, numbers) = list::references(article);
        if let Some(found) = article.child("front") {
            front::read(found, &mut draft);
            for name in ["abstract", "trans-abstract"] {
                for found in found.all(name) {
                    open(&mut draft, found, SectionKind::Abstract, 1);
                    paragraphs(&mut draft, found, &numbers);
                }
            }
        }
        if let Some(body) = article.child("body") {
            body_text(&mut draft, body, &numbers, 1);
        }
        for reference in references {
            draft.reference(reference);
        }
        let (article, faults) = draft.finish(settings);
        for fault in faults {
            sink.fault(fault);
        }
        // Both answers end the file: it holds one article.
        let _ = sink.article(article);
        Ok(())
    }
}

fn open(draft: &mut Draft, element: &Element, kind: SectionKind, level: u8) {
    let printed = element.child("title").map(Element::text).unwrap_or_default();
    let label = element.child("label").map(Element::text).unwrap_or_default();
    let (number, title) = match numbered(&label) {
        Some((number, _)) => (Some(number), printed),
        None => match numbered(&printed) {
            Some((number, rest)) => (Some(number), rest),
            None => (None, printed),
        },
    };
    draft.open_section(Heading {
        kind,
        number,
        title: (!title.is_empty()).then_some(title),
        level,
        language: (kind == SectionKind::Abstract).then(|| front::language(element)),
        line: element.line,
    });
}

/// `1.2 Methods` in number and rest.
fn numbered(printed: &str) -> Option<(String, String)> {
    let end = printed.find(|character: char| !character.is_ascii_digit() && character != '.').unwrap_or(printed.len());
    let (number, rest) = printed.split_at_checked(end)?;
    let number = number.trim_end_matches('.');
    let short = number.split('.').all(|part| (1..=2).contains(&part.len()));
    (short && !number.is_empty()).then(|| (number.to_owned(), rest.trim().to_owned()))
}

fn body_text(draft: &mut Draft, element: &Element, numbers: &Numbers, level: u8) {
    for child in element.children() {
        if child.name == "sec" {
            open(draft, child, SectionKind::Body, level);
            body_text(draft, child, numbers, level.saturating_add(1));
        } else {
            block(draft, child, numbers);
        }
    }
}

fn paragraphs(draft: &mut Draft, element: &Element, numbers: &Numbers) {
    for child in element.children() {
        block(draft, child, numbers);
    }
}

/// One block: a paragraph, or whatever holds paragraphs.
fn block(draft: &mut Draft, element: &Element, numbers: &Numbers) {
    match element.name.as_str() {
        "title" | "label" | "ref-list" | "object-id" | "graphic" => {}
        "p" | "disp-formula" => {
            let declared = element.attribute("xml:lang").and_then(Language::from_tag);
            draft.paragraph(inline(element, numbers, &APART), (element.line, element.line), declared);
        }
        "table" => {
            let rows = element.all("tr");
            let rows = rows.iter().map(|row| row.children().map(Element::text).collect::<Vec<_>>().join(" "));
            let text = crate::corpus::Inline::plain(&rows.collect::<Vec<_>>().join("; "));
            draft.paragraph(text, (element.line, element.line), None);
        }
        _ => paragraphs(draft, element, numbers),
    }
}
