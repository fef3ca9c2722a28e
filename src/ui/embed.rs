//! `/embed`: scripts for other people's pages.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;

use super::visit::{gzip, takes_gzip};
use crate::server::Problem;

/// The search box as an element for any page.
const SEARCH_BOX: &str = include_str!("embed/search-box.js");
/// The client object for InstantSearch and autocomplete.
const INSTANTSEARCH: &str = include_str!("embed/instantsearch-client.js");

/// One of the scripts. Their addresses are written into other people's pages, so they are fresh within an hour.
pub(super) async fn script(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let text = match name.as_str() {
        "search-box.js" => SEARCH_BOX,
        "instantsearch-client.js" => INSTANTSEARCH,
        _ => return Problem::unknown_route().into_response(),
    };
    let packed = takes_gzip(&headers)
        .then(|| gzip(text.as_bytes(), Compression::default()))
        .flatten();
    let encoded = packed.is_some();
    let mut response = packed.map_or_else(|| text.into_response(), IntoResponse::into_response);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/javascript; charset=utf-8"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    if encoded {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}
