//! Dify's external knowledge API: `POST /dify/retrieval`.
//!
//! Dify registers a base address by a POST without body: a 403, 404 or 502 refuses the registration, any other answer
//! passes it. Refused keys are therefore 403, and an empty body is 400.

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde::{Deserialize, Serialize};

use super::ask::{Got, Wanted};
use super::condition::MetadataCondition;
use super::door::{Answer, Asked, Door, json};
use super::shown::{Facts, Shown};
use crate::server::{Dialect, Problem, ProblemKind, RawBody, Server};

/// The door.
pub(super) fn door() -> Door {
    Door {
        dialect: Dialect { prefix: "/dify", say },
        routes: vec![("/retrieval", post(retrieval))],
    }
}

#[derive(Deserialize)]
struct Retrieval {
    knowledge_id: Option<String>,
    query: Option<String>,
    retrieval_setting: Option<RetrievalSetting>,
    metadata_condition: Option<MetadataCondition>,
}

#[derive(Default, Deserialize)]
struct RetrievalSetting {
    top_k: Option<f64>,
    score_threshold: Option<f64>,
}

#[derive(Serialize)]
struct Records {
    records: Vec<Record>,
}

#[derive(Serialize)]
struct Record {
    content: String,
    score: f32,
    title: String,
    metadata: Facts,
}

async fn retrieval(State(server): State<Server>, asked: Asked, body: RawBody) -> Answer<Records> {
    let Retrieval {
        knowledge_id,
        query,
        retrieval_setting,
        metadata_condition,
    } = json(&body)?;
    let RetrievalSetting { top_k, score_threshold } = retrieval_setting.unwrap_or_default();
    if let Some(named) = knowledge_id {
        asked.collection(&named, "knowledge_id")?;
    }
    let mut wanted = Wanted::new(query, "query")?.limit(top_k).least(score_threshold);
    wanted.condition = metadata_condition
        .map(MetadataCondition::resolve)
        .transpose()?
        .flatten();
    let Got { hits, searched, .. } = wanted.search(&server, &asked).await?;
    let records = hits.into_iter().map(Record::from).collect();
    Ok((Extension(searched), Json(Records { records })))
}

impl From<Shown> for Record {
    fn from(shown: Shown) -> Self {
        let Shown {
            rank: _,
            passage: _,
            article: _,
            title,
            text,
            highlighted: _,
            url: _,
            relevance,
            position: _,
            length: _,
            facts,
        } = shown;
        Self {
            content: text,
            score: relevance,
            title,
            metadata: facts.into_iter().collect(),
        }
    }
}

#[derive(Serialize)]
struct Refusal<'a> {
    error_code: u16,
    error_msg: &'a str,
}

/// The codes are those Dify suggests, else the HTTP status.
fn say(problem: &Problem) -> Response {
    let (status, error_code) = match problem.kind() {
        ProblemKind::KeyMissing => (StatusCode::FORBIDDEN, 1001),
        ProblemKind::KeyUnknown | ProblemKind::KeyLacksScope => (StatusCode::FORBIDDEN, 1002),
        ProblemKind::UnknownCollection => (StatusCode::NOT_FOUND, 2001),
        _ => (problem.status(), problem.status().as_u16()),
    };
    let error_msg = problem.detail();
    (status, Json(Refusal { error_code, error_msg })).into_response()
}
