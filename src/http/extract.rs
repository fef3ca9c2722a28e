//! Takes requests apart: parameters from query strings and bodies.

use std::marker::PhantomData;

use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;

use super::wire::NoParameters;
use crate::server::parameters::{self, Parameters};
use crate::server::{Problem, ProblemKind, RawBody, Server, json_type};

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

/// The two parts of the path that vary.
pub(crate) struct PathIds(pub(crate) String, pub(crate) String);

impl FromRequestParts<Server> for PathIds {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Problem> {
        match Path::<(String, String)>::from_request_parts(parts, server).await {
            Ok(Path((first, second))) => Ok(Self(first, second)),
            Err(rejection) => Err(Problem::new(ProblemKind::MalformedRequest, rejection.body_text())),
        }
    }
}

/// Parameters from a JSON body.
pub(crate) struct FromBody<T>(pub(crate) T);

impl<T: Parameters> FromRequest<Server> for FromBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, server: &Server) -> Result<Self, Problem> {
        let RawBody { headers, bytes } = RawBody::from_request(request, server).await?;
        json_type(&headers)?;
        parameters::from_json(&bytes).map(Self)
    }
}
