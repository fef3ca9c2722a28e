//! `/articles`: all articles, to leaf through.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::frame::{Page, framed, search_box};
use super::paging::paging;
use super::plain::Plain;
use super::visit::Visit;
use super::{address, refusal, source};
use crate::document::ListedArticle;
use crate::server::{Problem, Server};
use crate::text::Language;

/// Articles on one page.
const PER_PAGE: usize = 25;

/// The last page: a cluster lists articles up to the 100,000th.
const LAST_PAGE: usize = 100_000 / PER_PAGE;

/// A page of the list.
pub(super) async fn page(State(server): State<Server>, visit: Visit) -> Response {
    let number = visit.parameter("page").parse().unwrap_or(1).clamp(1, LAST_PAGE);
    let offset = (number - 1) * PER_PAGE;
    let listed = server
        .with_searcher(move |searcher| Ok(searcher.articles(offset, PER_PAGE)?))
        .await;
    match listed {
        Ok((articles, _)) if articles.is_empty() && number > 1 => refusal::page(&visit, Problem::unknown_route()),
        Ok((articles, total)) => visit.answer(StatusCode::OK, shown(&visit, number, &articles, total)),
        Err(problem) => refusal::page(&visit, problem),
    }
}

fn shown(visit: &Visit, number: usize, articles: &[ListedArticle], total: usize) -> Markup {
    let words = visit.words();
    let last = total.div_ceil(PER_PAGE).min(LAST_PAGE);
    let main = html! {
        section.all {
            h1.found { (words.all_articles) " " span.total { (total) } }
            ol.hits start=((number - 1) * PER_PAGE + 1) {
                @for article in articles { li { (entry(visit, article)) } }
            }
            (paging(words, number, last, &link))
        }
    };
    framed(
        visit,
        Page {
            title: words.all_articles.to_owned(),
            canonical: Some(link(number)),
            head: html! {},
            search: Some(search_box(visit, "", &[])),
            main,
        },
    )
}

/// An article: its title in the language of the pages and, where printed, in the other one, and where it appeared.
fn entry(visit: &Visit, article: &ListedArticle) -> Markup {
    let words = visit.words();
    let printed = &article.metadata.title;
    let title = printed
        .prefer(words.language)
        .map_or(article.id.as_str(), String::as_str);
    let other = [&printed.zh, &printed.en]
        .into_iter()
        .flatten()
        .find(|other| *other != title);
    html! {
        article.hit {
            h2 lang=(Language::detect(title).tag()) {
                a href=(address::article(article.id.as_str())) { (Plain(title)) }
            }
            @if let Some(other) = other { p.path lang=(Language::detect(other).tag()) { (Plain(other)) } }
            (source::imprint(words, &article.head(), words.language))
        }
    }
}

fn link(page: usize) -> String {
    if page == 1 {
        "/articles".to_owned()
    } else {
        format!("/articles?page={page}")
    }
}
