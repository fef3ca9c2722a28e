//! The English words an abbreviation stands for, found before its parenthesis.
//!
//! After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text"
//! (Pacific Symposium on Biocomputing 2003), with a preference for initials and stricter checks.

use super::form::singular_abbreviation;
use super::stop_words::stop_weight;
use crate::text::Language;

/// The most words a long form may have.
const MOST_WORDS: usize = 10;

/// The end of `before` that `abbreviation` is short for.
pub fn long_form(before: &str, abbreviation: &str) -> Option<String> {
    let short = letters(singular_abbreviation(abbreviation));
    // Nothing reaches back over the end of a clause.
    let clause = before
        .rsplit([',', ';', ':', '(', ')', '[', ']', '，', '。', '；', '：', '、'])
        .next()?;
    let clause = clause.rsplit(". ").next()?.trim();
    let words: Vec<&str> = clause.split_whitespace().collect();
    let most = (short.len() + 5).min(short.len() * 2).min(MOST_WORDS);
    let words = words.get(words.len().saturating_sub(most)..)?;
    let begin = by_initials(words, &short).or_else(|| by_letters(words, &short))?;
    let form = words.get(begin..)?;
    explains(form, &short, abbreviation).then(|| form.join(" "))
}

/// Whether `form`, printed beside `abbreviation` in one parenthesis, is its long form.
pub fn is_long_form(form: &str, abbreviation: &str) -> bool {
    let words: Vec<&str> = form.split_whitespace().collect();
    let short = letters(singular_abbreviation(abbreviation));
    let begins = by_initials(&words, &short).or_else(|| by_letters(&words, &short)) == Some(0);
    begins && explains(&words, &short, abbreviation)
}

fn letters(text: &str) -> Vec<char> {
    text.chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Where the last words begin whose initials, hyphenated parts counted, are exactly the abbreviation; little words may
/// be passed over.
fn by_initials(words: &[&str], short: &[char]) -> Option<usize> {
    let mut wanted = short.iter().rev().peekable();
    for (place, word) in words.iter().enumerate().rev() {
        let initials: Vec<char> = word
            .split(['-', '‐', '/'])
            .filter_map(|part| part.chars().next())
            .flat_map(char::to_lowercase)
            .collect();
        let matches = initials
            .iter()
            .rev()
            .all(|initial| wanted.next_if(|letter| *letter == initial).is_some());
        if !matches && stop_weight(word, Language::En) == 1.0 {
            return None;
        }
        if wanted.peek().is_none() {
            return matches.then_some(place);
        }
    }
    None
}

/// The rule of Schwartz and Hearst: every letter in order, from the right, the first one at the beginning of a word.
fn by_letters(words: &[&str], short: &[char]) -> Option<usize> {
    let mut left = short.len();
    for (place, word) in words.iter().enumerate().rev() {
        let characters: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
        for (at, character) in characters.iter().enumerate().rev() {
            let wanted = short.get(left.checked_sub(1)?)?;
            let starts = at == 0
                || characters
                    .get(at - 1)
                    .is_some_and(|before| matches!(before, '-' | '‐' | '/'));
            if character == wanted && (left > 1 || starts) {
                left -= 1;
                if left == 0 {
                    return (at == 0).then_some(place);
                }
            }
        }
    }
    None
}

fn explains(form: &[&str], short: &[char], abbreviation: &str) -> bool {
    let length: usize = form.iter().map(|word| word.chars().count()).sum();
    let Some(first) = form.first() else { return false };
    // As many words as a reader would expect for so many letters, none of them the abbreviation itself.
    let many = form.len() <= short.len() + 3;
    let latin = form
        .iter()
        .all(|word| word.chars().all(|c| !('\u{3400}'..='\u{9FFF}').contains(&c)));
    let itself = form.iter().any(|word| word.eq_ignore_ascii_case(abbreviation));
    let whole = form.len() > 1 || length >= short.len() + 3;
    short.len() >= 2
        && many
        && latin
        && whole
        && !itself
        && length > short.len() + 1
        && stop_weight(first, Language::En) == 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_forms_are_found_before_their_abbreviation() {
        for (before, short, expected) in [
            ("We studied diabetic foot ulcer", "DFU", "diabetic foot ulcer"),
            ("involving mesenchymal stem cells", "MSCs", "mesenchymal stem cells"),
            (
                "such as bone marrow mononuclear cells",
                "BM-MNCs",
                "bone marrow mononuclear cells",
            ),
            ("the quality of life", "QoL", "quality of life"),
            ("levels of interleukin-6", "IL-6", "interleukin-6"),
            ("a convolutional neural network", "CNN", "convolutional neural network"),
            ("using magnetic resonance imaging", "MRI", "magnetic resonance imaging"),
        ] {
            let found = long_form(before, short);
            assert_eq!(found.as_deref(), Some(expected), "{before}");
        }
    }

    #[test]
    fn what_the_letters_do_not_spell_is_refused() {
        for (before, short) in [
            ("in the city of Boston", "USA"),
            ("the first group", "SPSS"),
            ("cells", "MSCs"),
            ("", "DFU"),
            ("see above", "SA"),
        ] {
            assert_eq!(long_form(before, short), None, "{before} ({short})");
        }
    }

    #[test]
    fn a_form_beside_its_abbreviation_is_checked() {
        assert!(is_long_form("platelet-rich plasma", "PRP"));
        assert!(is_long_form("granulocyte colony-stimulating factor", "G-CSF"));
        assert!(!is_long_form("Sigma Aldrich", "USA"));
    }
}
