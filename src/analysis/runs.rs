//! Cuts a folded text into Han runs, runs of other letters and digits, and the gaps between them.

use crate::text::{Folded, Script};

use super::latin::{LONGEST, LatinRun};

/// What a character of a folded text is to the analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A Han character.
    Han,
    /// A letter of another script.
    Letter,
    /// A Greek letter.
    Greek,
    /// A digit.
    Digit,
    /// White space.
    Space,
    /// Anything else.
    Mark,
}

impl Class {
    /// The class of one character.
    pub(super) fn of(character: char) -> Self {
        match character {
            '0'..='9' => Self::Digit,
            'a'..='z' | 'A'..='Z' => Self::Letter,
            ' ' | '\t' | '\n' | '\r' => Self::Space,
            '\0'..='\x7F' => Self::Mark,
            '\u{4E00}'..='\u{9FFF}' => Self::Han,
            _ => match Script::of(character) {
                Script::Han => Self::Han,
                Script::Latin | Script::OtherLetter => Self::Letter,
                Script::Greek => Self::Greek,
                Script::Digit => Self::Digit,
                Script::Space => Self::Space,
                Script::Symbol => Self::Mark,
            },
        }
    }

    /// Whether a run of letters and digits goes on with it.
    pub(super) fn is_core(self) -> bool {
        matches!(self, Self::Letter | Self::Greek | Self::Digit)
    }
}

/// One stretch of a folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Run {
    /// Han characters.
    Han {
        /// First byte.
        start: usize,
        /// One past the last byte.
        end: usize,
    },
    /// Letters and digits; the details are in the [`LatinRun`].
    Latin,
    /// The same, and nothing but letters a to z that nothing is joined to: most words of English text.
    Word {
        /// First byte.
        start: usize,
        /// One past the last byte.
        end: usize,
    },
    /// White space and marks.
    Gap {
        /// First byte.
        start: usize,
        /// One past the last byte.
        end: usize,
    },
}

/// The first character at byte `at`.
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    let byte = *text.as_bytes().get(at)?;
    if byte < 0x80 {
        Some(char::from(byte))
    } else {
        text.get(at..)?.chars().next()
    }
}

/// Where a plain word ends that begins at byte `at`: two letters a to z or more, and behind them white space without
/// what may belong to a name (a hyphen, a digit, a Greek letter), or a mark that joins nothing to a word.
fn plain_word(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes().get(at..)?;
    let letters = bytes.iter().take(LONGEST).take_while(|byte| byte.is_ascii_lowercase());
    let length = letters.count();
    let ends = matches!(
        bytes.get(length),
        None | Some(b' ' | b'\n' | b',' | b'.' | b';' | b':' | b')')
    );
    // Greek letters begin with these bytes.
    let loose =
        bytes.get(length) == Some(&b' ') && matches!(bytes.get(length + 1), Some(b'-' | b'0'..=b'9' | 0xCD..=0xCF));
    (ends && !loose && (2..LONGEST).contains(&length)).then_some(at + length)
}

/// The run that begins at byte `at`, and where the next begins; nothing at the end of the text.
///
/// A run of letters and digits is left in `latin`; how it is printed in the original may decide where it ends.
pub(super) fn next_run(folded: &Folded, original: &str, at: usize, latin: &mut LatinRun) -> Option<(Run, usize)> {
    let text = folded.text();
    if let Some(end) = plain_word(text, at) {
        return Some((Run::Word { start: at, end }, end));
    }
    let first = Class::of(char_at(text, at)?);
    if first.is_core() {
        let end = latin.scan(folded, original, at);
        return Some((Run::Latin, end));
    }
    let han = first == Class::Han;
    let mut end = at;
    while let Some(character) = char_at(text, end) {
        let class = Class::of(character);
        if class.is_core() || (class == Class::Han) != han {
            break;
        }
        end += character.len_utf8();
    }
    let run = if han {
        Run::Han { start: at, end }
    } else {
        Run::Gap { start: at, end }
    };
    Some((run, end))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    use super::{LatinRun, plain_word};
    use crate::text::{Span, fold};

    #[test]
    fn a_word_with_something_joined_to_it_is_not_plain() {
        for text in [
            "dog's", "il-6", "cells+", "p53", "and/or", "x", "β-actin", "word(s)", "tnf -α", "co 2", "tnf α", "",
        ] {
            assert_eq!(plain_word(text, 0), None, "{text}");
        }
        assert_eq!(plain_word("two words", 0), Some(3));
        assert_eq!(plain_word("two words", 4), Some(9));
    }

    proptest! {
        #[test]
        fn a_plain_word_is_what_the_reader_of_all_runs_takes_it_for(
            text in "[a-z]{1,9}[ .,;:)'(+/%-][a-z0-9 .,;:'()+/%-]{0,9}|[a-z]{120,130}[ .][a-z]{1,3}"
        ) {
            if let Some(end) = plain_word(&text, 0) {
                let mut run = LatinRun::default();
                prop_assert_eq!(run.scan(&fold(&text), &text, 0), end);
                prop_assert!(run.sign.is_none() && run.percent.is_none());
                prop_assert_eq!(run.segments.len(), 1);
                prop_assert!(run.segments.iter().all(|segment| segment.letter && !segment.digit && !segment.greek));
                prop_assert_eq!(run.span(None), Span::new(0, end));
            }
        }
    }
}
