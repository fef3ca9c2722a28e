//! The addresses of the portal.

use axum::Router;
use axum::routing::get;

use super::{article, assets, reference, search, status, suggest};
use crate::server::Server;

/// Every page of the portal and what the pages load.
pub fn routes() -> Router<Server> {
    Router::new()
        .route("/", get(search::page))
        .route("/a/{id}", get(article::page))
        .route("/a/{id}/r/{number}", get(reference::page))
        .route("/status", get(status::page))
        .route("/suggest", get(suggest::completions))
        .route("/assets/{name}", get(assets::asset))
}
