//! What a client is told when a request is not answered: RFC 9457 problem details with stable types.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;

use crate::retrieve::SearchError;

/// Every kind of problem; its address, `/problems/NAME`, never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ProblemKind {
    InvalidParameter,
    MalformedRequest,
    KeyMissing,
    KeyUnknown,
    KeyLacksScope,
    HostNotAllowed,
    OriginNotAllowed,
    UnknownRoute,
    UnknownPassage,
    UnknownArticle,
    UnknownCollection,
    UnknownReference,
    MethodNotAllowed,
    BodyTimeout,
    BodyTooLarge,
    UnsupportedMediaType,
    RateLimited,
    Internal,
    Overloaded,
    NotReady,
    IndexUnreachable,
    Timeout,
}

impl ProblemKind {
    /// Every kind, in the order of their status codes.
    pub(crate) const ALL: [Self; 22] = [
        Self::InvalidParameter,
        Self::MalformedRequest,
        Self::KeyMissing,
        Self::KeyUnknown,
        Self::KeyLacksScope,
        Self::HostNotAllowed,
        Self::OriginNotAllowed,
        Self::UnknownRoute,
        Self::UnknownPassage,
        Self::UnknownArticle,
        Self::UnknownCollection,
        Self::UnknownReference,
        Self::MethodNotAllowed,
        Self::BodyTimeout,
        Self::BodyTooLarge,
        Self::UnsupportedMediaType,
        Self::RateLimited,
        Self::Internal,
        Self::Overloaded,
        Self::NotReady,
        Self::IndexUnreachable,
        Self::Timeout,
    ];

    /// The last part of its address, its status and its title.
    pub(crate) fn describe(self) -> (&'static str, StatusCode, &'static str) {
        match self {
            Self::InvalidParameter => ("invalid-parameter", StatusCode::BAD_REQUEST, "A parameter is not valid"),
            Self::MalformedRequest => (
                "malformed-request",
                StatusCode::BAD_REQUEST,
                "The request can't be read",
            ),
            Self::KeyMissing => ("missing-key", StatusCode::UNAUTHORIZED, "A key must be shown"),
            Self::KeyUnknown => ("unknown-key", StatusCode::UNAUTHORIZED, "The key is not known"),
            Self::KeyLacksScope => (
                "key-lacks-scope",
                StatusCode::FORBIDDEN,
                "The key is for something else",
            ),
            Self::HostNotAllowed => (
                "host-not-allowed",
                StatusCode::FORBIDDEN,
                "This server has another name",
            ),
            Self::OriginNotAllowed => (
                "origin-not-allowed",
                StatusCode::FORBIDDEN,
                "Pages of this site may not ask",
            ),
            Self::UnknownRoute => (
                "unknown-route",
                StatusCode::NOT_FOUND,
                "There is nothing at this address",
            ),
            Self::UnknownPassage => ("unknown-passage", StatusCode::NOT_FOUND, "There is no such passage"),
            Self::UnknownArticle => ("unknown-article", StatusCode::NOT_FOUND, "There is no such article"),
            Self::UnknownCollection => (
                "unknown-collection",
                StatusCode::NOT_FOUND,
                "There is no such collection",
            ),
            Self::UnknownReference => ("unknown-reference", StatusCode::NOT_FOUND, "There is no such reference"),
            Self::MethodNotAllowed => (
                "method-not-allowed",
                StatusCode::METHOD_NOT_ALLOWED,
                "This address takes another method",
            ),
            Self::BodyTimeout => ("body-timeout", StatusCode::REQUEST_TIMEOUT, "The body came too slowly"),
            Self::BodyTooLarge => ("body-too-large", StatusCode::PAYLOAD_TOO_LARGE, "The body is too large"),
            Self::UnsupportedMediaType => (
                "unsupported-media-type",
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "The body is not of a type this server reads",
            ),
            Self::RateLimited => ("rate-limited", StatusCode::TOO_MANY_REQUESTS, "Too many requests"),
            Self::Internal => ("internal", StatusCode::INTERNAL_SERVER_ERROR, "The server failed"),
            Self::Overloaded => ("overloaded", StatusCode::SERVICE_UNAVAILABLE, "The server is busy"),
            Self::NotReady => (
                "not-ready",
                StatusCode::SERVICE_UNAVAILABLE,
                "The index is not open yet",
            ),
            Self::IndexUnreachable => (
                "index-unreachable",
                StatusCode::SERVICE_UNAVAILABLE,
                "The index can't be reached",
            ),
            Self::Timeout => ("timeout", StatusCode::GATEWAY_TIMEOUT, "The answer took too long"),
        }
    }
}

/// One field at fault, what is wrong with it and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FieldFault {
    /// The parameter or JSON field.
    pub field: String,
    /// What is wrong with it.
    pub message: String,
    /// What would be right.
    pub expected: String,
}

impl FieldFault {
    /// A fault of one field.
    pub(crate) fn new(field: impl Into<String>, message: impl Into<String>, expected: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            message: message.into(),
            expected: expected.into(),
        }
    }
}

/// Problem details (RFC 9457), sent as `application/problem+json`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub struct ProblemDetails {
    /// Address of the kind of problem; it never changes.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind of problem in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What went wrong this time.
    pub detail: String,
    /// The fields at fault.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldFault>,
}

/// A request that is not answered, with what only the log may know.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    kind: ProblemKind,
    detail: String,
    errors: Vec<FieldFault>,
    cause: Option<String>,
    /// Seconds after which it is worth asking again.
    retry_after: Option<u64>,
}

impl Problem {
    /// A problem of this kind.
    pub(crate) fn new(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            detail: detail.into(),
            errors: Vec::new(),
            cause: None,
            retry_after: (kind.describe().1 == StatusCode::SERVICE_UNAVAILABLE).then_some(1),
        }
    }

    /// What kind it is.
    pub(crate) fn kind(&self) -> ProblemKind {
        self.kind
    }

    /// Its HTTP status.
    pub(crate) fn status(&self) -> StatusCode {
        self.kind.describe().1
    }

    /// What went wrong this time.
    pub(crate) fn detail(&self) -> &str {
        &self.detail
    }

    /// The first field at fault.
    pub(crate) fn field(&self) -> Option<&str> {
        self.errors.first().map(|fault| fault.field.as_str())
    }

    /// What only the log may know.
    pub(crate) fn cause(&self) -> Option<&str> {
        self.cause.as_deref()
    }

    /// Nothing is served at the address asked for.
    pub(crate) fn unknown_route() -> Self {
        Self::new(ProblemKind::UnknownRoute, "See /docs for the addresses there are.")
    }

    /// Fields at fault.
    pub(crate) fn invalid_parameters(errors: Vec<FieldFault>) -> Self {
        let detail = errors
            .iter()
            .map(|fault| format!("{}: {}; expected {}", fault.field, fault.message, fault.expected))
            .collect::<Vec<_>>()
            .join(". ");
        Self {
            errors,
            ..Self::new(ProblemKind::InvalidParameter, detail)
        }
    }

    /// What is wrong, in words and without what only the log may know, which is written there.
    pub(crate) fn spoken(self) -> String {
        let Self {
            kind,
            detail,
            errors: _,
            cause,
            retry_after: _,
        } = self;
        match cause {
            Some(cause) => {
                tracing::error!(cause, "request failed");
                format!("{}.", kind.describe().2)
            }
            None => detail,
        }
    }

    /// A caller asked more often than it may.
    pub(crate) fn rate_limited(seconds: u64) -> Self {
        Self {
            retry_after: Some(seconds),
            ..Self::new(
                ProblemKind::RateLimited,
                format!("So many requests a minute are not allowed; there is room for one more in {seconds} seconds."),
            )
        }
    }

    /// A fault of the server itself: the client is told no more than that; `cause` is for the log.
    pub(crate) fn internal(cause: impl Into<String>) -> Self {
        Self {
            cause: Some(cause.into()),
            ..Self::new(
                ProblemKind::Internal,
                "The fault is the server's own; its log has the reason under the x-request-id of this answer.",
            )
        }
    }
}

impl From<SearchError> for Problem {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::EmptyQuery => Self::invalid_parameters(vec![FieldFault::new(
                "q",
                "it has nothing to look for",
                "at least one word or character to look for",
            )]),
            SearchError::TooLong { field, found, limit } => Self::invalid_parameters(vec![FieldFault::new(
                if field == "query" { "q" } else { field },
                format!("it has {found} characters"),
                format!("at most {limit} characters"),
            )]),
            SearchError::TooMany { field, found, limit } => Self::invalid_parameters(vec![FieldFault::new(
                field,
                format!("it has {found} parts"),
                format!("at most {limit}"),
            )]),
            SearchError::Values {
                fact,
                operation,
                found,
                from,
                to,
            } => Self::invalid_parameters(vec![FieldFault::new(
                "filter",
                format!("the comparison {operation} of {fact:?} has {found} values"),
                if from == to {
                    format!("{to}")
                } else {
                    format!("{from} to {to}")
                },
            )]),
            SearchError::OutOfRange { field, found, from, to } => Self::invalid_parameters(vec![FieldFault::new(
                field,
                format!("it is {found}"),
                format!("a whole number from {from} to {to}"),
            )]),
            SearchError::Unreachable(reason) => Self {
                cause: Some(reason),
                ..Self::new(
                    ProblemKind::IndexUnreachable,
                    "The index can't be reached just now; try again in a moment.",
                )
            },
            SearchError::Engine(error) => Self::internal(error.to_string()),
        }
    }
}

impl Problem {
    /// Puts what every way of saying it has in common on an answer: headers, and the problem itself, for the log and for
    /// bindings that say it in another way.
    pub(super) fn mark(self, response: &mut Response) {
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        let challenge = match self.kind {
            ProblemKind::KeyMissing => Some("Bearer realm=\"wenyuan\""),
            ProblemKind::KeyUnknown => Some("Bearer realm=\"wenyuan\", error=\"invalid_token\""),
            _ => None,
        };
        if let Some(challenge) = challenge {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        // The rest of the body was not read: what follows on the connection is not a request.
        if matches!(self.kind, ProblemKind::BodyTooLarge | ProblemKind::BodyTimeout) {
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        response.extensions_mut().insert(self);
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (name, status, title) = self.kind.describe();
        let details = ProblemDetails {
            kind: format!("/problems/{name}"),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: self.detail.clone(),
            errors: self.errors.clone(),
        };
        let mut response = (status, Json(details)).into_response();
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        self.mark(&mut response);
        response
    }
}
