//! Streamable HTTP at `/mcp`: one message in, one JSON answer out, nothing kept in between.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};

use super::handler::Handler;
use crate::server::{Problem, Server, own_origin, read_body};

/// The protocol's side of the endpoint.
type Service = StreamableHttpService<Handler, NeverSessionManager>;

/// The routes of the protocol over HTTP, for a server with this state.
pub fn routes(server: &Server) -> Router<Server> {
    let handler = Handler::new(server.clone());
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(server.settings().max_body_bytes)
        // The server checks the names it answers to before any route, and the origin below.
        .disable_allowed_hosts()
        .disable_allowed_origins();
    let service = Service::new(
        move || Ok(handler.clone()),
        Arc::new(NeverSessionManager::default()),
        config,
    );
    let endpoint = any(move |state, request| answer(service.clone(), state, request));
    Router::new().route("/mcp", endpoint.clone()).route("/mcp/", endpoint)
}

/// Reads the body within the server's limits and lets the protocol answer.
async fn answer(service: Service, State(server): State<Server>, request: Request) -> Result<Response, Problem> {
    own_origin(request.headers(), server.settings())?;
    let (parts, body) = request.into_parts();
    let bytes = read_body(&parts, body, &server).await?;
    let answer = service.handle(Request::from_parts(parts, Body::from(bytes))).await;
    Ok(answer.into_response())
}
