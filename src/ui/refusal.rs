//! A page that says why there is none.

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::html;

use super::frame::{Page, framed, search_box};
use super::visit::Visit;
use crate::server::{Problem, ProblemKind};
use crate::text::Language;

/// The page for a problem, with its status and what else the answer says of it.
pub(super) fn page(visit: &Visit, problem: Problem) -> Response {
    let said = in_words(visit.language, problem.kind());
    let query = visit.parameter("q");
    let main = html! {
        section.refusal {
            h1 { (said.0) }
            p { (said.1) }
            p { a href="/" { (visit.words().back_to_search) } }
        }
    };
    let page = framed(
        visit,
        Page {
            title: said.0.to_owned(),
            canonical: None,
            head: html! {},
            search: Some(search_box(visit, query, &[])),
            main,
        },
    );
    let refused = problem.into_response();
    let mut response = visit.answer(refused.status(), page);
    let (parts, _): (_, Body) = refused.into_parts();
    if let Some(after) = parts.headers.get(header::RETRY_AFTER) {
        response.headers_mut().insert(header::RETRY_AFTER, after.clone());
    }
    // The log finds the cause of a fault among them.
    response.extensions_mut().extend(parts.extensions);
    response
}

/// What happened, and what to do about it.
fn in_words(language: Language, kind: ProblemKind) -> (&'static str, &'static str) {
    match (language, kind) {
        (Language::Zh, ProblemKind::UnknownArticle) => {
            ("没有这篇文章", "语料库中没有这个标识符的文章,它可能已被移除。")
        }
        (Language::En, ProblemKind::UnknownArticle) => (
            "There is no such article",
            "No article of the corpus has this identifier; it may have been removed.",
        ),
        (Language::Zh, ProblemKind::UnknownPassage | ProblemKind::UnknownRoute) => {
            ("没有这个页面", "这个地址下没有内容。")
        }
        (Language::En, ProblemKind::UnknownPassage | ProblemKind::UnknownRoute) => {
            ("There is no such page", "There is nothing at this address.")
        }
        (Language::Zh, ProblemKind::InvalidParameter | ProblemKind::MalformedRequest) => {
            ("无法检索", "检索式太长,或没有可检索的词语。")
        }
        (Language::En, ProblemKind::InvalidParameter | ProblemKind::MalformedRequest) => (
            "This can't be searched for",
            "The query is too long, or has nothing to look for.",
        ),
        (Language::Zh, ProblemKind::Overloaded | ProblemKind::Timeout) => ("服务器正忙", "请稍候片刻再试。"),
        (Language::En, ProblemKind::Overloaded | ProblemKind::Timeout) => {
            ("The server is busy", "Please try again in a moment.")
        }
        (Language::Zh, ProblemKind::NotReady) => ("索引尚未就绪", "请稍候片刻再试。"),
        (Language::En, ProblemKind::NotReady) => ("The index is not open yet", "Please try again in a moment."),
        (Language::Zh, ProblemKind::IndexUnreachable) => ("暂时无法访问索引", "请稍候片刻再试。"),
        (Language::En, ProblemKind::IndexUnreachable) => {
            ("The index can't be reached", "Please try again in a moment.")
        }
        (Language::Zh, _) => ("服务器出错", "错误在服务器一方,已记入日志。"),
        (Language::En, _) => (
            "The server failed",
            "The fault is the server's own; its log has the reason.",
        ),
    }
}
