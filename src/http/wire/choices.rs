//! The words a client chooses among.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::document::SectionRole;
use crate::retrieve::{Expand, LanguageFilter, Scope, Sort};
use crate::text::Language;

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

/// The order of the hits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SortChoice {
    /// Best first.
    #[default]
    Relevance,
    /// The latest year first.
    Newest,
    /// The earliest year first.
    Oldest,
}

impl From<SortChoice> for Sort {
    fn from(choice: SortChoice) -> Self {
        match choice {
            SortChoice::Relevance => Self::Relevance,
            SortChoice::Newest => Self::NewestFirst,
            SortChoice::Oldest => Self::OldestFirst,
        }
    }
}

impl From<Sort> for SortChoice {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Relevance => Self::Relevance,
            Sort::NewestFirst => Self::Newest,
            Sort::OldestFirst => Self::Oldest,
        }
    }
}

/// What comes with a hit besides its own passage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ExpandChoice {
    /// Nothing.
    #[default]
    Nothing,
    /// The passages before and after it.
    Neighbors,
    /// The passages of its section.
    Section,
}

impl From<ExpandChoice> for Expand {
    fn from(choice: ExpandChoice) -> Self {
        match choice {
            ExpandChoice::Nothing => Self::Nothing,
            ExpandChoice::Neighbors => Self::Neighbours,
            ExpandChoice::Section => Self::Section,
        }
    }
}

impl From<Expand> for ExpandChoice {
    fn from(expand: Expand) -> Self {
        match expand {
            Expand::Nothing => Self::Nothing,
            Expand::Neighbours => Self::Neighbors,
            Expand::Section => Self::Section,
        }
    }
}

/// The part that a section plays in its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RoleChoice {
    /// An abstract.
    Abstract,
    /// Introduction, background, aims.
    Introduction,
    /// Materials and methods.
    Methods,
    /// Results.
    Results,
    /// Discussion.
    Discussion,
    /// Conclusion, outlook.
    Conclusion,
    /// Anything else.
    Other,
}

impl From<SectionRole> for RoleChoice {
    fn from(role: SectionRole) -> Self {
        match role {
            SectionRole::Abstract => Self::Abstract,
            SectionRole::Introduction => Self::Introduction,
            SectionRole::Methods => Self::Methods,
            SectionRole::Results => Self::Results,
            SectionRole::Discussion => Self::Discussion,
            SectionRole::Conclusion => Self::Conclusion,
            SectionRole::Other => Self::Other,
        }
    }
}
