//! Cuts a long paragraph into passages at sentence ends.

use super::Settings;
use crate::text::{Language, Script, Span, sentences};

/// The passages of a paragraph: spans that cover `text`, each at most the configured size unless one sentence (or one
/// pair of brackets with what it holds) is larger. They are of about equal size.
pub fn pieces(text: &str, language: Language, settings: &Settings) -> Vec<Span> {
    let limit = match language {
        Language::Zh => settings.passage_han,
        Language::En => settings.passage_words,
    }
    .max(1);
    let total = size(text, language);
    if total <= limit {
        return vec![Span::new(0, text.len())];
    }
    let target = total.div_ceil(total.div_ceil(limit));
    let mut found: Vec<Span> = Vec::new();
    let (mut start, mut held) = (0, 0);
    for unit in units(text) {
        let next = size(unit.of(text), language);
        if held > 0 && (held + next > limit || held + next / 2 > target) {
            found.push(Span::new(start, unit.start));
            start = unit.start;
            held = 0;
        }
        held += next;
    }
    if start < text.len() {
        found.push(Span::new(start, text.len()));
    }
    found
}

/// Sentences, those that share a pair of brackets taken together.
fn units(text: &str) -> Vec<Span> {
    let held = bracketed(text);
    let mut next_held = held.iter().peekable();
    let mut units: Vec<Span> = Vec::new();
    let mut start = 0;
    for sentence in sentences(text) {
        while next_held.peek().is_some_and(|span| span.end <= sentence.end) {
            next_held.next();
        }
        if next_held.peek().is_none_or(|span| span.start >= sentence.end) {
            units.push(Span::new(start, sentence.end));
            start = sentence.end;
        }
    }
    if start < text.len() {
        units.push(Span::new(start, text.len()));
    }
    units
}

/// The outermost pairs of brackets, in reading order. A bracket without partner counts for nothing.
fn bracketed(text: &str) -> Vec<Span> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut pairs: Vec<Span> = Vec::new();
    for (at, character) in text.char_indices() {
        match character {
            '(' | '（' => open.push((at, ')')),
            '[' | '［' | '【' => open.push((at, ']')),
            ')' | '）' | ']' | '］' | '】' => {
                let closes = if ")）".contains(character) { ')' } else { ']' };
                if open.last().is_some_and(|(_, expected)| *expected == closes)
                    && let Some((start, _)) = open.pop()
                {
                    while pairs.last().is_some_and(|pair| pair.start >= start) {
                        pairs.pop();
                    }
                    pairs.push(Span::new(start, at + character.len_utf8()));
                }
            }
            _ => {}
        }
    }
    pairs
}

/// Han characters, each counting one, and other words; only words in English.
fn size(text: &str, language: Language) -> usize {
    let (mut size, mut in_word) = (0, false);
    for character in text.chars() {
        match Script::of(character) {
            Script::Han if language == Language::Zh => {
                size += 1;
                in_word = false;
            }
            Script::Space | Script::Symbol => in_word = in_word && character == '-',
            _ if !in_word => {
                size += 1;
                in_word = true;
            }
            _ => {}
        }
    }
    size
}

#[cfg(test)]
mod tests {
    use super::pieces;
    use crate::corpus::Settings;
    use crate::text::{Language, Span};

    fn cut(text: &str, han: usize) -> Vec<&str> {
        let settings = Settings {
            passage_han: han,
            ..Settings::default()
        };
        pieces(text, Language::Zh, &settings)
            .into_iter()
            .map(|span: Span| span.of(text))
            .collect()
    }

    #[test]
    fn a_long_paragraph_is_cut_at_sentence_ends_into_even_pieces() {
        let text = "甲乙丙丁。戊己庚辛。子丑寅卯。辰巳午未。";
        assert_eq!(cut(text, 12), ["甲乙丙丁。戊己庚辛。", "子丑寅卯。辰巳午未。"]);
        assert_eq!(cut(text, 16), [text]);
    }

    #[test]
    fn brackets_and_sentences_are_never_cut() {
        assert_eq!(
            cut("甲乙(丙丁。戊己)庚辛。子丑。", 4),
            ["甲乙(丙丁。戊己)庚辛。", "子丑。"]
        );
        assert_eq!(cut("甲乙丙丁戊己庚辛", 2), ["甲乙丙丁戊己庚辛"]);
    }
}
