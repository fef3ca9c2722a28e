//! What an operator may set about the lexicon.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// What an operator may set about the lexicon: the `[lexicon]` table of `config.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The user's own synonyms; see [`super::parse_user_file`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<PathBuf>,
}
