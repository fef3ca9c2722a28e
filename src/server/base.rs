//! The address under which a client reaches the server.

use std::net::SocketAddr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use super::Settings;
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

    /// The address under which a request with these headers reached the server.
    pub(crate) fn reached(headers: &HeaderMap, settings: &Settings) -> Self {
        if let Some(address) = &settings.public_url {
            return Self::new(address);
        }
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        Self::new(&format!("http://{}", host.unwrap_or("localhost")))
    }

    /// The address under which this machine reaches a server with these settings.
    pub(crate) fn configured(settings: &Settings) -> Self {
        let here = || match settings.bind.parse::<SocketAddr>() {
            Ok(address) if address.ip().is_unspecified() => format!("http://localhost:{}", address.port()),
            _ => format!("http://{}", settings.bind),
        };
        Self::new(&settings.public_url.clone().unwrap_or_else(here))
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
        Ok(Self::reached(&parts.headers, server.settings()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_request_the_address_is_the_public_or_the_bound_one() {
        let configured = |bind: &str, public: Option<&str>| {
            let settings = Settings {
                bind: bind.to_owned(),
                public_url: public.map(str::to_owned),
                ..Settings::default()
            };
            Base::configured(&settings).as_str().to_owned()
        };
        assert_eq!(configured("127.0.0.1:7700", None), "http://127.0.0.1:7700");
        assert_eq!(configured("0.0.0.0:80", None), "http://localhost:80");
        assert_eq!(configured("[::]:80", None), "http://localhost:80");
        assert_eq!(
            configured("0.0.0.0:80", Some("https://wenyuan.example/")),
            "https://wenyuan.example"
        );
    }
}
