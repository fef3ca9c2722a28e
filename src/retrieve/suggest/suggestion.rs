//! What is proposed while a query is typed.

use serde::{Deserialize, Serialize};

use crate::document::ArticleId;
use crate::text::Language;

/// What a suggestion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SuggestionKind {
    /// A keyword, a title of a section or a term of the text.
    Term,
    /// The title of an article.
    Title,
}

/// One suggestion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// As printed, or for a term that no list of keywords has, as it is indexed.
    pub text: String,
    /// The language it is written in.
    pub language: Language,
    /// What it is.
    pub kind: SuggestionKind,
    /// The same in the other language, where the corpus prints it beside.
    pub other: Option<String>,
    /// The article, where it is a title.
    pub article: Option<ArticleId>,
    /// In how many articles (for a term of the text: passages) it stands.
    pub count: u32,
}
