//! A paragraph's running text with its citations and marks.

use crate::document::{Citation, Mark, MarkStyle};
use crate::text::{Script, Span};

/// The raised digits of Unicode, by value.
pub const RAISED_DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// How two pieces of text are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// With nothing between.
    Nothing,
    /// With one space between.
    Space,
    /// As across a line break: nothing between Han characters, else one space.
    Break,
}

/// Running text: white space folded, markers taken out and kept as spans.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inline {
    text: String,
    citations: Vec<Citation>,
    marks: Vec<Mark>,
    gap: Option<Join>,
    gap_before_marker: bool,
}

impl Inline {
    /// Plain text without markup.
    pub fn plain(text: &str) -> Self {
        let mut inline = Self::default();
        inline.push_text(text);
        inline
    }

    /// The running text: no leading or trailing white space, one space at most in a row.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The citations in reading order.
    pub fn citations(&self) -> &[Citation] {
        &self.citations
    }

    /// The typographic marks.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds text; a run of white space becomes one space, and a line break between Han characters nothing.
    pub fn push_text(&mut self, text: &str) {
        for character in text.chars() {
            self.push(character);
        }
    }

    fn push(&mut self, character: char) {
        match character {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => self.gap = Some(self.gap.unwrap_or(Join::Break)),
            '\u{feff}' | '\u{200b}' | '\u{ad}' => {}
            _ if character.is_whitespace() => self.gap = Some(Join::Space),
            _ if character.is_control() => {}
            _ => {
                self.fill_gap(character);
                self.text.push(character);
            }
        }
    }

    fn fill_gap(&mut self, next: char) {
        let gap = self.gap.take();
        let after_marker = std::mem::take(&mut self.gap_before_marker);
        let Some(last) = self.text.chars().next_back() else {
            return;
        };
        let cited_here = self
            .citations
            .last()
            .is_some_and(|citation| citation.at == self.text.len());
        let wide = is_wide(last) && is_wide(next);
        let space = match gap {
            None | Some(Join::Nothing) => after_marker && !wide && !is_closing(next),
            // A word or range that a line end cuts behind its hyphen goes on at once.
            Some(Join::Break) => {
                let goes_on = is_hyphenated(&self.text) && (next.is_lowercase() || next.is_ascii_digit());
                !(wide || goes_on || cited_here && is_closing(next))
            }
            Some(Join::Space) => !(cited_here && (wide || is_closing(next))),
        };
        if space {
            self.text.push(' ');
        }
    }

    /// Adds a raised whole number behind a digit in raised digits, so that 10<sup>16</sup> does not read as 1016; false,
    /// and nothing added, for anything else.
    pub fn push_power(&mut self, text: &str) -> bool {
        let behind_digit = self.gap.is_none() && self.text.ends_with(|last: char| last.is_ascii_digit());
        let power = power(text).filter(|_| behind_digit);
        if let Some(power) = &power {
            self.push_text(power);
        }
        power.is_some()
    }

    /// Adds text set in a style of its own; a power as [`Self::push_power`] does.
    pub fn push_marked(&mut self, style: MarkStyle, text: &str) {
        if style == MarkStyle::Superscript && self.push_power(text) {
            return;
        }
        let start = self.position();
        self.push_text(text);
        self.mark_from(start, style);
    }

    /// Whether a blank stands before what comes next, or nothing at all.
    pub fn is_open(&self) -> bool {
        self.gap.is_some() || self.text.is_empty()
    }

    /// Where the next character will stand, or one byte before it.
    pub fn position(&self) -> usize {
        self.text.len()
    }

    /// Marks everything since `start` (from [`Self::position`]) as set in `style`.
    pub fn mark_from(&mut self, start: usize, style: MarkStyle) {
        let start = match self.text.get(start..) {
            Some(rest) if rest.starts_with(' ') => start + 1,
            Some(_) => start,
            None => return,
        };
        if start < self.text.len() {
            let span = Span::new(start, self.text.len());
            self.marks.push(Mark { span, style });
        }
    }

    /// Adds a citation marker.
    pub fn push_citation(&mut self, numbers: Vec<u32>, printed: &str) {
        if self.gap.take().is_some() {
            self.gap_before_marker = true;
        }
        self.citations.push(Citation {
            at: self.text.len(),
            numbers,
            printed: printed.to_owned(),
        });
    }

    /// The same with stretches of the text taken out, in its order, as citations of these numbers.
    pub fn with_citations(&self, found: &[(Span, Vec<u32>)]) -> Self {
        let mut inline = Self::default();
        let mut done = 0;
        let mut join = Join::Nothing;
        for (span, numbers) in found {
            inline.append(&self.slice(Span::new(done, span.start)), join);
            inline.push_citation(numbers.clone(), span.of(&self.text));
            done = span.end;
            // Where the mark had a blank on either side, its neighbours keep one.
            let blank = |character: Option<char>| character.is_some_and(char::is_whitespace);
            let before = self.text.get(..span.start).and_then(|text| text.chars().next_back());
            let behind = self.text.get(span.end..).and_then(|text| text.chars().next());
            join = if blank(before) || blank(behind) {
                Join::Space
            } else {
                Join::Nothing
            };
        }
        inline.append(&self.slice(Span::new(done, self.text.len())), join);
        inline
    }

    /// Adds all of `other` after this text.
    pub fn append(&mut self, other: &Self, join: Join) {
        let Some(first) = other.text.chars().next() else {
            for citation in &other.citations {
                self.push_citation(citation.numbers.clone(), &citation.printed);
            }
            return;
        };
        // A marker at the head of `other` stands behind the last character here, not behind the space.
        let end = self.text.len();
        self.gap = match join {
            Join::Nothing => None,
            other => Some(other),
        };
        self.gap_before_marker = false;
        self.fill_gap(first);
        let base = self.text.len();
        self.text.push_str(&other.text);
        self.citations.extend(other.citations.iter().map(|citation| Citation {
            at: if citation.at == 0 { end } else { base + citation.at },
            ..citation.clone()
        }));
        self.marks.extend(other.marks.iter().map(|mark| Mark {
            span: mark.span.shifted(base),
            style: mark.style,
        }));
        self.gap = other.gap;
        self.gap_before_marker = other.gap_before_marker;
    }

    /// The part in `span`, trimmed. A citation between two parts belongs to the part before it.
    pub fn slice(&self, span: Span) -> Self {
        let whole = span.of(&self.text);
        let lead = whole.len() - whole.trim_start().len();
        let trimmed = whole.trim();
        let inner = Span::new(span.start + lead, span.start + lead + trimmed.len());
        let citations = self
            .citations
            .iter()
            .filter(|citation| (citation.at > span.start || span.start == 0) && citation.at <= span.end);
        let marks = self.marks.iter().filter(|mark| mark.span.overlaps(inner));
        Self {
            text: trimmed.to_owned(),
            citations: citations
                .map(|citation| Citation {
                    at: citation.at.clamp(inner.start, inner.end) - inner.start,
                    ..citation.clone()
                })
                .collect(),
            marks: marks
                .map(|mark| Mark {
                    span: Span::new(
                        mark.span.start.max(inner.start) - inner.start,
                        mark.span.end.min(inner.end) - inner.start,
                    ),
                    style: mark.style,
                })
                .collect(),
            gap: None,
            gap_before_marker: false,
        }
    }
}

/// A whole number in raised digits; `None` for anything else.
fn power(text: &str) -> Option<String> {
    let digits = text.trim_start_matches(['-', '−', '–', '+']);
    let sign = match text.chars().next()? {
        '-' | '−' | '–' => "⁻",
        '+' => "⁺",
        _ => "",
    };
    let signs = text.chars().count() - digits.chars().count();
    if signs > 1 || !(1..=3).contains(&digits.len()) {
        return None;
    }
    let raised: Option<String> = digits
        .chars()
        .map(|digit| RAISED_DIGITS.get(digit.to_digit(10)? as usize).copied())
        .collect();
    Some(format!("{sign}{}", raised?))
}

fn is_wide(character: char) -> bool {
    Script::of(character) == Script::Han
        || matches!(character, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '“' | '”')
}

fn is_hyphenated(text: &str) -> bool {
    let mut last = text.chars().rev();
    last.next().is_some_and(|sign| matches!(sign, '-' | '‐')) && last.next().is_some_and(char::is_alphanumeric)
}

fn is_closing(character: char) -> bool {
    ",.;:!?)]}，。；：！？、）］】》”".contains(character)
}

#[cfg(test)]
mod tests {
    use super::{Inline, Join};
    use crate::document::MarkStyle;
    use crate::text::Span;

    #[test]
    fn no_space_stays_where_a_marker_stood_before_punctuation() {
        let mut inline = Inline::plain("cells ");
        inline.push_citation(vec![1], "[1]");
        inline.push_text(". Next");
        assert_eq!(inline.text(), "cells. Next");
        assert_eq!(inline.citations()[0].at, 5);
    }

    #[test]
    fn a_line_break_joins_han_with_nothing_and_words_with_a_space() {
        assert_eq!(
            Inline::plain(" 软\n骨细胞\n MSCs \r\n and\tso ").text(),
            "软骨细胞 MSCs and so"
        );
        assert_eq!(
            Inline::plain("long-\nterm use -\nof 12-\n14").text(),
            "long-term use - of 12-14"
        );
    }

    #[test]
    fn spans_move_with_the_text() {
        let mut first = Inline::plain("软");
        let mut second = Inline::plain("骨CD34");
        second.push_marked(MarkStyle::Superscript, "+");
        second.push_citation(vec![2], "[2]");
        first.append(&second, Join::Nothing);
        assert_eq!(first.text(), "软骨CD34+");
        assert_eq!(first.marks()[0].span, Span::new(10, 11));
        assert_eq!(first.citations()[0].at, 11);
        let tail = first.slice(Span::new(3, 11));
        assert_eq!(
            (
                tail.text(),
                tail.marks()[0].span.of(tail.text()),
                tail.citations()[0].at
            ),
            ("骨CD34+", "+", 8)
        );
    }
}
