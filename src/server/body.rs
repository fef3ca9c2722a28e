//! Request bodies, read whole within a size and a deadline.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use tokio::time::timeout;

use super::keys::BodyLimit;
use super::problem::{Problem, ProblemKind};
use super::state::Server;

/// A body that is too large, up to this many bytes, is read to its end before it is refused.
const DRAINED: u64 = 1 << 20;

/// The bytes of a body, whatever its type is said to be; with the headers that tell.
pub(crate) struct RawBody {
    /// The headers of the request.
    pub(crate) headers: HeaderMap,
    /// The body.
    pub(crate) bytes: Bytes,
}

impl FromRequest<Server> for RawBody {
    type Rejection = Problem;

    async fn from_request(request: Request, server: &Server) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let bytes = read_body(&parts, body, server).await?;
        Ok(Self {
            headers: parts.headers,
            bytes,
        })
    }
}

/// Refuses a body that is not said to be JSON in UTF-8.
pub(crate) fn json_type(headers: &HeaderMap) -> Result<(), Problem> {
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

/// The whole body of a request with this head, within what the server and the caller's key allow.
pub(crate) async fn read_body(parts: &Parts, body: Body, server: &Server) -> Result<Bytes, Problem> {
    let limit = match parts.extensions.get::<BodyLimit>() {
        Some(BodyLimit(limit)) => *limit,
        None => server.settings().max_body_bytes,
    };
    let (headers, deadline) = (&parts.headers, server.settings().body_timeout());
    let too_large = || {
        Problem::new(
            ProblemKind::BodyTooLarge,
            format!("The body may have at most {limit} bytes."),
        )
    };
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
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
