//! The folded form of one character, whatever its neighbours.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// What becomes of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    /// One character, possibly the same.
    One(char),
    /// Several characters: ask [`expand`].
    Many,
    /// Nothing; the character belongs to the one before it (a combining mark).
    Joined,
    /// Nothing; the character is invisible (zero width, soft hyphen).
    Dropped,
}

/// Folds one character that is neither ASCII nor in the main Han block.
pub fn fold_character(character: char) -> Fold {
    if let Some(simple) = simple(character) {
        return simple;
    }
    let mut only = character;
    let mut count = 0;
    expand(character, |c| {
        only = c;
        count += 1;
    });
    match count {
        0 => Fold::Dropped,
        1 => Fold::One(only),
        _ => Fold::Many,
    }
}

/// Characters whose fold is a choice of ours, and the frequent ones.
fn simple(character: char) -> Option<Fold> {
    Some(match character {
        // White space, but for line ends, is one kind.
        '\n' | '\r' | '\t' => Fold::One(character),
        '｀' => Fold::One('\''),
        '\u{FF01}'..='\u{FF5E}' => {
            let ascii = u32::from(character) - 0xFEE0;
            Fold::One(char::from_u32(ascii).unwrap_or(character).to_ascii_lowercase())
        }
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '⁻' | '₋' | '﹣' | '﹘' => Fold::One('-'),
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '〝' | '〞' => Fold::One('"'),
        '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' | 'ʼ' | 'ʹ' => Fold::One('\''),
        '·' | '•' | '・' | '･' | '‧' | '∙' | '⋅' => Fold::One('·'),
        '⁄' | '∕' => Fold::One('/'),
        'ı' => Fold::One('i'),
        'ø' | 'Ø' => Fold::One('o'),
        'đ' | 'Đ' | 'ð' | 'Ð' => Fold::One('d'),
        'ł' | 'Ł' => Fold::One('l'),
        'ħ' | 'Ħ' => Fold::One('h'),
        'ŧ' | 'Ŧ' => Fold::One('t'),
        'ς' => Fold::One('σ'),
        'ß' | 'ẞ' | 'æ' | 'Æ' | 'œ' | 'Œ' | 'þ' | 'Þ' => Fold::Many,
        '\u{300}'..='\u{36F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => Fold::Joined,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' => {
            Fold::Dropped
        }
        '、' | '。' | '《' | '》' | '【' | '】' | '「' | '」' | '…' => Fold::One(character),
        _ if character.is_whitespace() => Fold::One(' '),
        _ => return None,
    })
}

/// Hands the characters of a fold to `sink`, in order.
pub fn expand(character: char, mut sink: impl FnMut(char)) {
    refold(character, 3, &mut sink);
}

/// A compatibility form may decompose into something that itself has a fold; `depth` bounds that.
fn refold(character: char, depth: u8, sink: &mut dyn FnMut(char)) {
    match character {
        'ß' | 'ẞ' => return "ss".chars().for_each(sink),
        'æ' | 'Æ' => return "ae".chars().for_each(sink),
        'œ' | 'Œ' => return "oe".chars().for_each(sink),
        'þ' | 'Þ' => return "th".chars().for_each(sink),
        _ => {}
    }
    match simple(character) {
        Some(Fold::One(c)) => return sink(c),
        Some(Fold::Joined | Fold::Dropped) => return,
        _ => {}
    }
    let mut parts = Vec::new();
    decompose_compatible(character, |c| parts.push(c));
    for c in &mut parts {
        // The grave accent has a canonical twin.
        if *c == '`' {
            *c = '\'';
        }
    }
    // Accents go; marks that make another letter (kana, Indic, Hebrew points) are put together again.
    let accented = parts.len() > 1 && parts.first().is_some_and(|c| !is_combining_mark(*c));
    if accented {
        parts.retain(|c| !matches!(c, '\u{300}'..='\u{36F}'));
    }
    let lower: Vec<char> = parts.into_iter().nfc().flat_map(char::to_lowercase).collect();
    for c in lower {
        if c == character || depth == 0 {
            sink(c);
        } else if c.is_ascii() {
            sink(c.to_ascii_lowercase());
        } else {
            refold(c, depth - 1, sink);
        }
    }
}
