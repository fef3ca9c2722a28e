//! What the doors show of a hit: the same for all, for each to arrange.

use std::collections::BTreeMap;

use serde_json::{Number, Value};

use super::door::Asked;
use crate::cite::visible;
use crate::document::{Bilingual, Fact, PlacedPassage, Reference, Scalar};
use crate::retrieve::{Found, Hit};
use crate::text::Language;

/// A hit as the doors show it.
pub(super) struct Shown {
    /// Place in the whole ranking, from 1.
    pub(super) rank: usize,
    /// Identifier of the passage.
    pub(super) passage: String,
    /// Identifier of the article.
    pub(super) article: String,
    /// Title of the article, in the passage's language where printed; its identifier where it has none.
    pub(super) title: String,
    /// The passage without invisible characters, with the references it cites where the operator wants them in the text.
    pub(super) text: String,
    /// The passage with the query's terms in `<em>`, everything else escaped for HTML.
    pub(super) highlighted: String,
    /// The page it can be read on.
    pub(super) url: String,
    /// How sure it is that it answers, 0 to 1; never more than that of a hit before it.
    pub(super) relevance: f32,
    /// Place of the passage in its article, from 1.
    pub(super) position: u32,
    /// Characters of the passage.
    pub(super) length: usize,
    /// Plain facts with their names, ours first: never null, never nested.
    pub(super) facts: Vec<(String, Value)>,
}

/// Plain facts by name, as a JSON object.
pub(super) type Facts = BTreeMap<String, Value>;

/// Name of the fact that holds the printed references.
const REFERENCES: &str = "references";

impl Shown {
    /// A hit as the callers of a door reach it.
    pub(super) fn new(hit: Hit, asked: &Asked) -> Self {
        let highlighted = emphasised(hit.found.text(), &hit);
        let Hit {
            rank, relevance, found, ..
        } = hit;
        let (passage, head, language, text, position, references, facts) = match found {
            Found::Passage(placed) => {
                let facts = placed.facts();
                let PlacedPassage {
                    article,
                    path: _,
                    passage,
                    ordinal,
                    previous: _,
                    next: _,
                    references,
                    unresolved: _,
                } = *placed;
                let id = passage.id.to_string();
                (
                    id,
                    article,
                    passage.language,
                    passage.text,
                    ordinal + 1,
                    references,
                    facts,
                )
            }
            Found::Reference(placed) => {
                let facts = placed.facts();
                let (id, text) = (placed.name(), placed.reference.text.clone());
                let language = Language::detect(&text);
                (
                    id,
                    placed.article,
                    language,
                    text,
                    placed.ordinal + 1,
                    Vec::new(),
                    facts,
                )
            }
        };
        let article = head.id.to_string();
        let url = asked.base.page(&article, Some(&passage));
        let printed = printed(&references);
        let ours = [("document_id", &article), ("url", &url), (REFERENCES, &printed)];
        let mut shown = Self {
            rank,
            title: title(&head.title, language, &article),
            highlighted,
            relevance,
            position,
            length: text.chars().count(),
            facts: plain(&ours, facts),
            text: visible(&text),
            url,
            passage,
            article,
        };
        if asked.settings().references_in_text && !printed.is_empty() {
            shown.text.push_str("\n\n");
            shown.text.push_str(&printed);
        }
        shown
    }
}

/// The title of an article as the doors show it.
pub(super) fn title(title: &Bilingual<String>, language: Language, article: &str) -> String {
    title
        .prefer(language)
        .map_or_else(|| article.to_owned(), |title| visible(title))
}

/// References as printed, one a line, each with its number.
pub(super) fn printed(references: &[Reference]) -> String {
    let lines = references
        .iter()
        .map(|reference| format!("[{}] {}", reference.number, visible(&reference.text)));
    lines.collect::<Vec<_>>().join("\n")
}

/// What the doors say of a hit, where it is not empty, then its facts of other names.
fn plain(ours: &[(&str, &String)], facts: Vec<Fact>) -> Vec<(String, Value)> {
    let ours = ours.iter().filter(|(_, text)| !text.is_empty());
    let mut plain: Vec<_> = ours
        .map(|(name, text)| ((*name).to_owned(), Value::String((*text).clone())))
        .collect();
    for Fact { name, value, forms: _ } in facts {
        let value = match value {
            Scalar::Text(text) => Value::String(text),
            Scalar::Flag(flag) => Value::Bool(flag),
            // A year must not become 2024.0.
            Scalar::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => Value::from(number as i64),
            Scalar::Number(number) => match Number::from_f64(number) {
                Some(number) => Value::Number(number),
                None => continue,
            },
        };
        if plain.iter().all(|(taken, _)| *taken != name) {
            plain.push((name, value));
        }
    }
    plain
}

fn emphasised(text: &str, hit: &Hit) -> String {
    let mut html = String::with_capacity(text.len() + 16 * hit.highlights.len());
    let mut at = 0;
    for highlight in &hit.highlights {
        let (Some(before), Some(marked)) = (text.get(at..highlight.start), text.get(highlight.start..highlight.end))
        else {
            continue;
        };
        escape(before, &mut html);
        html.push_str("<em>");
        escape(marked, &mut html);
        html.push_str("</em>");
        at = highlight.end;
    }
    escape(text.get(at..).unwrap_or_default(), &mut html);
    html
}

fn escape(text: &str, html: &mut String) {
    for letter in visible(text).chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            other => html.push(other),
        }
    }
}
