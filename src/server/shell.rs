//! The layers around the routes of all bindings: refusals, a caught panic, figures and careful headers.

use std::any::Any;
use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;

use super::bindings::{Bindings, speak};
use super::keys::admit;
use super::problem::{Problem, ProblemKind};
use super::state::Server;
use super::{cors, guard, observe};

/// The routes of all bindings as one service, without sockets.
pub(crate) fn shell(bindings: Bindings, server: Server) -> Router {
    let Bindings {
        routes,
        elsewhere,
        dialects,
        rules,
    } = bindings;
    let routes = match elsewhere {
        Some(answer) => routes.fallback_service(answer.with_state(server.clone())),
        None => routes.fallback(unknown_route),
    };
    let mut routes = routes
        .method_not_allowed_fallback(wrong_method)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state((server.clone(), Arc::new(rules)), admit));
    // Outside of the keys: a browser asks beforehand, without one.
    if let Some(cors) = cors::layer(server.settings()) {
        routes = routes.layer(cors);
    }
    routes
        .layer(from_fn_with_state(server.clone(), guard::guard))
        .layer(from_fn_with_state(dialects, speak))
        .layer(from_fn_with_state(server.clone(), observe::observe))
        .with_state(server)
}

async fn unknown_route() -> Problem {
    Problem::unknown_route()
}

async fn wrong_method() -> Problem {
    Problem::new(
        ProblemKind::MethodNotAllowed,
        "The Allow header of this answer lists the methods this address takes.",
    )
}

fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let cause = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without words");
    Problem::internal(format!("panic: {cause}")).into_response()
}
