//! Anthropic's `search_result` blocks. A text block is the smallest part that a model can cite, so each sentence is one.
//!
//! The blocks of a result are the sentences of its source in order, and after them the references it cites first.

use schemars::JsonSchema;
use serde::Serialize;

use crate::cite::quote::visible;

use super::blocks::heading;
use super::evidence::{Context, Source};

/// One result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "AnthropicSearchResult")]
pub struct SearchResult {
    /// Always `search_result`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Web address of the article.
    pub source: String,
    /// Title of the article and its sections.
    pub title: String,
    /// A block for each sentence, then for each reference; never empty.
    pub content: Vec<TextBlock>,
    /// Whether the model may cite it: the same for all results of a request, or the request is refused.
    pub citations: Citations,
}

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "AnthropicTextBlock")]
pub struct TextBlock {
    /// Always `text`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Never empty.
    pub text: String,
}

/// Whether citations are switched on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "AnthropicCitations")]
pub struct Citations {
    /// Always true.
    pub enabled: bool,
}

/// A result for each source.
pub(super) fn results(context: &Context) -> Vec<SearchResult> {
    context.sources.iter().map(|source| result(source, context)).collect()
}

fn result(source: &Source, context: &Context) -> SearchResult {
    let sentences = source.passages.iter().flat_map(|passage| {
        passage
            .sentences
            .iter()
            .map(|sentence| visible(sentence.span.of(&passage.text)))
    });
    let works = context.works.iter().filter(|work| work.source == source.number);
    let references = works.map(|work| format!("[{}] {}", work.reference.number, visible(&work.reference.text)));
    SearchResult {
        kind: "search_result",
        source: source.url.clone(),
        title: visible(&heading(source)),
        content: sentences
            .chain(references)
            .filter(|text| !text.trim().is_empty())
            .map(|text| TextBlock { kind: "text", text })
            .collect(),
        citations: Citations { enabled: true },
    }
}
