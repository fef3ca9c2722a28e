//! Takes requests apart: parameters, bodies with a size and a deadline, and the address the client used.

use std::marker::PhantomData;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use tokio::time::timeout;

use super::parameters::{self, Parameters};
use super::problem::{Problem, ProblemKind};
use super::state::Server;
use super::wire::{Base, NoParameters};

/// A body that is too large, up to this many bytes, is read to its end before it is refused.
const DRAINED: u64 = 1 << 20;

/// Parameters from the query string.
pub(crate) struct FromQuery<T>(pub(crate) T);

impl<T: Parameters> FromRequestParts<Server> for FromQuery<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Server) -> Result<Self, Problem> {
        parameters::from_query(parts.uri.query().unwrap_or_default()).map(Self)
    }
}

/// Refuses every query parameter.
pub(crate) struct WithoutQuery(PhantomData<()>);

impl FromRequestParts<Server> for WithoutQuery {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Server) -> Result<Self, Problem> {
        let NoParameters {} = parameters::from_query(parts.uri.query().unwrap_or_default())?;
        Ok(Self(PhantomData))
    }
}

/// The one part of the path that varies.
pub(crate) struct PathId(pub(crate) String);

impl FromRequestParts<Server> for PathId {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Problem> {
        match Path::<String>::from_request_parts(parts, server).await {
            Ok(Path(id)) => Ok(Self(id)),
            Err(rejection) => Err(Problem::new(ProblemKind::MalformedRequest, rejection.body_text())),
        }
    }
}

impl FromRequestParts<Server> for Base {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Problem> {
        if let Some(address) = &server.settings().public_url {
            return Ok(Self::new(address));
        }
        let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
        Ok(Self::new(&format!("http://{}", host.unwrap_or("localhost"))))
    }
}

/// Parameters from a JSON body.
pub(crate) struct FromBody<T>(pub(crate) T);

impl<T: Parameters> FromRequest<Server> for FromBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, server: &Server) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        check_type(&parts.headers)?;
        let bytes = read(&parts.headers, body, server).await?;
        parameters::from_json(&bytes).map(Self)
    }
}

fn check_type(headers: &HeaderMap) -> Result<(), Problem> {
    let unsupported = |detail: String| Err(Problem::new(ProblemKind::UnsupportedMediaType, detail));
    if let Some(encoding) = headers.get(header::CONTENT_ENCODING)
        && encoding != "identity"
    {
        return unsupported("Compressed bodies are not read; send the JSON as it is.".to_owned());
    }
    let Some(value) = headers.get(header::CONTENT_TYPE) else {
        return unsupported("The request has no Content-Type; it must be application/json.".to_owned());
    };
    let text = value.to_str().unwrap_or_default();
    let mut parts = text.split(';').map(str::trim);
    let named = parts.next().unwrap_or_default();
    if !named.eq_ignore_ascii_case("application/json") {
        return unsupported(format!("The Content-Type is {text:?}; it must be application/json."));
    }
    let foreign = parts
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, charset)| {
            name.eq_ignore_ascii_case("charset") && !charset.trim_matches('"').eq_ignore_ascii_case("utf-8")
        });
    match foreign {
        Some((_, charset)) => unsupported(format!("The charset is {charset}; JSON is UTF-8.")),
        None => Ok(()),
    }
}

async fn read(headers: &HeaderMap, body: Body, server: &Server) -> Result<axum::body::Bytes, Problem> {
    let limit = server.settings().max_body_bytes;
    let too_large = || {
        Problem::new(
            ProblemKind::BodyTooLarge,
            format!("The body may have at most {limit} bytes."),
        )
    };
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let deadline = server.settings().body_timeout();
    if let Some(length) = announced.filter(|length| *length > limit as u64) {
        // Closing on a client that is still sending would reset the connection and lose the answer.
        if length <= DRAINED {
            let _ = timeout(deadline, to_bytes(body, DRAINED as usize)).await;
        }
        return Err(too_large());
    }
    match timeout(deadline, to_bytes(body, limit)).await {
        Err(_) => Err(Problem::new(
            ProblemKind::BodyTimeout,
            format!("The body was not complete after {} seconds.", deadline.as_secs_f32()),
        )),
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error))
            if std::error::Error::source(&error).is_some_and(|source| source.to_string().contains("length limit")) =>
        {
            Err(too_large())
        }
        Ok(Err(_)) => Err(Problem::new(ProblemKind::MalformedRequest, "The body broke off.")),
    }
}
