//! Suggestions kept one behind the other: an index of two million passages has over a hundred thousand of them, and each
//! in strings of its own would take twice the memory.

use super::suggestion::Suggestion;

/// Suggestions, written one behind the other.
#[derive(Debug, Default)]
pub(super) struct Packed {
    written: Vec<u8>,
    /// Where each begins.
    starts: Vec<u32>,
}

impl Packed {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// Adds one and says its number; nothing where there is no room for more.
    pub(super) fn add(&mut self, suggestion: &Suggestion) -> Option<u32> {
        let number = u32::try_from(self.starts.len()).ok()?;
        let start = u32::try_from(self.written.len()).ok()?;
        let bytes = postcard::to_stdvec(suggestion).ok()?;
        self.written.extend_from_slice(&bytes);
        self.starts.push(start);
        Some(number)
    }

    /// The one with this number.
    pub(super) fn get(&self, number: u32) -> Option<Suggestion> {
        let start = *self.starts.get(number as usize)?;
        postcard::from_bytes(self.written.get(start as usize..)?).ok()
    }

    /// Gives back what was taken for more.
    pub(super) fn shrink(&mut self) {
        self.written.shrink_to_fit();
        self.starts.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::super::SuggestionKind;
    use super::*;
    use crate::document::ArticleId;
    use crate::text::Language;

    #[test]
    fn each_comes_back_as_it_was_added() {
        let title = Suggestion {
            text: "糖尿病足溃疡".to_owned(),
            language: Language::Zh,
            kind: SuggestionKind::Title,
            other: Some("Diabetic foot ulcers".to_owned()),
            article: ArticleId::parse("dfu").ok(),
            count: 1,
        };
        let term = Suggestion {
            text: "stem cells".to_owned(),
            language: Language::En,
            kind: SuggestionKind::Term,
            other: None,
            article: None,
            count: 70_000,
        };
        let mut packed = Packed::default();
        assert_eq!(packed.add(&title), Some(0));
        assert_eq!(packed.add(&term), Some(1));
        packed.shrink();
        assert_eq!(packed.get(0), Some(title));
        assert_eq!(packed.get(1), Some(term));
        assert_eq!((packed.get(2), packed.len()), (None, 2));
    }
}
