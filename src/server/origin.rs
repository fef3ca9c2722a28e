//! Refuses requests that a page of a foreign site made a browser send.

use axum::http::uri::Authority;
use axum::http::{HeaderMap, header};

use super::Settings;
use super::guard::is_allowed;
use super::problem::{Problem, ProblemKind};

/// Lets a request through that names no origin, one under our own names, or one listed in the settings.
///
/// A browser names the page a request comes from; a program that is no browser names none.
pub(crate) fn own_origin(headers: &HeaderMap, settings: &Settings) -> Result<(), Problem> {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let allowed = match (origins.next(), origins.next()) {
        (None, _) => true,
        (Some(origin), None) => origin.to_str().is_ok_and(|origin| is_own(origin, settings)),
        (Some(_), Some(_)) => false,
    };
    if allowed {
        return Ok(());
    }
    let detail = "The Origin header names a site that is not in allowed_origins of the server's configuration.";
    Err(Problem::new(ProblemKind::OriginNotAllowed, detail))
}

fn is_own(origin: &str, settings: &Settings) -> bool {
    let listed = settings
        .allowed_origins
        .iter()
        .any(|allowed| allowed.trim_end_matches('/').eq_ignore_ascii_case(origin));
    let host = origin
        .split_once("://")
        .filter(|(scheme, _)| matches!(*scheme, "http" | "https"))
        .and_then(|(_, rest)| rest.parse::<Authority>().ok())
        .filter(|authority| !authority.as_str().contains('@'));
    listed || host.is_some_and(|authority| is_allowed(authority.host(), settings))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_and_listed_origins_are_let_through_and_no_others() {
        let settings = Settings {
            allowed_hosts: vec!["search.example".to_owned()],
            allowed_origins: vec!["https://app.example".to_owned(), "null".to_owned()],
            ..Settings::default()
        };
        let given = |origins: &[&str]| {
            let mut headers = HeaderMap::new();
            for origin in origins {
                headers.append(header::ORIGIN, origin.parse().unwrap());
            }
            own_origin(&headers, &settings).is_ok()
        };
        assert!(given(&[]));
        for origin in [
            "http://localhost:7700",
            "http://127.0.0.1:5173",
            "http://[::1]:1",
            "https://search.example",
            "https://APP.example",
            "null",
        ] {
            assert!(given(&[origin]), "{origin}");
        }
        for origin in [
            "https://evil.example",
            "http://app.example",
            "https://app.example:8443",
            "http://localhost.evil.example",
            "http://localhost@evil.example",
            "chrome-extension://localhost",
            "localhost",
            "",
        ] {
            assert!(!given(&[origin]), "{origin}");
        }
        assert!(!given(&["http://localhost", "http://localhost"]));
    }
}
