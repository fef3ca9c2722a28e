use super::{in_arabic_digits, is_numbered, numbered_names};
use crate::analysis::{Analyzer, Mode};

fn words(text: &str, mode: Mode) -> Vec<String> {
    let mut found = Vec::new();
    Analyzer::default().words(text, mode, |token| found.push(token.term.to_owned()));
    found
}

fn grams(text: &str, mode: Mode) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    Analyzer::default().grams(text, mode, |token| {
        found.push((token.term.to_owned(), token.span.of(text)))
    });
    found
}

#[test]
fn one_kind_is_one_term_in_any_digits() {
    for spelling in ["2型", "2 型", "II型", "Ⅱ型", "Ⅱ 型", "２型", "二型"] {
        let text = format!("{spelling}糖尿病");
        for mode in [Mode::Index, Mode::Query] {
            assert!(
                words(&text, mode).contains(&"2型".to_owned()),
                "{text}: {:?}",
                words(&text, mode)
            );
            assert!(
                grams(&text, mode).contains(&("2型".to_owned(), spelling)),
                "{text}: {:?}",
                grams(&text, mode)
            );
        }
    }
    for spelling in [
        "type 2", "Type II", "type ii", "type-2", "Type-II", "TYPE Ⅱ", "types 2", "type\n2",
    ] {
        let text = format!("{spelling} diabetes");
        for mode in [Mode::Index, Mode::Query] {
            assert!(words(&text, mode).contains(&"type2".to_owned()), "{text}");
            assert!(grams(&text, mode).contains(&("type2".to_owned(), spelling)), "{text}");
        }
    }
}

#[test]
fn a_query_means_the_whole_and_a_passage_is_found_by_its_parts_too() {
    assert_eq!(words("2型糖尿病", Mode::Query), ["2型", "糖尿病", "糖尿"]);
    assert_eq!(words("type 2 diabetes", Mode::Query), ["type2", "diabet"]);
    assert_eq!(words("phase-3 trial", Mode::Query), ["phase3", "trial"]);
    for part in ["type2", "type", "2", "diabet"] {
        assert!(
            words("type 2 diabetes", Mode::Index).contains(&part.to_owned()),
            "{part}"
        );
    }
    for part in ["2型", "2", "型", "糖尿病"] {
        assert!(words("2型糖尿病", Mode::Index).contains(&part.to_owned()), "{part}");
    }
}

#[test]
fn several_numbers_of_one_kind_are_each_a_name() {
    for (text, names) in [
        ("3-4级", ["3级", "4级"]),
        ("3/4级", ["3级", "4级"]),
        ("3或4级", ["3级", "4级"]),
        ("Ⅰ~Ⅱ期", ["1期", "2期"]),
        ("I/II期", ["1期", "2期"]),
        ("1、2型", ["1型", "2型"]),
        ("grade 3 or 4", ["grade3", "grade4"]),
        ("phase I/II", ["phase1", "phase2"]),
        ("Stages 1-2", ["stage1", "stage2"]),
    ] {
        for mode in [Mode::Index, Mode::Query] {
            let found = words(text, mode);
            for name in names {
                let times = found.iter().filter(|word| *word == name).count();
                assert_eq!(times, 1, "{name} in {text}: {found:?}");
            }
        }
    }
}

#[test]
fn a_letter_tells_apart_within_a_stage() {
    assert_eq!(words("ⅢB期", Mode::Query), ["3b期"]);
    assert_eq!(words("stage IIIB", Mode::Query), ["stage3b"]);
    for name in ["3b期", "3期"] {
        assert!(words("ⅢB期肺癌", Mode::Index).contains(&name.to_owned()), "{name}");
    }
    for name in ["stage3b", "stage3"] {
        assert!(
            words("stage IIIb cancer", Mode::Index).contains(&name.to_owned()),
            "{name}"
        );
    }
}

#[test]
fn other_numbers_and_words_stay_as_they_are() {
    for text in [
        "M2型巨噬细胞",
        "1.2级",
        "3期间",
        "图3类似",
        "二十三级",
        "2周",
        "第二年",
        "i期",
    ] {
        let found = words(text, Mode::Index);
        assert!(
            !found.iter().any(|word| word.len() > 3
                && word.starts_with(|first: char| first.is_ascii_digit())
                && word.ends_with(['型', '级', '期', '类'])),
            "{text}: {found:?}"
        );
    }
    for text in [
        "type 2.5 mm",
        "level 1,000",
        "grade 3%",
        "typed 2",
        "phase 2010",
        "type i met",
        "type b",
    ] {
        let found = words(text, Mode::Index);
        let joined = |word: &String| word.contains(char::is_numeric) && word.contains(char::is_alphabetic);
        assert!(!found.iter().any(joined), "{text}: {found:?}");
    }
}

#[test]
fn a_name_is_known_in_the_other_language() {
    let names = |text: &str| -> Vec<String> { numbered_names(text).into_iter().map(|(name, _)| name).collect() };
    assert_eq!(names("Ⅱ型"), ["type 2"]);
    assert_eq!(names("三期"), ["phase 3", "stage 3"]);
    assert_eq!(names("type II"), ["2型", "2类"]);
    assert_eq!(names("grade 3"), ["3级", "3度"]);
    assert_eq!(names("Stage IIIB"), ["3b期"]);
    assert_eq!(names("I/II期"), ["phase 1/2", "stage 1/2"]);
    assert_eq!(names("grade 3 or 4"), ["3/4级", "3/4度"]);
    for other in ["2型糖尿病", "type 2 diabetes", "type", "型", "2", ""] {
        assert!(!is_numbered(other), "{other}");
    }
}

#[test]
fn a_longer_term_is_looked_up_in_arabic_digits() {
    for (term, written) in [
        ("II型糖尿病", "2型糖尿病"),
        ("二型糖尿病", "2型糖尿病"),
        ("Type II Diabetes", "type 2 diabetes"),
        ("MHC class II", "mhc class 2"),
    ] {
        assert_eq!(in_arabic_digits(term).as_deref(), Some(written));
    }
    for same in ["2型糖尿病", "type 2 diabetes", "blood type", "分类", "二十三级"] {
        assert_eq!(in_arabic_digits(same), None, "{same}");
    }
}
