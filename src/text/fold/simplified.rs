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
/// The first of the main block, which folding leaves alone but for their simplified forms.
const UNIFIED: u32 = 0x4E00;
/// Marks a table entry whose character depends on its phrase.
const DEPENDS: u32 = 1 << 31;
/// How often a run may be converted until nothing changes any more.
const ROUNDS: usize = 4;

/// The simplified form of each character of the main Han blocks; 0 where it has not been asked for.
static TABLE: [AtomicU32; (LAST - FIRST + 1) as usize] = [const { AtomicU32::new(0) }; (LAST - FIRST + 1) as usize];

/// The simplified form of one character, and whether it is only known from the phrase it stands in (the character is
/// then returned unchanged).
pub fn simplified_one(character: char) -> (char, bool) {
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

/// How many bytes at the start of a text are Han characters that are known to stay as they are.
pub fn unchanged(text: &str) -> usize {
    let stays = |character: char| {
        let code = u32::from(character);
        let slot = code.checked_sub(FIRST).and_then(|index| TABLE.get(index as usize));
        code >= UNIFIED && slot.is_some_and(|slot| slot.load(Ordering::Relaxed) == code)
    };
    // All of them are three bytes long.
    text.chars().take_while(|&character| stays(character)).count() * 3
}

/// A text in simplified characters, otherwise as it stands: as many characters as before.
pub fn simplify(text: &str) -> Cow<'_, str> {
    let mut by_phrase = false;
    let mut changed = false;
    for character in text.chars().filter(|&character| is_han(character)) {
        let (simple, depends) = simplified_one(character);
        changed |= simple != character;
        by_phrase |= depends;
    }
    if !changed && !by_phrase {
        return Cow::Borrowed(text);
    }
    let one = |character| {
        if is_han(character) {
            simplified_one(character).0
        } else {
            character
        }
    };
    let mut simple: String = text.chars().map(one).collect();
    if let Some(first) = first_by_phrase(&simple) {
        simplify_phrases(&mut simple, first);
    }
    Cow::Owned(simple)
}

/// Converts by phrase, in place, every Han run of `text` that has a character only known from its phrase; the first of
/// them stands at byte `from`. No character changes its length in bytes.
pub fn simplify_phrases(text: &mut String, from: usize) {
    let mut simplified = String::with_capacity(text.len());
    let mut next = Some(from);
    while let Some(found) = next {
        let (before, behind) = text.split_at(found);
        let start = before.char_indices().rev().take_while(|(_, c)| is_han(*c)).last();
        let start = start.map_or(found, |(at, _)| at);
        let end = behind.find(|c| !is_han(c)).map_or(text.len(), |length| found + length);
        simplified.push_str(text.get(simplified.len()..start).unwrap_or_default());
        push_run(text.get(start..end).unwrap_or_default(), &mut simplified);
        next = first_by_phrase(text.get(end..).unwrap_or_default()).map(|at| end + at);
    }
    simplified.push_str(text.get(simplified.len()..).unwrap_or_default());
    debug_assert_eq!(simplified.len(), text.len(), "spans rely on equal lengths");
    *text = simplified;
}

/// Where the first character stands whose simplified form depends on its phrase.
fn first_by_phrase(text: &str) -> Option<usize> {
    let depends = |character: char| matches!(character, '\u{4E00}'..='\u{9FFF}') && simplified_one(character).1;
    text.char_indices()
        .find(|(_, character)| depends(*character))
        .map(|(at, _)| at)
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
