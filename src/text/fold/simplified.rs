//! Traditional characters into simplified ones, at the speed of a table look-up.
//!
//! OpenCC converts by phrases, but only a few characters depend on the phrase they stand in. All others are converted
//! one by one, through a table that fills itself; the conversion by phrases runs only where one of the few occurs.

use std::borrow::Cow;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

use crate::text::Script;

/// The characters whose simplified form depends on the phrase (瞭望 but 了解), from OpenCC's `TSPhrases`.
const BY_PHRASE: [char; 23] = [
    '么', '乾', '俱', '吒', '噁', '彷', '徵', '於', '昇', '沈', '濛', '牴', '畫', '瞭', '薹', '藉', '衹', '覆', '鉅',
    '鍊', '鍾', '麼', '麽',
];

const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;
/// Marks a table entry whose character depends on its phrase.
const DEPENDS: u32 = 1 << 31;
/// How often a run may be converted until nothing changes any more.
const ROUNDS: usize = 4;

/// The simplified form of each character of the main Han blocks; 0 where it has not been asked for.
static TABLE: [AtomicU32; (LAST - FIRST + 1) as usize] = [const { AtomicU32::new(0) }; (LAST - FIRST + 1) as usize];

/// The simplified form of one character, and whether it is only known from the phrase it stands in (the character is
/// then returned unchanged).
pub fn simplified(character: char) -> (char, bool) {
    let code = u32::from(character);
    let Some(slot) = code.checked_sub(FIRST).and_then(|index| TABLE.get(index as usize)) else {
        return (convert_one(character), false);
    };
    let mut entry = slot.load(Ordering::Relaxed);
    if entry == 0 {
        let depends = BY_PHRASE.contains(&character);
        entry = if depends {
            code | DEPENDS
        } else {
            u32::from(convert_one(character))
        };
        slot.store(entry, Ordering::Relaxed);
    }
    (
        char::from_u32(entry & !DEPENDS).unwrap_or(character),
        entry & DEPENDS != 0,
    )
}

/// A text in simplified characters, otherwise as it stands: as many characters as before.
pub fn simplify(text: &str) -> Cow<'_, str> {
    let mut by_phrase = false;
    let mut changed = false;
    for character in text.chars().filter(|&character| is_han(character)) {
        let (simple, depends) = simplified(character);
        changed |= simple != character;
        by_phrase |= depends;
    }
    if !changed && !by_phrase {
        return Cow::Borrowed(text);
    }
    let one = |character| {
        if is_han(character) {
            simplified(character).0
        } else {
            character
        }
    };
    let mut simple: String = text.chars().map(one).collect();
    if by_phrase {
        simplify_phrases(&mut simple);
    }
    Cow::Owned(simple)
}

/// Converts by phrase, in place, every Han run of `text` that has a character only known from its phrase. No character
/// changes its length in bytes.
pub fn simplify_phrases(text: &mut String) {
    let mut simplified = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let gap = rest.find(is_han).unwrap_or(rest.len());
        let (before, from_run) = rest.split_at(gap);
        let (run, after) = from_run.split_at(from_run.find(|c| !is_han(c)).unwrap_or(from_run.len()));
        simplified.push_str(before);
        if run.contains(BY_PHRASE) {
            push_run(run, &mut simplified);
        } else {
            simplified.push_str(run);
        }
        rest = after;
    }
    debug_assert_eq!(simplified.len(), text.len(), "spans rely on equal lengths");
    *text = simplified;
}

fn is_han(character: char) -> bool {
    Script::of(character) == Script::Han
}

fn push_run(run: &str, into: &mut String) {
    let mut run = run.to_owned();
    for _ in 0..ROUNDS {
        let by_phrase = converter()
            .map(|opencc| opencc.convert(&run))
            .unwrap_or_else(|| run.clone());
        let same_count = by_phrase.chars().count() == run.chars().count();
        let next: String = if same_count {
            run.chars()
                .zip(by_phrase.chars())
                .map(|(old, new)| same_length(old, new))
                .collect()
        } else {
            run.chars().map(convert_one).collect()
        };
        if next == run {
            break;
        }
        run = next;
    }
    into.push_str(&run);
}

fn same_length(old: char, new: char) -> char {
    if old.len_utf8() == new.len_utf8() {
        new
    } else {
        Some(convert_one(old))
            .filter(|c| c.len_utf8() == old.len_utf8())
            .unwrap_or(old)
    }
}

/// Converts a character without regard to phrases, as far as the conversion leads.
fn convert_one(character: char) -> char {
    let mut current = character;
    for _ in 0..ROUNDS {
        let mut buffer = [0; 4];
        let converted = converter().map(|opencc| opencc.convert(current.encode_utf8(&mut buffer)));
        let next = converted
            .as_deref()
            .and_then(|text| text.chars().next())
            .unwrap_or(current);
        if next == current {
            break;
        }
        current = next;
    }
    current
}

/// The converter; absent only if its built-in dictionary could not be read.
fn converter() -> Option<&'static OpenCC> {
    static CONVERTER: OnceLock<Option<OpenCC>> = OnceLock::new();
    CONVERTER
        .get_or_init(|| OpenCC::from_config(BuiltinConfig::T2s).ok())
        .as_ref()
}
