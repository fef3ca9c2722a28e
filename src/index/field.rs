//! The named parts of an index document that can be searched.

use crate::text::Language;

/// A searchable part of an index document.
///
/// The text fields are kept apart by the language of the passage, so that document frequencies and average lengths
/// are those of one language: an English term is not rare because most of the corpus is Chinese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Text of a passage as words: jieba in search mode for Han, whole, squeezed, parts and stem for Latin. No positions.
    Words(Language),
    /// Text of a passage as Han character pairs and Latin surface forms, with positions: phrases are matched here.
    Grams(Language),
    /// Text of a passage as single Han characters. No positions. English passages have none.
    Chars(Language),
    /// Title of the article in the passage's language, as words.
    Title(Language),
    /// Titles of the passage's sections from the top down, as words.
    Heading(Language),
    /// Long forms of the abbreviations in the passage, as words.
    Expansion(Language),
    /// Titles, in the other language, of the works that the passage cites, as words. The language is the passage's.
    Foreign(Language),
    /// Authors and years of the works that the passage cites, as words. The language is the passage's.
    Cited(Language),
    /// Whole terms (dictionary entries, keywords, glosses, user dictionary) recognised in the passage, each as one term
    /// in the form [`crate::lexicon::term_key`] gives.
    Terms(Language),
    /// Keywords of the article in both languages, as words.
    Keywords,
    /// Authors of the article, or of the cited work in a reference document, as words.
    Authors,
    /// A reference entry as words.
    ReferenceWords,
    /// A reference entry as character pairs and surface forms, with positions.
    ReferenceGrams,
}

impl Field {
    /// Every field, in schema order.
    pub const ALL: [Self; 22] = [
        Self::Words(Language::Zh),
        Self::Words(Language::En),
        Self::Grams(Language::Zh),
        Self::Grams(Language::En),
        Self::Chars(Language::Zh),
        Self::Title(Language::Zh),
        Self::Title(Language::En),
        Self::Heading(Language::Zh),
        Self::Heading(Language::En),
        Self::Expansion(Language::Zh),
        Self::Expansion(Language::En),
        Self::Foreign(Language::Zh),
        Self::Foreign(Language::En),
        Self::Terms(Language::Zh),
        Self::Terms(Language::En),
        Self::Keywords,
        Self::Authors,
        Self::ReferenceWords,
        Self::ReferenceGrams,
        Self::Chars(Language::En),
        Self::Cited(Language::Zh),
        Self::Cited(Language::En),
    ];

    /// The field's name in the index and in explanations.
    pub fn name(self) -> &'static str {
        match self {
            Self::Words(Language::Zh) => "zh.words",
            Self::Words(Language::En) => "en.words",
            Self::Grams(Language::Zh) => "zh.grams",
            Self::Grams(Language::En) => "en.grams",
            Self::Chars(Language::Zh) => "zh.chars",
            Self::Chars(Language::En) => "en.chars",
            Self::Title(Language::Zh) => "zh.title",
            Self::Title(Language::En) => "en.title",
            Self::Heading(Language::Zh) => "zh.heading",
            Self::Heading(Language::En) => "en.heading",
            Self::Expansion(Language::Zh) => "zh.expansion",
            Self::Expansion(Language::En) => "en.expansion",
            Self::Foreign(Language::Zh) => "zh.foreign",
            Self::Foreign(Language::En) => "en.foreign",
            Self::Cited(Language::Zh) => "zh.cited",
            Self::Cited(Language::En) => "en.cited",
            Self::Terms(Language::Zh) => "zh.terms",
            Self::Terms(Language::En) => "en.terms",
            Self::Keywords => "keywords",
            Self::Authors => "authors",
            Self::ReferenceWords => "reference.words",
            Self::ReferenceGrams => "reference.grams",
        }
    }

    /// Whether positions are kept, so that phrases can be matched in it.
    pub fn has_positions(self) -> bool {
        matches!(self, Self::Grams(_) | Self::ReferenceGrams)
    }
}
