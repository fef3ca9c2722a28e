//! A printed entry with its characters folded in width, so that one grammar reads half- and full-width punctuation.

/// A stretch of an entry, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

/// An entry in one line, with a folded form of every character and the brackets around it counted.
#[derive(Debug)]
pub(super) struct Printed {
    text: String,
    folded: Vec<char>,
    bytes: Vec<usize>,
    bracketed: Vec<bool>,
}

impl Printed {
    /// Folds white space in `raw` and the width of its characters.
    pub fn new(raw: &str) -> Self {
        let mut text = String::with_capacity(raw.len());
        for word in raw.split_whitespace() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        let folded: Vec<char> = text.chars().map(fold).collect();
        let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        bytes.push(text.len());
        let bracketed = bracketed(&folded);
        Self {
            text,
            folded,
            bytes,
            bracketed,
        }
    }

    /// The entry with its white space folded.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The whole entry.
    pub fn all(&self) -> Part {
        Part {
            start: 0,
            end: self.folded.len(),
        }
    }

    /// The folded character at `at`; NUL outside the entry.
    pub fn at(&self, at: usize) -> char {
        self.folded.get(at).copied().unwrap_or('\0')
    }

    /// The folded character before `at`; NUL at the start.
    pub fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or('\0', |place| self.at(place))
    }

    /// Whether the character stands inside a matched pair of brackets or quotation marks.
    pub fn in_brackets(&self, at: usize) -> bool {
        self.bracketed.get(at).copied().unwrap_or(false)
    }

    /// What is printed there.
    pub fn slice(&self, part: Part) -> &str {
        let (Some(&start), Some(&end)) = (self.bytes.get(part.start), self.bytes.get(part.end)) else {
            return "";
        };
        self.text.get(start..end).unwrap_or_default()
    }

    /// The folded form of a part.
    pub fn folded(&self, part: Part) -> String {
        self.folded.get(part.start..part.end).unwrap_or_default().iter().collect()
    }

    /// The part without spaces and separators at its ends; a dot at the end goes too.
    pub fn trim(&self, part: Part) -> Part {
        let Part { mut start, mut end } = part;
        while start < end && matches!(self.at(start), ' ' | ',' | ';' | ':' | '.' | '、') {
            start += 1;
        }
        while start < end && matches!(self.before(end), ' ' | ',' | ';' | ':' | '.' | '、') {
            end -= 1;
        }
        Part { start, end }
    }

    /// What is printed there, trimmed; `None` where nothing is left.
    pub fn field(&self, part: Part) -> Option<String> {
        let text = self.slice(self.trim(part));
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The first place in `part`, outside brackets, where `wanted` holds.
    pub fn find(&self, part: Part, wanted: impl Fn(char) -> bool) -> Option<usize> {
        (part.start..part.end).find(|&at| !self.in_brackets(at) && wanted(self.at(at)))
    }

    /// Whether the folded text at `at` begins with `word`, in any case.
    pub fn is_at(&self, at: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(place, letter)| self.at(at + place).eq_ignore_ascii_case(&letter))
    }

    /// The four digits at `at` as a year, where no digit follows.
    pub fn year(&self, at: usize) -> Option<u16> {
        let mut year = 0u16;
        for place in at..at + 4 {
            year = year * 10 + self.at(place).to_digit(10)? as u16;
        }
        let alone = !self.at(at + 4).is_ascii_digit() && !self.before(at).is_ascii_digit();
        (alone && (1400..=2100).contains(&year)).then_some(year)
    }

    /// Whether a sentence ends with the character at `at`: a dot before a space or beside Han, a `?` or `!` likewise.
    pub fn ends_sentence(&self, at: usize) -> bool {
        if self.in_brackets(at) {
            return false;
        }
        let (before, next) = (self.before(at), self.at(at + 1));
        match self.at(at) {
            '.' => {
                let capitalised = next.is_uppercase() && self.at(at + 2).is_lowercase() && self.at(at + 3).is_lowercase();
                matches!(next, ' ' | '\0')
                    || is_han(next)
                    || is_han(before)
                    || (capitalised && before.is_alphabetic())
                    || (matches!(before, ')' | ']') && next.is_alphabetic())
            }
            '?' | '!' => next == ' ' || is_han(next),
            _ => false,
        }
    }

    /// The sentences of a part; a closing dot is left out, a `?` or `!` kept.
    pub fn sentences(&self, part: Part) -> Vec<Part> {
        let mut found = Vec::new();
        let mut start = part.start;
        for at in part.start..part.end {
            if self.ends_sentence(at) {
                let end = if self.at(at) == '.' { at } else { at + 1 };
                self.push_filled(&mut found, Part { start, end });
                start = at + 1;
            }
        }
        self.push_filled(&mut found, Part { start, end: part.end });
        found
    }

    fn push_filled(&self, found: &mut Vec<Part>, part: Part) {
        let Part { mut start, mut end } = part;
        while start < end && self.at(start) == ' ' {
            start += 1;
        }
        while start < end && self.before(end) == ' ' {
            end -= 1;
        }
        if start < end {
            found.push(Part { start, end });
        }
    }
}

/// Whether a character is Han, as this grammar needs it: any ideograph.
pub(super) fn is_han(character: char) -> bool {
    crate::text::Script::of(character) == crate::text::Script::Han
}

/// One character for one character, so that places stay the same.
fn fold(character: char) -> char {
    match character {
        '。' | '｡' => '.',
        '【' | '〔' => '[',
        '】' | '〕' => ']',
        '’' => '\'',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
        _ => character,
    }
}

/// For every character whether it stands inside a matched pair; an unmatched bracket closes nothing.
fn bracketed(folded: &[char]) -> Vec<bool> {
    let mut change = vec![0i32; folded.len() + 1];
    let mut open: Vec<(char, usize)> = Vec::new();
    for (at, &character) in folded.iter().enumerate() {
        let closes = match character {
            '(' => Some(')'),
            '[' => Some(']'),
            '《' => Some('》'),
            '“' => Some('”'),
            _ => None,
        };
        if let Some(closer) = closes {
            open.push((closer, at));
        } else if matches!(character, ')' | ']' | '》' | '”') {
            // A bracket that was never closed must not swallow the ones around it.
            while let Some((closer, start)) = open.pop() {
                if closer == character {
                    if let Some(step) = change.get_mut(start + 1) {
                        *step += 1;
                    }
                    if let Some(step) = change.get_mut(at) {
                        *step -= 1;
                    }
                    break;
                }
            }
        }
    }
    let mut depth = 0;
    change
        .iter()
        .take(folded.len())
        .map(|step| {
            depth += step;
            depth > 0
        })
        .collect()
}
