//! How many tokens a language model will count in a text, without its vocabulary at hand.
//!
//! Tokens are pieces of words, and every vocabulary has its own. The rule adds up what each kind of character costs on
//! average. On most prose it is within 15 % of the vocabularies named below, in Chinese and in English; a short text, one
//! of rare characters, or a table of formulas or codes can differ more. Leave a margin where a limit is hard.
//!
//! | what | o200k | cl100k |
//! |---|---|---|
//! | a simplified Han character | 0.82 | 1.28 |
//! | a traditional Han character that has a simplified form | 1.3 | 1.95 |
//! | a word of Latin letters | 1 | 1 |
//! | each letter beyond the sixth of such a word | 0.12 | 0.12 |
//! | each letter after the first of a word with capitals inside (DNA, iPSCs) | 0.3 | 0.35 |
//! | each three digits of a number, or what is left of them | 1 | 1 |
//! | an ASCII punctuation mark | 0.8 | 0.8 |
//! | a Chinese or typographic punctuation mark | 0.5 | 0.6 |
//! | space before a digit or a Han character | 0.6 | 0.6 |
//! | a run of line breaks | 1 | 1 |
//! | any other character | 1.6 | 2.2 |

use crate::text::{Script, simplify};

/// Whose tokens are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Vocabulary {
    /// `o200k_base`, and what newer models use: most Chinese words are few tokens.
    #[default]
    O200k,
    /// `cl100k_base`, and what models of 2023 use: a Chinese character is often more than a token.
    Cl100k,
}

/// What each kind of character costs, in hundredths of a token.
struct Costs {
    han: u64,
    traditional: u64,
    capital: u64,
    punctuation: u64,
    wide_punctuation: u64,
    other: u64,
}

/// What costs the same in every vocabulary, in hundredths of a token.
const WORD: u64 = 100;
const LONG_WORD_LETTER: u64 = 12;
const DIGITS: u64 = 100;
const LINE_BREAKS: u64 = 100;
const SPACE: u64 = 60;
/// The letters of a word that cost nothing more than the word.
const SHORT_WORD: u64 = 6;

impl Vocabulary {
    fn costs(self) -> Costs {
        match self {
            Self::O200k => Costs {
                han: 82,
                traditional: 130,
                capital: 30,
                punctuation: 80,
                wide_punctuation: 50,
                other: 160,
            },
            Self::Cl100k => Costs {
                han: 128,
                traditional: 195,
                capital: 35,
                punctuation: 80,
                wide_punctuation: 60,
                other: 220,
            },
        }
    }
}

/// A run of characters that are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run {
    Nothing,
    Word { letters: u64, capitals: bool },
    Number { digits: u64 },
    Space,
    LineBreaks,
}

/// The tokens of a text, by the rule of this file, rounded up.
pub fn tokens(text: &str, vocabulary: Vocabulary) -> usize {
    let costs = vocabulary.costs();
    let simple = simplify(text);
    let mut hundredths = 0;
    let mut run = Run::Nothing;
    for (character, simple) in text.chars().zip(simple.chars()) {
        let next = joined(run, character);
        if next.is_none() {
            hundredths += cost(run, &costs);
        }
        run = match (next, Script::of(character)) {
            (Some(longer), _) => longer,
            (None, Script::Han) => {
                hundredths += if simple == character {
                    costs.han
                } else {
                    costs.traditional
                };
                hundredths += if run == Run::Space { SPACE } else { 0 };
                Run::Nothing
            }
            (None, Script::Digit) => {
                hundredths += if run == Run::Space { SPACE } else { 0 };
                Run::Number { digits: 1 }
            }
            (None, _) => match started(character) {
                Some(started) => started,
                None => {
                    hundredths += single(character, &costs);
                    Run::Nothing
                }
            },
        };
    }
    hundredths += cost(run, &costs);
    usize::try_from(hundredths.div_ceil(100)).unwrap_or(usize::MAX)
}

/// The run with one more character, where it belongs to it.
fn joined(run: Run, character: char) -> Option<Run> {
    match run {
        Run::Word { letters, capitals } if character.is_ascii_alphabetic() => Some(Run::Word {
            letters: letters + 1,
            capitals: capitals || character.is_ascii_uppercase(),
        }),
        Run::Number { digits } if character.is_ascii_digit() => Some(Run::Number { digits: digits + 1 }),
        Run::Space if matches!(character, ' ' | '\t') => Some(run),
        Run::LineBreaks if matches!(character, '\n' | '\r') => Some(run),
        _ => None,
    }
}

/// The run that begins with a character.
fn started(character: char) -> Option<Run> {
    match character {
        'a'..='z' | 'A'..='Z' => Some(Run::Word {
            letters: 1,
            capitals: false,
        }),
        ' ' | '\t' => Some(Run::Space),
        '\n' | '\r' => Some(Run::LineBreaks),
        _ => None,
    }
}

/// What a finished run costs. Space is part of the word it stands before.
fn cost(run: Run, costs: &Costs) -> u64 {
    match run {
        Run::Nothing | Run::Space => 0,
        Run::Word {
            letters,
            capitals: true,
        } => WORD + (letters - 1) * costs.capital,
        Run::Word {
            letters,
            capitals: false,
        } => WORD + letters.saturating_sub(SHORT_WORD) * LONG_WORD_LETTER,
        Run::Number { digits } => digits.div_ceil(3) * DIGITS,
        Run::LineBreaks => LINE_BREAKS,
    }
}

/// What a character costs that stands for itself.
fn single(character: char, costs: &Costs) -> u64 {
    match character {
        _ if character.is_ascii() => costs.punctuation,
        '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}' => costs.wide_punctuation,
        _ => costs.other,
    }
}
