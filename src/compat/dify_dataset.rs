//! Dify's dataset API as desktop clients call it: `/dify-dataset/v1/datasets` and `…/{id}/retrieve`.
//!
//! Cherry Studio and DeepChat list the datasets of a Dify server and search one; here there is one.

use axum::Json;
use axum::extract::{Extension, Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::{Deserialize, Serialize};

use super::ask::{Got, Wanted};
use super::condition::MetadataCondition;
use super::door::{Answer, Asked, Door, json};
use super::shown::{Facts, Shown};
use crate::server::{Dialect, Problem, ProblemKind, RawBody, Server, query_string};

/// The door.
pub(super) fn door() -> Door {
    Door {
        dialect: Dialect {
            prefix: "/dify-dataset",
            say,
        },
        routes: vec![
            ("/v1/datasets", get(datasets)),
            ("/v1/datasets/{id}/retrieve", post(retrieve)),
        ],
    }
}

#[derive(Serialize)]
struct Datasets {
    data: Vec<Dataset>,
    has_more: bool,
    limit: usize,
    total: usize,
    page: usize,
}

#[derive(Serialize)]
struct Dataset {
    id: String,
    name: String,
    description: &'static str,
    provider: &'static str,
    permission: &'static str,
    indexing_technique: &'static str,
    document_count: u64,
}

async fn datasets(
    State(server): State<Server>,
    asked: Asked,
    RawQuery(query): RawQuery,
) -> Result<Json<Datasets>, Problem> {
    let parameters = query_string::read(query.as_deref().unwrap_or_default())?;
    let given = |name: &str| {
        parameters
            .iter()
            .rev()
            .find(|(given, _)| given == name)
            .map(|(_, value)| value.trim())
    };
    let number = |name, usual: usize| given(name).and_then(|value| value.parse().ok()).unwrap_or(usual).max(1);
    let (page, limit) = (number("page", 1), number("limit", 20).min(100));
    let name = asked.settings().collection.clone();
    let wanted = given("keyword").is_none_or(|keyword| name.contains(keyword));
    let document_count = server.with_searcher(|searcher| Ok(searcher.status()?.articles)).await?;
    let all = wanted.then(|| Dataset {
        id: name.clone(),
        name,
        description: "Passages of bilingual (Chinese/English) scholarly articles with the references they cite",
        provider: "external",
        permission: "all_team_members",
        indexing_technique: "economy",
        document_count,
    });
    let total = usize::from(wanted);
    Ok(Json(Datasets {
        data: all.into_iter().filter(|_| page == 1).collect(),
        has_more: false,
        limit,
        total,
        page,
    }))
}

#[derive(Deserialize)]
struct Retrieve {
    query: Option<String>,
    retrieval_model: Option<RetrievalModel>,
    external_retrieval_model: Option<RetrievalModel>,
}

#[derive(Default, Deserialize)]
struct RetrievalModel {
    top_k: Option<f64>,
    score_threshold_enabled: Option<bool>,
    score_threshold: Option<f64>,
    metadata_filtering_conditions: Option<MetadataCondition>,
}

#[derive(Serialize)]
struct Retrieved {
    query: Content,
    records: Vec<Record>,
}

#[derive(Serialize)]
struct Content {
    content: String,
}

#[derive(Serialize)]
struct Record {
    segment: Segment,
    child_chunks: [(); 0],
    score: f32,
    tsne_position: (),
    files: [(); 0],
    summary: (),
}

/// A passage; what only Dify's own store could say is empty.
#[derive(Serialize)]
struct Segment {
    id: String,
    position: u32,
    document_id: String,
    content: String,
    sign_content: String,
    answer: (),
    word_count: usize,
    tokens: usize,
    keywords: [String; 0],
    index_node_id: String,
    index_node_hash: String,
    hit_count: u64,
    enabled: bool,
    disabled_at: (),
    disabled_by: (),
    status: &'static str,
    created_by: String,
    created_at: u64,
    indexing_at: (),
    completed_at: (),
    error: (),
    stopped_at: (),
    document: Document,
}

#[derive(Serialize)]
struct Document {
    id: String,
    data_source_type: &'static str,
    name: String,
    doc_type: (),
    doc_metadata: Facts,
}

async fn retrieve(
    State(server): State<Server>,
    asked: Asked,
    Path(id): Path<String>,
    body: RawBody,
) -> Answer<Retrieved> {
    asked.collection(&id, "dataset_id")?;
    let Retrieve {
        query,
        retrieval_model,
        external_retrieval_model,
    } = json(&body)?;
    let RetrievalModel {
        top_k,
        score_threshold_enabled,
        score_threshold,
        metadata_filtering_conditions,
    } = retrieval_model.or(external_retrieval_model).unwrap_or_default();
    let threshold = score_threshold.filter(|_| score_threshold_enabled == Some(true));
    let mut wanted = Wanted::new(query, "query")?.limit(top_k).least(threshold);
    wanted.condition = metadata_filtering_conditions
        .map(MetadataCondition::resolve)
        .transpose()?
        .flatten();
    let content = wanted.query.clone();
    let Got { hits, searched, .. } = wanted.search(&server, &asked).await?;
    let answer = Retrieved {
        query: Content { content },
        records: hits.into_iter().map(Record::from).collect(),
    };
    Ok((Extension(searched), Json(answer)))
}

impl From<Shown> for Record {
    fn from(shown: Shown) -> Self {
        let Shown {
            rank: _,
            passage,
            article,
            title,
            text,
            highlighted: _,
            url: _,
            relevance,
            position,
            length,
            facts,
        } = shown;
        Self {
            segment: Segment {
                position,
                document_id: article.clone(),
                sign_content: text.clone(),
                content: text,
                answer: (),
                word_count: length,
                tokens: 0,
                keywords: [],
                index_node_id: passage.clone(),
                index_node_hash: passage.clone(),
                id: passage,
                hit_count: 0,
                enabled: true,
                disabled_at: (),
                disabled_by: (),
                status: "completed",
                created_by: String::new(),
                created_at: 0,
                indexing_at: (),
                completed_at: (),
                error: (),
                stopped_at: (),
                document: Document {
                    id: article,
                    data_source_type: "upload_file",
                    name: title,
                    doc_type: (),
                    doc_metadata: facts.into_iter().collect(),
                },
            },
            child_chunks: [],
            score: relevance,
            tsne_position: (),
            files: [],
            summary: (),
        }
    }
}

#[derive(Serialize)]
struct Refusal<'a> {
    status: u16,
    code: &'static str,
    message: &'a str,
}

fn say(problem: &Problem) -> Response {
    let status = problem.status();
    let code = match problem.kind() {
        ProblemKind::InvalidParameter | ProblemKind::MalformedRequest => "invalid_param",
        ProblemKind::KeyMissing | ProblemKind::KeyUnknown => "unauthorized",
        ProblemKind::KeyLacksScope | ProblemKind::HostNotAllowed => "forbidden",
        ProblemKind::RateLimited => "too_many_requests",
        ProblemKind::UnknownCollection | ProblemKind::UnknownRoute => "not_found",
        ProblemKind::MethodNotAllowed => "method_not_allowed",
        ProblemKind::BodyTooLarge => "request_entity_too_large",
        ProblemKind::Overloaded | ProblemKind::NotReady | ProblemKind::IndexUnreachable => "service_unavailable",
        _ => "internal_server_error",
    };
    let refusal = Refusal {
        status: status.as_u16(),
        code,
        message: problem.detail(),
    };
    (status, Json(refusal)).into_response()
}
