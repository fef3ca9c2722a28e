//! OpenAI's vector store search: `POST /openai/v1/vector_stores/{id}/search`, with the store and the text of its files.
//!
//! Callers are OpenAI's SDKs and LiteLLM's `pg_vector` provider, which writes null for everything it was not told.

use axum::Json;
use axum::extract::{Extension, Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ask::{Got, Wanted};
use super::condition::StoreFilter;
use super::door::{Answer, Asked, Door, json};
use super::shown::{Facts, Shown};
use crate::cite::visible;
use crate::document::ArticleId;
use crate::server::{Dialect, FieldFault, Problem, ProblemKind, RawBody, Server};

/// The door.
pub(super) fn door() -> Door {
    Door {
        dialect: Dialect { prefix: "/openai", say },
        routes: vec![
            ("/v1/vector_stores/{id}", get(store)),
            ("/v1/vector_stores/{id}/search", post(search)),
            ("/v1/vector_stores/{id}/files/{file}/content", get(content)),
        ],
    }
}

/// The most hits that OpenAI gives.
const MOST_RESULTS: f64 = 50.0;

/// The most attributes of a hit.
const MOST_ATTRIBUTES: usize = 16;

/// The longest name and the longest text of an attribute, in characters.
const LONGEST_NAME: usize = 64;
const LONGEST_TEXT: usize = 512;

#[derive(Deserialize)]
struct StoreSearch {
    query: Option<OneOrMany>,
    max_num_results: Option<f64>,
    filters: Option<StoreFilter>,
    ranking_options: Option<RankingOptions>,
}

/// A query, or several that ask the same in other words.
#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

#[derive(Default, Deserialize)]
struct RankingOptions {
    score_threshold: Option<f64>,
}

#[derive(Serialize)]
struct Page<T> {
    object: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    search_query: Option<Vec<String>>,
    data: Vec<T>,
    has_more: bool,
    next_page: (),
}

#[derive(Serialize)]
struct Found {
    file_id: String,
    filename: String,
    score: f32,
    attributes: Facts,
    content: [Part; 1],
}

#[derive(Serialize)]
struct Part {
    #[serde(rename = "type")]
    kind: &'static str,
    text: String,
}

async fn search(
    State(server): State<Server>,
    asked: Asked,
    Path(id): Path<String>,
    body: RawBody,
) -> Answer<Page<Found>> {
    asked.collection(&id, "vector_store_id")?;
    let StoreSearch {
        query,
        max_num_results,
        filters,
        ranking_options,
    } = json(&body)?;
    if let Some(count) = max_num_results.filter(|count| !(1.0..=MOST_RESULTS).contains(count)) {
        return Err(Problem::invalid_parameters(vec![FieldFault::new(
            "max_num_results",
            format!("it is {count}"),
            format!("1 to {MOST_RESULTS}"),
        )]));
    }
    let queries = match query {
        None => Vec::new(),
        Some(OneOrMany::One(query)) => vec![query],
        Some(OneOrMany::Many(queries)) => queries,
    };
    let RankingOptions { score_threshold } = ranking_options.unwrap_or_default();
    let mut wanted = Wanted::new(Some(queries.join(" ")), "query")?
        .limit(max_num_results)
        .least(score_threshold);
    wanted.condition = filters.map(StoreFilter::resolve).transpose()?.flatten();
    let Got { hits, searched, .. } = wanted.search(&server, &asked).await?;
    let page = Page {
        object: "vector_store.search_results.page",
        search_query: Some(queries),
        data: hits.into_iter().map(Found::from).collect(),
        has_more: false,
        next_page: (),
    };
    Ok((Extension(searched), Json(page)))
}

impl From<Shown> for Found {
    fn from(shown: Shown) -> Self {
        let Shown {
            rank: _,
            passage: _,
            article,
            title,
            text,
            highlighted: _,
            url: _,
            relevance,
            position: _,
            length: _,
            facts,
        } = shown;
        let facts = facts
            .into_iter()
            .filter(|(name, _)| name.chars().count() <= LONGEST_NAME);
        Self {
            file_id: article,
            filename: title,
            score: relevance,
            attributes: facts
                .take(MOST_ATTRIBUTES)
                .map(|(name, value)| (name, shortened(value)))
                .collect(),
            content: [Part { kind: "text", text }],
        }
    }
}

fn shortened(value: Value) -> Value {
    match value {
        Value::String(text) => match text.char_indices().nth(LONGEST_TEXT) {
            Some((end, _)) => Value::from(text.get(..end).unwrap_or_default()),
            None => Value::String(text),
        },
        other => other,
    }
}

#[derive(Serialize)]
struct Store {
    id: String,
    object: &'static str,
    /// An index does not say when it was made.
    created_at: u64,
    name: String,
    usage_bytes: u64,
    file_counts: FileCounts,
    status: &'static str,
    last_active_at: (),
    metadata: Facts,
}

#[derive(Serialize)]
struct FileCounts {
    in_progress: u64,
    completed: u64,
    failed: u64,
    cancelled: u64,
    total: u64,
}

async fn store(State(server): State<Server>, asked: Asked, Path(id): Path<String>) -> Result<Json<Store>, Problem> {
    asked.collection(&id, "vector_store_id")?;
    let articles = server.with_searcher(|searcher| Ok(searcher.status()?.articles)).await?;
    Ok(Json(Store {
        id,
        object: "vector_store",
        created_at: 0,
        name: asked.settings().collection.clone(),
        usage_bytes: server.figures().bytes,
        file_counts: FileCounts {
            in_progress: 0,
            completed: articles,
            failed: 0,
            cancelled: 0,
            total: articles,
        },
        status: "completed",
        last_active_at: (),
        metadata: Facts::new(),
    }))
}

/// The text of an article, a part for each passage.
async fn content(
    State(server): State<Server>,
    asked: Asked,
    Path((id, file)): Path<(String, String)>,
) -> Result<Json<Page<Part>>, Problem> {
    asked.collection(&id, "vector_store_id")?;
    let unknown = || Problem::new(ProblemKind::UnknownArticle, "No file has this identifier.");
    let article = ArticleId::parse(&file).map_err(|_| unknown())?;
    let passages = server
        .with_searcher(move |searcher| Ok(searcher.article_passages(&article)?))
        .await?;
    if passages.is_empty() {
        return Err(unknown());
    }
    let parts = passages.into_iter().map(|placed| Part {
        kind: "text",
        text: visible(&placed.passage.text),
    });
    Ok(Json(Page {
        object: "vector_store.file_content.page",
        search_query: None,
        data: parts.collect(),
        has_more: false,
        next_page: (),
    }))
}

#[derive(Serialize)]
struct Refusal<'a> {
    error: RefusalDetails<'a>,
}

#[derive(Serialize)]
struct RefusalDetails<'a> {
    message: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    param: Option<&'a str>,
    code: Option<&'static str>,
}

fn say(problem: &Problem) -> Response {
    let (kind, code) = match problem.kind() {
        ProblemKind::UnknownCollection | ProblemKind::UnknownArticle => ("invalid_request_error", Some("not_found")),
        ProblemKind::KeyMissing | ProblemKind::KeyUnknown => ("invalid_request_error", Some("invalid_api_key")),
        ProblemKind::RateLimited => ("rate_limit_error", Some("rate_limit_exceeded")),
        ProblemKind::UnknownRoute => ("invalid_request_error", Some("unknown_url")),
        _ if problem.status().is_client_error() => ("invalid_request_error", None),
        _ => ("server_error", None),
    };
    let error = RefusalDetails {
        message: problem.detail(),
        kind,
        param: problem.field(),
        code,
    };
    (problem.status(), Json(Refusal { error })).into_response()
}
