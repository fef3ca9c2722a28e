//! How much a context may take, and in which shape.

use crate::cite::Vocabulary;

/// The smallest budget, in tokens: the convention, one heading and one sentence fit.
pub const SMALLEST_BUDGET: usize = 320;

/// The usual budget, in tokens.
pub const USUAL_BUDGET: usize = 2000;

/// The largest budget, in tokens.
pub const LARGEST_BUDGET: usize = 32_000;

/// The shape of a context.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// One text with `<source>` blocks, to be put into any prompt.
    #[default]
    Markdown,
    /// Only the list of sources with their texts.
    Json,
    /// Anthropic's `search_result` blocks, a text block for each sentence.
    Anthropic,
    /// Cohere's `documents`.
    Cohere,
    /// OpenAI's text parts, for the `content` of a user or tool message: the Markdown text, a part for each block.
    Openai,
}

impl Format {
    /// Every shape, in the order of the documentation.
    pub const ALL: [Self; 5] = [Self::Markdown, Self::Json, Self::Anthropic, Self::Cohere, Self::Openai];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Json => "json",
            Self::Anthropic => "anthropic",
            Self::Cohere => "cohere",
            Self::Openai => "openai",
        }
    }
}

/// The most a context may take, and in which shape.
///
/// For `markdown` and `openai` everything emitted counts. For the others every text that the model is shown counts
/// (titles, addresses, sentences, references), but not the names and signs of the JSON around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Tokens, [`SMALLEST_BUDGET`] to [`LARGEST_BUDGET`].
    pub max_tokens: usize,
    /// Whose tokens.
    pub vocabulary: Vocabulary,
    /// The shape.
    pub format: Format,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            max_tokens: USUAL_BUDGET,
            vocabulary: Vocabulary::default(),
            format: Format::default(),
        }
    }
}

impl Budget {
    /// How many hits could find room at most, where each took only a line.
    pub fn most_hits(self) -> usize {
        (self.max_tokens / 50).clamp(10, crate::retrieve::MOST_HITS)
    }
}
