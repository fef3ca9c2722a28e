//! `search`: the best passages by title and address, exactly as ChatGPT's connectors ask for them.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asked::asked;
use super::tool::{Callable, Desk};
use crate::cite::quoted;
use crate::document::PlacedPassage;
use crate::mcp::reading;
use crate::retrieve::{Found, LONGEST_QUERY};
use crate::server::Problem;
use crate::server::parameters::{Fields, Parameters};

/// What to look for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Search {
    /// A question or words, in Chinese or English; passages in both languages are found.
    #[schemars(length(min = 1, max = LONGEST_QUERY))]
    query: String,
}

/// What was found, best first.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SearchAnswer {
    /// Empty where nothing was found.
    results: Vec<SearchResult>,
}

/// One passage found.
#[derive(Debug, Serialize, JsonSchema)]
struct SearchResult {
    /// For `fetch`.
    id: String,
    /// The article's title and the passage's section.
    title: String,
    /// Where a person reads it.
    url: String,
}

impl Parameters for Search {
    fn fields() -> &'static Fields {
        static FIELDS: LazyLock<Fields> = LazyLock::new(Fields::of::<Search>);
        &FIELDS
    }
}

impl Callable for Search {
    const NAME: &'static str = "search";
    const TITLE: &'static str = "Search articles";
    const DESCRIPTION: &'static str = "Searches the passages of bilingual (Chinese/English) scholarly articles and \
        lists the ten best with their addresses. Use `fetch` with a result's id to read it. Where you need the \
        passages' text, relevance, references or restrictions at once, use `search_passages` instead.";
    type Answer = SearchAnswer;

    async fn call(self, desk: &Desk) -> Result<SearchAnswer, Problem> {
        let Self { query } = self;
        let results = desk.search(asked(query)?).await?.whole()?;
        let found = results.hits.into_iter().filter_map(|hit| match hit.found {
            Found::Passage(placed) => Some(*placed),
            Found::Reference(_) => None,
        });
        Ok(SearchAnswer {
            results: found.map(|placed| SearchResult::new(&placed, desk)).collect(),
        })
    }
}

impl SearchResult {
    fn new(placed: &PlacedPassage, desk: &Desk) -> Self {
        let (article, id) = (&placed.article, placed.passage.id.as_str());
        let title = article.title.prefer(placed.passage.language);
        let title = title.map_or_else(|| article.id.to_string(), |title| quoted(title));
        let section = placed.path.last().map(reading::heading).unwrap_or_default();
        Self {
            id: id.to_owned(),
            title: match section.as_str() {
                "" => title,
                section => format!("{title} — {section}"),
            },
            url: desk.base.page(article.id.as_str(), Some(id)),
        }
    }
}
