//! The query as it was understood, with a link to undo each name that was added to it.

use maud::{Markup, html};

use crate::lexicon::Expansion;
use crate::retrieve::{Correction, Understood, UnderstoodTerm};
use crate::text::Language;
use crate::ui::asked::Asked;
use crate::ui::plain::Plain;
use crate::ui::words::Words;

/// The most other names of a term that are shown at once; the rest unfold.
const MOST_SHOWN: usize = 3;

/// A term that counts less than this is as good as dropped.
const DROPPED: f32 = 0.35;

/// What a query typed in pinyin or with slips was read as, and what else it may have been.
pub(super) fn read_as(words: &Words, asked: &Asked, correction: &Correction) -> Markup {
    let link = |query: &str| asked.with(|asked| query.clone_into(&mut asked.query)).link();
    let tag = |query: &str| Language::detect(query).tag();
    html! {
        p.readas role="status" {
            (words.read_as(correction.kind)) " "
            a.query href=(link(&correction.query)) lang=(tag(&correction.query)) { (Plain(&correction.query)) }
            @if !correction.alternatives.is_empty() {
                " · " (words.perhaps) " "
                @for (place, other) in correction.alternatives.iter().enumerate() {
                    @if place > 0 { (words.separator) }
                    a href=(link(other)) lang=(tag(other)) { (Plain(other)) }
                }
            }
            " · " a rel="nofollow" href=(asked.with(|asked| asked.as_typed = true).link()) {
                (words.as_typed) " " bdi lang=(tag(&asked.query)) { (Plain(&asked.query)) }
            }
        }
    }
}

/// The terms with their other names, and what was undone or counts for nothing.
pub(super) fn line(words: &Words, asked: &Asked, understood: &Understood) -> Markup {
    // The parts of a longer term would say most things twice.
    let terms = understood.terms.iter().filter(|term| !term.part);
    let (dropped, kept): (Vec<_>, Vec<_>) = terms.partition(|term| term.weight < DROPPED);
    let named: Vec<_> = kept.into_iter().filter(|term| !term.other_names.is_empty()).collect();
    html! {
        @if !named.is_empty() || !dropped.is_empty() || !asked.without.is_empty() {
            dl.understood {
                @if !named.is_empty() {
                    dt { (words.also_looked_for) }
                    @for term in named { dd { (names(words, asked, term)) } }
                }
                @if !dropped.is_empty() {
                    dt { (words.counts_little) }
                    dd {
                        @for (place, term) in dropped.iter().enumerate() {
                            @if place > 0 { (words.separator) }
                            span lang=(term.language.tag()) { (Plain(&term.text)) }
                        }
                    }
                }
                @if !asked.without.is_empty() {
                    dt { (words.undone) }
                    dd {
                        @for (place, name) in asked.without.iter().enumerate() {
                            @if place > 0 { (words.separator) }
                            a.again href=(asked.with(|asked| asked.without.retain(|other| other != name)).link())
                                lang=(Language::detect(name).tag()) { (Plain(name)) }
                        }
                    }
                }
            }
        }
    }
}

fn names(words: &Words, asked: &Asked, term: &UnderstoodTerm) -> Markup {
    let (first, rest) = term.other_names.split_at(term.other_names.len().min(MOST_SHOWN));
    html! {
        span.term lang=(term.language.tag()) { (Plain(&term.text)) }
        @for other in first { (name(words, asked, other)) }
        @if !rest.is_empty() {
            details.rest {
                summary { "+" (rest.len()) }
                @for other in rest { (name(words, asked, other)) }
            }
        }
    }
}

fn name(words: &Words, asked: &Asked, other: &Expansion) -> Markup {
    let without = asked.with(|asked| asked.without.push(other.text.clone()));
    html! {
        span.name {
            span lang=(other.language.tag()) { (Plain(&other.text)) }
            a.off href=(without.link()) aria-label={ (words.do_without) " " (Plain(&other.text)) } { "×" }
        }
    }
}
