//! The text of an article, section by section, as the article prints it.

use maud::{Markup, html};

use super::page::Reading;
use super::tree::anchor;
use crate::document::{PlacedPassage, Section};
use crate::text::Span;
use crate::ui::address;
use crate::ui::hit::section_name;
use crate::ui::running::{Lead, Running};
use crate::ui::words::Words;

/// The deepest heading HTML has.
const DEEPEST: u8 = 6;

/// All sections in reading order.
pub(super) fn sections(words: &Words, reading: &Reading) -> Markup {
    html! {
        @for (place, section) in reading.outline.sections.iter().enumerate() {
            section id=(anchor(section)) {
                (heading(words, section))
                @for paragraph in paragraphs(reading, place) { (shown(reading, &paragraph)) }
            }
        }
    }
}

fn heading(words: &Words, section: &Section) -> Markup {
    let name = html! { (section_name(words, &section.head())) };
    let tag = section.language.tag();
    match section.level.saturating_add(1).clamp(2, DEEPEST) {
        2 => html! { h2 lang=(tag) { (name) } },
        3 => html! { h3 lang=(tag) { (name) } },
        4 => html! { h4 lang=(tag) { (name) } },
        5 => html! { h5 lang=(tag) { (name) } },
        _ => html! { h6 lang=(tag) { (name) } },
    }
}

/// The passages of a section, those of one printed paragraph together.
fn paragraphs(reading: &Reading, section: usize) -> Vec<Vec<&PlacedPassage>> {
    let mut paragraphs: Vec<Vec<&PlacedPassage>> = Vec::new();
    for placed in reading
        .passages
        .iter()
        .filter(|placed| placed.passage.section == section)
    {
        match paragraphs.last_mut() {
            Some(pieces)
                if pieces
                    .last()
                    .is_some_and(|last| last.passage.paragraph == placed.passage.paragraph) =>
            {
                pieces.push(placed);
            }
            _ => paragraphs.push(vec![placed]),
        }
    }
    paragraphs
}

fn shown(reading: &Reading, pieces: &[&PlacedPassage]) -> Markup {
    let known = |number: u32| {
        reading
            .references
            .iter()
            .any(|placed| placed.reference.number == number)
    };
    let leads = |number: u32| {
        known(number).then(|| Lead {
            href: format!("#r{number}"),
            shown_by: format!("r{number}"),
        })
    };
    let tag = pieces.first().map(|placed| placed.passage.language.tag());
    html! {
        p lang=[tag] {
            @for (place, placed) in pieces.iter().enumerate() {
                // English pieces lose the space at which they were cut.
                @if place > 0 && !placed.passage.text.starts_with(is_han) { " " }
                span.passage id=(address::part(placed.passage.id.as_str())) {
                    (Running {
                        passage: &placed.passage,
                        window: Span::new(0, placed.passage.text.len()),
                        highlights: reading.highlights.get(&placed.passage.id).map(Vec::as_slice).unwrap_or_default(),
                        leads: &leads,
                    })
                }
            }
        }
    }
}

fn is_han(letter: char) -> bool {
    crate::text::Script::of(letter) == crate::text::Script::Han
}
