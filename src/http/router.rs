//! Puts routes, refusals and the layers around them together.

use std::any::Any;

use axum::extract::Path;
use axum::http::header;
use axum::middleware::from_fn_with_state;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router};
use tower_http::catch_panic::CatchPanicLayer;

use super::operations::operations;
use super::problem::{Problem, ProblemKind};
use super::state::Server;
use super::wire::Base;
use super::{docs, guard, handlers, observe, openapi};

/// The whole API as a service, without sockets.
pub fn router(server: Server) -> Router {
    let mut router = Router::new();
    for operation in operations() {
        router = router.route(operation.path, (operation.route)());
    }
    router
        .route("/", get(async || Redirect::temporary("/docs")))
        .route("/metrics", get(handlers::metrics))
        .route("/openapi.json", get(async |base: Base| Json(openapi::describe(&base))))
        .route("/docs", get(async |base: Base| Html(docs::page(&base))))
        .route("/docs/style.css", get(style))
        .route("/problems/{kind}", get(problem))
        .fallback(handlers::unknown_route)
        .method_not_allowed_fallback(handlers::wrong_method)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(server.clone(), guard::guard))
        .layer(from_fn_with_state(server.clone(), observe::observe))
        .with_state(server)
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
        None => handlers::unknown_route().await.into_response(),
    }
}

fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let cause = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without words");
    Problem::internal(format!("panic: {cause}")).into_response()
}
