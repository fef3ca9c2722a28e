//! What goes to the terminal: colours where it shows them, JSON where it was asked for.

use std::io::{IsTerminal, Write};

use serde::Serialize;

use super::exit::Failure;

/// Whether text is painted: on a terminal that was not asked to stay plain (`NO_COLOR`, see no-color.org).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// With escape sequences.
    Colours,
    /// Without.
    Plain,
}

impl Paint {
    /// What standard output takes.
    pub fn for_stdout() -> Self {
        let asked_plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        if std::io::stdout().is_terminal() && !asked_plain {
            Self::Colours
        } else {
            Self::Plain
        }
    }

    /// Bold.
    pub fn bold(self, text: &str) -> String {
        self.wrap("\x1b[1m", text)
    }

    /// Less visible.
    pub fn dim(self, text: &str) -> String {
        self.wrap("\x1b[2m", text)
    }

    /// As a match.
    pub fn highlight(self, text: &str) -> String {
        self.wrap("\x1b[1;33m", text)
    }

    fn wrap(self, on: &str, text: &str) -> String {
        match self {
            Self::Colours => format!("{on}{text}\x1b[0m"),
            Self::Plain => text.to_owned(),
        }
    }
}

/// Prints a value as indented JSON.
pub fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::Unusable(error.to_string()))?;
    // A closed pipe (`| head`) is no failure of ours.
    let _ = writeln!(std::io::stdout(), "{text}");
    Ok(())
}
