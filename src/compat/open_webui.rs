//! Open WebUI's external web search (`POST /owui/search`) and external web loader (`POST /owui/load`).
//!
//! The loader gives the text of our own pages without a detour over HTML. It never fetches anything: an address that is
//! not one of our pages gives nothing.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Extension, State};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde::{Deserialize, Serialize};

use super::ask::{Got, Wanted};
use super::door::{Answer, Asked, Door, json};
use super::shown::{Shown, printed, title};
use crate::cite::visible;
use crate::document::{ArticleId, PassageId, PlacedPassage};
use crate::retrieve::{SearchError, Searcher};
use crate::server::{Dialect, FieldFault, Problem, RawBody, Server};

/// The door.
pub(super) fn door() -> Door {
    Door {
        dialect: Dialect { prefix: "/owui", say },
        routes: vec![("/search", post(search)), ("/load", post(load))],
    }
}

/// The most addresses loaded at once; Open WebUI sends 20.
const MOST_ADDRESSES: usize = 100;

#[derive(Deserialize)]
struct WebSearch {
    query: Option<String>,
    count: Option<f64>,
}

#[derive(Serialize)]
struct FoundPage {
    link: String,
    title: String,
    snippet: String,
}

async fn search(State(server): State<Server>, asked: Asked, body: RawBody) -> Answer<Vec<FoundPage>> {
    let WebSearch { query, count } = json(&body)?;
    let wanted = Wanted::new(query, "query")?.limit(count);
    let Got { hits, searched, .. } = wanted.search(&server, &asked).await?;
    Ok((
        Extension(searched),
        Json(hits.into_iter().map(FoundPage::from).collect()),
    ))
}

impl From<Shown> for FoundPage {
    fn from(shown: Shown) -> Self {
        let Shown {
            rank: _,
            passage: _,
            article: _,
            title,
            text,
            highlighted: _,
            url,
            relevance: _,
            position: _,
            length: _,
            facts: _,
        } = shown;
        Self {
            link: url,
            title,
            snippet: text,
        }
    }
}

#[derive(Deserialize)]
struct Load {
    urls: Option<Vec<String>>,
}

#[derive(Serialize)]
struct LoadedPage {
    page_content: String,
    metadata: BTreeMap<&'static str, String>,
}

/// What an address of ours names.
struct Named {
    address: String,
    article: ArticleId,
    passage: Option<PassageId>,
}

async fn load(State(server): State<Server>, asked: Asked, body: RawBody) -> Result<Json<Vec<LoadedPage>>, Problem> {
    let Load { urls } = json(&body)?;
    let urls = urls.unwrap_or_default();
    if urls.len() > MOST_ADDRESSES {
        return Err(Problem::invalid_parameters(vec![FieldFault::new(
            "urls",
            format!("there are {}", urls.len()),
            format!("at most {MOST_ADDRESSES}"),
        )]));
    }
    let named: Vec<Named> = urls.into_iter().filter_map(|address| named(address, &asked)).collect();
    let pages = server
        .with_searcher(move |searcher| {
            let mut pages = Vec::new();
            for named in named {
                pages.extend(page(searcher, named)?);
            }
            Ok(pages)
        })
        .await?;
    Ok(Json(pages))
}

/// Takes an address of one of our pages apart.
fn named(address: String, asked: &Asked) -> Option<Named> {
    let below = address.strip_prefix(asked.base.as_str())?.strip_prefix("/a/")?;
    let (path, fragment) = below.split_once('#').unwrap_or((below, ""));
    let article = path.split('?').next().unwrap_or_default().trim_end_matches('/');
    Some(Named {
        article: ArticleId::parse(article).ok()?,
        passage: PassageId::parse(fragment).ok(),
        address,
    })
}

/// The text of a page: a passage with its neighbours and the references it cites, or the whole article.
fn page(searcher: &Searcher, named: Named) -> Result<Option<LoadedPage>, SearchError> {
    let Named {
        address,
        article,
        passage,
    } = named;
    let view = match passage {
        Some(passage) => searcher.passage(&passage)?,
        None => None,
    };
    if let Some(view) = view.filter(|view| view.passage.article.id == article) {
        let around = [view.previous.as_ref(), Some(&view.passage), view.next.as_ref()];
        let mut text = texts(around.into_iter().flatten());
        if !view.passage.references.is_empty() {
            text.push_str("\n\n");
            text.push_str(&printed(&view.passage.references));
        }
        return Ok(Some(loaded(address, &view.passage, text)));
    }
    let passages = searcher.article_passages(&article)?;
    Ok(passages.first().map(|first| loaded(address, first, texts(&passages))))
}

/// Passages in reading order, each below the title of its section where that is another than before.
fn texts<'a>(passages: impl IntoIterator<Item = &'a PlacedPassage>) -> String {
    let mut parts = Vec::new();
    let mut section = None;
    for placed in passages {
        let here = placed.path.last();
        if let Some(head) = here.filter(|head| section != Some(&head.id)) {
            let number = head.number.as_deref().unwrap_or_default();
            let heading = format!("{number} {}", head.title.as_deref().unwrap_or_default());
            if !heading.trim().is_empty() {
                parts.push(heading.trim().to_owned());
            }
        }
        section = here.map(|head| &head.id);
        parts.push(visible(&placed.passage.text));
    }
    parts.join("\n\n")
}

fn loaded(address: String, placed: &PlacedPassage, page_content: String) -> LoadedPage {
    let head = &placed.article;
    let language = placed.passage.language;
    LoadedPage {
        page_content,
        metadata: [
            ("source", address),
            ("title", title(&head.title, language, head.id.as_str())),
            ("document_id", head.id.to_string()),
            ("language", language.tag().to_owned()),
        ]
        .into(),
    }
}

#[derive(Serialize)]
struct Refusal<'a> {
    detail: &'a str,
}

fn say(problem: &Problem) -> Response {
    let detail = problem.detail();
    (problem.status(), Json(Refusal { detail })).into_response()
}
