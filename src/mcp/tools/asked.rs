//! The arguments of `search_passages`, and the search they ask for.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::cite::{LARGEST_BUDGET, SMALLEST_BUDGET};
use crate::document::{ArticleId, SectionRole};
use crate::retrieve::{Expand, Filters, LONGEST_QUERY, LanguageFilter, MOST_HISTORY, MOST_HITS, Scope, Search, Sort};
use crate::server::parameters::{Fields, Parameters};
use crate::server::{FieldFault, Problem};
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

/// The order of the hits.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Order {
    /// Best first.
    #[default]
    Relevance,
    /// The latest year first.
    Newest,
    /// The earliest year first.
    Oldest,
}

/// What comes with a hit.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Around {
    /// Nothing more.
    #[default]
    Nothing,
    /// The passages before and after it.
    Neighbors,
    /// The passages of its section.
    Section,
}

/// The part a section plays.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Role {
    Abstract,
    Introduction,
    Methods,
    Results,
    Discussion,
    Conclusion,
    Other,
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
    /// Leave out hits of less relevance than this. 0.5 keeps those that more likely answer than not. Default 0.
    #[schemars(range(min = 0, max = 1))]
    min_relevance: Option<f32>,
    /// What is searched: passages (default), or references, the entries of reference lists.
    scope: Option<Where>,
    /// Only sections that play this part in their article.
    role: Option<Role>,
    /// The order of the hits: relevance (default), newest or oldest.
    sort: Option<Order>,
    /// Earlier questions of the conversation, the newest last, where `query` only makes sense with them.
    #[schemars(length(max = MOST_HISTORY), inner(length(max = LONGEST_QUERY)))]
    history: Option<Vec<String>>,
    /// Whether the query is taken as typed: not read as pinyin, nor with slips put right (`read_as` tells both), nor with
    /// names joined (`CD 34`). Default false.
    as_typed: Option<bool>,
    /// What comes with each hit in `around`: nothing (default), neighbors (the passages before and after it), or
    /// section (the passages of its section).
    expand: Option<Around>,
    /// Whether hits of many articles are wanted rather than the best whatever they are from. Default false.
    diversify: Option<bool>,
    /// Leave out hits, the last first, that do not fit into so many tokens; the best is shortened rather than left
    /// out. No limit where not given.
    #[schemars(range(min = SMALLEST_BUDGET, max = LARGEST_BUDGET))]
    max_tokens: Option<u32>,
}

impl Parameters for SearchPassages {
    fn fields() -> &'static Fields {
        static FIELDS: LazyLock<Fields> = LazyLock::new(Fields::of::<SearchPassages>);
        &FIELDS
    }
}

impl SearchPassages {
    /// The tokens that there is room for.
    pub(super) fn room(&self) -> Option<usize> {
        self.max_tokens.map(|tokens| tokens as usize)
    }
    /// The search these arguments ask for, once what no single one shows is checked too.
    pub(super) fn resolve(self) -> Result<Search, Problem> {
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
            role,
            sort,
            history,
            as_typed,
            expand,
            diversify,
            max_tokens: _,
        } = self;
        let mut search = asked(query)?;
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
            roles: role.into_iter().map(SectionRole::from).collect(),
            condition: None,
        };
        search.sort = match sort.unwrap_or_default() {
            Order::Relevance => Sort::Relevance,
            Order::Newest => Sort::NewestFirst,
            Order::Oldest => Sort::OldestFirst,
        };
        search.history = history.unwrap_or_default();
        search.as_typed = as_typed.unwrap_or(false);
        search.expand = match expand.unwrap_or_default() {
            Around::Nothing => Expand::Nothing,
            Around::Neighbors => Expand::Neighbours,
            Around::Section => Expand::Section,
        };
        search.diversify = diversify.unwrap_or(false);
        Ok(search)
    }
}

impl From<Role> for SectionRole {
    fn from(role: Role) -> Self {
        match role {
            Role::Abstract => Self::Abstract,
            Role::Introduction => Self::Introduction,
            Role::Methods => Self::Methods,
            Role::Results => Self::Results,
            Role::Discussion => Self::Discussion,
            Role::Conclusion => Self::Conclusion,
            Role::Other => Self::Other,
        }
    }
}

/// The search for a query; one of white space alone is refused under the name that tools give it.
pub(super) fn asked(query: String) -> Result<Search, Problem> {
    if query.trim().is_empty() {
        return Err(Problem::invalid_parameters(vec![FieldFault::new(
            "query",
            "it has nothing to look for",
            "at least one word or character to look for",
        )]));
    }
    Ok(Search::new(query))
}
