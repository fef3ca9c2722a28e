//! Refuses requests that were not meant for this server or could be read in two ways.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Settings;
use super::problem::{Problem, ProblemKind};
use super::state::Server;

/// Lets a request through or answers what is wrong with it.
pub(crate) async fn guard(State(server): State<Server>, request: Request, next: Next) -> Response {
    let authority = request.uri().authority().cloned();
    match check(request.headers(), authority, server.settings()) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

fn check(headers: &HeaderMap, absolute: Option<Authority>, settings: &Settings) -> Result<(), Problem> {
    let malformed = |detail: &str| Err(Problem::new(ProblemKind::MalformedRequest, detail));
    // hyper drops one of the two and closes the connection afterwards; where both still stand, they contradict.
    if headers.contains_key(header::TRANSFER_ENCODING) && headers.contains_key(header::CONTENT_LENGTH) {
        return malformed("Content-Length and Transfer-Encoding exclude each other.");
    }
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return malformed("The request must have exactly one Host header.");
    };
    let named = host.to_str().ok().and_then(|host| host.parse::<Authority>().ok());
    let Some(named) = named.filter(|named| !named.as_str().contains('@')) else {
        return malformed("The Host header is not a host name with an optional port.");
    };
    for authority in absolute.iter().chain([&named]) {
        if !is_allowed(authority.host(), settings) {
            let detail = "The Host header names a host that is not in allowed_hosts of the server's configuration.";
            return Err(Problem::new(ProblemKind::HostNotAllowed, detail));
        }
    }
    Ok(())
}

/// A page on another site can point its own name at this address; so only names we know are answered.
pub(super) fn is_allowed(host: &str, settings: &Settings) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches([']', '.']);
    if host.eq_ignore_ascii_case("localhost") {
        return true;
    }
    if let Ok(address) = host.parse::<IpAddr>() {
        let bound = settings.bind.parse::<SocketAddr>().ok();
        if address.is_loopback() || bound.is_some_and(|bound| bound.ip() == address) {
            return true;
        }
    }
    let public = settings
        .public_url
        .as_deref()
        .and_then(|address| Some(address.parse::<axum::http::Uri>().ok()?.host()?.to_owned()));
    settings
        .allowed_hosts
        .iter()
        .chain(&public)
        .any(|allowed| allowed.trim_matches(['[', ']']).eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_bound_public_and_listed_hosts_are_allowed() {
        let settings = Settings {
            bind: "192.0.2.7:80".to_owned(),
            allowed_hosts: vec!["search.example".to_owned()],
            public_url: Some("https://wenyuan.example/app".to_owned()),
            ..Settings::default()
        };
        let good = [
            "localhost",
            "LOCALHOST.",
            "127.0.0.1",
            "127.9.9.9",
            "[::1]",
            "192.0.2.7",
            "Search.Example",
        ];
        for host in good.into_iter().chain(["wenyuan.example"]) {
            assert!(is_allowed(host, &settings), "{host}");
        }
        for host in [
            "evil.example",
            "192.0.2.8",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "",
        ] {
            assert!(!is_allowed(host, &settings), "{host}");
        }
    }
}
