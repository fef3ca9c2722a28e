//! What a client may ask: the parameters of each operation, the same by query string and by JSON.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;

use super::choices::{ExpandChoice, LangChoice, ScopeChoice, SortChoice};
use super::condition::ConditionNode;
use crate::document::{ArticleId, SectionRole};
use crate::retrieve::{
    DEEPEST_OFFSET, Filters, LONGEST_NAME, LONGEST_QUERY, MOST_HISTORY, MOST_HITS, MOST_WITHOUT, Search,
};
use crate::server::parameters::{Fields, Parameters};
use crate::server::{FieldFault, Problem};

/// The most articles a search can be restricted to.
const MOST_ARTICLES: usize = 100;

/// What to look for, and where.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SearchRequest")]
pub struct SearchParameters {
    /// What to look for: words or a question in Chinese or English; "a phrase", -excluded, +required, AND, OR, NOT.
    #[schemars(length(min = 1, max = LONGEST_QUERY), extend("example" = "胎盘来源 水凝胶"))]
    pub(super) q: String,
    /// How many hits to return. Default 10.
    #[schemars(range(min = 1, max = MOST_HITS))]
    pub(super) limit: Option<u32>,
    /// How many of the best hits to skip. Default 0.
    #[schemars(range(min = 0, max = DEEPEST_OFFSET))]
    pub(super) offset: Option<u32>,
    /// Language of the passages: any (default), zh, en, or same as the query's.
    pub(super) lang: Option<LangChoice>,
    /// Only these articles: identifiers, separated by commas.
    #[schemars(length(min = 1, max = 10_000))]
    pub(super) article: Option<String>,
    /// Only the section with this id, number or title, and the sections inside it.
    #[schemars(length(min = 1, max = 300))]
    pub(super) section: Option<String>,
    /// Only articles published in this year or later.
    #[schemars(range(min = 1, max = 9999))]
    pub(super) year_from: Option<u16>,
    /// Only articles published in this year or earlier.
    #[schemars(range(min = 1, max = 9999))]
    pub(super) year_to: Option<u16>,
    /// What to search: passages (default) or references, the entries of reference lists.
    pub(super) scope: Option<ScopeChoice>,
    /// Leave out hits of less relevance than this, 0 to 1; default 0.
    #[schemars(range(min = 0, max = 1))]
    pub(super) min_relevance: Option<f32>,
    /// Only sections that play these parts, separated by commas: abstract, introduction, methods, results, discussion,
    /// conclusion, other.
    #[schemars(length(min = 1, max = 200))]
    pub(super) role: Option<String>,
    /// A condition on the facts in `metadata` of a hit: {"field": "year", "op": "gte", "value": 2020}, combined by
    /// {"all": [...]}, {"any": [...]} and {"not": {...}}. Operations: eq, ne, lt, lte, gt, gte, in, nin, contains,
    /// not_contains, starts_with, ends_with, empty, not_empty, before, after. In a query string, as JSON text.
    #[schemars(extend("example" = {"field": "year", "op": "gte", "value": 2020}))]
    pub(super) filter: Option<ConditionNode>,
    /// The order of the hits: relevance (default), newest or oldest. By year, only hits that may answer are shown.
    pub(super) sort: Option<SortChoice>,
    /// Earlier questions of the conversation, the newest last: their words count less, and more where the new question
    /// has few of its own.
    #[schemars(length(max = MOST_HISTORY), inner(length(max = LONGEST_QUERY)))]
    pub(super) history: Option<Vec<String>>,
    /// Other names of the query's terms, as `understood` lists them, that are not to be looked for.
    #[schemars(length(max = MOST_WITHOUT), inner(length(min = 1, max = LONGEST_NAME)))]
    pub(super) without: Option<Vec<String>>,
    /// Whether the query is taken as typed: not read as pinyin, nor with slips put right or names joined (`CD 34`).
    /// Default false.
    pub(super) as_typed: Option<bool>,
    /// Whether hits of many articles are wanted: the second hit of an article counts as twice as far down as it is, the
    /// third as three times. Default false.
    pub(super) diversify: Option<bool>,
    /// What comes with each hit in `around`: nothing (default), neighbors (the passages before and after it), or section
    /// (the passages of its section, at most ten on either side).
    pub(super) expand: Option<ExpandChoice>,
    /// Whether all matches are counted by article, role, language and year. Default false.
    pub(super) facets: Option<bool>,
    /// Whether each hit comes with the account of its score in `explanation`. Default false.
    pub(super) explain: Option<bool>,
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
            role,
            filter,
            sort,
            history,
            without,
            as_typed,
            diversify,
            expand,
            facets,
            explain,
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
        let roles = roles(role.as_deref(), &mut faults);
        let condition = filter.and_then(|filter| filter.resolve("filter").map_err(|fault| faults.push(fault)).ok());
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
            roles,
            condition,
        };
        search.sort = sort.unwrap_or_default().into();
        search.history = history.unwrap_or_default();
        search.without = without.unwrap_or_default();
        search.as_typed = as_typed.unwrap_or(false);
        search.diversify = diversify.unwrap_or(false);
        search.expand = expand.unwrap_or_default().into();
        search.facets = facets.unwrap_or(false);
        search.explain = explain.unwrap_or(false);
        Ok(search)
    }
}

fn roles(list: Option<&str>, faults: &mut Vec<FieldFault>) -> Vec<SectionRole> {
    let mut roles = Vec::new();
    for name in list.into_iter().flat_map(|list| list.split(',')).map(str::trim) {
        match SectionRole::named(name) {
            Some(role) => roles.push(role),
            None => faults.push(FieldFault::new(
                "role",
                format!("there is no role {name:?}"),
                format!("one or more of {}", SectionRole::ALL.map(SectionRole::name).join(", ")),
            )),
        }
    }
    roles
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
