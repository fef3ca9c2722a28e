//! The unit of retrieval.

use serde::{Deserialize, Serialize};

use super::PassageId;
use crate::text::{Language, Script, Span};

/// A contiguous piece of one section, as the reader sees it: citation markers and markup taken out and kept as spans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Outlives rebuilds.
    pub id: PassageId,
    /// Index of its section in `Article::sections`.
    pub section: usize,
    /// Ordinal of its paragraph in the section, from 1.
    pub paragraph: u32,
    /// Ordinal of the piece, from 1, where a long paragraph was cut; 0 where the passage is the whole paragraph.
    pub piece: u32,
    /// Declared by the corpus or detected.
    pub language: Language,
    /// What is searched and shown. No citation markers, no markup, one line.
    pub text: String,
    /// Where `text` stands in the article's reading text: all paragraphs in order, a line feed between two.
    pub span: Span,
    /// The citations in it, in reading order.
    pub citations: Vec<Citation>,
    /// Typographic marks, in reading order; they may nest.
    pub marks: Vec<Mark>,
    /// The first and last line of the source it was read from, from 1.
    pub lines: (u32, u32),
}

/// A mark in running text that points to references.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The byte in the passage's text before which the marker stood.
    pub at: usize,
    /// The reference numbers it names, as printed, ranges written out.
    pub numbers: Vec<u32>,
    /// The marker as printed, without markup: `[4-7]`, `(Lal, 2004)`.
    pub printed: String,
}

impl Citation {
    /// Whether the marker is a word of its sentence and stands in the text before it: `as shown in [2]`, `Smith et al., 2020`
    /// in an article that tags it.
    pub fn stands_in(&self, before: &str) -> bool {
        !self.printed.is_empty() && before.ends_with(&self.printed)
    }

    /// Whether a blank belongs between the text before the marker and the marker: behind a Latin word before names and
    /// years in brackets, but not before numbers, nor in Chinese.
    pub fn stands_apart(&self, before: &str) -> bool {
        let years = self.printed.starts_with('(')
            || self.printed.starts_with('[') && self.printed.contains(|sign: char| sign.is_alphabetic());
        let latin =
            |last: char| last.is_ascii_graphic() && !matches!(last, '(' | '[') || Script::of(last) == Script::Latin;
        years && before.chars().next_back().is_some_and(latin)
    }
}

/// A stretch of text set in another way than the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Where, in the passage's text.
    pub span: Span,
    /// How.
    pub style: MarkStyle,
}

/// How a stretch of text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MarkStyle {
    /// Raised: the `+` of CD34⁺.
    Superscript,
    /// Lowered: the `1` of M₁.
    Subscript,
    /// Italic.
    Italic,
    /// Bold.
    Bold,
}

impl Passage {
    /// The numbers of all references the passage cites, each once, in order of first citation.
    pub fn cited_numbers(&self) -> Vec<u32> {
        let mut seen = Vec::new();
        for &number in self.citations.iter().flat_map(|citation| &citation.numbers) {
            if !seen.contains(&number) {
                seen.push(number);
            }
        }
        seen
    }
}

#[cfg(test)]
mod tests {
    use super::Citation;

    #[test]
    fn names_and_years_stand_apart_from_a_latin_word_and_numbers_do_not() {
        for (before, printed, apart) in [
            ("below", "(Lal, 2004)", true),
            ("Smith", "(2008)", true),
            ("below", "[Lal, 2004]", true),
            ("below", "[4-7]", false),
            ("下降", "(Lal, 2004)", false),
            ("下降", "（王芳，2004）", false),
            ("below ", "(Lal, 2004)", false),
            ("(", "Lal, 2004", false),
            ("", "(Lal, 2004)", false),
        ] {
            let citation = Citation {
                at: before.len(),
                numbers: vec![1],
                printed: printed.to_owned(),
            };
            assert_eq!(citation.stands_apart(before), apart, "{before}{printed}");
        }
    }
}
