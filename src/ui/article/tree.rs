//! The section tree of an article as nested lists of links.

use maud::{Markup, html};

use crate::document::{ArticleOutline, PassageId, Section, SectionKind};
use crate::ui::address;
use crate::ui::hit::section_name;
use crate::ui::words::Words;

/// The element id of a section.
pub(super) fn anchor(section: &Section) -> String {
    format!("s-{}", section.id)
}

/// The tree, with the reference list at its end.
pub(super) fn tree(words: &Words, outline: &ArticleOutline) -> Markup {
    let sections = &outline.sections;
    let mut below = vec![Vec::new(); sections.len()];
    let mut top = Vec::new();
    for (place, section) in sections.iter().enumerate() {
        let parent = section.parent.filter(|parent| *parent < place);
        match parent.and_then(|parent| below.get_mut(parent)) {
            Some(siblings) => siblings.push(place),
            None => top.push(place),
        }
    }
    html! {
        ol {
            (items(words, sections, &below, &top))
            @if !outline.references.is_empty() { li { a href="#references" { (words.references) } } }
        }
    }
}

fn items(words: &Words, sections: &[Section], below: &[Vec<usize>], places: &[usize]) -> Markup {
    html! {
        @for (section, inside) in places.iter().filter_map(|place| Some((sections.get(*place)?, below.get(*place)?))) {
            li {
                a href={ "#" (address::part(&anchor(section))) } lang=(section.language.tag()) {
                    (section_name(words, &section.head()))
                }
                @if !inside.is_empty() { ol { (items(words, sections, below, inside)) } }
            }
        }
    }
}

/// The place of a passage in words: its section and paragraph.
pub(super) fn place(words: &Words, outline: &ArticleOutline, id: &PassageId) -> Option<String> {
    let passage = outline.passages.iter().find(|passage| passage.id == *id)?;
    let section = outline.sections.get(passage.section)?;
    let name = section.number.as_deref().map(|number| format!("§{number}"));
    let name = name.or_else(|| section.title.clone());
    let name = name.unwrap_or_else(|| match section.kind {
        SectionKind::Abstract => words.abstract_title.to_owned(),
        SectionKind::Introduction => words.introduction.to_owned(),
        SectionKind::Body => section.id.clone(),
    });
    Some(format!("{name} ¶{}", passage.paragraph))
}
