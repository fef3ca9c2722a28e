//! What is configured: the shipped `config.toml` below the user's file, the environment and the flags.
//!
//! Each layer's own `Settings` make one section. Only `cli` imports this module.

mod error;
mod layers;

use serde::{Deserialize, Serialize};

use crate::{analysis, compat, corpus, dense, index, lexicon, server};

pub use error::ConfigError;

/// The shipped configuration: every key with its default and a sentence.
pub const SHIPPED: &str = include_str!("../../config.toml");

/// Everything that can be configured.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where the articles are and how they are split.
    pub corpus: corpus::Settings,
    /// How text becomes terms.
    pub analysis: analysis::Settings,
    /// What means the same.
    pub lexicon: lexicon::Settings,
    /// Where the index is and how it is built.
    pub index: index::Settings,
    /// Models by endpoints of others: off unless set.
    pub dense: dense::Settings,
    /// Where and how the server listens.
    pub server: server::Settings,
    /// Other products' contracts that the server speaks.
    pub doors: compat::Settings,
}
