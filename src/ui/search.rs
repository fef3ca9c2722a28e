//! `/`: the search box, and the results of a search.

use std::time::Instant;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::asked::Asked;
use super::results::{Answered, Mapped};
use super::visit::Visit;
use super::{home, refusal, results};
use crate::retrieve::Results;
use crate::server::{Searched, Server};
use crate::text::Language;

/// The first page, or a page of results where something is asked.
pub(super) async fn page(State(server): State<Server>, visit: Visit) -> Response {
    let asked = Asked::read(&visit);
    if asked.query.is_empty() {
        return match server.with_searcher(|searcher| Ok(searcher.status()?)).await {
            Ok(status) => visit.answer(StatusCode::OK, home::page(&visit, &status)),
            Err(problem) => refusal::page(&visit, problem),
        };
    }
    let search = asked.search();
    let found = server
        .with_searcher(move |searcher| {
            let started = Instant::now();
            let results = searcher.search(&search)?;
            let took = started.elapsed();
            let mapped = if results.hits.is_empty() {
                Mapped::of(searcher.lexicon(), &search.query)
            } else {
                Vec::new()
            };
            Ok((results, mapped, took))
        })
        .await;
    let (results, mapped, took) = match found {
        Ok(found) => found,
        Err(problem) => return refusal::page(&visit, problem),
    };
    server.metrics().searched(results.total);
    let searched = searched(&results);
    let answered = Answered {
        asked: &asked,
        results: &results,
        mapped: &mapped,
        took,
    };
    let mut response = visit.answer(StatusCode::OK, results::page(&visit, &answered));
    response.extensions_mut().insert(searched);
    response
}

fn searched(results: &Results) -> Searched {
    Searched {
        length: results.search.query.chars().count(),
        language: Language::detect(&results.search.query),
        total: results.total,
    }
}
