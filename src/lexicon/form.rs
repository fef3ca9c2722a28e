//! What a printed form of a term is: its language, and whether it is an abbreviation.

use crate::text::{Language, Script};

/// The longest abbreviation, in characters.
const LONGEST_ABBREVIATION: usize = 12;

/// The language of a term by its script: Chinese as soon as one Han character is in it (`T细胞`).
pub fn language_of(form: &str) -> Language {
    if form.chars().any(|character| Script::of(character) == Script::Han) {
        Language::Zh
    } else {
        Language::En
    }
}

/// Whether a form has the shape of an abbreviation: `VEGF`, `bFGF`, `iPSCs`, `IL-6`, `BM-MNCs`, `COVID-19`, `T2DM`.
pub fn is_abbreviation(form: &str) -> bool {
    let length = form.chars().count();
    if !(2..=LONGEST_ABBREVIATION).contains(&length) || !form.starts_with(|first: char| first.is_alphabetic()) {
        return false;
    }
    let letter = |script| matches!(script, Script::Latin | Script::Greek);
    let allowed = form.chars().all(|character| {
        let script = Script::of(character);
        letter(script) || script == Script::Digit || matches!(character, '-' | '‐' | '‑' | '/' | '&')
    });
    let capitals = form.chars().filter(|character| character.is_uppercase()).count();
    let smalls = form.chars().filter(|character| character.is_lowercase()).count();
    let digits = form.chars().any(|character| character.is_ascii_digit());
    allowed
        && capitals >= 1
        && (capitals >= 2 || digits)
        && smalls <= capitals + 2
        && form.ends_with(char::is_alphanumeric)
}

/// An abbreviation without the small `s` of its plural: `MSCs` to `MSC`.
pub fn singular_abbreviation(abbreviation: &str) -> &str {
    match abbreviation.strip_suffix('s') {
        Some(singular) if singular.ends_with(|last: char| last.is_uppercase() || last.is_ascii_digit()) => singular,
        _ => abbreviation,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_told_by_shape() {
        for form in [
            "VEGF", "bFGF", "iPSCs", "IL-6", "BM-MNCs", "COVID-19", "T2DM", "G-CSF", "TNF-α", "AGEs", "miRNA", "mTOR",
        ] {
            assert!(is_abbreviation(form), "{form}");
        }
        for form in [
            "cell",
            "Cell",
            "stem cell",
            "III 期",
            "2020",
            "A",
            "n=20",
            "P<0.05",
            "Baltimore",
            "CD34-",
            "干细胞",
            "",
        ] {
            assert!(!is_abbreviation(form), "{form}");
        }
    }

    #[test]
    fn plural_abbreviations_lose_their_s() {
        assert_eq!(singular_abbreviation("MSCs"), "MSC");
        assert_eq!(singular_abbreviation("SARS"), "SARS");
    }

    #[test]
    fn one_han_character_makes_a_term_chinese() {
        assert_eq!(language_of("T细胞"), Language::Zh);
        assert_eq!(language_of("TNF-α"), Language::En);
    }
}
