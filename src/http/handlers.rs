//! The handlers: each translates in, calls the library once and translates out.

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::header;
use axum::response::IntoResponse;
use schemars::JsonSchema;
use serde::Serialize;

use super::extract::{FromBody, FromQuery, PathId, PathIds, WithoutQuery};
use super::wire::{
    Article, ArticlePassages, ArticleReferences, Articles, CitationAnswer, CitationParameters, ContextAnswer,
    ContextParameters, ExplainAnswer, ExplainParameters, PageParameters, PassageAnswer, SearchAnswer, SearchParameters,
    StyleParameters, SuggestParameters, Suggestions, TermAnswer, article_address,
};
use crate::cite::{Context, Entry};
use crate::document::{ArticleHead, ArticleId, PassageId};
use crate::server::{Base, FieldFault, Problem, ProblemKind, Ran, Searched, Server};

type Answer<T> = Result<Json<T>, Problem>;
type Searching = Result<(Extension<Searched>, Json<SearchAnswer>), Problem>;

/// A plain yes.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Health {
    /// Always `ok`.
    status: &'static str,
}

pub(crate) async fn search_by_query(
    State(server): State<Server>,
    base: Base,
    FromQuery(parameters): FromQuery<SearchParameters>,
) -> Searching {
    search(&server, &base, parameters).await
}

pub(crate) async fn search_by_body(
    State(server): State<Server>,
    base: Base,
    _: WithoutQuery,
    FromBody(parameters): FromBody<SearchParameters>,
) -> Searching {
    search(&server, &base, parameters).await
}

async fn search(server: &Server, base: &Base, parameters: SearchParameters) -> Searching {
    let search = parameters.resolve()?;
    let Ran {
        results,
        took_ms,
        searched,
    } = server.search(search).await?;
    Ok((Extension(searched), Json(SearchAnswer::new(results, took_ms, base))))
}

pub(crate) async fn context(
    State(server): State<Server>,
    base: Base,
    _: WithoutQuery,
    FromBody(parameters): FromBody<ContextParameters>,
) -> Answer<ContextAnswer> {
    let (search, budget) = parameters.resolve()?;
    let context = server
        .with_searcher(move |searcher| {
            let address = |head: &ArticleHead| article_address(head, &base);
            Ok(Context::search(searcher, search, budget, &address)?)
        })
        .await?;
    server.metrics().searched(context.sources.len());
    Ok(Json(ContextAnswer::new(context, budget)))
}

fn unknown_passage() -> Problem {
    Problem::new(ProblemKind::UnknownPassage, "No passage has this identifier.")
}

pub(crate) async fn explain(
    State(server): State<Server>,
    base: Base,
    FromQuery(parameters): FromQuery<ExplainParameters>,
) -> Answer<ExplainAnswer> {
    let (id, search) = parameters.resolve()?;
    let id = passage_id(&id)?;
    let why = server
        .with_searcher(move |searcher| Ok(searcher.explain(&search, &id)?))
        .await?;
    Ok(Json(ExplainAnswer::new(why.ok_or_else(unknown_passage)?, &base)))
}

pub(crate) async fn passage(
    State(server): State<Server>,
    base: Base,
    PathId(id): PathId,
    _: WithoutQuery,
) -> Answer<PassageAnswer> {
    let id = passage_id(&id)?;
    let view = server.with_searcher(move |searcher| Ok(searcher.passage(&id)?)).await?;
    Ok(Json(PassageAnswer::new(view.ok_or_else(unknown_passage)?, &base)))
}

pub(crate) async fn articles(
    State(server): State<Server>,
    base: Base,
    FromQuery(parameters): FromQuery<PageParameters>,
) -> Answer<Articles> {
    let page = parameters.page();
    let found = server
        .with_searcher(move |searcher| Ok(searcher.articles(page.0, page.1)?))
        .await?;
    Ok(Json(Articles::new(found, page, &base)))
}

fn passage_id(raw: &str) -> Result<PassageId, Problem> {
    PassageId::parse(raw).map_err(|_| unknown_passage())
}

fn unknown_article() -> Problem {
    Problem::new(ProblemKind::UnknownArticle, "No article has this identifier.")
}

fn article_id(raw: &str) -> Result<ArticleId, Problem> {
    ArticleId::parse(raw).map_err(|_| unknown_article())
}

pub(crate) async fn article(
    State(server): State<Server>,
    base: Base,
    PathId(id): PathId,
    _: WithoutQuery,
) -> Answer<Article> {
    let id = article_id(&id)?;
    let outline = server.with_searcher(move |searcher| Ok(searcher.article(&id)?)).await?;
    Ok(Json(Article::new(outline.ok_or_else(unknown_article)?, &base)))
}

pub(crate) async fn article_passages(
    State(server): State<Server>,
    base: Base,
    PathId(id): PathId,
    _: WithoutQuery,
) -> Answer<ArticlePassages> {
    let id = article_id(&id)?;
    let named = id.to_string();
    let passages = server
        .with_searcher(move |searcher| {
            let passages = searcher.article_passages(&id)?;
            let known = !passages.is_empty() || searcher.article(&id)?.is_some();
            known.then_some(passages).ok_or_else(unknown_article)
        })
        .await?;
    Ok(Json(ArticlePassages::new(named, passages, &base)))
}

pub(crate) async fn article_references(
    State(server): State<Server>,
    PathId(id): PathId,
    _: WithoutQuery,
) -> Answer<ArticleReferences> {
    let id = article_id(&id)?;
    let named = id.to_string();
    let references = server
        .with_searcher(move |searcher| {
            let references = searcher.article_references(&id)?;
            let known = !references.is_empty() || searcher.article(&id)?.is_some();
            known.then_some(references).ok_or_else(unknown_article)
        })
        .await?;
    Ok(Json(ArticleReferences::new(named, references)))
}

pub(crate) async fn suggest(
    State(server): State<Server>,
    FromQuery(parameters): FromQuery<SuggestParameters>,
) -> Answer<Suggestions> {
    let (q, limit) = parameters.resolve();
    let answer = server
        .with_searcher(move |searcher| {
            let found = searcher.suggest(&q, limit);
            Ok(Suggestions::new(q, found))
        })
        .await?;
    Ok(Json(answer))
}

pub(crate) async fn article_citation(
    State(server): State<Server>,
    PathId(id): PathId,
    FromQuery(parameters): FromQuery<CitationParameters>,
) -> Answer<CitationAnswer> {
    let id = article_id(&id)?;
    let (style, language) = parameters.resolve();
    let entry = server
        .with_searcher(move |searcher| Ok(Entry::article(searcher, &id, language)?))
        .await?;
    Ok(Json(CitationAnswer::new(&entry.ok_or_else(unknown_article)?, style)))
}

pub(crate) async fn passage_citation(
    State(server): State<Server>,
    PathId(id): PathId,
    FromQuery(parameters): FromQuery<CitationParameters>,
) -> Answer<CitationAnswer> {
    let id = passage_id(&id)?;
    let (style, language) = parameters.resolve();
    let entry = server
        .with_searcher(move |searcher| Ok(Entry::passage(searcher, &id, language)?))
        .await?;
    Ok(Json(CitationAnswer::new(&entry.ok_or_else(unknown_passage)?, style)))
}

pub(crate) async fn reference_citation(
    State(server): State<Server>,
    PathIds(id, number): PathIds,
    FromQuery(parameters): FromQuery<StyleParameters>,
) -> Answer<CitationAnswer> {
    let unknown = || Problem::new(ProblemKind::UnknownReference, "The article's list has no such number.");
    let id = article_id(&id)?;
    let number = number.parse().map_err(|_| unknown())?;
    let style = parameters.resolve();
    let entry = server
        .with_searcher(move |searcher| Ok(Entry::reference(searcher, &id, number)?))
        .await?;
    Ok(Json(CitationAnswer::new(&entry.ok_or_else(unknown)?, style)))
}

/// The longest term explained, in characters.
const LONGEST_TERM: usize = 96;

pub(crate) async fn term(State(server): State<Server>, PathId(term): PathId, _: WithoutQuery) -> Answer<TermAnswer> {
    let length = term.chars().count();
    if length > LONGEST_TERM || term.trim().is_empty() {
        return Err(Problem::invalid_parameters(vec![FieldFault::new(
            "term",
            format!("The term has {length} characters."),
            format!("1 to {LONGEST_TERM} characters"),
        )]));
    }
    let explained = server
        .with_searcher(move |searcher| Ok(searcher.lexicon().explain(&term)))
        .await?;
    Ok(Json(explained.into()))
}

pub(crate) async fn healthz() -> Json<Health> {
    Json(Health { status: "ok" })
}

pub(crate) async fn readyz(State(server): State<Server>) -> Answer<Health> {
    server.ready().map(|_| Json(Health { status: "ok" }))
}

pub(crate) async fn metrics(State(server): State<Server>) -> Result<impl IntoResponse, Problem> {
    let status = server.ready().ok().and_then(|searcher| searcher.status().ok());
    let text = server.metrics().text(status, server.figures());
    let text = text.map_err(|error| Problem::internal(error.to_string()))?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], text))
}
