//! `search_passages`: passages with their text and references, under every restriction there is.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::found::FoundText;
use super::tool::{Callable, Desk};
use crate::document::ArticleId;
use crate::retrieve::{Answerable, Filters, LONGEST_QUERY, LanguageFilter, MOST_HITS, Results, Scope, Search};
use crate::server::parameters::{Fields, Parameters};
use crate::server::{Base, FieldFault, Problem};
use crate::text::Language;

/// Language of the passages.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Lang {
    /// Any.
    #[default]
    Any,
    /// Chinese.
    Zh,
    /// English.
    En,
    /// That of the query.
    Same,
}

/// What is searched.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Where {
    /// Abstracts and body.
    #[default]
    Passages,
    /// Entries of reference lists.
    References,
}

/// What to look for, and where.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchPassages {
    /// A question or words, in Chinese or English; also "a phrase", -excluded, +required, AND, OR, NOT.
    #[schemars(length(min = 1, max = LONGEST_QUERY))]
    query: String,
    /// The most hits. Default 10.
    #[schemars(range(min = 1, max = MOST_HITS))]
    limit: Option<u32>,
    /// Language of the passages: any (default), zh, en, or same as the query's.
    lang: Option<Lang>,
    /// Only in the article with this identifier.
    #[schemars(length(min = 1, max = 200))]
    article: Option<String>,
    /// Only in the section with this number or title, and the sections inside it.
    #[schemars(length(min = 1, max = 300))]
    section: Option<String>,
    /// Only articles published in this year or later.
    #[schemars(range(min = 1, max = 9999))]
    year_from: Option<u16>,
    /// Only articles published in this year or earlier.
    #[schemars(range(min = 1, max = 9999))]
    year_to: Option<u16>,
    /// Leave out hits of less relevance than this. 0.5 keeps those that very likely answer. Default 0.
    #[schemars(range(min = 0, max = 1))]
    min_relevance: Option<f32>,
    /// What is searched: passages (default), or references, the entries of reference lists.
    scope: Option<Where>,
}

/// What was found, best first.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PassagesAnswer {
    /// Whether the articles answer the query: `yes`, `weak` (only near it) or `no`.
    answerable: &'static str,
    /// What the query was read as, where it was typed in pinyin or with slips.
    #[serde(skip_serializing_if = "Option::is_none")]
    read_as: Option<String>,
    /// How many passages match in all.
    total: usize,
    /// The best of them.
    hits: Vec<FoundText>,
}

impl Parameters for SearchPassages {
    fn fields() -> &'static Fields {
        static FIELDS: LazyLock<Fields> = LazyLock::new(Fields::of::<SearchPassages>);
        &FIELDS
    }
}

impl Callable for SearchPassages {
    const NAME: &'static str = "search_passages";
    const TITLE: &'static str = "Search passages";
    const DESCRIPTION: &'static str = "Searches the passages of bilingual (Chinese/English) scholarly articles and \
        gives their text with citation marks, the references they cite, relevance (0 to 1, the same meaning for \
        every query) and an address to cite. A question in one language finds passages in both. `answerable` says \
        whether anything found answers; where it is `no`, say so and do not answer from memory.";
    type Answer = PassagesAnswer;

    async fn call(self, desk: &Desk) -> Result<PassagesAnswer, Problem> {
        let results = desk.search(self.resolve()?).await?;
        Ok(PassagesAnswer::new(results, &desk.base))
    }
}

impl SearchPassages {
    /// The search these arguments ask for, once what no single one shows is checked too.
    fn resolve(self) -> Result<Search, Problem> {
        let Self {
            query,
            limit,
            lang,
            article,
            section,
            year_from,
            year_to,
            min_relevance,
            scope,
        } = self;
        let mut faults = Vec::new();
        if let (Some(from), Some(to)) = (year_from, year_to)
            && from > to
        {
            faults.push(FieldFault::new(
                "year_from",
                format!("{from} is later than year_to, {to}"),
                format!("a year up to {to}"),
            ));
        }
        let article = article.map(|id| ArticleId::parse(&id)).transpose();
        let article = article.unwrap_or_else(|invalid| {
            let expected = "an article_id from the results of search_passages";
            faults.push(FieldFault::new("article", invalid.to_string(), expected));
            None
        });
        if !faults.is_empty() {
            return Err(Problem::invalid_parameters(faults));
        }
        let mut search = Search::new(query);
        search.limit = limit.map_or(search.limit, |limit| limit as usize);
        search.min_relevance = min_relevance.unwrap_or(0.0);
        search.scope = match scope.unwrap_or_default() {
            Where::Passages => Scope::Passages,
            Where::References => Scope::References,
        };
        search.filters = Filters {
            language: match lang.unwrap_or_default() {
                Lang::Any => LanguageFilter::Any,
                Lang::Zh => LanguageFilter::Only(Language::Zh),
                Lang::En => LanguageFilter::Only(Language::En),
                Lang::Same => LanguageFilter::Same,
            },
            articles: article.into_iter().collect(),
            section,
            year_from,
            year_to,
        };
        Ok(search)
    }
}

impl PassagesAnswer {
    fn new(results: Results, base: &Base) -> Self {
        let Results {
            search: _,
            answerable,
            correction,
            total,
            hits,
        } = results;
        Self {
            answerable: Answerable::name(answerable),
            read_as: correction.map(|correction| correction.query),
            total,
            hits: hits.into_iter().map(|hit| FoundText::new(hit, base)).collect(),
        }
    }
}
