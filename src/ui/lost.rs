//! Any address where nothing is.

use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

use super::refusal;
use super::visit::Visit;
use crate::server::Problem;

/// A page for those who ask for pages, problem details for everyone else.
pub(super) async fn page(headers: HeaderMap, visit: Result<Visit, Problem>) -> Response {
    let reads_pages = headers
        .get_all(header::ACCEPT)
        .iter()
        .any(|taken| taken.to_str().is_ok_and(|taken| taken.contains("text/html")));
    match visit {
        Ok(visit) if reads_pages => refusal::page(&visit, Problem::unknown_route()),
        _ => Problem::unknown_route().into_response(),
    }
}
