//! Where the terms of the lexicon stand in a text.

use unicode_normalization::UnicodeNormalization;

use super::cedict::{Dictionary, LONGEST_PHRASE, Walk};
use super::expand::Lexicon;
use super::key::{english_key, simplified, singular_key, stem_key};
use super::table::TermTable;
use crate::text::{Script, Span};

/// The most units (Han characters, Latin words) a Chinese term is looked up with.
const LONGEST_TERM: usize = 16;

impl Lexicon {
    /// The terms that stand in `text`, longest first and none overlapping, returned in reading order.
    ///
    /// A term is Chinese of two characters or more, with Latin in it or not (`T细胞`), or one to five English words.
    pub fn terms_in(&self, text: &str) -> Vec<Span> {
        let tables: Vec<&TermTable> = self.tables().into_iter().filter(|table| !table.is_empty()).collect();
        let looked_up = Sources {
            tables: &tables,
            dictionaries: self.dictionaries(),
        };
        let mut candidates: Vec<(usize, Span)> = Vec::new();
        for run in runs(text) {
            for first in 0..run.units.len() {
                looked_up.terms_from(&run, first, &mut |span| {
                    candidates.push((span.of(text).chars().count(), span));
                });
            }
        }
        candidates.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut chosen: Vec<Span> = Vec::new();
        for (_, span) in candidates {
            if chosen.iter().all(|known| !known.overlaps(span)) {
                chosen.push(span);
            }
        }
        chosen.sort_unstable();
        chosen
    }
}

/// A Han character or a Latin word, with the keys it has alone.
struct Unit {
    span: Span,
    han: bool,
    /// Where its part of the Chinese key begins and ends.
    chinese: Span,
    english: Span,
    stem: Span,
}

/// Units that stand next to each other, with their keys in one piece: the key of any stretch is a slice.
#[derive(Default)]
struct Units {
    units: Vec<Unit>,
    chinese: String,
    english: String,
    stems: String,
}

impl Units {
    fn push(&mut self, span: Span, text: &str, han: Option<char>, hyphen: bool) {
        if hyphen {
            self.chinese.push('-');
        }
        let chinese = grown(&mut self.chinese, |keys| match han {
            Some(character) => keys.push(character),
            None => keys.extend(span.of(text).nfkc().flat_map(char::to_lowercase)),
        });
        let english = match han {
            Some(_) => String::new(),
            None => english_key(span.of(text)),
        };
        for keys in [&mut self.english, &mut self.stems] {
            if !keys.is_empty() {
                keys.push(' ');
            }
        }
        let stem = grown(&mut self.stems, |keys| {
            if !english.is_empty() {
                keys.push_str(&stem_key(&english));
            }
        });
        let english = grown(&mut self.english, |keys| keys.push_str(&english));
        self.units.push(Unit {
            span,
            han: han.is_some(),
            chinese,
            english,
            stem,
        });
    }
}

fn grown(keys: &mut String, add: impl FnOnce(&mut String)) -> Span {
    let start = keys.len();
    add(keys);
    Span::new(start, keys.len())
}

/// What terms are looked up in.
struct Sources<'a> {
    tables: &'a [&'a TermTable],
    dictionaries: [&'a Dictionary; 2],
}

impl Sources<'_> {
    /// Says every term that begins with the unit `first`.
    fn terms_from(&self, run: &Units, first: usize, found: &mut dyn FnMut(Span)) {
        let Some(begin) = run.units.get(first) else { return };
        let mut chinese = self.dictionaries.map(Dictionary::walk_chinese);
        let mut english = self.dictionaries.map(Dictionary::walk_english);
        let mut stems = self.dictionaries.map(Dictionary::walk_stems);
        let mut walked = Span::new(begin.chinese.start, begin.chinese.start);
        let mut has_han = false;
        for (count, unit) in (1..=LONGEST_TERM).zip(run.units.iter().skip(first)) {
            has_han |= unit.han;
            let span = Span::new(begin.span.start, unit.span.end);
            let key = Span::new(begin.chinese.start, unit.chinese.end).of(&run.chinese);
            feed(&mut chinese, Span::new(walked.end, unit.chinese.end).of(&run.chinese));
            walked = Span::new(walked.end, unit.chinese.end);
            let known = if has_han {
                count > 1 && (ended(&chinese) || self.tables.iter().any(|table| table.has_key(key)))
            } else if count <= LONGEST_PHRASE {
                let before = if count > 1 { " " } else { "" };
                feed(&mut english, before);
                feed(&mut stems, before);
                let word = unit.english.of(&run.english);
                let singular = singular_key(word);
                // Only the last word is looked up in the singular: the walk goes on with the word as written.
                let mut ending = english.clone();
                feed(&mut ending, &singular);
                feed(&mut english, word);
                feed(&mut stems, unit.stem.of(&run.stems));
                let key = Span::new(begin.english.start, unit.english.end).of(&run.english);
                let stem = Span::new(begin.stem.start, unit.stem.end).of(&run.stems);
                ended(&english)
                    || ended(&ending)
                    || ended(&stems)
                    || self.tables.iter().any(|table| table.has_english(key, stem))
            } else {
                // From here on only a Chinese character can make it a term.
                false
            };
            if known {
                found(span);
            }
        }
    }
}

fn feed(walks: &mut [Walk; 2], key: &str) {
    for walk in walks {
        walk.feed(key);
    }
}

fn ended(walks: &[Walk; 2]) -> bool {
    walks.iter().any(Walk::at_entry)
}

/// Cuts a text into runs of Han characters and Latin words (with their digits and final plus) that are joined by
/// nothing, one blank or one hyphen.
fn runs(text: &str) -> Vec<Units> {
    let simple = simplified(text);
    let mut runs: Vec<Units> = Vec::new();
    let mut word: Option<Span> = None;
    let mut end = 0;
    let mut add = |span: Span, han: Option<char>| {
        let gap = text.get(end..span.start).unwrap_or_default();
        let joined = end > 0 && matches!(gap, "" | " " | "-");
        end = span.end;
        if !joined {
            runs.push(Units::default());
        }
        if let Some(run) = runs.last_mut() {
            run.push(span, text, han, joined && gap == "-");
        }
    };
    for ((at, character), simple) in text.char_indices().zip(simple.chars()) {
        let end = at + character.len_utf8();
        let script = Script::of(character);
        let inside = matches!(
            script,
            Script::Latin | Script::Greek | Script::Digit | Script::OtherLetter
        ) || (word.is_some() && matches!(character, '+' | '\'' | '’'));
        if inside {
            let start = word.map_or(at, |word| word.start);
            word = Some(Span::new(start, end));
            continue;
        }
        if let Some(word) = word.take() {
            add(word, None);
        }
        if script == Script::Han {
            add(Span::new(at, end), Some(simple));
        }
    }
    if let Some(word) = word {
        add(word, None);
    }
    runs
}
