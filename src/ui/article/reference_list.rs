//! The reference list of an article, every entry with the passages that cite it.

use std::collections::HashSet;

use maud::{Markup, html};

use super::page::Reading;
use super::tree::place;
use crate::document::PlacedReference;
use crate::ui::address;
use crate::ui::source;
use crate::ui::words::Words;

/// The list; nothing where the article has none.
pub(super) fn list(words: &Words, reading: &Reading) -> Markup {
    let mut seen = HashSet::new();
    html! {
        @if !reading.references.is_empty() {
            section #references {
                h2 { (words.references) }
                ol.references {
                    @for placed in &reading.references {
                        // A list that prints a number twice has one anchor for it: the first, as citations mean it.
                        @let first = seen.insert(placed.reference.number);
                        (entry(words, reading, placed, first))
                    }
                }
            }
        }
    }
}

fn entry(words: &Words, reading: &Reading, placed: &PlacedReference, first: bool) -> Markup {
    let reference = &placed.reference;
    let id = first.then(|| format!("r{}", reference.number));
    html! {
        li id=[id] value=(reference.number) {
            (source::entry(reference))
            @if !placed.cited_by.is_empty() {
                span.citedat {
                    " " (words.cited_at) " "
                    @for (at, citing) in placed.cited_by.iter().enumerate() {
                        @if at > 0 { (words.separator) }
                        a href={ "#" (address::part(citing.id.as_str())) } {
                            (place(words, &reading.outline, &citing.id).unwrap_or_else(|| citing.locator.clone()))
                        }
                    }
                }
            }
            " " a.more href=(address::reference(reading.outline.id.as_str(), reference.number)) { (words.citing_passages) }
        }
    }
}
