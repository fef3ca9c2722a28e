//! `/feed`: the hits of a search as an Atom feed, with the OpenSearch elements.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, PreEscaped, html};

use super::address::{self, part};
use super::asked::{Asked, PER_PAGE};
use super::plain::Plain;
use super::visit::Visit;
use crate::document::{ArticleHead, PlacedPassage};
use crate::retrieve::{Found, Hit, Results};
use crate::server::{FieldFault, Problem, Server};

/// The date of what has none.
const UNDATED: &str = "1970-01-01T00:00:00Z";

/// The address of the feed of a search.
pub(super) fn address(asked: &Asked) -> String {
    let mut link = format!("/feed?q={}", part(&asked.query));
    for (name, value) in asked.restrictions() {
        link.push_str(&format!("&{name}={}", part(&value)));
    }
    link
}

/// The feed of a search.
pub(super) async fn feed(State(server): State<Server>, visit: Visit) -> Result<Response, Problem> {
    let asked = Asked::read(&visit);
    if asked.query.is_empty() {
        let fault = FieldFault::new(
            "q",
            "it has nothing to look for",
            "at least one word or character to look for",
        );
        return Err(Problem::invalid_parameters(vec![fault]));
    }
    let mut search = asked.search();
    search.facets = false;
    let results = server
        .with_searcher(move |searcher| Ok(searcher.search(&search)?.whole()?))
        .await?;
    let text = shown(&visit, &asked, &results).into_string();
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], text).into_response())
}

fn shown(visit: &Visit, asked: &Asked, results: &Results) -> Markup {
    let base = visit.base.as_str();
    let own = format!("{base}{}", address(asked));
    let pages = format!("{base}{}", asked.link());
    let latest = results.hits.iter().map(|hit| updated(article(hit))).max();
    html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
        feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" {
            title { (Plain(&asked.query)) " · " (visit.words().name) }
            id { (own) }
            updated { (latest.unwrap_or_else(|| UNDATED.to_owned())) }
            author { name { (visit.words().name) } }
            (link("self", "application/atom+xml", &own))
            (link("alternate", "text/html", &pages))
            (PreEscaped("<opensearch:totalResults>")) (results.total) (PreEscaped("</opensearch:totalResults>"))
            (PreEscaped("<opensearch:startIndex>")) (results.search.offset + 1) (PreEscaped("</opensearch:startIndex>"))
            (PreEscaped("<opensearch:itemsPerPage>")) (PER_PAGE) (PreEscaped("</opensearch:itemsPerPage>"))
            @for hit in &results.hits { (entry(visit, hit)) }
        }
    }
}

fn article(hit: &Hit) -> &ArticleHead {
    match &hit.found {
        Found::Passage(placed) => &placed.article,
        Found::Reference(placed) => &placed.article,
    }
}

/// An article's year is all that is known for every hit.
fn updated(article: &ArticleHead) -> String {
    article
        .year
        .map_or_else(|| UNDATED.to_owned(), |year| format!("{year:04}-01-01T00:00:00Z"))
}

fn entry(visit: &Visit, hit: &Hit) -> Markup {
    let article = article(hit);
    let id = article.id.as_str();
    let (page, heading) = match &hit.found {
        Found::Passage(placed) => (
            visit.base.page(&part(id), Some(placed.passage.id.as_str())),
            heading(placed),
        ),
        Found::Reference(placed) => {
            let path = address::reference(id, placed.reference.number);
            (format!("{}{path}", visit.base.as_str()), placed.reference.title.clone())
        }
    };
    let title = article.title.prefer(visit.language).map_or(id, String::as_str);
    html! {
        entry {
            title { (Plain(title)) @if let Some(heading) = heading { " – " (Plain(&heading)) } }
            id { (page) }
            updated { (updated(article)) }
            @for name in article.authors.prefer(visit.language).into_iter().flatten() { author { name { (Plain(name)) } } }
            (link("alternate", "text/html", &page))
            summary { (Plain(hit.snippet().span.of(hit.found.text()))) }
        }
    }
}

fn heading(placed: &PlacedPassage) -> Option<String> {
    let section = placed.path.last()?;
    let parts = [&section.number, &section.title].into_iter().flatten().cloned();
    let heading = parts.collect::<Vec<_>>().join(" ");
    (!heading.is_empty()).then_some(heading)
}

/// A link, which is an element of its own only in HTML: here it must be closed.
fn link(rel: &str, kind: &str, href: &str) -> Markup {
    let href = html! { (href) }.into_string();
    PreEscaped(format!("<link rel=\"{rel}\" type=\"{kind}\" href=\"{href}\"/>"))
}
