//! The address under which a client reaches the server.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use super::problem::Problem;
use super::state::Server;

/// An absolute `http` or `https` address without trailing slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Base(String);

impl Base {
    /// Takes an address, dropping trailing slashes.
    pub(crate) fn new(address: &str) -> Self {
        Self(address.trim_end_matches('/').to_owned())
    }

    /// The address itself.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The API address of an article.
    pub(crate) fn article(&self, id: &str) -> String {
        format!("{}/v1/articles/{id}", self.0)
    }

    /// The page on which an article is read, at one of its passages where one is named.
    pub(crate) fn page(&self, article: &str, passage: Option<&str>) -> String {
        match passage {
            Some(passage) => format!("{}/a/{article}#{passage}", self.0),
            None => format!("{}/a/{article}", self.0),
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
