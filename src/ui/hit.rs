//! One hit of a result page.

use maud::{Markup, PreEscaped, html};

use super::address;
use super::asked::Asked;
use super::plain::Plain;
use super::running::{Lead, Running};
use super::source;
use super::words::Words;
use crate::cite::{Entry, Style};
use crate::document::{PlacedPassage, PlacedReference, SectionHead, SectionKind};
use crate::retrieve::{Explanation, Found, Hit};
use crate::text::Language;

/// The hit as a card.
pub(super) fn card(words: &Words, asked: &Asked, hit: &Hit) -> Markup {
    match &hit.found {
        Found::Passage(placed) => of_passage(words, asked, hit, placed),
        Found::Reference(placed) => of_reference(words, hit, placed),
    }
}

fn of_passage(words: &Words, asked: &Asked, hit: &Hit, placed: &PlacedPassage) -> Markup {
    let passage = &placed.passage;
    let id = placed.article.id.as_str();
    let tag = passage.language.tag();
    let fragment = address::text_fragment(&passage.text, &hit.highlights, &passage.citations).unwrap_or_default();
    let query = address::part(&asked.query);
    let read = format!(
        "{}?q={query}#{}{fragment}",
        address::article(id),
        address::part(passage.id.as_str())
    );
    let known = |number: u32| placed.references.iter().any(|reference| reference.number == number);
    let leads = |number: u32| {
        known(number).then(|| Lead {
            href: address::reference(id, number),
            shown_by: format!("h{}-r{number}", hit.rank),
        })
    };
    let window = hit.snippet().span;
    let snippet = Running {
        passage,
        window,
        highlights: &hit.highlights,
        leads: &leads,
    };
    let why = format!("{}&why={}#hit-{}", asked.link(), hit.rank, hit.rank);
    let (own, above) = placed
        .path
        .split_last()
        .map_or((None, &[][..]), |(own, above)| (Some(own), above));
    html! {
        article.hit id={ "hit-" (hit.rank) } {
            (PreEscaped(Style::Coins.write(&Entry::of_head(&placed.article, passage.language))))
            @if !above.is_empty() {
                p.path lang=(tag) {
                    @for (place, section) in above.iter().enumerate() {
                        @if place > 0 { span.step aria-hidden="true" { "›" } }
                        (section_name(words, section))
                    }
                }
            }
            h2 lang=(tag) {
                a href=(read) {
                    @if let Some(own) = own { (section_name(words, own)) } @else { (placed.locator()) }
                }
            }
            (source::line(words, &placed.article, passage.language))
            p.snippet lang=(tag) {
                @if window.start > 0 { "… " }
                (snippet)
                @if window.end < passage.text.len() { " …" }
            }
            div.foot {
            @if !placed.references.is_empty() {
                details.refs {
                    summary { (words.cites(placed.references.len())) }
                    ol {
                        @for reference in &placed.references {
                            li id=(format!("h{}-r{}", hit.rank, reference.number)) value=(reference.number) {
                                (source::entry(reference))
                                " " a.more href=(address::reference(id, reference.number)) { (words.citing_passages) }
                            }
                        }
                    }
                }
            }
            @match hit.explanation.as_ref().filter(|_| asked.why == Some(hit.rank)) {
                Some(explanation) => (account(words, explanation)),
                None => p.why { a rel="nofollow" href=(why) { (words.why) } },
            }
            }
        }
    }
}

/// Why the hit stands where it stands, line by line.
fn account(words: &Words, explanation: &Explanation) -> Markup {
    html! {
        section.account aria-label=(words.why) {
            h3 { (words.why) }
            ul { @for line in explanation.words(words.language) { li { (Plain(line.trim())) } } }
        }
    }
}

/// A section by its number and title; an abstract or unheaded introduction by what it is.
pub(super) fn section_name(words: &Words, section: &SectionHead) -> Markup {
    let said = match (&section.title, section.kind) {
        (Some(title), _) => {
            return html! {
                @if let Some(number) = &section.number { span.number { (Plain(number)) } " " }
                (Plain(title))
            };
        }
        (None, SectionKind::Abstract) => words.abstract_title,
        (None, SectionKind::Introduction) => words.introduction,
        (None, SectionKind::Body) => section.number.as_deref().unwrap_or(&section.id),
    };
    html! { span lang=(words.tag) { (Plain(said)) } }
}

fn of_reference(words: &Words, hit: &Hit, placed: &PlacedReference) -> Markup {
    let reference = &placed.reference;
    let language = Language::detect(&reference.text);
    let title = reference.title.as_deref().unwrap_or(&reference.text);
    html! {
        article.hit {
            h2 lang=(language.tag()) {
                a href=(address::reference(placed.article.id.as_str(), reference.number)) { (Plain(title)) }
            }
            p.snippet lang=(language.tag()) { (highlighted(&reference.text, hit)) }
            p.source { (words.listed_in) " " (source::title(words, &placed.article, "")) " · " (words.cited_by(placed.cited_by.len())) }
        }
    }
}

/// A text that has nothing but highlights.
fn highlighted(text: &str, hit: &Hit) -> Markup {
    let ends = hit.highlights.iter().map(|highlight| highlight.end);
    let befores = [0].into_iter().chain(ends).zip(&hit.highlights);
    let last = hit.highlights.last().map_or(0, |highlight| highlight.end);
    html! {
        @for (before, highlight) in befores {
            (Plain(text.get(before..highlight.start).unwrap_or_default()))
            mark { (Plain(highlight.of(text))) }
        }
        (Plain(text.get(last..).unwrap_or_default()))
    }
}
