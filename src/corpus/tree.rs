//! Builds the tree of sections from headings in reading order.

use std::collections::HashSet;

use super::Heading;
use crate::document::{Section, SectionKind};
use crate::text::Language;

/// The sections that `headings` make, in the same order. The printed number decides the level where there is one.
pub fn sections(headings: &[Heading], language: Language) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::with_capacity(headings.len());
    let mut taken: HashSet<String> = HashSet::new();
    let mut above = 0u8;
    for (place, heading) in headings.iter().enumerate() {
        let level = level(heading, above);
        if let Some(number) = &heading.number {
            // `1.` below `（一）` is deeper than it; `1.1` below `第一章` counts the chapter itself.
            let own = !number.starts_with(|first: char| first.is_ascii_digit()) && !number.starts_with('第');
            let digits = number.starts_with(|first: char| first.is_ascii_digit());
            above = if own {
                heading.level.max(1)
            } else if digits {
                above
            } else {
                0
            };
        }
        let mut parent = None;
        if level > 1 && heading.kind != SectionKind::Abstract {
            let mut candidate = place.checked_sub(1);
            while let Some(index) = candidate
                && let Some(found) = sections.get(index)
            {
                if found.level < level {
                    // Neither an abstract nor an unheaded introduction holds numbered sections.
                    parent = Some(index).filter(|_| found.kind != SectionKind::Abstract && found.title.is_some());
                    break;
                }
                candidate = found.parent;
            }
        }
        let title_language = heading.title.as_deref().map(Language::detect);
        let language = heading.language.or(title_language).unwrap_or(language);
        let base = match (heading.kind, &heading.number, &heading.title) {
            (SectionKind::Abstract, _, _) => format!("abstract-{}", language.tag()),
            (_, Some(number), _) => number.clone(),
            (SectionKind::Introduction, None, None) => "0".to_owned(),
            // The only section, without a heading: a ready passage.
            (SectionKind::Body, None, None) if headings.len() == 1 => "0".to_owned(),
            _ => format!("s{}", place + 1),
        };
        let mut id = base.clone();
        let mut again = 2u32;
        while !taken.insert(id.clone()) {
            id = format!("{base}-{again}");
            again += 1;
        }
        sections.push(Section {
            id,
            kind: heading.kind,
            number: heading.number.clone(),
            title: heading.title.clone(),
            language,
            level,
            parent,
            line: heading.line,
        });
    }
    sections
}

/// The depth a heading asks for, where numbers that are not Arabic reach down to `above`.
fn level(heading: &Heading, above: u8) -> u8 {
    let Some(number) = &heading.number else {
        return heading.level.max(1);
    };
    if number.starts_with(|first: char| first.is_ascii_digit()) {
        u8::try_from(number.split('.').filter(|part| !part.is_empty()).count())
            .unwrap_or(u8::MAX)
            .max(1)
            .saturating_add(above)
    } else {
        heading.level.max(1)
    }
}
