//! The options of `context` and `cite`, as they are typed.

use clap::{Args, ValueEnum};

use crate::cite::{LARGEST_BUDGET, SMALLEST_BUDGET, Style, USUAL_BUDGET};

use super::args::Only;

/// Options of `context`.
#[derive(Debug, Args)]
pub struct Context {
    /// The question, as `search` takes it.
    #[arg(required = true)]
    pub query: Vec<String>,
    /// The most tokens of what the model is shown.
    #[arg(long, default_value_t = USUAL_BUDGET, value_parser = budget, value_name = "N")]
    pub max_tokens: usize,
    /// The shape: one text, or the answer of the HTTP API with the blocks of a chat interface.
    #[arg(long, value_enum, default_value_t = FormatName::Markdown)]
    pub format: FormatName,
    /// Whose tokens are counted.
    #[arg(long, value_enum, default_value_t = VocabularyName::O200k)]
    pub vocabulary: VocabularyName,
    /// What must hold of the passages.
    #[command(flatten)]
    pub only: Only,
    /// Print the answer as the HTTP API gives it.
    #[arg(long)]
    pub json: bool,
}

fn budget(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(tokens) if (SMALLEST_BUDGET..=LARGEST_BUDGET).contains(&tokens) => Ok(tokens),
        _ => Err(format!("a whole number from {SMALLEST_BUDGET} to {LARGEST_BUDGET}")),
    }
}

/// The shape of a context, as the command line names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormatName {
    /// One text.
    Markdown,
    /// The texts of the sources.
    Json,
    /// Anthropic's search results.
    Anthropic,
    /// Cohere's documents.
    Cohere,
    /// OpenAI's content parts.
    Openai,
}

/// Whose tokens are counted, as the command line names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum VocabularyName {
    /// Those of newer models.
    O200k,
    /// Those of models of 2023.
    Cl100k,
}

/// Options of `cite`.
#[derive(Debug, Args)]
pub struct Cite {
    /// Identifier of a passage, an article, or a reference as `search --scope references --json` gives it.
    pub id: String,
    /// The style of citation, or the form of export.
    #[arg(long, default_value = Style::default().name(), value_parser = Style::ALL.map(Style::name), value_name = "STYLE")]
    pub style: String,
    /// The language of the article's description where it is printed in both [default: the article's own].
    #[arg(long, value_enum)]
    pub lang: Option<DescribedIn>,
    /// Print as the HTTP API gives it.
    #[arg(long)]
    pub json: bool,
}

/// A language that an article may be described in, as the command line names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DescribedIn {
    /// Chinese.
    Zh,
    /// English.
    En,
}
