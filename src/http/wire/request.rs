//! What a client may ask: the parameters of each operation, the same by query string and by JSON.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::document::ArticleId;
use crate::http::parameters::{Fields, Parameters};
use crate::retrieve::{DEEPEST_OFFSET, Filters, LONGEST_QUERY, LanguageFilter, MOST_HITS, Scope, Search};
use crate::server::{FieldFault, Problem};
use crate::text::Language;

/// The most articles a search can be restricted to.
const MOST_ARTICLES: usize = 100;

/// Which language the passages found are in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LangChoice {
    /// Any language.
    #[default]
    Any,
    /// Chinese.
    Zh,
    /// English.
    En,
    /// The language the query is in.
    Same,
}

impl From<LangChoice> for LanguageFilter {
    fn from(choice: LangChoice) -> Self {
        match choice {
            LangChoice::Any => Self::Any,
            LangChoice::Zh => Self::Only(Language::Zh),
            LangChoice::En => Self::Only(Language::En),
            LangChoice::Same => Self::Same,
        }
    }
}

impl From<LanguageFilter> for LangChoice {
    fn from(filter: LanguageFilter) -> Self {
        match filter {
            LanguageFilter::Any => Self::Any,
            LanguageFilter::Only(Language::Zh) => Self::Zh,
            LanguageFilter::Only(Language::En) => Self::En,
            LanguageFilter::Same => Self::Same,
        }
    }
}

/// What is searched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ScopeChoice {
    /// Abstracts and body.
    #[default]
    Passages,
    /// Entries of reference lists.
    References,
}

impl From<ScopeChoice> for Scope {
    fn from(choice: ScopeChoice) -> Self {
        match choice {
            ScopeChoice::Passages => Self::Passages,
            ScopeChoice::References => Self::References,
        }
    }
}

impl From<Scope> for ScopeChoice {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::Passages => Self::Passages,
            Scope::References => Self::References,
        }
    }
}

/// What to look for, and where.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SearchRequest")]
pub struct SearchParameters {
    /// What to look for: words or a question in Chinese or English; "a phrase", -excluded, +required, AND, OR, NOT.
    #[schemars(length(min = 1, max = LONGEST_QUERY), extend("example" = "胎盘来源 水凝胶"))]
    q: String,
    /// How many hits to return. Default 10.
    #[schemars(range(min = 1, max = MOST_HITS))]
    limit: Option<u32>,
    /// How many of the best hits to skip. Default 0.
    #[schemars(range(min = 0, max = DEEPEST_OFFSET))]
    offset: Option<u32>,
    /// Language of the passages: any (default), zh, en, or same as the query's.
    lang: Option<LangChoice>,
    /// Only these articles: identifiers, separated by commas.
    #[schemars(length(min = 1, max = 10_000))]
    article: Option<String>,
    /// Only the section with this id, number or title, and the sections inside it.
    #[schemars(length(min = 1, max = 300))]
    section: Option<String>,
    /// Only articles published in this year or later.
    #[schemars(range(min = 1, max = 9999))]
    year_from: Option<u16>,
    /// Only articles published in this year or earlier.
    #[schemars(range(min = 1, max = 9999))]
    year_to: Option<u16>,
    /// What to search: passages (default) or references, the entries of reference lists.
    scope: Option<ScopeChoice>,
    /// Leave out hits of less relevance than this, 0 to 1; default 0.
    #[schemars(range(min = 0, max = 1))]
    min_relevance: Option<f32>,
}

impl Parameters for SearchParameters {
    fn fields() -> &'static Fields {
        static FIELDS: LazyLock<Fields> = LazyLock::new(Fields::of::<SearchParameters>);
        &FIELDS
    }
}

impl SearchParameters {
    /// The search these parameters ask for, once what no single field shows is checked too.
    pub(crate) fn resolve(self) -> Result<Search, Problem> {
        let SearchParameters {
            q,
            limit,
            offset,
            lang,
            article,
            section,
            year_from,
            year_to,
            scope,
            min_relevance,
        } = self;
        let mut search = Search::new(q);
        let mut faults = Vec::new();
        if search.query.trim().is_empty() {
            faults.push(FieldFault::new(
                "q",
                "it is empty",
                "at least one character other than a space",
            ));
        }
        if let (Some(from), Some(to)) = (year_from, year_to)
            && from > to
        {
            faults.push(FieldFault::new(
                "year_from",
                format!("{from} is later than year_to, {to}"),
                format!("a year up to {to}"),
            ));
        }
        let articles = articles(article.as_deref(), &mut faults);
        if !faults.is_empty() {
            return Err(Problem::invalid_parameters(faults));
        }
        search.limit = limit.map_or(search.limit, |limit| limit as usize);
        search.offset = offset.map_or(0, |offset| offset as usize);
        search.scope = scope.unwrap_or_default().into();
        search.min_relevance = min_relevance.unwrap_or(0.0);
        search.filters = Filters {
            language: lang.unwrap_or_default().into(),
            articles,
            section,
            year_from,
            year_to,
        };
        Ok(search)
    }
}

fn articles(list: Option<&str>, faults: &mut Vec<FieldFault>) -> Vec<ArticleId> {
    let mut articles = Vec::new();
    for raw in list.into_iter().flat_map(|list| list.split(',')).map(str::trim) {
        match ArticleId::parse(raw) {
            Ok(id) => articles.push(id),
            Err(invalid) => {
                faults.push(FieldFault::new(
                    "article",
                    invalid.to_string(),
                    "identifiers as /v1/articles lists them, separated by commas",
                ));
                break;
            }
        }
    }
    if articles.len() > MOST_ARTICLES {
        faults.push(FieldFault::new(
            "article",
            format!("it names {} articles", articles.len()),
            format!("at most {MOST_ARTICLES}"),
        ));
    }
    articles
}

/// Which part of a list to return.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageParameters {
    /// How many to skip. Default 0.
    #[schemars(range(min = 0, max = 1_000_000_000))]
    offset: Option<u32>,
    /// How many to return. Default 20.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<u32>,
}

impl PageParameters {
    /// Offset and limit.
    pub(crate) fn page(self) -> (usize, usize) {
        let Self { offset, limit } = self;
        (offset.unwrap_or(0) as usize, limit.unwrap_or(20) as usize)
    }
}

impl Parameters for PageParameters {
    fn fields() -> &'static Fields {
        static FIELDS: LazyLock<Fields> = LazyLock::new(Fields::of::<PageParameters>);
        &FIELDS
    }
}

/// No parameters at all: any that is given is refused.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoParameters {}

impl Parameters for NoParameters {
    fn fields() -> &'static Fields {
        static FIELDS: LazyLock<Fields> = LazyLock::new(Fields::of::<NoParameters>);
        &FIELDS
    }
}
