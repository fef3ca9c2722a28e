//! The routes of the native API.

use axum::extract::Path;
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router};

use super::operations::operations;
use super::{docs, handlers, openapi};
use crate::server::{Access, Base, Bindings, Problem, ProblemKind};

/// What tells nothing of the corpus.
const OPEN: [&str; 6] = [
    "/healthz",
    "/readyz",
    "/openapi.json",
    "/docs",
    "/docs/style.css",
    "/problems/{kind}",
];

/// Every route of the API, its description and its page.
pub fn routes() -> Bindings {
    let mut router = Router::new();
    for operation in operations() {
        router = router.route(operation.path, (operation.route)());
    }
    let router = router
        .route("/metrics", get(handlers::metrics))
        .route("/openapi.json", get(async |base: Base| Json(openapi::describe(&base))))
        .route("/docs", get(async |base: Base| Html(docs::page(&base))))
        .route("/docs/style.css", get(style))
        .route("/problems/{kind}", get(problem));
    Bindings::from(router)
        .needing(Access::Open, &OPEN)
        .needing(Access::Admin, &["/metrics"])
}

async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], docs::STYLE)
}

/// The address of a kind of problem leads to its description.
async fn problem(Path(kind): Path<String>) -> Response {
    let known = ProblemKind::ALL
        .into_iter()
        .map(|kind| kind.describe().0)
        .find(|name| *name == kind);
    match known {
        Some(name) => Redirect::temporary(&format!("/docs#{name}")).into_response(),
        None => Problem::unknown_route().into_response(),
    }
}
