//! `/status`: what is indexed, since when, and what is wrong with the corpus.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::frame::{Page, framed, search_box};
use super::plain::Plain;
use super::refusal;
use super::visit::Visit;
use crate::retrieve::Status;
use crate::server::{IndexStanding, Server};

/// The page.
pub(super) async fn page(State(server): State<Server>, visit: Visit) -> Response {
    let asked = server.clone();
    let found = server
        .with_searcher(move |searcher| Ok((searcher.status()?, asked.standing())))
        .await;
    match found {
        Ok((status, standing)) => visit.answer(StatusCode::OK, shown(&visit, &status, &standing)),
        Err(problem) => refusal::page(&visit, problem),
    }
}

fn shown(visit: &Visit, status: &Status, standing: &IndexStanding) -> Markup {
    let words = visit.words();
    let IndexStanding {
        figures,
        built_at,
        program,
        engine,
        files,
        faults,
        faulty,
    } = standing;
    let megabytes = figures.bytes as f64 / 1_000_000.0;
    let rows = [
        (words.articles, status.articles.to_string()),
        (words.chinese_passages, status.passages_zh.to_string()),
        (words.english_passages, status.passages_en.to_string()),
        (words.references, status.references.to_string()),
        (words.files, files.to_string()),
        (words.built_at, built_at.clone()),
        (words.generation, figures.generation.to_string()),
        (words.engine, (*engine).to_owned()),
        (words.size, format!("{megabytes:.1} MB")),
        (words.version, format!("{} ({program})", env!("CARGO_PKG_VERSION"))),
    ];
    let main = html! {
        article.state {
            h1 { (words.status) }
            h2 { (words.indexed) }
            dl.parts {
                @for (name, value) in rows { dt { (name) } dd { (value) } }
            }
            h2 { (words.faults) " " span.total { (faults) } }
            @if *faults == 0 {
                p { (words.no_faults) }
            } @else {
                table {
                    caption { (words.faults_by_file) }
                    thead { tr { th scope="col" { (words.file) } th scope="col" { (words.faults) } } }
                    tbody {
                        @for (path, count) in faulty {
                            tr { td { code { (Plain(path)) } } td { (count) } }
                        }
                    }
                }
                p { (words.faults_advice) }
            }
        }
    };
    framed(
        visit,
        Page {
            title: words.status.to_owned(),
            canonical: Some("/status".to_owned()),
            head: html! {},
            search: Some(search_box(visit, "", &[])),
            main,
        },
    )
}
