//! SearXNG's search in JSON: `/searxng/search`, by GET or by form, and `/searxng/{key}/search` for callers that can't
//! send a header.
//!
//! Every parameter but `q`, `pageno` and `format` is passed over: engines are not ours to choose, and the language is a
//! hint that callers leave at English whatever is asked.

use axum::Json;
use axum::extract::{Extension, RawQuery, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use serde::Serialize;

use super::ask::{Got, Wanted};
use super::door::{Asked, Door};
use super::shown::Shown;
use crate::retrieve::Correction;
use crate::server::{Dialect, FieldFault, Problem, ProblemKind, RawBody, Server, query_string};

/// The door.
pub(super) fn door() -> Door {
    let both = || -> MethodRouter<Server> { get(search).post(search) };
    Door {
        dialect: Dialect {
            prefix: "/searxng",
            say,
        },
        routes: vec![("", both()), ("/search", both()), ("/{key}/search", both())],
    }
}

#[derive(Serialize)]
struct Found {
    query: String,
    number_of_results: usize,
    results: Vec<FoundOne>,
    answers: [(); 0],
    corrections: Vec<String>,
    infoboxes: [(); 0],
    suggestions: Vec<String>,
    unresponsive_engines: [(); 0],
}

#[derive(Serialize)]
struct FoundOne {
    url: String,
    title: String,
    content: String,
    engine: &'static str,
    engines: [&'static str; 1],
    category: &'static str,
    score: f32,
    positions: [usize; 1],
    template: &'static str,
    /// Only the year is known, which is no date.
    #[serde(rename = "publishedDate")]
    published_date: (),
    img_src: &'static str,
    thumbnail: &'static str,
}

/// The name of the one engine there is.
const ENGINE: &str = "wenyuan";

/// The parameter that says how results are written.
const FORMAT: &str = "format";

async fn search(
    State(server): State<Server>,
    method: Method,
    asked: Asked,
    RawQuery(query): RawQuery,
    body: RawBody,
) -> Result<Response, Problem> {
    let mut parameters = query_string::read(query.as_deref().unwrap_or_default())?;
    if method == Method::POST {
        let RawBody { headers: _, bytes } = body;
        let form = std::str::from_utf8(&bytes)
            .map_err(|_| Problem::new(ProblemKind::MalformedRequest, "The form is not UTF-8."))?;
        parameters.extend(query_string::read(form.trim())?);
    }
    let given = |name: &str| {
        parameters
            .iter()
            .rev()
            .find(|(given, _)| given == name)
            .map(|(_, value)| value.as_str())
    };
    if let Some(format) = given(FORMAT).filter(|format| !format.is_empty() && *format != "json") {
        let found: String = format.chars().take(40).collect();
        return Err(Problem::invalid_parameters(vec![FieldFault::new(
            FORMAT,
            format!("it is {found:?}"),
            "json",
        )]));
    }
    let wanted = Wanted::new(given("q").map(str::to_owned), "q")?;
    let asked_for = wanted.query.clone();
    let page = given("pageno").and_then(|page| page.trim().parse().ok());
    let Some(wanted) = wanted.page(page) else {
        return Ok(Json(Found::new(asked_for, 0, Vec::new(), None)).into_response());
    };
    let Got {
        hits,
        total,
        correction,
        searched,
    } = wanted.search(&server, &asked).await?;
    Ok((
        Extension(searched),
        Json(Found::new(asked_for, total, hits, correction)),
    )
        .into_response())
}

impl Found {
    fn new(query: String, total: usize, hits: Vec<Shown>, correction: Option<Correction>) -> Self {
        let (corrections, suggestions) = match correction {
            Some(correction) => (vec![correction.query], correction.alternatives),
            None => (Vec::new(), Vec::new()),
        };
        Self {
            query,
            number_of_results: total,
            results: hits.into_iter().map(FoundOne::from).collect(),
            answers: [],
            corrections,
            infoboxes: [],
            suggestions,
            unresponsive_engines: [],
        }
    }
}

impl From<Shown> for FoundOne {
    fn from(shown: Shown) -> Self {
        let Shown {
            rank,
            passage: _,
            article: _,
            title,
            text,
            highlighted: _,
            url,
            relevance,
            position: _,
            length: _,
            facts: _,
        } = shown;
        Self {
            url,
            title,
            content: text,
            engine: ENGINE,
            engines: [ENGINE],
            category: "general",
            score: relevance,
            positions: [rank],
            template: "default.html",
            published_date: (),
            img_src: "",
            thumbnail: "",
        }
    }
}

#[derive(Serialize)]
struct Refusal<'a> {
    error: &'a str,
}

fn say(problem: &Problem) -> Response {
    // A format that a server does not offer is forbidden there.
    let status = match problem.field() {
        Some(FORMAT) => StatusCode::FORBIDDEN,
        _ => problem.status(),
    };
    let error = problem.detail();
    (status, Json(Refusal { error })).into_response()
}
