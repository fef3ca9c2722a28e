//! Cuts running text into sentences.

use super::Span;

/// The sentences of `text`: spans that cover it; white space after a sentence belongs to it.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let mut end = at + character.len_utf8();
        let hard = "。！？!?".contains(character);
        if !hard && character != '.' {
            continue;
        }
        while let Some(&(next, closing)) = characters
            .peek()
            .filter(|(_, next)| "。！？!?”’»》）)】\"".contains(*next))
        {
            end = next + closing.len_utf8();
            characters.next();
        }
        let mut space = false;
        while let Some(&(next, white)) = characters.peek().filter(|(_, next)| next.is_whitespace()) {
            space = true;
            end = next + white.len_utf8();
            characters.next();
        }
        let starts_anew = characters
            .peek()
            .is_none_or(|(_, next)| !next.is_lowercase() && !next.is_numeric());
        let word = text
            .get(start..at)
            .unwrap_or_default()
            .rsplit([' ', '('])
            .next()
            .unwrap_or_default();
        let abbreviated =
            word.chars().count() <= 1 || ["al", "vs", "Fig", "Dr", "e.g", "i.e", "cf", "No", "ca"].contains(&word);
        if "。！？".contains(character) || (space && starts_anew && (hard || !abbreviated)) {
            spans.push(Span::new(start, end));
            start = end;
        }
    }
    if start < text.len() {
        spans.push(Span::new(start, text.len()));
    }
    spans
}
