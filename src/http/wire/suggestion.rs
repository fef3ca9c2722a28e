//! Completions of what is typed, as the API shows them.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Lang;
use crate::retrieve::{self, LONGEST_TYPED, MOST_SUGGESTED};
use crate::server::parameters::{Fields, Parameters};

/// What to complete.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SuggestRequest")]
pub struct SuggestParameters {
    /// What was typed so far, in Chinese, English or pinyin.
    #[schemars(length(max = LONGEST_TYPED), extend("example" = "tangniao"))]
    q: String,
    /// How many suggestions at most. Default 8.
    #[schemars(range(min = 1, max = MOST_SUGGESTED))]
    limit: Option<u32>,
}

impl SuggestParameters {
    /// What was typed, and how many suggestions at most.
    pub(crate) fn resolve(self) -> (String, usize) {
        let Self { q, limit } = self;
        (q, limit.unwrap_or(8) as usize)
    }
}

impl Parameters for SuggestParameters {
    fn fields() -> &'static Fields {
        static FIELDS: LazyLock<Fields> = LazyLock::new(Fields::of::<SuggestParameters>);
        &FIELDS
    }
}

/// What a suggestion is.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SuggestionKind {
    /// A keyword, a title of a section or a term of the text.
    Term,
    /// The title of an article.
    Title,
}

/// One suggestion.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Suggestion {
    /// What to search for.
    pub text: String,
    /// The language it is written in.
    pub lang: Lang,
    /// What it is.
    pub kind: SuggestionKind,
    /// The same in the other language, where the corpus prints it beside.
    pub other: Option<String>,
    /// The article, where it is a title.
    pub article: Option<String>,
    /// In how many articles (for a term of the text: passages) it stands.
    pub count: u32,
}

/// Completions, best first.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Suggestions {
    /// What was typed.
    pub query: String,
    /// What may be meant.
    pub suggestions: Vec<Suggestion>,
}

impl Suggestions {
    /// The answer for what was typed.
    pub(crate) fn new(query: String, found: Vec<retrieve::Suggestion>) -> Self {
        let suggestions = found.into_iter().map(|suggestion| {
            let retrieve::Suggestion {
                text,
                language,
                kind,
                other,
                article,
                count,
            } = suggestion;
            Suggestion {
                text,
                lang: language.into(),
                kind: match kind {
                    retrieve::SuggestionKind::Term => SuggestionKind::Term,
                    retrieve::SuggestionKind::Title => SuggestionKind::Title,
                },
                other,
                article: article.map(|id| id.to_string()),
                count,
            }
        });
        Self {
            query,
            suggestions: suggestions.collect(),
        }
    }
}
