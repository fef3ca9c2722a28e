//! Lets pages of other origins call the server from a browser, where the operator names them.

use axum::http::{HeaderValue, Method, header};
use tower_http::cors::{AllowOrigin, CorsLayer};

use super::Settings;

/// The layer that says so; none where no origin is named. Cookies are never asked for.
pub(super) fn layer(settings: &Settings) -> Option<CorsLayer> {
    let origins = &settings.cors_origins;
    let allowed = if origins.iter().any(|origin| origin == "*") {
        AllowOrigin::any()
    } else {
        AllowOrigin::list(origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok()))
    };
    let layer = CorsLayer::new()
        .allow_origin(allowed)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::CONTENT_TYPE, header::AUTHORIZATION]);
    (!origins.is_empty()).then_some(layer)
}
