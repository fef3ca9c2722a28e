//! One visit to a page: in which language the visitor is spoken to, and how the answer is sent.

use std::io::Write;

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;
use maud::Markup;

use super::address;
use super::words::Words;
use crate::server::{Base, Problem, Server, query_string};
use crate::text::Language;

/// The parameter, and the cookie, that chooses the language of the pages.
const CHOICE: &str = "ui";

/// What a page may load: its own files and nothing else.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// Who asks, and for what.
pub(super) struct Visit {
    /// The language of the pages.
    pub(super) language: Language,
    /// The address under which the visitor reaches us.
    pub(super) base: Base,
    /// Everything after the question mark but the choice of language, in order.
    pub(super) parameters: Vec<(String, String)>,
    path: String,
    chosen: bool,
    compressed: bool,
}

impl FromRequestParts<Server> for Visit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Problem> {
        let base = Base::from_request_parts(parts, server).await?;
        let mut parameters = query_string::read(parts.uri.query().unwrap_or_default())?;
        let choice = parameters.iter().find(|(name, _)| name == CHOICE);
        let choice = choice.and_then(|(_, value)| Language::from_tag(value));
        parameters.retain(|(name, _)| name != CHOICE);
        Ok(Self {
            language: choice
                .or_else(|| remembered(&parts.headers))
                .unwrap_or_else(|| preferred(&parts.headers)),
            base,
            parameters,
            path: parts.uri.path().to_owned(),
            chosen: choice.is_some(),
            compressed: takes_gzip(&parts.headers),
        })
    }
}

impl Visit {
    /// What the pages say in the visitor's language.
    pub(super) fn words(&self) -> &'static Words {
        Words::of(self.language)
    }

    /// The value of a parameter; empty where it is not given.
    pub(super) fn parameter(&self, name: &str) -> &str {
        let given = self.parameters.iter().find(|(given, _)| given == name);
        given.map_or("", |(_, value)| value.as_str())
    }

    /// This page in another language.
    pub(super) fn switch(&self, language: Language) -> String {
        let mut link = format!("{}?", self.path);
        for (name, value) in &self.parameters {
            link.push_str(&format!("{}={}&", address::part(name), address::part(value)));
        }
        link.push_str(&format!("{CHOICE}={}", language.tag()));
        link
    }

    /// A page as the answer.
    pub(super) fn answer(&self, status: StatusCode, page: Markup) -> Response {
        let page = page.into_string();
        let mut response = Response::new(Body::empty());
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        );
        headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        let vary = HeaderValue::from_static("Accept-Encoding, Accept-Language, Cookie");
        headers.insert(header::VARY, vary);
        if self.chosen
            && let Ok(cookie) = HeaderValue::try_from(format!(
                "{CHOICE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
                self.language.tag()
            ))
        {
            headers.insert(header::SET_COOKIE, cookie);
        }
        let packed = if self.compressed {
            gzip(page.as_bytes(), Compression::fast())
        } else {
            None
        };
        *response.body_mut() = match packed {
            Some(packed) => {
                response
                    .headers_mut()
                    .insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                Body::from(packed)
            }
            None => Body::from(page),
        };
        response
    }
}

/// The bytes compressed; nothing where that fails, which it never does in memory.
pub(super) fn gzip(bytes: &[u8], level: Compression) -> Option<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), level);
    packer.write_all(bytes).ok()?;
    packer.finish().ok()
}

/// Whether the client takes answers compressed with gzip.
pub(super) fn takes_gzip(headers: &HeaderMap) -> bool {
    listed(headers, header::ACCEPT_ENCODING.as_str()).any(|(name, weight)| name == "gzip" && weight > 0.0)
}

/// The language chosen on an earlier visit.
fn remembered(headers: &HeaderMap) -> Option<Language> {
    let cookies = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok());
    let mut pairs = cookies
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(name, _)| *name == CHOICE)?;
    Language::from_tag(value)
}

/// The language the browser asks for; Chinese where it asks for none, English where it asks for others only.
fn preferred(headers: &HeaderMap) -> Language {
    if !headers.contains_key(header::ACCEPT_LANGUAGE) {
        return Language::Zh;
    }
    let mut best = (Language::En, 0.0);
    for (tag, weight) in listed(headers, header::ACCEPT_LANGUAGE.as_str()) {
        if let Some(language) = Language::from_tag(tag).filter(|_| weight > best.1) {
            best = (language, weight);
        }
    }
    best.0
}

/// The members of a header that lists what a client takes, with their weights.
fn listed<'a>(headers: &'a HeaderMap, name: &str) -> impl Iterator<Item = (&'a str, f32)> {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).map(|member| {
        let mut parts = member.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let weight = parts
            .find_map(|part| part.strip_prefix("q=")?.parse().ok())
            .unwrap_or(1.0);
        (name, weight)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn the_browser_chooses_by_weight() {
        let asked = |value| preferred(&headers(&[("accept-language", value)]));
        assert_eq!(asked("en-GB,en;q=0.9,zh;q=0.8"), Language::En);
        assert_eq!(asked("fr,en;q=0.3,zh-TW;q=0.7"), Language::Zh);
        assert_eq!(asked("fr"), Language::En);
        assert_eq!(preferred(&headers(&[])), Language::Zh);
    }

    #[test]
    fn a_remembered_choice_is_found_among_other_cookies() {
        assert_eq!(
            remembered(&headers(&[("cookie", "a=b; ui=en; c=d")])),
            Some(Language::En)
        );
        assert_eq!(remembered(&headers(&[("cookie", "gui=en; ui=xx")])), None);
    }

    #[test]
    fn gzip_is_used_only_where_it_is_taken() {
        assert!(takes_gzip(&headers(&[("accept-encoding", "br, gzip;q=0.5")])));
        assert!(!takes_gzip(&headers(&[("accept-encoding", "br, gzip;q=0")])));
        assert!(!takes_gzip(&headers(&[])));
    }
}
