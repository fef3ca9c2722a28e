//! The estimate of tokens held against two real vocabularies.

use std::fs;
use std::path::{Path, PathBuf};

use tiktoken_rs::{CoreBPE, cl100k_base, o200k_base};

use super::{Vocabulary, tokens};

/// The error allowed on a text, and on all texts of a language together.
const ALLOWED: f64 = 0.15;

fn vocabularies() -> [(Vocabulary, CoreBPE); 2] {
    [
        (Vocabulary::O200k, o200k_base().unwrap()),
        (Vocabulary::Cl100k, cl100k_base().unwrap()),
    ]
}

fn text_files(folder: &Path, prefix: &str) -> Vec<(PathBuf, String)> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(prefix))
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .collect()
}

/// How far the estimate is off, as a part of the true count.
fn error(text: &str, vocabulary: Vocabulary, real: &CoreBPE) -> f64 {
    let counted = real.encode_ordinary(text).len() as f64;
    tokens(text, vocabulary) as f64 / counted - 1.0
}

#[test]
fn the_estimate_is_within_15_percent_of_real_vocabularies_in_both_languages() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let texts = root.join("src/cite/tests/texts");
    for (vocabulary, real) in vocabularies() {
        for language in ["zh", "en"] {
            let files = text_files(&texts, language);
            assert!(files.len() >= 5, "{language}");
            let mut all = String::new();
            for (path, text) in files {
                let off = error(&text, vocabulary, &real);
                assert!(off.abs() < ALLOWED, "{vocabulary:?} {}: {off:+.3}", path.display());
                all.push_str(&text);
            }
            let off = error(&all, vocabulary, &real);
            assert!(off.abs() < ALLOWED / 2.0, "{vocabulary:?} {language}: {off:+.3}");
        }
        for (path, text) in text_files(&root.join("corpus"), "") {
            let off = error(&text, vocabulary, &real);
            assert!(off.abs() < ALLOWED, "{vocabulary:?} {}: {off:+.3}", path.display());
        }
    }
}

#[test]
fn a_count_follows_the_stated_rule() {
    let count = |text: &str| tokens(text, Vocabulary::O200k);
    assert_eq!(count(""), 0);
    // 3 words; "discovery" has 3 letters beyond the sixth: 3.36, rounded up.
    assert_eq!(count("a new discovery"), 4);
    // 5 Han characters at 0.82 and a full stop at 0.5: 4.6.
    assert_eq!(count("细胞外基质。"), 5);
    // 2 traditional characters at 1.3: 2.6.
    assert_eq!(count("細經"), 3);
    // 4 digits are two groups, and space stands before them: 2.6 beside the 0.82 of 于.
    assert_eq!(count("于 2018"), 4);
    // DNA: 1 and two letters at 0.3.
    assert_eq!(count("DNA"), 2);
    assert_eq!(count(&"字".repeat(1000)), 820);
    assert_eq!(tokens(&"字".repeat(1000), Vocabulary::Cl100k), 1280);
}
