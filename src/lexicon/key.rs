//! The forms under which the lexicon keeps its terms: one per language, so that variants of a term meet.

use std::borrow::Cow;
use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

use super::plural::irregular_singular;
use crate::text::{Language, Script, simplify};

static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::new(Algorithm::English));

/// The form under which a term in `language` is kept.
pub fn key(term: &str, language: Language) -> String {
    match language {
        Language::Zh => chinese_key(term),
        Language::En => english_key(term),
    }
}

/// A Chinese term in simplified characters, half width, lower case, without white space and end punctuation.
pub fn chinese_key(term: &str) -> String {
    if term
        .chars()
        .all(|character| matches!(character, '\u{4E00}'..='\u{9FFF}'))
    {
        return simplified(term);
    }
    let half: String = term.nfkc().filter(|character| !character.is_whitespace()).collect();
    let half = half.to_lowercase();
    let trimmed = half.trim_matches(|character: char| Script::of(character) == Script::Symbol && character != '+');
    simplified(trimmed)
}

/// A text in simplified characters, otherwise as it stands.
pub fn simplified(text: &str) -> String {
    simplify(text).into_owned()
}

/// An English term in lower case: diacritics, possessive `'s` and punctuation gone, hyphens as blanks, Greek letters
/// by name, a final `+` kept (`CD34+`).
pub fn english_key(term: &str) -> String {
    let mut plain = Cow::Borrowed(term);
    for (printed, meant) in [("’", "'"), ("'s ", " ")] {
        if plain.contains(printed) {
            plain = Cow::Owned(plain.replace(printed, meant));
        }
    }
    let plain = plain.strip_suffix("'s").unwrap_or(&plain);
    let mut key = String::with_capacity(plain.len());
    if plain.is_ascii() {
        plain.chars().for_each(|character| add_to_key(&mut key, character));
    } else {
        plain.nfkd().for_each(|character| add_to_key(&mut key, character));
    }
    key.truncate(key.trim_end().len());
    key
}

/// Adds a character, taken apart from its diacritics, to the key of an English term.
fn add_to_key(key: &mut String, character: char) {
    match character {
        'a'..='z' | '0'..='9' => key.push(character),
        '\'' | '\u{0300}'..='\u{036F}' => {}
        '+' if key.ends_with(|last: char| last.is_alphanumeric()) => key.push('+'),
        _ => match greek_name(character) {
            Some(name) => key.push_str(name),
            None if character.is_alphanumeric() => key.extend(character.to_lowercase()),
            None if !key.is_empty() && !key.ends_with(' ') => key.push(' '),
            None => {}
        },
    }
}

/// An English key whose last word is in the singular: `cells` to `cell`, `therapies` to `therapy`, `mice` to `mouse`.
///
/// Words that only look like plurals (`virus`, `sepsis`, `mass`) stay.
pub fn singular_key(english_key: &str) -> Cow<'_, str> {
    let word = english_key.rsplit(' ').next().unwrap_or(english_key);
    let kept = |ending: usize, new: &str| {
        let whole = english_key.get(..english_key.len() - ending).unwrap_or(english_key);
        Cow::Owned(format!("{whole}{new}"))
    };
    if let Some(singular) = irregular_singular(word) {
        return kept(word.len(), singular);
    }
    if word.len() < 4 || !word.ends_with('s') || ["ss", "us", "is", "as", "os"].iter().any(|end| word.ends_with(end)) {
        return Cow::Borrowed(english_key);
    }
    if word.len() > 4 && word.ends_with("ies") {
        return kept(3, "y");
    }
    if ["sses", "xes", "ches", "shes", "uses"]
        .iter()
        .any(|end| word.ends_with(end))
    {
        return kept(2, "");
    }
    kept(1, "")
}

/// The other spellings of the key of an abbreviation with blanks where the form has hyphens or none: `pd 1` and `pd1`,
/// `uc mscs` and `ucmscs`. A key of letters alone is not taken apart.
pub fn spellings(english_key: &str) -> Vec<String> {
    let squeezed = english_key.replace(' ', "");
    let mut apart = String::with_capacity(squeezed.len() + 2);
    let mut before: Option<char> = None;
    for character in squeezed.chars() {
        let digit = |c: char| c.is_ascii_digit();
        if before.is_some_and(|before| digit(before) != digit(character) && character != '+') {
            apart.push(' ');
        }
        apart.push(character);
        before = Some(character);
    }
    let mut found = vec![squeezed, apart];
    found.dedup();
    found.retain(|spelling| spelling != english_key);
    found
}

/// An English key with every word stemmed, British spelling first brought to the American one.
pub fn stem_key(english_key: &str) -> String {
    let mut stems = String::with_capacity(english_key.len());
    for word in english_key.split(' ') {
        if !stems.is_empty() {
            stems.push(' ');
        }
        stems.push_str(&STEMMER.stem(&american(word)));
    }
    stems
}

/// The American spelling of a word, near enough for both spellings to meet: `haemoglobin`, `tumour`, `randomised`.
fn american(word: &str) -> Cow<'_, str> {
    const ENDINGS: [(&str, &str); 12] = [
        ("ae", "e"),
        ("oe", "e"),
        ("isation", "ization"),
        ("ising", "izing"),
        ("ised", "ized"),
        ("yse", "yze"),
        ("lling", "ling"),
        ("lled", "led"),
        ("our", "or"),
        ("ogue", "og"),
        ("fibre", "fiber"),
        ("litre", "liter"),
    ];
    let mut spelt = Cow::Borrowed(word);
    if word.len() >= 5 {
        for (british, american) in ENDINGS {
            if spelt.contains(british) {
                spelt = Cow::Owned(spelt.replace(british, american));
            }
        }
    }
    spelt
}

fn greek_name(character: char) -> Option<&'static str> {
    Some(match character {
        'α' | 'Α' => "alpha",
        'β' | 'Β' => "beta",
        'γ' | 'Γ' => "gamma",
        'δ' | 'Δ' => "delta",
        'ε' | 'Ε' => "epsilon",
        'ζ' | 'Ζ' => "zeta",
        'η' | 'Η' => "eta",
        'θ' | 'Θ' => "theta",
        'κ' | 'Κ' => "kappa",
        'λ' | 'Λ' => "lambda",
        'μ' | 'Μ' => "mu",
        'π' | 'Π' => "pi",
        'ρ' | 'Ρ' => "rho",
        'σ' | 'Σ' | 'ς' => "sigma",
        'τ' | 'Τ' => "tau",
        'φ' | 'Φ' => "phi",
        'χ' | 'Χ' => "chi",
        'ψ' | 'Ψ' => "psi",
        'ω' | 'Ω' => "omega",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_variants_meet() {
        assert_eq!(chinese_key("幹 細胞"), "干细胞");
        assert_eq!(chinese_key("Ｔ細胞，"), "t细胞");
        assert_eq!(chinese_key("显著"), "显著");
    }

    #[test]
    fn english_variants_meet() {
        assert_eq!(english_key("  Alzheimer’s Disease. "), "alzheimer disease");
        assert_eq!(english_key("UC-MSCs"), "uc mscs");
        assert_eq!(english_key("TNF-α"), "tnf alpha");
        assert_eq!(english_key("CD34+ cells"), "cd34+ cells");
        assert_eq!(english_key("Sjögren"), "sjogren");
    }

    #[test]
    fn an_abbreviation_is_spelt_with_and_without_blanks() {
        assert_eq!(spellings("pd 1"), ["pd1"]);
        assert_eq!(spellings("pd1"), ["pd 1"]);
        assert_eq!(spellings("uc mscs"), ["ucmscs"]);
        assert_eq!(spellings("il 2r"), ["il2r", "il 2 r"]);
        assert!(spellings("vegf").is_empty());
    }

    #[test]
    fn plain_plurals_lose_their_ending_and_others_stay() {
        for (plural, singular) in [
            ("stem cells", "stem cell"),
            ("therapies", "therapy"),
            ("viruses", "virus"),
            ("virus", "virus"),
            ("sepsis", "sepsis"),
            ("biomass", "biomass"),
            ("mscs", "msc"),
            ("boxes", "box"),
            ("nude mice", "nude mouse"),
            ("meta analyses", "meta analysis"),
        ] {
            assert_eq!(singular_key(plural), singular);
        }
    }

    #[test]
    fn both_spellings_have_one_stem() {
        assert_eq!(stem_key("haemoglobin"), stem_key("hemoglobin"));
        assert_eq!(stem_key("tumours"), stem_key("tumor"));
        assert_eq!(stem_key("randomised trials"), stem_key("randomized trial"));
        assert_eq!(stem_key("therapies"), stem_key("therapy"));
    }
}
