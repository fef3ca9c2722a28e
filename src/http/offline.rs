//! The API's answers without a socket, for the command line's `--json`.

use std::time::Duration;

use serde::Serialize;

use super::wire::{
    Article, Articles, CitationAnswer, ConditionNode, ContextAnswer, ExplainAnswer, PassageAnswer, SearchAnswer,
    article_address,
};
use crate::cite::{Budget, Context, Entry, Style};
use crate::document::{ArticleHead, ArticleOutline, ListedArticle};
use crate::query::Condition;
use crate::retrieve::{PassageView, Results, Why};
use crate::server::Base;

/// What an answer without a server names as its address.
fn base() -> Base {
    Base::new("http://127.0.0.1:7700")
}

/// The answer to a search.
pub fn search(results: Results, took: Duration) -> impl Serialize {
    SearchAnswer::new(results, took.as_secs_f64() * 1000.0, &base())
}

/// The answer to the question why a passage is a hit, or none.
pub fn explanation(why: Why) -> impl Serialize {
    ExplainAnswer::new(why, &base())
}

/// A condition as the API takes it.
///
/// # Errors
/// What is wrong with it.
pub fn condition(json: &str) -> Result<Condition, String> {
    let node: ConditionNode = serde_json::from_str(json).map_err(|error| error.to_string())?;
    node.resolve("filter")
        .map_err(|fault| format!("{}: {}; expected {}", fault.field, fault.message, fault.expected))
}

/// The web address of an article.
pub fn address(head: &ArticleHead) -> String {
    article_address(head, &base())
}

/// The answer to a request for a context.
pub fn context(context: Context, budget: Budget) -> impl Serialize {
    ContextAnswer::new(context, budget)
}

/// The answer to a request for a citation.
pub fn citation(entry: &Entry, style: Style) -> impl Serialize + use<> {
    CitationAnswer::new(entry, style)
}

/// The answer to a request for a passage.
pub fn passage(view: PassageView) -> impl Serialize {
    PassageAnswer::new(view, &base())
}

/// The answer to a request for an article.
pub fn article(outline: ArticleOutline) -> impl Serialize {
    Article::new(outline, &base())
}

/// The answer to a request for articles.
pub fn articles(found: Vec<ListedArticle>, total: usize, page: (usize, usize)) -> impl Serialize {
    Articles::new((found, total), page, &base())
}
