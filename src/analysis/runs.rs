//! Cuts a folded text into Han runs, runs of other letters and digits, and the gaps between them.

use crate::text::Script;

use super::latin::LatinRun;

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

/// The run that begins at byte `at`, and where the next begins; nothing at the end of the text.
///
/// A run of letters and digits is left in `latin`.
pub(super) fn next_run(text: &str, at: usize, latin: &mut LatinRun) -> Option<(Run, usize)> {
    let first = Class::of(char_at(text, at)?);
    if first.is_core() {
        let end = latin.scan(text, at);
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
