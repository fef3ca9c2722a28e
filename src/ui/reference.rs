//! `/a/{id}/r/{number}`: a cited work and every passage that cites it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::frame::{Page, framed, search_box};
use super::hit::section_name;
use super::plain::Plain;
use super::running::{Lead, Running};
use super::visit::Visit;
use super::words::Words;
use super::{address, refusal, source};
use crate::document::{ArticleId, PlacedPassage, Reference};
use crate::retrieve::CitedWork;
use crate::server::{Problem, ProblemKind, Server};
use crate::text::{Language, Span};

/// The page of a reference.
pub(super) async fn page(
    State(server): State<Server>,
    visit: Visit,
    Path((id, number)): Path<(String, String)>,
) -> Response {
    let unknown = || Problem::new(ProblemKind::UnknownRoute, "The list of the article has no such number.");
    let (Ok(id), Ok(number)) = (ArticleId::parse(&id), number.parse::<u32>()) else {
        return refusal::page(&visit, unknown());
    };
    let found = server
        .with_searcher(move |searcher| searcher.cited_work(&id, number)?.ok_or_else(unknown))
        .await;
    match found {
        Ok(work) => visit.answer(StatusCode::OK, shown(&visit, &work)),
        Err(problem) => refusal::page(&visit, problem),
    }
}

fn shown(visit: &Visit, work: &CitedWork) -> Markup {
    let words = visit.words();
    let CitedWork {
        entry,
        elsewhere,
        citing,
    } = work;
    let reference = &entry.reference;
    let article_id = entry.article.id.as_str();
    let title = reference.title.as_deref().unwrap_or(&reference.text);
    let tag = Language::detect(title).tag();
    let main = html! {
        article.work {
            p.imprint { (words.cited_work) }
            h1 lang=(tag) { (Plain(title)) }
            p.entry lang=(Language::detect(&reference.text).tag()) { (Plain(&reference.text)) }
            p.links { (source::links(reference)) }
            (parts(words, reference))
            p.source {
                (words.listed_in) " " (source::title(words, &entry.article, &format!("#r{}", reference.number)))
                " [" (reference.number) "]"
            }
            @if !elsewhere.is_empty() {
                h2 { (words.also_listed_in) }
                ul {
                    @for other in elsewhere {
                        li {
                            (source::title(words, &other.article, &format!("#r{}", other.reference.number)))
                            " [" (other.reference.number) "]"
                        }
                    }
                }
            }
            h2 { (words.citing_passages) " " span.total { (citing.len()) } }
            @if citing.is_empty() { p { (words.not_cited) } }
            ol.hits {
                @for placed in citing { li { (passage(words, placed)) } }
            }
        }
    };
    framed(
        visit,
        Page {
            title: title.to_owned(),
            canonical: Some(address::reference(article_id, reference.number)),
            head: html! {},
            search: Some(search_box(visit, "", &[])),
            main,
        },
    )
}

fn parts(words: &Words, reference: &Reference) -> Markup {
    let authors = reference.authors.join(", ");
    let year = reference.year.map(|year| year.to_string());
    let rows = [
        (words.authors, (!authors.is_empty()).then_some(authors.as_str())),
        (words.container, reference.container.as_deref()),
        (words.publisher, reference.publisher.as_deref()),
        (words.year, year.as_deref()),
        (words.pages, reference.pages.as_deref()),
        (words.kind, reference.type_mark.as_deref()),
    ];
    html! {
        dl.parts {
            @for (name, value) in rows {
                @if let Some(value) = value {
                    dt { (name) }
                    dd lang=(Language::detect(value).tag()) { (Plain(value)) }
                }
            }
        }
    }
}

/// A passage that cites the work, whole.
fn passage(words: &Words, placed: &PlacedPassage) -> Markup {
    let id = placed.article.id.as_str();
    let tag = placed.passage.language.tag();
    let known = |number: u32| placed.references.iter().any(|reference| reference.number == number);
    let leads = |number: u32| {
        known(number).then(|| Lead {
            href: address::reference(id, number),
            shown_by: String::new(),
        })
    };
    html! {
        article.hit {
            h3 lang=(tag) {
                a href={ (address::article(id)) "#" (address::part(placed.passage.id.as_str())) } {
                    @match placed.path.last() {
                        Some(section) => (section_name(words, section)),
                        None => (words.read_in_place),
                    }
                }
            }
            (source::line(words, &placed.article, placed.passage.language))
            p.snippet lang=(tag) {
                (Running {
                    passage: &placed.passage,
                    window: Span::new(0, placed.passage.text.len()),
                    highlights: &[],
                    leads: &leads,
                })
            }
        }
    }
}
