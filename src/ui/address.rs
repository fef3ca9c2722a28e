//! Addresses of the portal's pages, and of places elsewhere that are safe to link to.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::document::Citation;
use crate::text::{Span, sentences};

/// What stays as it is in a part of an address.
const PART: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b':');

/// The longest sentence that a text fragment names whole, in characters.
const LONGEST_SENTENCE: usize = 150;

/// The ends of a longer one, in characters: long enough to stand nowhere else in the article.
const SHORTEST_END: usize = 24;
const LONGEST_END: usize = 60;

/// A beginning with fewer characters may well stand elsewhere too: then nothing is named.
const SHORTEST_BEGINNING: usize = 12;

/// A part of an address, with everything escaped that could be read as more than a part.
pub(super) fn part(text: &str) -> String {
    utf8_percent_encode(text, &PART).to_string()
}

/// The page of an article.
pub(super) fn article(id: &str) -> String {
    format!("/a/{}", part(id))
}

/// The page of a reference.
pub(super) fn reference(article_id: &str, number: u32) -> String {
    format!("{}/r/{number}", article(article_id))
}

/// The resolver's address of a DOI.
pub(super) fn doi(doi: &str) -> String {
    let path: Vec<String> = doi.split('/').map(part).collect();
    format!("https://doi.org/{}", path.join("/"))
}

/// An address printed in the corpus, where it leads to the web and nowhere else.
pub(super) fn web(printed: &str) -> Option<&str> {
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        let head = printed.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then(|| printed.get(scheme.len()..))?
    })?;
    let clean = !rest.is_empty() && !rest.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    clean.then_some(printed)
}

/// The text fragment that makes a browser mark the sentence of `text` that shows the most of `highlights`, as it goes
/// after `#id`. Nothing where no sentence is highlighted.
///
/// Only the two ends of the sentence are named: the marks of citations inside it are text on the page too.
pub(super) fn text_fragment(text: &str, highlights: &[Span], citations: &[Citation]) -> Option<String> {
    let shown = |sentence: &Span| {
        let inside = highlights.iter().filter(|highlight| highlight.overlaps(*sentence));
        inside.map(|highlight| highlight.len()).sum::<usize>()
    };
    // The first of the best: `max_by_key` would give the last.
    let best = sentences(text).into_iter().rev().max_by_key(shown)?;
    if shown(&best) == 0 {
        return None;
    }
    let sentence = best.of(text);
    let start = best.start + (sentence.len() - sentence.trim_start().len());
    let end = start + sentence.trim().len();
    let inside = |at: &usize| (start + 1..end).contains(at);
    let first_mark = citations.iter().map(|citation| citation.at).find(inside);
    let last_mark = citations.iter().rev().map(|citation| citation.at).find(inside);
    let head = text.get(start..first_mark.unwrap_or(end))?;
    let tail = text.get(last_mark.unwrap_or(start)..end)?;
    let length = head.chars().count();
    if first_mark.is_none() && length <= LONGEST_SENTENCE {
        return Some(format!(":~:text={}", fragment(head)));
    }
    if length < SHORTEST_BEGINNING {
        return None;
    }
    Some(format!(
        ":~:text={},{}",
        fragment(opening(head)),
        fragment(closing(tail))
    ))
}

/// The beginning of a text up to a mark of punctuation or a space, where one comes in time: browsers look for whole
/// words.
fn opening(text: &str) -> &str {
    let ends = text.char_indices().skip(SHORTEST_END).take(LONGEST_END);
    let end = ends.filter(|(_, letter)| is_break(*letter)).map(|(at, _)| at).next();
    text.get(..end.unwrap_or(text.len())).unwrap_or(text).trim()
}

/// The end of a text, from a break on.
fn closing(text: &str) -> &str {
    let starts = text.char_indices().rev().skip(SHORTEST_END).take(LONGEST_END);
    let start = starts
        .filter(|(_, letter)| is_break(*letter))
        .map(|(at, letter)| at + letter.len_utf8())
        .next();
    text.get(start.unwrap_or(0)..).unwrap_or(text).trim()
}

fn is_break(letter: char) -> bool {
    letter.is_whitespace() || "，、；：。（）,;:()".contains(letter)
}

/// Hyphens and commas mean something in a text fragment, so every sign is escaped.
fn fragment(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_linked() {
        for good in ["https://example.org/a?b=c", "HTTP://example.org"] {
            assert_eq!(web(good), Some(good));
        }
        for bad in [
            "javascript:alert(1)",
            "java\nscript:x",
            "data:text/html,x",
            "//example.org",
            "https://",
            "https://a b",
            "",
        ] {
            assert_eq!(web(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_doi_keeps_its_slash_and_nothing_else_that_could_lead_away() {
        assert_eq!(doi("10.1/a<b>#c"), "https://doi.org/10.1/a%3Cb%3E%23c");
    }

    #[test]
    fn a_short_sentence_is_named_whole_and_the_first_of_equals_wins() {
        let text = "Cells grow. Cells die.";
        let highlights = [Span::new(0, 5), Span::new(12, 17)];
        assert_eq!(
            text_fragment(text, &highlights, &[]).as_deref(),
            Some(":~:text=Cells%20grow%2E")
        );
        assert_eq!(text_fragment(text, &[], &[]), None);
    }

    #[test]
    fn a_citation_inside_a_sentence_is_left_between_the_ends() {
        // The mark stands after "grow", byte 29; the first break after 24 letters is the space before it.
        let text = "Cells of the bone marrow grow and some of them die.";
        let cited = |at| Citation {
            at,
            numbers: vec![1],
            printed: "[1]".to_owned(),
        };
        let found = text_fragment(text, &[Span::new(0, 5)], &[cited(29)]);
        let expected = ":~:text=Cells%20of%20the%20bone%20marrow,and%20some%20of%20them%20die%2E";
        assert_eq!(found.as_deref(), Some(expected));
        // "Cells of" may stand anywhere.
        assert_eq!(text_fragment(text, &[Span::new(0, 5)], &[cited(8)]), None);
    }
}
