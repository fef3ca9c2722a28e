//! The natural language of a text.

use serde::{Deserialize, Serialize};

use super::Script;

/// The natural language of a passage, title or query.
///
/// Wenyuan analyses two languages; a text in a third is analysed as English when it is not written in Han characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Chinese, in simplified or traditional characters.
    Zh,
    /// English, and any other text not written in Han characters.
    En,
}

impl Language {
    /// Every language, in a fixed order.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The language's BCP 47 primary tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// The language that a BCP 47 tag (`zh`, `zh-Hant`, `en-US`) names, if it is one of ours.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "zh" | "zho" | "chi" => Some(Self::Zh),
            "en" | "eng" => Some(Self::En),
            _ => None,
        }
    }

    /// Detects the language of a text from its scripts.
    ///
    /// A Han character carries about as much as a Latin word, so the text is Chinese when it has at least
    /// half as many Han characters as Latin words. Scientific Chinese is full of Latin names; hence not a majority.
    pub fn detect(text: &str) -> Self {
        let mut han = 0usize;
        let mut words = 0usize;
        let mut in_word = false;
        for character in text.chars() {
            let script = Script::of(character);
            if script == Script::Han {
                han += 1;
            }
            let letter = script == Script::Latin;
            if letter && !in_word {
                words += 1;
            }
            in_word = letter;
        }
        if han > 0 && han * 2 >= words { Self::Zh } else { Self::En }
    }
}
