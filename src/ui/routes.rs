//! The addresses of the portal.

use axum::Router;
use axum::routing::get;

use super::{article, assets, reference, search, status, suggest};
use crate::server::{Access, Bindings};

/// Every page of the portal and what the pages load.
pub fn routes() -> Bindings {
    let router = Router::new()
        .route("/", get(search::page))
        .route("/a/{id}", get(article::page))
        .route("/a/{id}/r/{number}", get(reference::page))
        .route("/status", get(status::page))
        .route("/suggest", get(suggest::completions))
        .route("/assets/{name}", get(assets::asset));
    Bindings::from(router)
        .needing(
            Access::Page,
            &["/", "/a/{id}", "/a/{id}/r/{number}", "/status", "/suggest"],
        )
        .needing(Access::Open, &["/assets/{name}"])
}
