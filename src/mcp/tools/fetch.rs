//! `fetch`: a whole article by its identifier or a passage's, exactly as ChatGPT's connectors ask for it.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::tool::{Callable, Desk};
use crate::cite::quoted;
use crate::document::{ArticleId, ArticleOutline, PassageId, PlacedPassage};
use crate::mcp::reading::{self, Reading};
use crate::retrieve::{SearchError, Searcher};
use crate::server::parameters::{Fields, Parameters};
use crate::server::{Base, FieldFault, Problem};

/// Which article.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fetch {
    /// The id of a search result, or of an article.
    #[schemars(length(min = 1, max = 200))]
    id: String,
}

/// An article to read.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Fetched {
    /// As asked.
    id: String,
    /// The article's title.
    title: String,
    /// The whole article as Markdown in a `<source>` block: passages under their headings with citation marks, and the reference list.
    text: String,
    /// Where a person reads it, at the passage where one was asked for.
    url: String,
    /// Facts of the article, and the place of the passage asked for.
    metadata: Facts,
}

/// Facts of an article, and the place of a passage.
#[derive(Debug, Serialize, JsonSchema)]
struct Facts {
    /// Identifier of the article.
    article_id: String,
    /// Language most of it is in: `zh` or `en`.
    lang: &'static str,
    /// Authors as printed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<String>,
    /// Journal.
    #[serde(skip_serializing_if = "Option::is_none")]
    journal: Option<String>,
    /// Year of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<u16>,
    /// Digital object identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    doi: Option<String>,
    /// Web address of the article at its publisher.
    #[serde(skip_serializing_if = "Option::is_none")]
    source_url: Option<String>,
    /// The passage asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    passage: Option<PassagePlace>,
}

/// Where a passage stands in the text.
#[derive(Debug, Serialize, JsonSchema)]
struct PassagePlace {
    /// Identifier of the passage.
    id: String,
    /// Article, section and paragraph.
    locator: String,
    /// Its section.
    section: String,
    /// The first Unicode code point of the passage in `text`, from 0.
    start: usize,
    /// One past the last code point.
    end: usize,
    /// The passage itself.
    text: String,
}

impl Parameters for Fetch {
    fn fields() -> &'static Fields {
        static FIELDS: LazyLock<Fields> = LazyLock::new(Fields::of::<Fetch>);
        &FIELDS
    }
}

/// What is read for one answer.
struct Article {
    outline: ArticleOutline,
    passages: Vec<PlacedPassage>,
    asked: Option<PlacedPassage>,
}

impl Callable for Fetch {
    const NAME: &'static str = "fetch";
    const TITLE: &'static str = "Read an article";
    const DESCRIPTION: &'static str = "Gives the whole article of a search result as Markdown, with its reference \
        list. For a passage's id, `metadata.passage` says where in the text the passage stands. An article's own id \
        is taken too.";
    type Answer = Fetched;

    async fn call(self, desk: &Desk) -> Result<Fetched, Problem> {
        let Self { id } = self;
        let asked = id.clone();
        let found = desk
            .server
            .with_searcher(move |searcher| Ok(read(searcher, &asked)?))
            .await?;
        let unknown = || {
            Problem::invalid_parameters(vec![FieldFault::new(
                "id",
                "no passage and no article has this identifier",
                "an id from the results of search or search_passages",
            )])
        };
        Ok(Fetched::new(id, found.ok_or_else(unknown)?, &desk.base))
    }
}

/// The article of this identifier, or that of the passage of this identifier.
fn read(searcher: &Searcher, id: &str) -> Result<Option<Article>, SearchError> {
    let asked = match PassageId::parse(id) {
        Ok(id) => searcher.passage(&id)?.map(|view| view.passage),
        Err(_) => None,
    };
    let article = match &asked {
        Some(placed) => Some(placed.article.id.clone()),
        None => ArticleId::parse(id).ok(),
    };
    let Some(article) = article else {
        return Ok(None);
    };
    let Some(outline) = searcher.article(&article)? else {
        return Ok(None);
    };
    Ok(Some(Article {
        passages: searcher.article_passages(&article)?,
        outline,
        asked,
    }))
}

impl Fetched {
    fn new(id: String, article: Article, base: &Base) -> Self {
        let Article {
            outline,
            passages,
            asked,
        } = article;
        let reading = Reading::of_article(&outline, &passages);
        let article = outline.id.as_str();
        let language = asked
            .as_ref()
            .map_or(outline.language, |placed| placed.passage.language);
        let title = outline.metadata.title.prefer(language).map(|title| quoted(title));
        Self {
            title: title.unwrap_or_else(|| article.to_owned()),
            url: base.page(article, asked.as_ref().map(|placed| placed.passage.id.as_str())),
            metadata: Facts::new(&outline, asked.map(|placed| PassagePlace::new(&placed, &reading))),
            text: reading.text,
            id,
        }
    }
}

impl Facts {
    fn new(outline: &ArticleOutline, passage: Option<PassagePlace>) -> Self {
        let language = outline.language;
        let metadata = &outline.metadata;
        Self {
            article_id: outline.id.to_string(),
            lang: language.tag(),
            authors: metadata
                .authors
                .prefer(language)
                .into_iter()
                .flatten()
                .map(|author| quoted(author))
                .collect(),
            journal: metadata.journal.prefer(language).map(|journal| quoted(journal)),
            year: metadata.year,
            doi: metadata.doi.as_deref().map(quoted),
            source_url: metadata.url.as_deref().map(quoted),
            passage,
        }
    }
}

impl PassagePlace {
    fn new(placed: &PlacedPassage, reading: &Reading) -> Self {
        let passage = &placed.passage;
        let (start, end) = reading.place(&passage.id).unwrap_or_default();
        Self {
            id: passage.id.to_string(),
            locator: placed.locator(),
            section: placed.path.last().map(reading::heading).unwrap_or_default(),
            start,
            end,
            text: quoted(&reading::with_citations(&passage.text, &passage.citations)),
        }
    }
}
