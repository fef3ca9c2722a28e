//! Whole terms (keywords, glosses, a user dictionary) recognised beside the segmentation.

use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};

use super::runs::{Class, char_at};
use crate::text::{Span, fold};

/// A set of terms, Han or mixed (`PD-1抑制剂`), to be found as wholes. Cheap to clone.
///
/// The segmentation never sees them: a word given to jieba hides the shorter words inside it.
#[derive(Debug, Clone, Default)]
pub struct TermList {
    inner: Option<Arc<Inner>>,
}

#[derive(Debug)]
struct Inner {
    terms: Vec<String>,
    automaton: AhoCorasick,
}

/// Why a list of terms can't be used.
#[derive(Debug, thiserror::Error)]
#[error("{terms} terms with {bytes} bytes are too many for a term list")]
pub struct TermListError {
    /// How many terms.
    pub terms: usize,
    /// Their length in all.
    pub bytes: usize,
}

impl TermList {
    /// Makes a list. Terms are folded; empty and double ones are left out.
    ///
    /// # Errors
    /// Fails where the list is larger than an automaton can be (gigabytes).
    pub fn new<T: AsRef<str>>(terms: impl IntoIterator<Item = T>) -> Result<Self, TermListError> {
        let mut folded: Vec<String> = terms
            .into_iter()
            .map(|term| fold(term.as_ref()).text().trim().to_owned())
            .collect();
        folded.retain(|term| !term.is_empty());
        folded.sort();
        folded.dedup();
        if folded.is_empty() {
            return Ok(Self::default());
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(&folded)
            .map_err(|_| TermListError {
                terms: folded.len(),
                bytes: folded.iter().map(String::len).sum(),
            })?;
        Ok(Self {
            inner: Some(Arc::new(Inner {
                terms: folded,
                automaton,
            })),
        })
    }

    /// The folded terms, in order.
    pub fn terms(&self) -> &[String] {
        self.inner.as_ref().map_or(&[], |inner| inner.terms.as_slice())
    }

    /// Finds every term of the list in a folded text, overlapping ones too. A term that begins or ends with a letter or
    /// digit of another script than Han is only found where a word begins or ends.
    pub(super) fn find(&self, folded: &str, sink: &mut dyn FnMut(&str, Span)) {
        let Some(inner) = &self.inner else { return };
        for found in inner.automaton.find_overlapping_iter(folded) {
            let Some(term) = inner.terms.get(found.pattern().as_usize()) else {
                continue;
            };
            let core = |c: Option<char>| c.is_some_and(|c| Class::of(c).is_core());
            let before = folded.get(..found.start()).and_then(|text| text.chars().next_back());
            let inside_at_start = core(before) && core(term.chars().next());
            let inside_at_end = core(char_at(folded, found.end())) && core(term.chars().next_back());
            if !inside_at_start && !inside_at_end {
                sink(term, Span::new(found.start(), found.end()));
            }
        }
    }
}
