//! Turns byte positions into the code points that clients count.

use schemars::JsonSchema;
use serde::Serialize;

use crate::text::Span;

/// A half-open range, counted in Unicode code points of the text it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Range")]
pub struct Range {
    /// The first code point, from 0.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

/// For every byte position in `bytes`, how many code points of `text` begin before it. One pass over the text.
///
/// A position inside a code point counts that code point as begun after it; one beyond the end gives the length.
pub(crate) fn code_points(text: &str, bytes: &[usize]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..bytes.len()).collect();
    order.sort_by_key(|&place| bytes.get(place));
    let mut counted = vec![0; bytes.len()];
    let mut characters = text.char_indices().map(|(at, character)| at + character.len_utf8());
    let mut before = 0;
    let mut next_end = characters.next();
    for place in order {
        let (Some(&byte), Some(slot)) = (bytes.get(place), counted.get_mut(place)) else {
            continue;
        };
        while let Some(end) = next_end.filter(|&end| end <= byte) {
            before += 1;
            next_end = characters.next();
            debug_assert!(end <= text.len());
        }
        *slot = before;
    }
    counted
}

/// The spans as ranges of code points of `text`.
pub(crate) fn ranges(text: &str, spans: &[Span]) -> Vec<Range> {
    let bytes: Vec<usize> = spans.iter().flat_map(|span| [span.start, span.end]).collect();
    code_points(text, &bytes)
        .chunks_exact(2)
        .filter_map(|pair| match pair {
            &[start, end] => Some(Range { start, end }),
            _ => None,
        })
        .collect()
}

/// The parts of `spans` inside `window`, as ranges of code points of the text in the window.
pub(crate) fn ranges_within(text: &str, window: Span, spans: &[Span]) -> Vec<Range> {
    let inside: Vec<Span> = spans
        .iter()
        .filter(|span| span.overlaps(window))
        .map(|span| {
            let start = span.start.max(window.start) - window.start;
            let end = span.end.min(window.end) - window.start;
            Span::new(start, end)
        })
        .collect();
    ranges(window.of(text), &inside)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::*;

    #[test]
    fn counts_code_points_not_bytes_or_utf16_units() {
        // 软 3 bytes, 骨 3 bytes, 🧬 4 bytes (2 UTF-16 units), a 1 byte.
        let text = "软骨🧬a";
        assert_eq!(code_points(text, &[0, 3, 6, 10, 11]), [0, 1, 2, 3, 4]);
        assert_eq!(code_points(text, &[11, 0, 6]), [4, 0, 2]);
        assert_eq!(code_points(text, &[4, 99]), [1, 4]);
        assert_eq!(ranges(text, &[Span::new(3, 10)]), [Range { start: 1, end: 3 }]);
    }

    #[test]
    fn a_window_cuts_and_moves_spans() {
        let text = "软骨🧬ab";
        let window = Span::new(6, 11);
        let spans = [Span::new(0, 3), Span::new(3, 10), Span::new(11, 12)];
        assert_eq!(ranges_within(text, window, &spans), [Range { start: 0, end: 1 }]);
    }

    proptest! {
        #[test]
        fn agrees_with_counting(text in any::<String>(), picks in proptest::collection::vec(any::<proptest::sample::Index>(), 0..8)) {
            let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let bytes: Vec<usize> = picks.iter().map(|pick| boundaries[pick.index(boundaries.len())]).collect();
            let expected: Vec<usize> = bytes.iter().map(|&at| text[..at].chars().count()).collect();
            assert_eq!(code_points(&text, &bytes), expected);
        }
    }
}
