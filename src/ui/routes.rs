//! The addresses of the portal.

use axum::Router;
use axum::routing::{any, get};

use super::{article, assets, browse, description, embed, feed, lost, reference, search, sitemap, status, suggest};
use crate::server::{Access, Bindings};

/// Every page of the portal and what the pages load.
pub fn routes() -> Bindings {
    let router = Router::new()
        .route("/", get(search::page))
        .route("/articles", get(browse::page))
        .route("/a/{id}", get(article::page))
        .route("/a/{id}/r/{number}", get(reference::page))
        .route("/status", get(status::page))
        .route("/suggest", get(suggest::completions))
        .route("/feed", get(feed::feed))
        .route("/opensearch.xml", get(description::opensearch))
        .route("/robots.txt", get(sitemap::robots))
        .route("/sitemap.xml", get(sitemap::index))
        .route("/sitemap/{page}", get(sitemap::page))
        .route("/embed/{name}", get(embed::script))
        .route("/assets/{name}", get(assets::asset));
    Bindings::from(router)
        .elsewhere(any(lost::page))
        .needing(
            Access::Page,
            &[
                "/",
                "/articles",
                "/a/{id}",
                "/a/{id}/r/{number}",
                "/status",
                "/suggest",
                "/feed",
                "/sitemap.xml",
                "/sitemap/{page}",
            ],
        )
        .needing(
            Access::Open,
            &["/opensearch.xml", "/robots.txt", "/embed/{name}", "/assets/{name}"],
        )
}
