//! OpenAI's content parts: `content` of a user message, or of a `tool` message that answers a call.

use schemars::JsonSchema;
use serde::Serialize;

/// A part of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "OpenaiTextPart")]
pub struct TextPart {
    /// Always `text`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The text.
    pub text: String,
}

/// A part for each block.
pub(super) fn parts(blocks: Vec<String>) -> Vec<TextPart> {
    blocks.into_iter().map(|text| TextPart { kind: "text", text }).collect()
}
