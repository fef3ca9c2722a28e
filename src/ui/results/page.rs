//! The page, put together.

use std::time::Duration;

use maud::{Markup, html};

use super::nothing::{self, Mapped};
use super::{facets, restrict, understood};
use crate::retrieve::Results;
use crate::text::Language;
use crate::ui::asked::{Asked, LAST_PAGE, PER_PAGE};
use crate::ui::feed;
use crate::ui::frame::{Page, framed, search_box};
use crate::ui::hit;
use crate::ui::paging::paging;
use crate::ui::plain::Plain;
use crate::ui::visit::Visit;

/// A search and what came of it.
pub(in crate::ui) struct Answered<'a> {
    /// What was asked.
    pub(in crate::ui) asked: &'a Asked,
    /// What was found.
    pub(in crate::ui) results: &'a Results,
    /// What the query's terms are called in the other language, where nothing was found.
    pub(in crate::ui) mapped: &'a [Mapped],
    /// How long the search took.
    pub(in crate::ui) took: Duration,
}

/// The page.
pub(in crate::ui) fn page(visit: &Visit, answered: &Answered) -> Markup {
    let words = visit.words();
    let Answered {
        asked,
        results,
        mapped,
        took,
    } = answered;
    let query_tag = Language::detect(&asked.query).tag();
    let milliseconds = took.as_secs_f64() * 1000.0;
    // What is typed next is read as usual again.
    let next = asked.with(|next| next.as_typed = false);
    let last = results.total.div_ceil(PER_PAGE).min(LAST_PAGE);
    let on = |page: usize| {
        Asked {
            page,
            ..(*asked).clone()
        }
        .link()
    };
    let panel = results.facets.as_ref().filter(|_| !results.hits.is_empty());
    let main = html! {
        div.outcome {
            div.list {
                (restrict::choices(words, asked, panel.is_some()))
                h1.found {
                    "“" span lang=(query_tag) { (Plain(&asked.query)) } "” "
                    span.total { (words.found(results.total)) @if !results.complete { "+" } }
                    span.took { (format!("{milliseconds:.1} ms")) }
                }
                @if let Some(correction) = &results.correction { (understood::read_as(words, asked, correction)) }
                (understood::line(words, asked, &results.understood))
                @if results.hits.is_empty() {
                    (nothing::advice(words, asked, mapped))
                } @else {
                    @if results.partial {
                        p.answerable role="status" { (words.partial()) }
                    }
                    @if let Some(line) = words.answerable(results.answerable) {
                        p.answerable role="status" { (line) }
                    }
                    ol.hits start=((asked.page - 1) * PER_PAGE + 1) {
                        @for hit in &results.hits { li { (hit::card(words, asked, hit)) } }
                    }
                }
                (paging(words, asked.page, last, &on))
                @if !results.hits.is_empty() { p.feed { a rel="nofollow" href=(feed::address(asked)) { (words.feed) } " (Atom)" } }
            }
            @if let Some(counted) = panel { (facets::panel(words, asked, counted)) }
        }
    };
    framed(
        visit,
        Page {
            title: asked.query.clone(),
            canonical: None,
            head: html! { link rel="alternate" type="application/atom+xml" title=(words.feed) href=(feed::address(asked)); },
            search: Some(search_box(visit, &asked.query, &next.restrictions())),
            main,
        },
    )
}
