//! What robots may read, and where all articles are.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, PreEscaped, html};

use super::address;
use super::visit::Visit;
use crate::server::{Problem, Server};

/// Articles named on one page of the map.
const PER_PAGE: usize = 500;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Everything but results of searches and the API may be read by robots.
pub(super) async fn robots(visit: Visit) -> Response {
    let text = format!(
        "User-agent: *\nDisallow: /*?q=\nDisallow: /feed\nDisallow: /suggest\nDisallow: /v1/\nSitemap: {}/sitemap.xml\n",
        visit.base.as_str()
    );
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// The pages of the map.
pub(super) async fn index(State(server): State<Server>, visit: Visit) -> Result<Response, Problem> {
    let (_, total) = server.with_searcher(|searcher| Ok(searcher.articles(0, 0)?)).await?;
    let base = visit.base.as_str();
    Ok(xml(html! {
        (PreEscaped(DECLARATION))
        sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {
            @for page in 1..=total.div_ceil(PER_PAGE).max(1) {
                sitemap { loc { (base) "/sitemap/" (page) ".xml" } }
            }
        }
    }))
}

/// One page of the map.
pub(super) async fn page(
    State(server): State<Server>,
    visit: Visit,
    Path(page): Path<String>,
) -> Result<Response, Problem> {
    let number = page
        .strip_suffix(".xml")
        .and_then(|number| number.parse::<usize>().ok());
    let Some(number) = number.filter(|number| (1..=1_000_000).contains(number)) else {
        return Err(Problem::unknown_route());
    };
    let offset = (number - 1) * PER_PAGE;
    let (articles, _) = server
        .with_searcher(move |searcher| Ok(searcher.articles(offset, PER_PAGE)?))
        .await?;
    if articles.is_empty() && number > 1 {
        return Err(Problem::unknown_route());
    }
    let base = visit.base.as_str();
    Ok(xml(html! {
        (PreEscaped(DECLARATION))
        urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {
            @if number == 1 {
                @for page in ["/", "/articles"] { url { loc { (base) (page) } } }
            }
            @for article in &articles { url { loc { (base) (address::article(article.id.as_str())) } } }
        }
    }))
}

fn xml(text: Markup) -> Response {
    (
        [(header::CONTENT_TYPE, "application/xml; charset=utf-8")],
        text.into_string(),
    )
        .into_response()
}
