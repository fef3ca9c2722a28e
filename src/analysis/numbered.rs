//! Kinds, stages and grades told apart by a number: `2型`, `Ⅲ期`, `二级`, `type II`, `grade 3`.
//!
//! The number alone says nothing: a passage on type 1 diabetes that speaks of two years is not about type 2. The whole
//! is one term, the same in Arabic, Roman and Chinese digits.

use super::runs::{Class, char_at};
use crate::text::{Folded, Language, Span, fold};

/// What stands behind a number in Chinese, what it is called before one in English, the usual word first, and the
/// characters with which it would be another word: 期间, 类似.
const KINDS: [(char, &[&str], &str); 5] = [
    ('型', &["type"], "号"),
    ('期', &["phase", "stage"], "间望刊待盼许货限"),
    ('级', &["grade", "class", "level"], "别数联"),
    ('度', &["grade", "degree"], "假过量日"),
    ('类', &["class", "category", "type"], "似型别比推"),
];

/// Chinese digits.
const HAN_DIGITS: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
/// Characters before a Chinese digit that make it the end of a larger number.
const HAN_NUMBERS: &str = "〇零一二三四五六七八九十百千万亿两";

/// The Roman numbers from 1 to 12.
const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];

/// Between two numbers of one kind: 3-4级, Ⅰ/Ⅱ期, 1、2型, grade 3 or 4.
const BETWEEN: [&str; 12] = [
    "-", "/", "~", "、", "或", "和", "及", "与", "至", " or ", " and ", " to ",
];

/// The most numbers of one kind in a row.
const MOST: usize = 3;

/// The longest English word for a kind.
const LONGEST_KIND: usize = 8;

/// A number in a text.
#[derive(Debug, Clone, Copy)]
struct Number {
    value: u8,
    /// What is told apart within it: stage IIIB.
    letter: Option<char>,
    start: usize,
    end: usize,
}

impl Number {
    /// Hands over the whole number, and where all forms are wanted, also the one without its letter.
    fn each_form(self, all: bool, mut sink: impl FnMut(&str)) {
        let mut digits = self.value.to_string();
        if let Some(letter) = self.letter {
            if all {
                sink(&digits);
            }
            digits.push(letter);
        }
        sink(&digits);
    }
}

/// A text in which names are read.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    /// The text.
    pub(super) folded: &'a Folded,
    /// How it is printed.
    pub(super) original: &'a str,
    /// Whether all forms are wanted that a passage is found by, or those that a query means.
    pub(super) all: bool,
}

impl Reader<'_> {
    /// Hands over the names that begin in a run of letters and digits, but for a term that is known already; says where
    /// the last ends.
    pub(super) fn in_run(self, run: Span, known: &str, sink: &mut dyn FnMut(&str, Span)) -> Option<usize> {
        let mut new = |name: &str, span| {
            if name != known {
                sink(name, span);
            }
        };
        self.kind_behind(run, &mut new)
            .or_else(|| self.number_behind(run.start, &mut new))
    }

    /// Hands over the names whose number begins within a run of letters and digits, for a query at its start, and whose
    /// kind stands behind it (2型, 3-4级); says where the kind ends.
    fn kind_behind(self, run: Span, sink: &mut dyn FnMut(&str, Span)) -> Option<usize> {
        let text = self.folded.text();
        let mut numbers: Vec<Number> = Vec::new();
        let mut at = run.start;
        let (kind, end) = loop {
            let number = self.number(at)?;
            numbers.push(number);
            let behind = number.end + usize::from(char_at(text, number.end).map(Class::of) == Some(Class::Space));
            if let Some(found) = kind_at(text, behind) {
                break found;
            }
            if numbers.len() == MOST {
                return None;
            }
            at = between(text, number.end)?;
        };
        // Of a passage, the others are handed over with the runs that they begin in.
        for number in numbers.iter().filter(|number| !self.all || number.start < run.end) {
            let span = Span::new(number.start, end);
            number.each_form(self.all, |digits| sink(&format!("{digits}{kind}"), span));
        }
        Some(end)
    }

    /// Hands over the names that begin with the English word at a place (type II, grade 3 or 4); says where the last
    /// number ends.
    fn number_behind(self, start: usize, sink: &mut dyn FnMut(&str, Span)) -> Option<usize> {
        let text = self.folded.text();
        let (kind, mut at) = english_kind(text, start)?;
        let mut end = None;
        for _ in 0..MOST {
            let Some(number) = self.number(at).filter(|number| !goes_on(text, number.end)) else {
                break;
            };
            let span = Span::new(start, number.end);
            number.each_form(self.all, |digits| sink(&format!("{kind}{digits}"), span));
            end = Some(number.end);
            match between(text, number.end) {
                Some(next) => at = next,
                None => break,
            }
        }
        end
    }

    /// The number at a place: one or two Arabic digits, or a Roman number up to twelve; one of a single letter only in
    /// capitals. Behind it may stand a letter from a to c.
    fn number(self, start: usize) -> Option<Number> {
        let text = self.folded.text();
        let rest = text.as_bytes().get(start..)?;
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (value, length) = if digits > 0 {
            let value = text.get(start..start + digits)?.parse::<u8>().ok()?;
            (value, digits)
        } else {
            let length = rest.iter().take_while(|byte| b"ivx".contains(byte)).count();
            let value = roman(text.get(start..start + length)?)?;
            let printed = self.folded.original(Span::new(start, start + length)).of(self.original);
            if length == 1 && !printed.chars().all(char::is_uppercase) {
                return None;
            }
            (value, length)
        };
        if digits > 2 || value == 0 {
            return None;
        }
        let mut number = Number {
            value,
            letter: None,
            start,
            end: start + length,
        };
        if let Some(letter @ ('a' | 'b' | 'c')) = char_at(text, number.end) {
            number.letter = Some(letter);
            number.end += 1;
        }
        let core = char_at(text, number.end).is_some_and(|next| Class::of(next).is_core());
        (!core).then_some(number)
    }
}

/// The name that begins with a Chinese digit at a place (二型, 三期), and where it ends.
pub(super) fn of_han(text: &str, start: usize) -> Option<(String, usize)> {
    let digit = char_at(text, start)?;
    let value = han_digit(digit)?;
    let (kind, end) = kind_at(text, start + digit.len_utf8())?;
    let before = text.get(..start)?.chars().next_back();
    let larger = before.is_some_and(|before| HAN_NUMBERS.contains(before));
    (!larger).then(|| (format!("{value}{kind}"), end))
}

/// The names with Chinese digits in a run of Chinese characters, and where each stands.
pub(super) fn all_of_han(run: &str) -> Vec<(Span, String)> {
    let digits = run
        .char_indices()
        .filter(|(_, character)| han_digit(*character).is_some());
    let named = digits.filter_map(|(start, _)| {
        let (name, end) = of_han(run, start)?;
        Some((Span::new(start, end), name))
    });
    named.collect()
}

/// Whether a text is nothing but one such name, be it of several numbers.
pub fn is_numbered(text: &str) -> bool {
    numbered(text).is_some()
}

/// What a kind, stage or grade with its number is called in the other language, the usual name first: 2型 for `type II`,
/// `phase 3` and `stage 3` for Ⅲ期. Nothing where the text is anything else.
pub fn numbered_names(text: &str) -> Vec<(String, Language)> {
    match numbered(text) {
        None => Vec::new(),
        Some((Kind::Han(kind), digits)) => {
            let words = KINDS
                .iter()
                .filter(|(han, ..)| *han == kind)
                .flat_map(|(_, words, _)| *words);
            words.map(|word| (format!("{word} {digits}"), Language::En)).collect()
        }
        Some((Kind::English(kind), digits)) => {
            let mut kinds: Vec<(usize, char)> = KINDS
                .iter()
                .filter_map(|(han, words, _)| Some((words.iter().position(|word| *word == kind)?, *han)))
                .collect();
            kinds.sort_by_key(|(place, _)| *place);
            kinds
                .into_iter()
                .map(|(_, han)| (format!("{digits}{han}"), Language::Zh))
                .collect()
        }
    }
}

/// A term with the numbers of its kinds, stages and grades in Arabic digits (Ⅱ型糖尿病, 2型糖尿病), where it has others.
pub fn in_arabic_digits(term: &str) -> Option<String> {
    if !may_be_numbered(term) {
        return None;
    }
    let folded = fold(term);
    let text = folded.text();
    let reader = Reader {
        folded: &folded,
        original: term,
        all: false,
    };
    let mut written = String::with_capacity(text.len());
    let mut copied = 0;
    let mut replace = |number: Span, digits: &str| {
        written.push_str(text.get(copied..number.start).unwrap_or_default());
        written.push_str(digits);
        copied = number.end;
    };
    let mut before = Class::Space;
    for (at, character) in text.char_indices() {
        let class = Class::of(character);
        let begins = class.is_core() && !before.is_core();
        before = class;
        if let Some(value) = han_digit(character).filter(|_| of_han(text, at).is_some()) {
            replace(Span::new(at, at + character.len_utf8()), &value.to_string());
        } else if begins {
            let number = match english_kind(text, at) {
                Some((_, place)) => reader.number(place).filter(|number| !goes_on(text, number.end)),
                None => reader.number(at).filter(|number| {
                    let run = Span::new(at, number.end);
                    reader.kind_behind(run, &mut |_, _| {}).is_some()
                }),
            };
            if let Some(number) = number {
                number.each_form(false, |digits| replace(Span::new(number.start, number.end), digits));
            }
        }
    }
    written.push_str(text.get(copied..).unwrap_or_default());
    (copied > 0 && written != text).then_some(written)
}

/// What a number counts, by the word for it.
enum Kind {
    Han(char),
    English(&'static str),
}

/// The kind of a text that is nothing but one such name, and its numbers with a slash between two.
fn numbered(text: &str) -> Option<(Kind, String)> {
    if !may_be_numbered(text) {
        return None;
    }
    let folded = fold(text);
    let text_of = folded.text();
    let whole = text_of.len();
    if let Some((name, end)) = of_han(text_of, 0) {
        let kind = name.chars().next_back()?;
        let digits = name.strip_suffix(kind)?.to_owned();
        return (end == whole).then_some((Kind::Han(kind), digits));
    }
    let reader = Reader {
        folded: &folded,
        original: text,
        all: false,
    };
    let mut names: Vec<String> = Vec::new();
    let mut take = |name: &str, _| names.push(name.to_owned());
    let (kind, end) = if let Some((kind, _)) = english_kind(text_of, 0) {
        (Kind::English(kind), reader.number_behind(0, &mut take)?)
    } else {
        let end = reader.kind_behind(Span::new(0, whole), &mut take)?;
        (Kind::Han(text_of.get(..end)?.chars().next_back()?), end)
    };
    let digits = names.iter().filter_map(|name| match kind {
        Kind::Han(kind) => name.strip_suffix(kind),
        Kind::English(kind) => name.strip_prefix(kind),
    });
    let digits = digits.collect::<Vec<_>>().join("/");
    (end == whole).then_some((kind, digits))
}

/// A quick look whether a text may hold such a name.
fn may_be_numbered(text: &str) -> bool {
    if text.is_ascii() {
        return text
            .split([' ', '-'])
            .any(|word| kind_of(&word.to_ascii_lowercase()).is_some());
    }
    let han = |character: char| matches!(character, '級' | '類') || KINDS.iter().any(|(han, ..)| *han == character);
    text.contains(han)
}

/// The Chinese word for a kind at a place that no other word begins with, and where it ends.
fn kind_at(text: &str, at: usize) -> Option<(char, usize)> {
    let character = char_at(text, at)?;
    let (kind, _, other) = KINDS.iter().find(|(han, ..)| *han == character)?;
    let end = at + character.len_utf8();
    let goes_on = char_at(text, end).is_some_and(|next| other.contains(next));
    (!goes_on).then_some((*kind, end))
}

/// The English word for a kind that begins at a place, in the singular, and where what it is joined to begins.
fn english_kind(text: &str, start: usize) -> Option<(&'static str, usize)> {
    let rest = text.as_bytes().get(start..)?;
    let letters = rest
        .iter()
        .take(LONGEST_KIND + 2)
        .take_while(|byte| byte.is_ascii_lowercase());
    let length = letters.count();
    let joined = matches!(rest.get(length), Some(b' ' | b'-' | b'\n'))
        && matches!(rest.get(length + 1), Some(b'0'..=b'9' | b'i' | b'v' | b'x'));
    let kind = kind_of(text.get(start..start + length)?).filter(|_| joined)?;
    Some((kind, start + length + 1))
}

/// The English word for a kind, in the singular.
fn kind_of(word: &str) -> Option<&'static str> {
    if !(4..=LONGEST_KIND + 1).contains(&word.len()) {
        return None;
    }
    let singular =
        |kind: &str| kind == word || word.strip_suffix('s') == Some(kind) || (word == "classes" && kind == "class");
    let mut words = KINDS.iter().flat_map(|(_, words, _)| words.iter());
    words.find(|kind| singular(kind)).copied()
}

/// Where the next number of the same kind may begin.
fn between(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let mark = BETWEEN.iter().find(|mark| rest.starts_with(**mark))?;
    Some(at + mark.len())
}

/// Whether a number that ends at a place is a part of a longer one, or a share.
fn goes_on(text: &str, end: usize) -> bool {
    let digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    match text.as_bytes().get(end) {
        Some(b'.' | b',') => digit(end + 1),
        Some(b'%') => true,
        _ => false,
    }
}

fn roman(text: &str) -> Option<u8> {
    let place = ROMAN.iter().position(|number| *number == text)?;
    u8::try_from(place + 1).ok()
}

fn han_digit(digit: char) -> Option<u8> {
    let place = HAN_DIGITS.iter().position(|known| *known == digit)?;
    u8::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests;
