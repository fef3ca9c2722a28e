//! Tells a citation marker from other bracketed text and writes its numbers out.

/// The most numbers one marker may name.
const MOST: usize = 200;

/// The largest number a reference can bear.
const LARGEST: u32 = 9999;

/// The numbers that the inside of a marker names (`2,5-7`), or nothing where it is no citation.
pub fn numbers(inside: &str) -> Option<Vec<u32>> {
    let mut found: Vec<u32> = Vec::new();
    for item in inside.split([',', '，', '、', ';', '；']) {
        let mut ends = item
            .split(['-', '–', '—', '‑', '‐', '−', '~', '～', '－', '〜'])
            .map(str::trim);
        let first = number(ends.next()?)?;
        let last = match ends.next() {
            Some(last) => number(last)?,
            None => first,
        };
        if ends.next().is_some() || last < first || (last - first) as usize >= MOST {
            return None;
        }
        found.extend(first..=last);
        if found.len() > MOST {
            return None;
        }
    }
    Some(found)
}

/// The numbers of a whole printed marker with its brackets: `[4-7]`, `［3～5］`, `[1]-[3]`, `[1][2]`, `[1],[2]`.
pub fn marker_numbers(printed: &str) -> Option<Vec<u32>> {
    let printed = printed.trim();
    if !printed.starts_with(['[', '［', '〔']) || !printed.ends_with([']', '］', '〕']) {
        return None;
    }
    let mut inside = String::with_capacity(printed.len());
    let mut closed = false;
    let mut depth = 0u8;
    for character in printed.chars() {
        match character {
            '[' | '［' | '〔' => {
                if depth > 0 {
                    return None;
                }
                depth = 1;
                if closed && inside.ends_with(|last: char| last.is_numeric()) {
                    inside.push(',');
                }
            }
            ']' | '］' | '〕' => {
                if depth == 0 {
                    return None;
                }
                depth = 0;
                closed = true;
            }
            _ if depth == 0 && character.is_whitespace() => {}
            _ => inside.push(character),
        }
    }
    numbers(&inside)
}

/// Whether a mark behind a text is a word of its sentence, which would break without it: `as shown in [2] and [6]`, `文献[3]`.
pub fn is_said(text: &str) -> bool {
    const SAID_BEHIND: [&str; 18] = [
        "in",
        "by",
        "of",
        "see",
        "from",
        "with",
        "to",
        "than",
        "ref.",
        "refs.",
        "ref",
        "refs",
        "reference",
        "references",
        "also",
        "both",
        "like",
        "following",
    ];
    if ["文献", "参见", "详见"].iter().any(|word| text.ends_with(word)) {
        return true;
    }
    let word = text
        .rsplit([' ', '(', '['])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let joined = ["and", "or"].contains(&word.as_str());
    let before = text.get(..text.len().saturating_sub(word.len())).unwrap_or_default();
    SAID_BEHIND.contains(&word.as_str()) || (joined && before.trim_end().ends_with([']', '］']))
}

fn number(text: &str) -> Option<u32> {
    let mut value = 0u32;
    if text.is_empty() || text.chars().count() > 4 {
        return None;
    }
    for character in text.chars() {
        let digit = match character {
            '０'..='９' => character as u32 - '０' as u32,
            _ => character.to_digit(10)?,
        };
        value = value * 10 + digit;
    }
    (1..=LARGEST).contains(&value).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::{marker_numbers, numbers};

    #[test]
    fn writes_lists_and_ranges_out() {
        assert_eq!(numbers("4-7"), Some(vec![4, 5, 6, 7]));
        assert_eq!(numbers("2,5–7"), Some(vec![2, 5, 6, 7]));
        assert_eq!(marker_numbers("［3～5］"), Some(vec![3, 4, 5]));
        assert_eq!(marker_numbers("[3，5]"), Some(vec![3, 5]));
        assert_eq!(marker_numbers("[1]-[3]"), Some(vec![1, 2, 3]));
        assert_eq!(marker_numbers("[1][2]"), Some(vec![1, 2]));
    }

    #[test]
    fn refuses_what_is_no_citation() {
        for other in ["", "+", "J", "0", "7-4", "1-300", "1-2-3", "1,", "99999", "-", "0.5"] {
            assert_eq!(numbers(other), None, "{other}");
        }
        assert_eq!(marker_numbers("4-7"), None);
        assert_eq!(marker_numbers("[[1]]"), None);
    }
}
