//! `/suggest`: completions as browsers and our own search box take them.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::address;
use super::visit::Visit;
use crate::retrieve::{Suggestion, SuggestionKind};
use crate::server::Server;

/// How many completions are given.
const MOST: usize = 8;

/// What was typed, the completions, what each is called in the other language, and where each leads.
type Completions = (String, Vec<String>, Vec<String>, Vec<String>);

/// Completions of the parameter `q`, in the form of the OpenSearch Suggestions extension.
pub(super) async fn completions(State(server): State<Server>, visit: Visit) -> Response {
    let typed = visit.parameter("q").to_owned();
    let base = visit.base.as_str().to_owned();
    let found = server
        .with_searcher(move |searcher| {
            let mut answer: Completions = (typed.clone(), Vec::new(), Vec::new(), Vec::new());
            for suggestion in searcher.suggest(&typed, MOST) {
                answer.3.push(format!("{base}{}", leads_to(&suggestion)));
                answer.2.push(suggestion.other.unwrap_or_default());
                answer.1.push(suggestion.text);
            }
            Ok(answer)
        })
        .await;
    match found {
        Ok(answer) => ([(header::CONTENT_TYPE, "application/x-suggestions+json")], Json(answer)).into_response(),
        Err(problem) => problem.into_response(),
    }
}

/// A title leads to its article, a term to a search for it.
fn leads_to(suggestion: &Suggestion) -> String {
    match (suggestion.kind, &suggestion.article) {
        (SuggestionKind::Title, Some(article)) => address::article(article.as_str()),
        (SuggestionKind::Title | SuggestionKind::Term, _) => format!("/?q={}", address::part(&suggestion.text)),
    }
}
