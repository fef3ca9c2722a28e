//! The page: description, section tree beside the text, reference list.

use std::collections::HashMap;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, PreEscaped, html};

use super::{description, reference_list, text, tree};
use crate::cite::{Entry, Style};
use crate::document::{ArticleId, ArticleOutline, PassageId, PlacedPassage, PlacedReference};
use crate::retrieve::{Found, MOST_HITS, Search, SearchError, Searcher};
use crate::server::{Problem, ProblemKind, Server};
use crate::text::Span;
use crate::ui::frame::{Page, framed, search_box};
use crate::ui::visit::Visit;
use crate::ui::{address, highwire, linked_data, refusal};

/// An article with everything its page shows.
pub(super) struct Reading {
    /// Its description and sections.
    pub(super) outline: ArticleOutline,
    /// Its passages in reading order.
    pub(super) passages: Vec<PlacedPassage>,
    /// Its references, each with the passages that cite it.
    pub(super) references: Vec<PlacedReference>,
    /// What the reader looks for in it.
    pub(super) query: String,
    /// Where the terms of the query occur, by passage; best passages first in `best`.
    pub(super) highlights: HashMap<PassageId, Vec<Span>>,
    /// The passages found, best first.
    pub(super) best: Vec<PassageId>,
}

/// The page of an article.
pub(in crate::ui) async fn page(State(server): State<Server>, visit: Visit, Path(id): Path<String>) -> Response {
    let query = visit.parameter("q").trim().to_owned();
    let read = server.with_searcher(move |searcher| read(searcher, &id, query)).await;
    match read {
        Ok(reading) => visit.answer(StatusCode::OK, shown(&visit, &reading)),
        Err(problem) => refusal::page(&visit, problem),
    }
}

fn read(searcher: &Searcher, id: &str, query: String) -> Result<Reading, Problem> {
    let unknown = || Problem::new(ProblemKind::UnknownArticle, "No article has this identifier.");
    let id = ArticleId::parse(id).map_err(|_| unknown())?;
    let outline = searcher.article(&id)?.ok_or_else(unknown)?;
    let found = if query.is_empty() {
        Vec::new()
    } else {
        inside(searcher, &id, &query)?
    };
    Ok(Reading {
        passages: searcher.article_passages(&id)?,
        references: searcher.article_references(&id)?,
        best: found.iter().map(|(id, _)| id.clone()).collect(),
        highlights: found.into_iter().collect(),
        query,
        outline,
    })
}

/// What of an article answers a query, best first, with where its terms occur.
fn inside(searcher: &Searcher, id: &ArticleId, query: &str) -> Result<Vec<(PassageId, Vec<Span>)>, SearchError> {
    let mut search = Search::new(query);
    search.filters.articles = vec![id.clone()];
    search.limit = MOST_HITS;
    let hits = searcher.search(&search)?.whole()?.hits.into_iter();
    let found = hits.filter_map(|hit| match hit.found {
        Found::Passage(placed) => Some((placed.passage.id, hit.highlights)),
        Found::Reference(_) => None,
    });
    Ok(found.collect())
}

fn shown(visit: &Visit, reading: &Reading) -> Markup {
    let words = visit.words();
    let outline = &reading.outline;
    let id = outline.id.as_str();
    let title = outline.metadata.title.prefer(words.language).map_or(id, String::as_str);
    let main = html! {
        div.reading {
            nav.tree aria-label=(words.contents) {
                details.contents {
                    summary { (words.contents) }
                    (tree::tree(words, outline))
                }
                form.inside role="search" action=(address::article(id)) method="get" {
                    label for="inside" { (words.search_inside) }
                    div.box {
                        input #inside type="search" name="q" value=(reading.query) maxlength="2048" autocomplete="off";
                        button type="submit" { (words.search) }
                    }
                    @if !reading.query.is_empty() {
                        p.found role="status" { (words.found(reading.best.len())) }
                        ol.places {
                            @for (place, passage) in reading.best.iter().take(10).enumerate() {
                                li { a href={ "#" (address::part(passage.as_str())) } { (tree::place(words, outline, passage).unwrap_or_else(|| (place + 1).to_string())) } }
                            }
                        }
                    }
                }
            }
            article.paper data-source=(source_line(visit, outline)) data-copy=(words.copy) data-copied=(words.copied) {
                (PreEscaped(Style::Coins.write(&Entry::of_article(outline, outline.language))))
                (description::header(words, outline))
                (text::sections(words, reading))
                (reference_list::list(words, reading))
            }
        }
    };
    framed(
        visit,
        Page {
            title: title.to_owned(),
            canonical: Some(address::article(id)),
            head: html! {
                (highwire::of_article(&visit.base, outline))
                (linked_data::of_article(&visit.base, outline))
            },
            search: Some(search_box(visit, "", &[])),
            main,
        },
    )
}

/// What is copied with a passage: authors, title, journal, year and where to find it.
fn source_line(visit: &Visit, outline: &ArticleOutline) -> String {
    let language = outline.language;
    let metadata = &outline.metadata;
    let authors = metadata.authors.prefer(language).map(|authors| authors.join(", "));
    let year = metadata.year.map(|year| year.to_string());
    let found = match metadata.doi.as_deref().filter(|doi| !doi.is_empty()) {
        Some(doi) => address::doi(doi),
        None => visit.base.page(outline.id.as_str(), None),
    };
    let parts = [
        authors,
        metadata.title.prefer(language).cloned(),
        metadata.journal.prefer(language).cloned(),
        year,
        Some(found),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(". ")
}
