//! The writing system of a character: seen, not guessed.

/// The writing system a character belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Script {
    /// Chinese characters, with the iteration mark and ideographic zero.
    Han,
    /// Latin letters, with diacritics.
    Latin,
    /// Greek letters.
    Greek,
    /// Decimal digits.
    Digit,
    /// Letters of any other script (kana, Hangul, Cyrillic, ...).
    OtherLetter,
    /// White space.
    Space,
    /// Punctuation, symbols and everything else.
    Symbol,
}

impl Script {
    /// The script of one character.
    pub fn of(character: char) -> Self {
        match character {
            '0'..='9' | '０'..='９' => Self::Digit,
            'a'..='z' | 'A'..='Z' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' => Self::Latin,
            '\u{00C0}'..='\u{024F}' if !matches!(character, '×' | '÷') => Self::Latin,
            '\u{1E00}'..='\u{1EFF}' => Self::Latin,
            '\u{0370}'..='\u{03FF}' | '\u{1F00}'..='\u{1FFF}' => Self::Greek,
            '々' | '〇' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => {
                Self::Han
            }
            _ if character.is_whitespace() => Self::Space,
            _ if character.is_numeric() && character.is_ascii_digit() => Self::Digit,
            _ if character.is_alphabetic() => Self::OtherLetter,
            _ => Self::Symbol,
        }
    }
}
