//! The extract of a text that shows a query's words best.
//!
//! tantivy's own snippets count bytes and fail on overlapping words; these are whole sentences of the original text,
//! whatever engine found it.

use crate::text::{Language, Span, sentences};

use super::Snippet;

/// The longest extract, in characters: about five lines of a result page.
const LONGEST_SNIPPET_ZH: usize = 160;
/// The same for English, whose words take more characters.
const LONGEST_SNIPPET_EN: usize = 320;

/// The run of whole sentences that shows the most highlighted text within the length of a snippet.
pub fn snippet(text: &str, language: Language, highlights: &[Span]) -> Snippet {
    let longest = if language == Language::Zh {
        LONGEST_SNIPPET_ZH
    } else {
        LONGEST_SNIPPET_EN
    };
    if text.chars().nth(longest).is_none() {
        return Snippet {
            span: Span::new(0, text.len()),
        };
    }
    let sentences = sentences(text);
    let lengths: Vec<usize> = sentences
        .iter()
        .map(|sentence| sentence.of(text).chars().count())
        .collect();
    let shown: Vec<usize> = sentences
        .iter()
        .map(|sentence| covered(*sentence, highlights))
        .collect();
    let (mut best, mut best_shown) = (0..1, 0);
    for first in 0..sentences.len() {
        let (mut last, mut length, mut sum) = (first, 0, 0);
        while let (Some(more), Some(shows)) = (lengths.get(last), shown.get(last)) {
            if last > first && length + more > longest {
                break;
            }
            length += more;
            sum += shows;
            last += 1;
        }
        if sum > best_shown {
            (best, best_shown) = (first..last, sum);
        }
    }
    let start = sentences.get(best.start).map_or(0, |sentence| sentence.start);
    let end = sentences
        .get(best.end.saturating_sub(1))
        .map_or(text.len(), |sentence| sentence.end);
    let whole = Span::new(start, end);
    Snippet {
        span: cut(text, trimmed(text, whole), longest, highlights),
    }
}

/// How many bytes of a span are highlighted.
fn covered(span: Span, highlights: &[Span]) -> usize {
    let inside = highlights.iter().filter(|highlight| highlight.overlaps(span));
    inside
        .map(|highlight| highlight.end.min(span.end) - highlight.start.max(span.start))
        .sum()
}

/// A span without the white space at its ends.
fn trimmed(text: &str, span: Span) -> Span {
    let inside = span.of(text);
    let start = span.start + (inside.len() - inside.trim_start().len());
    Span::new(start, start + inside.trim().len())
}

/// Cuts a sentence that is too long for a snippet to a window that begins a little before its first highlight.
fn cut(text: &str, span: Span, longest: usize, highlights: &[Span]) -> Span {
    let inside = span.of(text);
    if inside.chars().nth(longest).is_none() {
        return span;
    }
    let first = highlights
        .iter()
        .find(|highlight| highlight.overlaps(span))
        .map_or(span.start, |highlight| highlight.start.max(span.start));
    let before = text.get(span.start..first).unwrap_or_default();
    let lead = before
        .char_indices()
        .rev()
        .take(longest / 4)
        .last()
        .map_or(first, |(at, _)| span.start + at);
    let rest = text.get(lead..span.end).unwrap_or_default();
    let end = rest.char_indices().nth(longest).map_or(span.end, |(at, _)| lead + at);
    trimmed(text, Span::new(lead, end))
}
