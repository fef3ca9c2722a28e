//! Articles and passages as resources: what there is, and how each is read.

use rmcp::model::{ListResourcesResult, Resource, ResourceContents, ResourceTemplate};

use super::address::{ARTICLE_TEMPLATE, Address, PASSAGE_TEMPLATE};
use super::reading::{self, Reading};
use crate::cite::quoted;
use crate::document::ListedArticle;
use crate::retrieve::{SearchError, Searcher};
use crate::server::{Problem, Server};

/// Articles on one page of the list.
const PAGE: usize = 100;

/// What a resource is written in.
const MARKDOWN: &str = "text/markdown";

/// How the addresses of resources are made.
pub(crate) fn templates() -> Vec<ResourceTemplate> {
    let template = |address: &str, name: &str, title: &str, description: &str| {
        ResourceTemplate::new(address, name)
            .with_title(title)
            .with_description(description)
            .with_mime_type(MARKDOWN)
    };
    vec![
        template(
            ARTICLE_TEMPLATE,
            "article",
            "Article",
            "A whole article with its reference list, by the article's identifier.",
        ),
        template(
            PASSAGE_TEMPLATE,
            "passage",
            "Passage",
            "One passage under its headings with the references it cites, by the passage's identifier.",
        ),
    ]
}

/// One page of the articles; none where the cursor is not one of ours.
pub(crate) async fn list(server: &Server, cursor: Option<&str>) -> Result<Option<ListResourcesResult>, Problem> {
    let Ok(offset) = cursor.map_or(Ok(0), str::parse::<usize>) else {
        return Ok(None);
    };
    let (listed, total) = server
        .with_searcher(move |searcher| Ok(searcher.articles(offset, PAGE)?))
        .await?;
    let mut page = ListResourcesResult::with_all_items(listed.iter().map(resource).collect());
    let next = offset.saturating_add(listed.len());
    page.next_cursor = (next < total && !listed.is_empty()).then(|| next.to_string());
    Ok(Some(page))
}

fn resource(listed: &ListedArticle) -> Resource {
    let (metadata, language) = (&listed.metadata, listed.language);
    let title = metadata.title.prefer(language);
    let title = title.map_or_else(|| listed.id.to_string(), |title| quoted(title));
    let authors = metadata.authors.prefer(language).map(|authors| authors.join(", "));
    let facts = [
        authors,
        metadata.journal.prefer(language).cloned(),
        metadata.year.map(|year| year.to_string()),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let resource = Resource::new(Address::of_article(&listed.id), listed.id.as_str())
        .with_title(title)
        .with_mime_type(MARKDOWN);
    if facts.is_empty() {
        resource
    } else {
        resource.with_description(quoted(&facts.join(". ")))
    }
}

/// Reads a resource; nothing where the address names none.
pub(crate) async fn read(server: &Server, uri: &str) -> Result<Option<ResourceContents>, Problem> {
    let Some(address) = Address::read(uri) else {
        return Ok(None);
    };
    let text = server
        .with_searcher(move |searcher| Ok(written(searcher, &address)?))
        .await?;
    Ok(text.map(|text| ResourceContents::text(text, uri).with_mime_type(MARKDOWN)))
}

fn written(searcher: &Searcher, address: &Address) -> Result<Option<String>, SearchError> {
    Ok(match address {
        Address::Passage(id) => searcher.passage(id)?.map(|view| reading::passage(&view.passage)),
        Address::Article(id) => match searcher.article(id)? {
            Some(outline) => Some(Reading::of_article(&outline, &searcher.article_passages(id)?).text),
            None => None,
        },
    })
}
