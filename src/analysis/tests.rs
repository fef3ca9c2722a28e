//! What the analyzer promises, on texts of both languages.

use std::time::{Duration, Instant};

use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use tantivy::tokenizer::{TokenStream, Tokenizer};

use super::{Analyzer, IndexTokenizer, Mode, Settings, Stream, TermList, Token};

fn analyzer() -> Analyzer {
    Analyzer::default()
}

fn words(text: &str, mode: Mode) -> Vec<String> {
    let mut found = Vec::new();
    analyzer().words(text, mode, |token| found.push(token.term.to_owned()));
    found
}

/// Gram, position and original text of each.
fn grams(text: &str, mode: Mode) -> Vec<(String, u32, String)> {
    let mut found = Vec::new();
    analyzer().grams(text, mode, |t| {
        found.push((t.term.to_owned(), t.position, t.span.of(text).to_owned()))
    });
    found
}

fn positions(text: &str) -> Vec<(String, u32)> {
    grams(text, Mode::Query)
        .into_iter()
        .map(|(term, position, _)| (term, position))
        .collect()
}

fn pairs(terms: &[(&str, u32)]) -> Vec<(String, u32)> {
    terms
        .iter()
        .map(|(term, position)| ((*term).to_owned(), *position))
        .collect()
}

#[test]
fn spellings_of_a_symbol_share_one_form() {
    for (spellings, form) in [
        (
            &["UC-MSCs", "UCMSCs", "uc-mscs", "UC‐MSC", "ＵＣ－ＭＳＣｓ"][..],
            "ucmsc",
        ),
        (&["TNF-α", "TNFα", "TNF-alpha", "TNF-Α", "ＴＮＦ-α"], "tnfalpha"),
        (&["PD-1", "PD1", "PD‑1"], "pd1"),
        (&["NF-κB", "NFκB", "NF-kappaB"], "nfkappab"),
        (&["IL-6", "IL6"], "il6"),
        (&["25(OH)D", "25-OH-D", "25（OH）D"], "25ohd"),
        (&["COVID-19", "covid19"], "covid19"),
        (&["10 000", "10,000", "10000", "10\u{2009}000", "１０，０００"], "10000"),
        (&["1 234 567", "1,234,567"], "1234567"),
        (&["0.05", "０.０５"], "0.05"),
        (&["10⁶", "10^6"], "106"),
        (&["10⁻⁶", "10^-6"], "10-6"),
        (&["cm²", "cm^2"], "cm2"),
        (&["MSCs", "MSC"], "msc"),
        (&["cells", "cell"], "cell"),
        (&["CD34+", "CD34⁺", "CD34(+)", "ＣＤ３４＋"], "cd34+"),
        (&["TNF -α", "TNF - α", "TNF- α"], "tnfalpha"),
        (&["SARS -CoV - 2", "SARS-CoV-2"], "sarscov2"),
        (&["CD34-", "CD34−", "CD34⁻", "CD34(-)"], "cd34-"),
        (&["Ca2+", "ca²⁺"], "ca2+"),
        (&["Na+"], "na+"),
        (&["Cl−", "Cl⁻"], "cl-"),
        (&["C++"], "c++"),
        (&["U.S.A.", "USA"], "usa"),
        (&["16S"], "16s"),
        (&["Alzheimer's", "Alzheimer’s"], "alzheim"),
        (&["diabetic", "diabetes"], "diabet"),
    ] {
        for spelling in spellings {
            assert_eq!(words(spelling, Mode::Query)[0], form, "first form of {spelling}");
            assert_eq!(words(spelling, Mode::Index)[0], form, "first form of {spelling}");
        }
    }
}

#[test]
fn a_passage_is_found_by_the_parts_and_a_query_means_the_whole() {
    for (text, index, query) in [
        ("UC-MSCs", &["ucmsc", "uc", "msc"][..], &["ucmsc"][..]),
        ("TNFα", &["tnfalpha", "tnf", "alpha"], &["tnfalpha"]),
        ("CD34+", &["cd34+", "cd34"], &["cd34+"]),
        ("CD34- cells", &["cd34-", "cd34", "cell"], &["cd34-", "cell"]),
        ("CD34+CD45-", &["cd34+", "cd34", "cd45-", "cd45"], &["cd34+", "cd45-"]),
        (
            "long-term",
            &["longterm", "long", "term"],
            &["longterm", "long", "term"],
        ),
        (
            "IL-6-mediated",
            &["il6mediated", "il6", "il", "6", "mediat"],
            &["il6mediated", "il6", "mediat"],
        ),
        ("PI3K/Akt", &["pi3kakt", "pi3k", "akt"], &["pi3kakt", "pi3k", "akt"]),
        // What came apart may be one name or two: both are looked for, and a sign may belong to what is printed only.
        ("TNF -α", &["tnfalpha", "tnf", "alpha"], &["tnfalpha", "tnf", "alpha"]),
        ("IFN - γ", &["ifngamma", "ifn", "gamma"], &["ifngamma", "ifn", "gamma"]),
        ("PD- L1", &["pdl1", "pd", "l1"], &["pdl1", "pd", "l1"]),
        ("UC -MSCs", &["ucmsc", "uc", "msc"], &["ucmsc", "uc", "msc"]),
        ("IL - 6", &["il6", "il", "6"], &["il6", "il", "6"]),
        ("CD34 +细胞", &["cd34+", "cd34", "细胞"], &["cd34", "细胞"]),
        ("CD4 + T", &["cd4+", "cd4", "t"], &["cd4", "t"]),
        ("CD34 -细胞", &["cd34-", "cd34", "细胞"], &["cd34", "细胞"]),
        ("CD4 + CD8", &["cd4", "cd8"], &["cd4", "cd8"]),
        // The lowered end of a name that stands apart is asked for by nothing but the whole name.
        (
            "TGF-β 1",
            &["tgfbeta", "tgf", "beta", "tgfbeta1", "1"],
            &["tgfbeta", "1"],
        ),
        (
            "NF-κ B",
            &["nfkappa", "nf", "kappa", "nfkappab", "b"],
            &["nfkappa", "b"],
        ),
        ("IL-1 β", &["il1", "il", "1", "il1beta", "beta"], &["il1", "beta"]),
        ("HbA 1c", &["hba", "hba1c", "1c"], &["hba", "1c"]),
        // A word that a line once broke, and two words of which the second completes the first.
        (
            "mesen- chymal cells",
            &["mesen", "mesenchym", "chymal", "cell"],
            &["mesen", "chymal", "cell"],
        ),
        (
            "pre- and postoperative",
            &["pre", "and", "postop"],
            &["pre", "and", "postop"],
        ),
        ("CO 2 分压", &["co", "co2", "2", "分压"], &["co", "2", "分压"]),
        ("DFU 20.5", &["dfu", "20.5"], &["dfu", "20.5"]),
        ("wound 12", &["wound", "12"], &["wound", "12"]),
        ("DFU — VEGF", &["dfu", "vegf"], &["dfu", "vegf"]),
        ("wounds - which", &["wound", "which"], &["wound", "which"]),
        ("CD34 - 0.5", &["cd34", "0.5"], &["cd34", "0.5"]),
        // The end of a sentence is none of the number.
        ("IL - 6.", &["il6", "il", "6"], &["il6", "il", "6"]),
        ("CO 2, 分压", &["co", "co2", "2", "分压"], &["co", "2", "分压"]),
        ("10-20 mg", &["10-20", "10", "20", "mg"], &["10-20", "10", "20", "mg"]),
        ("1.5%", &["1.5", "1.5%"], &["1.5", "1.5%"]),
        ("10 000", &["10000", "10", "000"], &["10000"]),
        (
            "T- and B-cells",
            &["t", "and", "bcell", "b", "cell"],
            &["t", "and", "bcell", "b", "cell"],
        ),
        ("long- ", &["long"], &["long"]),
        ("B12— good", &["b12", "good"], &["b12", "good"]),
        (
            "end.Next e.g. 2020 100",
            &["end", "next", "eg", "e", "g", "2020", "100"],
            &["end", "next", "eg", "2020", "100"],
        ),
        ("120 150 180", &["120", "150", "180"], &["120", "150", "180"]),
    ] {
        let mut found = words(text, Mode::Index);
        assert_eq!(found, index, "indexed forms of {text}");
        found = words(text, Mode::Query);
        assert_eq!(found, query, "asked forms of {text}");
    }
}

#[test]
fn what_stands_behind_a_hyphen_makes_no_term_without_end() {
    let long = "a".repeat(2000);
    for text in [
        format!("ab- {long}"),
        format!("AB1 -{long}"),
        format!("TNF - α{long}"),
        format!("CD4 {long}"),
    ] {
        let most = words(&text, Mode::Index).iter().map(String::len).max();
        // A run of 128 bytes, a Greek letter spelt out, and the rest of a broken word.
        assert!(most.is_some_and(|most| most <= 128 + 8 + 24), "{:.8}: {most:?}", text);
    }
}

#[test]
fn traditional_and_simplified_give_the_same_terms() {
    assert_eq!(
        words("糖尿病足潰瘍 幹細胞", Mode::Query),
        words("糖尿病足溃疡 干细胞", Mode::Query)
    );
    assert_eq!(
        words("糖尿病足潰瘍", Mode::Query),
        ["糖尿病足", "糖尿病", "糖尿", "溃疡"]
    );
    let (found, expected) = (grams("治療CD34⁺細胞", Mode::Index), ["治疗", "cd34+", "cd34", "细胞"]);
    assert_eq!(found.iter().map(|g| g.0.as_str()).collect::<Vec<_>>(), expected);
    assert_eq!(
        found.iter().map(|g| g.2.as_str()).collect::<Vec<_>>(),
        ["治療", "CD34⁺", "CD34", "細胞"]
    );
}

#[test]
fn grams_have_the_positions_that_phrases_need() {
    assert_eq!(
        positions("间充质干细胞"),
        pairs(&[("间充", 0), ("充质", 1), ("质干", 2), ("干细", 3), ("细胞", 4)])
    );
    // One white space inside Han is passed over, two are not.
    assert_eq!(positions("间 充\n质"), pairs(&[("间充", 0), ("充质", 1)]));
    assert_eq!(positions("间  充"), pairs(&[("间", 0), ("充", 1)]));
    // Each Han character takes a position, a run of letters and digits one.
    assert_eq!(
        positions("用 UC-MSCs 治疗"),
        pairs(&[("用", 0), ("ucmsc", 1), ("治疗", 2)])
    );
    // A comma leaves one free, the end of a sentence eight.
    assert_eq!(
        positions("感染,治疗。好了. Then"),
        pairs(&[("感染", 0), ("治疗", 3), ("好了", 13), ("then", 23)])
    );
    assert_eq!(
        positions("1.5% of a 0.05 cells"),
        pairs(&[("1.5", 0), ("of", 1), ("a", 2), ("0.05", 3), ("cell", 4)])
    );
}

#[test]
fn a_phrase_is_covered_by_the_fewest_grams() {
    let phrase = |text: &str| analyzer().phrase(text);
    let expect = |terms: &[(usize, &str)]| terms.iter().map(|(p, t)| (*p, (*t).to_owned())).collect::<Vec<_>>();
    assert_eq!(phrase("间充质干细胞"), expect(&[(0, "间充"), (2, "质干"), (4, "细胞")]));
    assert_eq!(phrase("内皮细胞"), expect(&[(0, "内皮"), (2, "细胞")]));
    assert_eq!(phrase("周细胞"), expect(&[(0, "周细"), (1, "细胞")]));
    assert_eq!(
        phrase("，CD34+ 阳 stem cells"),
        expect(&[(0, "cd34+"), (2, "stem"), (3, "cell")])
    );
    assert_eq!(phrase("足"), expect(&[(0, "足")]));
    assert_eq!(phrase("。"), expect(&[]));
}

#[test]
fn every_phrase_of_a_passage_is_found_in_its_grams() {
    let passage = "用UC-MSCs治疗糖尿病足，CD34+ cells in 10 000 患 者。血清TNF -α与CD34 +细胞";
    let index = grams(passage, Mode::Index);
    for phrase in [
        "UC-MSCs治疗糖尿病足",
        "糖尿病足，CD34+ cells",
        "10000 患者",
        "UCMSC 治疗",
        "cells in",
        "血清TNF-α与",
        "TNF - α 与CD34",
        "CD34+细胞",
        "CD34 +细胞",
        "CD34细胞",
    ] {
        let terms = analyzer().phrase(phrase);
        let starts = index
            .iter()
            .filter(|(term, ..)| *term == terms[0].1)
            .map(|(_, position, _)| *position as usize);
        let holds = |start: usize| {
            terms
                .iter()
                .all(|(at, term)| index.iter().any(|(t, p, _)| t == term && *p as usize == start + at))
        };
        assert!(starts.into_iter().any(holds), "{phrase} as {terms:?} in {index:?}");
    }
}

#[test]
fn terms_are_found_whole_and_beside_the_segmentation() {
    let list = TermList::new(["PD-1抑制剂", "間充質幹細胞", "干细胞", "MSC", " "]).expect("a small list");
    let text = "pd-1抑制劑与间充质干细胞，MSC、MSCx";
    let mut found = Vec::new();
    analyzer().terms(text, &list, |token| {
        found.push((token.term.to_owned(), token.span.of(text).to_owned()))
    });
    let expected = [
        ("pd-1抑制剂", "pd-1抑制劑"),
        ("间充质干细胞", "间充质干细胞"),
        ("干细胞", "干细胞"),
        ("msc", "MSC"),
    ];
    found.sort_by_key(|(term, _)| expected.iter().position(|(e, _)| e == term));
    assert_eq!(
        found,
        expected.map(|(term, printed)| (term.to_owned(), printed.to_owned()))
    );
}

#[test]
fn the_fingerprint_knows_the_user_dictionary() {
    let with = |terms: &[&str]| {
        let terms = terms.iter().map(|term| (*term).to_owned()).collect();
        Analyzer::new(Settings { terms })
            .expect("a small dictionary")
            .fingerprint()
    };
    assert_eq!(with(&["干细胞", "水凝胶"]), with(&["水凝胶", "干细胞", ""]));
    assert_ne!(with(&["干细胞"]), with(&[]));
    assert_eq!(with(&[]), analyzer().fingerprint());
}

#[test]
fn tokenizers_give_the_terms_of_the_streams_with_offsets_of_the_original() {
    let text = "治療CD34⁺細胞";
    let mut tokenizer = IndexTokenizer::new(analyzer(), Stream::Grams);
    for _ in 0..2 {
        let mut stream = tokenizer.token_stream(text);
        let mut found = Vec::new();
        while stream.advance() {
            let token = stream.token();
            found.push((
                token.text.clone(),
                token.position as u32,
                text[token.offset_from..token.offset_to].to_owned(),
            ));
        }
        assert_eq!(found, grams(text, Mode::Index));
    }
}

#[test]
fn time_is_linear_on_adversarial_input() {
    let list = TermList::new(["中中", "中中中中", "---"]).expect("a small list");
    for unit in [
        "中", "-", "+", "a-", "a", "α", "1,000", "1 ", "a.", "a/", "1(a)", "中 ", "a'", "x+", "𠀀", "a·",
    ] {
        let size = if cfg!(debug_assertions) { 1 << 18 } else { 2 << 20 };
        let text = unit.repeat(size / unit.len());
        let began = Instant::now();
        let mut longest = 0;
        let mut count = 0usize;
        let mut sink = |token: Token<'_>| {
            longest = longest.max(token.term.len());
            count += 1;
        };
        analyzer().grams(&text, Mode::Index, &mut sink);
        analyzer().chars(&text, &mut sink);
        analyzer().terms(&text, &list, &mut sink);
        analyzer().words(&text, Mode::Index, &mut sink);
        let limit = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 5 });
        assert!(began.elapsed() < limit, "{unit:?} took {:?}", began.elapsed());
        assert!(longest <= 1024, "{unit:?} has a term of {longest} bytes");
    }
}

fn texts() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("中"),
        Just("细胞"),
        Just("糖尿病足潰瘍"),
        Just("覆"),
        Just("α"),
        Just("TNF"),
        Just("-"),
        Just("+"),
        Just("⁺"),
        Just("−"),
        Just("—"),
        Just(" "),
        Just("\n"),
        Just("10"),
        Just("000"),
        Just(","),
        Just("."),
        Just("。"),
        Just("("),
        Just(")"),
        Just("OH"),
        Just("s"),
        Just("'"),
        Just("’s"),
        Just("/"),
        Just("%"),
        Just("é"),
        Just("e\u{301}"),
        Just("Ａ"),
        Just("ß"),
        Just("·"),
        Just("か"),
        Just("cells"),
        Just("\u{200b}"),
        Just("ﬁ")
    ];
    prop_oneof![
        any::<String>(),
        proptest::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
    ]
}

proptest! {
    #[test]
    fn tokens_lie_in_the_text_on_character_boundaries_in_order(text in texts()) {
        let analyzer = analyzer();
        let mut tokens: Vec<(usize, String, crate::text::Span, u32)> = Vec::new();
        for mode in [Mode::Index, Mode::Query] {
            let stream = tokens.len();
            analyzer.words(&text, mode, |t| tokens.push((stream, t.term.to_owned(), t.span, t.position)));
            let stream = tokens.len();
            analyzer.grams(&text, mode, |t| tokens.push((stream, t.term.to_owned(), t.span, t.position)));
        }
        let stream = tokens.len();
        analyzer.chars(&text, |t| tokens.push((stream, t.term.to_owned(), t.span, t.position)));
        for (_, term, span, _) in &tokens {
            prop_assert!(!term.is_empty());
            prop_assert!(text.get(span.start..span.end).is_some_and(|printed| !printed.is_empty()), "{term} at {span:?}");
        }
        for pair in tokens.windows(2) {
            prop_assert!(pair[0].0 != pair[1].0 || pair[0].3 <= pair[1].3, "{:?} before {:?}", pair[0], pair[1]);
        }
        prop_assert!(analyzer.phrase(&text).windows(2).all(|pair| pair[0].0 <= pair[1].0));
    }

    #[test]
    fn what_a_query_asks_for_is_what_its_own_text_is_indexed_by(text in texts()) {
        let index = words(&text, Mode::Index);
        for term in words(&text, Mode::Query) {
            prop_assert!(index.contains(&term), "{} of {:?} is not indexed", term, text);
        }
        let index = grams(&text, Mode::Index);
        for gram in grams(&text, Mode::Query) {
            prop_assert!(index.contains(&gram));
        }
        let simplified = crate::text::fold(&text);
        let again = crate::text::fold(simplified.text());
        prop_assert_eq!(simplified.text(), again.text());
    }
}
