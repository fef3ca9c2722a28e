//! The files the pages load, built into the program and named after their contents, so that they are never stale.

use std::sync::LazyLock;

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use xxhash_rust::xxh3::xxh3_64;

use super::visit::{gzip, takes_gzip};
use crate::server::Problem;

/// The style sheet of every page.
pub(super) static STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("style", "css", "text/css; charset=utf-8", include_str!("style.css")));
/// What makes the pages better where scripts run.
pub(super) static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "script",
        "js",
        "text/javascript; charset=utf-8",
        include_str!("script.js"),
    )
});
/// The seal: the icon of every page.
pub(super) static SEAL: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("seal", "svg", "image/svg+xml", include_str!("seal.svg")));

/// A file built into the program.
pub(super) struct Asset {
    name: String,
    kind: &'static str,
    text: &'static str,
    packed: Option<Vec<u8>>,
}

impl Asset {
    fn new(stem: &str, extension: &str, kind: &'static str, text: &'static str) -> Self {
        Self {
            name: format!("{stem}-{:016x}.{extension}", xxh3_64(text.as_bytes())),
            kind,
            text,
            packed: gzip(text.as_bytes(), Compression::best()),
        }
    }

    /// Its address.
    pub(super) fn address(&self) -> String {
        format!("/assets/{}", self.name)
    }

    fn answer(&self, headers: &HeaderMap) -> Response {
        let mut response = match &self.packed {
            Some(packed) if takes_gzip(headers) => {
                let mut response = Response::new(Body::from(packed.clone()));
                response
                    .headers_mut()
                    .insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                response
            }
            _ => Response::new(Body::from(self.text)),
        };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
        headers.insert(header::CACHE_CONTROL, forever);
        response
    }
}

/// One of the files, by its name.
pub(super) async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let assets: [&Asset; 3] = [&STYLE, &SCRIPT, &SEAL];
    match assets.into_iter().find(|asset| asset.name == name) {
        Some(asset) => asset.answer(&headers),
        None => Problem::unknown_route().into_response(),
    }
}
