//! The OpenSearch description, by which browsers take the portal up as a search engine.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{PreEscaped, html};

use super::visit::Visit;

/// The name under which a browser lists it; the link to the description says the same.
pub(super) const SHORT_NAME: &str = "文渊 Wenyuan";

/// The description, OpenSearch 1.1.
pub(super) async fn opensearch(visit: Visit) -> Response {
    let base = visit.base.as_str();
    let words = visit.words();
    let text = html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
        OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/" {
            ShortName { (SHORT_NAME) }
            Description { (words.described) }
            InputEncoding { "UTF-8" }
            OutputEncoding { "UTF-8" }
            Language { "zh" }
            Language { "en" }
            (PreEscaped(url("text/html", "results", &format!("{base}/?q={{searchTerms}}&amp;page={{startPage?}}"))))
            (PreEscaped(url("application/x-suggestions+json", "suggestions", &format!("{base}/suggest?q={{searchTerms}}"))))
            (PreEscaped(url("application/atom+xml", "results", &format!("{base}/feed?q={{searchTerms}}&amp;page={{startPage?}}"))))
            (PreEscaped(url("application/opensearchdescription+xml", "self", &format!("{base}/opensearch.xml"))))
        }
    };
    let kind = "application/opensearchdescription+xml; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], text.into_string()).into_response()
}

/// An empty element, which HTML templates can't write.
fn url(kind: &str, rel: &str, template: &str) -> String {
    format!("<Url type=\"{kind}\" rel=\"{rel}\" template=\"{template}\"/>")
}
