//! RAGFlow's retrieval: `POST /ragflow/api/v1/retrieval`, as DeepChat and RAGFlow's SDK call it.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde::{Deserialize, Serialize};

use super::ask::{Got, Wanted};
use super::condition::MetadataCondition;
use super::door::{Asked, Door, json};
use super::shown::Shown;
use crate::document::ArticleId;
use crate::server::{Dialect, FieldFault, Problem, ProblemKind, RawBody, Server};

/// The door.
pub(super) fn door() -> Door {
    Door {
        dialect: Dialect {
            prefix: "/ragflow",
            say,
        },
        routes: vec![("/api/v1/retrieval", post(retrieval))],
    }
}

/// Hits on a page, where the caller says nothing.
const PAGE_SIZE: f64 = 30.0;

#[derive(Deserialize)]
struct Retrieval {
    question: Option<String>,
    dataset_ids: Option<Vec<String>>,
    document_ids: Option<Vec<String>>,
    page: Option<f64>,
    page_size: Option<f64>,
    similarity_threshold: Option<f64>,
    highlight: Option<bool>,
    metadata_condition: Option<MetadataCondition>,
}

#[derive(Serialize)]
struct Envelope {
    code: u16,
    data: Retrieved,
}

#[derive(Default, Serialize)]
struct Retrieved {
    chunks: Vec<Chunk>,
    doc_aggs: Vec<OfDocument>,
    total: usize,
}

/// A passage by RAGFlow's name for it.
#[derive(Serialize)]
struct Chunk {
    id: String,
    content: String,
    content_ltks: String,
    document_id: String,
    document_keyword: String,
    dataset_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    highlight: Option<String>,
    image_id: &'static str,
    important_keywords: [String; 0],
    tag_kwd: [String; 0],
    positions: [(); 0],
    similarity: f32,
    term_similarity: f32,
    vector_similarity: f32,
    url: String,
}

/// How many hits are of a document.
#[derive(Serialize)]
struct OfDocument {
    doc_id: String,
    doc_name: String,
    count: usize,
}

async fn retrieval(State(server): State<Server>, asked: Asked, body: RawBody) -> Result<Response, Problem> {
    let Retrieval {
        question,
        dataset_ids,
        document_ids,
        page,
        page_size,
        similarity_threshold,
        highlight,
        metadata_condition,
    } = json(&body)?;
    let (datasets, documents) = (dataset_ids.unwrap_or_default(), document_ids.unwrap_or_default());
    if datasets.is_empty() && documents.is_empty() {
        return Err(Problem::invalid_parameters(vec![FieldFault::new(
            "dataset_ids",
            "there are none, nor are there document_ids",
            format!("[{:?}]", asked.settings().collection),
        )]));
    }
    for dataset in &datasets {
        asked.collection(dataset, "dataset_ids")?;
    }
    let mut wanted = Wanted::new(question, "question")?
        .limit(page_size.or(Some(PAGE_SIZE)))
        .least(similarity_threshold);
    for document in documents {
        let id = ArticleId::parse(&document).map_err(|_| {
            Problem::new(
                ProblemKind::UnknownArticle,
                "document_ids names a document that is not here.",
            )
        })?;
        wanted.articles.push(id);
    }
    wanted.condition = metadata_condition
        .map(MetadataCondition::resolve)
        .transpose()?
        .flatten();
    let answer = |data| Json(Envelope { code: 0, data });
    let Some(wanted) = wanted.page(page) else {
        return Ok(answer(Retrieved::default()).into_response());
    };
    let Got {
        hits, total, searched, ..
    } = wanted.search(&server, &asked).await?;
    let marked = highlight == Some(true);
    let dataset = &asked.settings().collection;
    let chunks: Vec<Chunk> = hits.into_iter().map(|hit| Chunk::new(hit, dataset, marked)).collect();
    let data = Retrieved {
        doc_aggs: of_documents(&chunks),
        chunks,
        total,
    };
    Ok((Extension(searched), answer(data)).into_response())
}

impl Chunk {
    fn new(shown: Shown, dataset: &str, marked: bool) -> Self {
        let Shown {
            rank: _,
            passage,
            article,
            title,
            text,
            highlighted,
            url,
            relevance,
            position: _,
            length: _,
            facts: _,
        } = shown;
        Self {
            id: passage,
            content: text,
            content_ltks: String::new(),
            document_id: article,
            document_keyword: title,
            dataset_id: dataset.to_owned(),
            highlight: marked.then_some(highlighted),
            image_id: "",
            important_keywords: [],
            tag_kwd: [],
            positions: [],
            similarity: relevance,
            term_similarity: relevance,
            vector_similarity: 0.0,
            url,
        }
    }
}

/// How many of the hits each document has, the most first.
fn of_documents(chunks: &[Chunk]) -> Vec<OfDocument> {
    let mut counted: BTreeMap<&str, OfDocument> = BTreeMap::new();
    for chunk in chunks {
        let document = counted.entry(&chunk.document_id).or_insert_with(|| OfDocument {
            doc_id: chunk.document_id.clone(),
            doc_name: chunk.document_keyword.clone(),
            count: 0,
        });
        document.count += 1;
    }
    let mut counted: Vec<_> = counted.into_values().collect();
    counted.sort_by_key(|document| std::cmp::Reverse(document.count));
    counted
}

#[derive(Serialize)]
struct Refusal<'a> {
    code: u16,
    message: &'a str,
}

/// What is wrong with a request RAGFlow says with HTTP 200 and its code 102; callers look at the code.
fn say(problem: &Problem) -> Response {
    let (status, code) = match problem.kind() {
        ProblemKind::InvalidParameter
        | ProblemKind::MalformedRequest
        | ProblemKind::UnknownCollection
        | ProblemKind::UnknownArticle => (StatusCode::OK, 102),
        ProblemKind::KeyMissing | ProblemKind::KeyUnknown => (problem.status(), 109),
        _ => (problem.status(), problem.status().as_u16()),
    };
    let message = problem.detail();
    (status, Json(Refusal { code, message })).into_response()
}
