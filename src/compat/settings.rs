//! What an operator can set about the doors.

use serde::{Deserialize, Serialize};

/// The longest name of the collection, in characters.
const LONGEST_NAME: usize = 64;

/// The `[doors]` part of the configuration. Every key may be left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Dify's external knowledge API, below `/dify`.
    pub dify: bool,
    /// Dify's dataset API as Cherry Studio and DeepChat call it, below `/dify-dataset`.
    pub dify_dataset: bool,
    /// SearXNG's JSON search, below `/searxng`.
    pub searxng: bool,
    /// Open WebUI's external web search and web loader, below `/owui`.
    pub open_webui: bool,
    /// RAGFlow's retrieval, below `/ragflow`.
    pub ragflow: bool,
    /// OpenAI's vector store search, below `/openai`.
    pub openai: bool,
    /// The Model Context Protocol for assistants, at `/mcp`.
    pub mcp: bool,
    /// The identifier by which the doors know the collection of articles; `default` always names it too.
    pub collection: String,
    /// Whether the doors write the references a passage cites below its text.
    pub references_in_text: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            dify: true,
            dify_dataset: true,
            searxng: true,
            open_webui: true,
            ragflow: true,
            openai: true,
            mcp: true,
            collection: "wenyuan".to_owned(),
            references_in_text: false,
        }
    }
}

impl Settings {
    /// What is wrong with the values, as key and reason; nothing where all are good.
    pub fn faults(&self) -> Vec<(&'static str, String)> {
        let good = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
        let name = &self.collection;
        if (1..=LONGEST_NAME).contains(&name.len()) && name.chars().all(good) {
            return Vec::new();
        }
        let message = format!("is {name:?}, it must be 1 to {LONGEST_NAME} letters, digits, '-' or '_'");
        vec![("collection", message)]
    }
}
