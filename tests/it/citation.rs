//! Citing the shipped article, a passage of it and a work it cites.

use super::library::shared;

const ARTICLE: &str = "10-13429-j-cnki-cjcr-2025-04-001";

fn cite(id: &str, style: &str) -> String {
    let ran = shared().1.run(&["cite", id, "--style", style]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{id}");
    ran.out.trim_end().to_owned()
}

#[test]
fn an_article_is_cited_in_its_language_and_a_reference_in_its_own() {
    let shared = shared();
    // The file does not say which journal it is from.
    assert_eq!(
        cite(ARTICLE, "gbt7714-2015"),
        "支黎明, 王晶, 王爱萍. 糖尿病足溃疡的细胞治疗现状. 2025: 497-501. DOI:10.13429/j.cnki.cjcr.2025.04.001."
    );
    assert_eq!(
        cite(&format!("{ARTICLE}:r18"), "gbt7714-2015"),
        "ZENG X X, TANG Y L, HU K X, et al. Three-week topical treatment with placenta-derived mesenchymal stem cells \
         hydrogel in a patient with diabetic foot ulcer: a case report[J]. Medicine (Baltimore), 2017, 96(51): e9212."
    );
    let path = format!("/v1/articles/{ARTICLE}/references/18/citation");
    let answer = shared.0.get(&path, &[("style", "bibtex")]);
    assert_eq!(answer.status, 200);
    let bibtex = answer.body["text"].as_str().expect("a text");
    assert!(
        bibtex.contains("author = {Zeng, X. X. and Tang, Y. L. and Hu, K. X. and others}"),
        "{bibtex}"
    );
    assert!(bibtex.contains("pages = {e9212}"), "{bibtex}");
}

#[test]
fn every_reference_can_be_cited_in_every_style_and_none_is_lost() {
    let shared = shared();
    let list = shared.0.get(&format!("/v1/articles/{ARTICLE}/references"), &[]);
    let references = list.body["references"].as_array().expect("references");
    assert_eq!(references.len(), 31);
    for reference in references {
        let number = &reference["number"];
        let path = format!("/v1/articles/{ARTICLE}/references/{number}/citation");
        let printed = reference["text"].as_str().expect("a text");
        let answer = shared.0.get(&path, &[("style", "gbt7714-2015")]);
        let text = answer.body["text"].as_str().expect("a text");
        // Whatever the form, the words stay: as many letters and digits, but for what is spelt out anew.
        let letters = |text: &str| text.chars().filter(|character| character.is_alphanumeric()).count();
        assert!(
            letters(text) * 10 >= letters(printed) * 9,
            "{number}: {printed}\n{text}"
        );
    }
}

#[test]
fn a_passage_is_cited_with_its_place_and_an_unknown_name_ends_with_one() {
    let best = shared().0.search("胎盘来源 水凝胶", &[("limit", "1")])["hits"][0].clone();
    let id = best["id"].as_str().expect("an id");
    let text = cite(id, "gbt7714-2015");
    assert!(text.ends_with("(§1.2.2 胎盘来源 MSCs(PD-MSCs), 第 1 段)"), "{text}");
    assert!(cite(id, "ris").contains(&format!("N1  - §1.2.2 胎盘来源 MSCs(PD-MSCs) ¶1 ({id})")));
    assert_eq!(shared().1.run(&["cite", "nothing"]).code, Some(1));
    assert_eq!(shared().1.run(&["cite", id, "--style", "apa"]).code, Some(2));
}
