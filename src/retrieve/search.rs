//! One search as a caller asks it, whatever protocol it came by.

use crate::document::{ArticleId, SectionRole};
use crate::index::Filter;
use crate::query::Condition;
use crate::text::Language;

use super::{SearchError, condition};

/// The longest query, in characters.
pub const LONGEST_QUERY: usize = 2048;

/// The most hits in one answer.
pub const MOST_HITS: usize = 100;

/// The most hits that can be skipped.
pub const DEEPEST_OFFSET: usize = 1000;

/// The most earlier questions of a conversation.
pub const MOST_HISTORY: usize = 16;

/// The most other names undone.
pub const MOST_WITHOUT: usize = 64;

/// The longest name undone, in characters.
pub const LONGEST_NAME: usize = 200;

/// What is searched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Abstracts and body.
    #[default]
    Passages,
    /// Entries of reference lists.
    References,
}

/// Which language the passages found are in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum LanguageFilter {
    /// Any.
    #[default]
    Any,
    /// Only this one.
    Only(Language),
    /// Only the language the query is in.
    Same,
}

/// What comes with a hit besides its own passage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Expand {
    /// Nothing.
    #[default]
    Nothing,
    /// The passages before and after it.
    Neighbours,
    /// The passages of its section, the nearest where there are many.
    Section,
}

/// The order of the hits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// The latest year first; equal years best first, undated last.
    NewestFirst,
    /// The earliest year first; equal years best first, undated last.
    OldestFirst,
}

/// What must hold of a hit besides matching.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filters {
    /// Language of the passage.
    pub language: LanguageFilter,
    /// One of these articles; any where empty.
    pub articles: Vec<ArticleId>,
    /// In the section with this id, number or title, or below it.
    pub section: Option<String>,
    /// Published in this year or later.
    pub year_from: Option<u16>,
    /// Published in this year or earlier.
    pub year_to: Option<u16>,
    /// In a section that plays one of these parts; any where empty.
    pub roles: Vec<SectionRole>,
    /// What must hold of the facts of the hit.
    pub condition: Option<Condition>,
}

/// One search.
#[derive(Debug, Clone, PartialEq)]
pub struct Search {
    /// What the person typed; see [`crate::query::read_plain`]. At most [`LONGEST_QUERY`] characters.
    pub query: String,
    /// What is searched.
    pub scope: Scope,
    /// What must hold besides.
    pub filters: Filters,
    /// How many hits to return, 1 to [`MOST_HITS`].
    pub limit: usize,
    /// How many of the best to skip, at most [`DEEPEST_OFFSET`].
    pub offset: usize,
    /// Leave out hits of less relevance, 0 to 1.
    pub min_relevance: f32,
    /// The order of the hits.
    pub sort: Sort,
    /// Earlier questions of the conversation, the newest last; their words weigh less. At most [`MOST_HISTORY`].
    pub history: Vec<String>,
    /// Other names (translations, synonyms, long forms) that are not to be looked for. At most [`MOST_WITHOUT`].
    pub without: Vec<String>,
    /// Whether the query is taken as typed: not read as pinyin, nor with its slips put right or with names together that
    /// came apart (`CD 34`).
    pub as_typed: bool,
    /// Whether hits of many articles are wanted rather than the best whatever they are from.
    pub diversify: bool,
    /// What comes with each hit.
    pub expand: Expand,
    /// Whether each hit comes with the account of its score.
    pub explain: bool,
    /// Whether all matches are counted by article, role, language and year.
    pub facets: bool,
}

impl Search {
    /// A search of all passages for the ten best hits.
    pub fn new(query: impl Into<String>) -> Self {
        Self {
            query: query.into(),
            scope: Scope::default(),
            filters: Filters::default(),
            limit: 10,
            offset: 0,
            min_relevance: 0.0,
            sort: Sort::default(),
            history: Vec::new(),
            without: Vec::new(),
            as_typed: false,
            diversify: false,
            expand: Expand::default(),
            explain: false,
            facets: false,
        }
    }

    /// Refuses what is out of bounds.
    pub(super) fn check(&self) -> Result<(), SearchError> {
        let found = self.query.chars().count();
        if found > LONGEST_QUERY {
            return Err(SearchError::TooLong {
                field: "query",
                found,
                limit: LONGEST_QUERY,
            });
        }
        if self.query.trim().is_empty() {
            return Err(SearchError::EmptyQuery);
        }
        for (field, found, from, to) in [
            ("limit", self.limit, 1, MOST_HITS),
            ("offset", self.offset, 0, DEEPEST_OFFSET),
        ] {
            if !(from..=to).contains(&found) {
                return Err(SearchError::OutOfRange { field, found, from, to });
            }
        }
        for (field, texts, most, longest) in [
            ("history", &self.history, MOST_HISTORY, LONGEST_QUERY),
            ("without", &self.without, MOST_WITHOUT, LONGEST_NAME),
        ] {
            let found = texts.len();
            if found > most {
                return Err(SearchError::TooMany {
                    field,
                    found,
                    limit: most,
                });
            }
            if let Some(found) = texts
                .iter()
                .map(|text| text.chars().count())
                .find(|&found| found > longest)
            {
                return Err(SearchError::TooLong {
                    field,
                    found,
                    limit: longest,
                });
            }
        }
        self.filters.condition.as_ref().map_or(Ok(()), condition::check)
    }

    /// The languages of the passages to search.
    pub(super) fn languages(&self) -> Vec<Language> {
        match self.filters.language {
            LanguageFilter::Any => Language::ALL.to_vec(),
            LanguageFilter::Only(language) => vec![language],
            LanguageFilter::Same => vec![Language::detect(&self.query)],
        }
    }

    /// The filters as an engine is asked them, but for the language.
    pub(super) fn engine_filters(&self) -> Vec<Filter> {
        let filters = &self.filters;
        let mut asked = Vec::new();
        if !filters.articles.is_empty() {
            asked.push(Filter::Article(filters.articles.clone()));
        }
        if let Some(section) = &filters.section {
            asked.push(Filter::Section(section.clone()));
        }
        if !filters.roles.is_empty() {
            asked.push(Filter::Role(filters.roles.clone()));
        }
        if filters.year_from.is_some() || filters.year_to.is_some() {
            asked.push(Filter::Year {
                from: filters.year_from,
                to: filters.year_to,
            });
        }
        asked
    }
}
