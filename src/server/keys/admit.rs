//! Lets a request in that shows a key, or that needs none.

use std::borrow::Cow;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::limit::AddressLimit;
use super::{Access, Keyring, Rules};
use crate::server::Settings;
use crate::server::problem::{Problem, ProblemKind};
use crate::server::state::Server;

/// The address a request came from, put there by the one who accepted the connection.
#[derive(Debug, Clone, Copy)]
pub(in crate::server) struct Peer(pub(in crate::server) IpAddr);

/// The largest body that the key shown allows, where it says.
#[derive(Debug, Clone, Copy)]
pub(in crate::server) struct BodyLimit(pub(in crate::server) usize);

/// The part of a route in which a key may stand, for callers that can't send a header.
const IN_PATH: &str = "{key}";

/// Decides who is let in.
pub(in crate::server) struct Admission {
    keys: Arc<Keyring>,
    addresses: AddressLimit,
    /// Whether a server without any key lets everyone in.
    unguarded: bool,
    open_pages: bool,
}

/// What a caller shows.
enum Shown<'a> {
    Nothing,
    /// Something, but not in a way that is understood.
    Strange,
    Key(Cow<'a, str>),
}

impl Admission {
    pub(in crate::server) fn new(keys: Arc<Keyring>, settings: &Settings) -> Self {
        Self {
            keys,
            addresses: AddressLimit::a_minute(settings.requests_per_minute),
            unguarded: settings.allow_open || is_loopback(&settings.bind),
            open_pages: settings.open_pages,
        }
    }

    /// The largest body allowed, where the key says.
    fn judge(&self, access: Access, request: &Request) -> Result<Option<BodyLimit>, Problem> {
        let anonymous = match access {
            Access::Open => return Ok(None),
            Access::Page if self.open_pages => true,
            _ => self.unguarded && self.keys.is_empty(),
        };
        let peer = request.extensions().get::<Peer>();
        let counted = || match peer {
            Some(Peer(address)) => self.addresses.count(*address).map_err(Problem::rate_limited),
            None => Ok(()),
        };
        if anonymous {
            counted()?;
            return Ok(None);
        }
        let refused = |kind, detail: &str| {
            // Whoever tries out keys is slowed down.
            counted()?;
            Err(Problem::new(kind, detail))
        };
        let shown = match shown(request) {
            Shown::Key(shown) => shown,
            Shown::Nothing => {
                let detail = "A key must be shown: Authorization: Bearer KEY, or X-API-Key: KEY.";
                return refused(ProblemKind::KeyMissing, detail);
            }
            Shown::Strange => {
                let detail = "The Authorization header can't be read; it must be Bearer with a key.";
                return refused(ProblemKind::KeyMissing, detail);
            }
        };
        let Some(held) = self.keys.find(&shown) else {
            return refused(ProblemKind::KeyUnknown, "The key shown is not one of this server's.");
        };
        held.limit.count().map_err(Problem::rate_limited)?;
        let needed = access.scope();
        if !held.key.scopes.contains(&needed) {
            let detail = format!("The key {} does not have the scope {:?}.", held.key.id, needed.name());
            return Err(Problem::new(ProblemKind::KeyLacksScope, detail));
        }
        Ok(held.key.max_body_bytes.map(BodyLimit))
    }
}

/// Lets a request in or answers why not.
pub(in crate::server) async fn admit(
    State((server, rules)): State<(Server, Arc<Rules>)>,
    mut request: Request,
    next: Next,
) -> Response {
    let pattern = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let access = rules.of(pattern);
    match server.admission().judge(access, &request) {
        Ok(limit) => {
            if let Some(limit) = limit {
                request.extensions_mut().insert(limit);
            }
            next.run(request).await
        }
        Err(problem) => {
            let mut response = problem.into_response();
            if access == Access::Page && response.headers().contains_key(header::WWW_AUTHENTICATE) {
                // Browsers ask for a name, which is passed over, and a password, which is the key.
                let basic = HeaderValue::from_static("Basic realm=\"wenyuan\", charset=\"UTF-8\"");
                response.headers_mut().append(header::WWW_AUTHENTICATE, basic);
            }
            response
        }
    }
}

/// Why a server with these keys must not listen there, where it must not.
pub(super) fn exposed(settings: &Settings, keys: &Keyring) -> Option<String> {
    if settings.allow_open || !keys.is_empty() || is_loopback(&settings.bind) {
        return None;
    }
    Some(format!(
        "is {:?}, which other machines can reach, and there is no key in {}: make one with `wenyuan key create NAME`, or \
         set allow_open = true to let everyone in",
        settings.bind,
        settings.keys.display()
    ))
}

/// Whether only this machine can reach an address.
fn is_loopback(bind: &str) -> bool {
    match bind.parse::<SocketAddr>() {
        Ok(address) => address.ip().is_loopback(),
        Err(_) => bind.rsplit_once(':').is_some_and(|(host, _)| host == "localhost"),
    }
}

fn shown(request: &Request) -> Shown<'_> {
    let headers = request.headers();
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        return value.to_str().map_or(Shown::Strange, authorized);
    }
    if let Some(key) = text(headers, "x-api-key") {
        return Shown::Key(Cow::Borrowed(key));
    }
    let pattern = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let place = pattern.and_then(|pattern| pattern.split('/').position(|part| part == IN_PATH));
    match place.and_then(|place| request.uri().path().split('/').nth(place)) {
        Some(key) => Shown::Key(Cow::Borrowed(key)),
        None => Shown::Nothing,
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim)
}

fn authorized(value: &str) -> Shown<'_> {
    let (scheme, rest) = value.trim().split_once(' ').unwrap_or((value.trim(), ""));
    let rest = rest.trim();
    if rest.is_empty() {
        // Some callers send the scheme alone where no key was typed.
        return Shown::Strange;
    }
    if scheme.eq_ignore_ascii_case("bearer") {
        return Shown::Key(Cow::Borrowed(rest));
    }
    let decoded = BASE64_STANDARD.decode(rest).ok();
    let password = decoded
        .filter(|_| scheme.eq_ignore_ascii_case("basic"))
        .and_then(|decoded| String::from_utf8(decoded).ok())
        .and_then(|pair| Some(pair.split_once(':')?.1.to_owned()));
    password.map_or(Shown::Strange, |password| Shown::Key(Cow::Owned(password)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_is_open_without_a_key() {
        let at = |bind: &str, allow_open| Settings {
            bind: bind.to_owned(),
            allow_open,
            ..Settings::default()
        };
        for bind in ["127.0.0.1:7700", "[::1]:0", "localhost:80", "127.8.8.8:1"] {
            assert_eq!(exposed(&at(bind, false), &Keyring::default()), None, "{bind}");
        }
        for bind in [
            "0.0.0.0:7700",
            "[::]:80",
            "192.0.2.1:1",
            "search.example:80",
            "localhost.example:80",
        ] {
            let message = exposed(&at(bind, false), &Keyring::default());
            assert!(
                message.is_some_and(|message| message.contains("wenyuan key create")),
                "{bind}"
            );
            assert_eq!(exposed(&at(bind, true), &Keyring::default()), None);
        }
    }

    #[test]
    fn a_key_is_read_from_any_header_that_carries_one() {
        let key = |value: &str| match authorized(value) {
            Shown::Key(key) => Some(key.into_owned()),
            _ => None,
        };
        for good in ["Bearer wy_1", "bearer  wy_1 ", "Basic Ond5XzE=", "Basic YW55Ond5XzE="] {
            assert_eq!(key(good).as_deref(), Some("wy_1"), "{good}");
        }
        for bad in [
            "",
            "Bearer",
            "Bearer ",
            "wy_1",
            "Digest wy_1",
            "Basic wy_1",
            "Basic YW55",
        ] {
            assert_eq!(key(bad), None, "{bad}");
        }
    }
}
