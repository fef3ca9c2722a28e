//! Why a configuration was refused.

use std::path::PathBuf;

use thiserror::Error;

/// Why a configuration was refused.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file can't be read.
    #[error("the configuration {} can't be read: {reason}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// The file holds an unknown key or a bad value.
    #[error("{}:{line}: {message}", path.display())]
    Refused {
        /// Which.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong and what would be right.
        message: String,
    },
    /// An environment variable names an unknown key or holds a bad value.
    #[error("the environment variable {name}: {message}")]
    Environment {
        /// Which.
        name: String,
        /// What is wrong.
        message: String,
    },
    /// Two values don't go together, or one is out of range.
    #[error("[{section}] {key}: {message}")]
    Value {
        /// Section of the configuration.
        section: &'static str,
        /// Key in the section.
        key: &'static str,
        /// What is wrong and what would be right.
        message: String,
    },
}
