//! Why a hit has its score, and why a passage is no hit.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::sample::{id, library};
use crate::document::{PassageId, SectionRole};
use crate::query::{Comparison, Condition, Operation};
use crate::retrieve::{Filters, LanguageFilter, Leg, Search, Searcher, Verdict};
use crate::text::Language;

const LINES: [&str; 9] = [
    "zh|2020|干细胞的来源|骨髓间充质干细胞(BM-MSCs)可以扩增一百倍,CD34+ 细胞较少。",
    "zh|2020|干细胞的来源|脂肪干细胞的缺点是数量较少,糖尿病足溃疡愈合较慢。",
    "zh|2020|讨论|糖尿病足的治疗需要控制血糖。",
    "en|2021|Results|Mesenchymal stem cells heal diabetic foot ulcers in four weeks.",
    "en|2021|Results|A drawback of fat cells is their small number.",
    "en|2021|Discussion|PD-1 inhibitors were given to rats with diabetes.",
    "far|2001|Methods|The lamp of the lighthouse turns once in ten seconds and is seen from every ship at night.",
    "two|2001|Methods|The lamp of the lighthouse turns once in ten seconds and is seen from every ship at night!",
    "two|2001|Methods|A lamp.",
];

fn shared() -> &'static Searcher {
    static SHARED: LazyLock<(Searcher, tempfile::TempDir)> = LazyLock::new(|| library(&LINES));
    &SHARED.0
}

fn named(text: &str) -> PassageId {
    let place = LINES.iter().position(|line| line.ends_with(text)).expect("a line");
    let article = LINES[place].split('|').next().expect("an article");
    let first = LINES
        .iter()
        .position(|line| line.starts_with(&format!("{article}|")))
        .expect("a line");
    let article = crate::document::ArticleId::parse(article).expect("an identifier");
    let text = LINES[place].rsplit('|').next().expect("a text");
    PassageId::new(&article, text, u32::try_from(place - first).expect("few"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_the_terms_add_is_the_score(
        words in prop::collection::vec(prop::sample::select(vec![
            "干细胞", "糖尿病足溃疡", "stem cell", "diabetic", "CD34+", "脂肪", "drawback", "的", "what is", "缺点",
            "\"diabetic foot\"", "+糖尿病", "-血糖", "AND", "骨髓间充质干细胞", "MSCs", "PD-1", "愈合", "lamp",
        ]), 1..7),
        earlier in prop::sample::select(vec!["", "糖尿病足怎么治?", "fat cells"]),
    ) {
        let results = shared().search(&Search {
            explain: true,
            history: if earlier.is_empty() { Vec::new() } else { vec![earlier.to_owned()] },
            ..Search::new(words.join(" "))
        });
        for hit in results.map(|results| results.hits).unwrap_or_default() {
            let explanation = hit.explanation.expect("an explanation");
            let sum = explanation.score();
            prop_assert!((sum - hit.score).abs() <= 1e-3 * hit.score.abs(), "{sum} is not {}", hit.score);
            prop_assert!(explanation.shares.iter().all(|share| share.score > 0.0));
            prop_assert!((explanation.relevance - hit.relevance).abs() < 1e-6);
        }
    }
}

#[test]
fn a_share_names_the_term_the_field_and_the_other_name() {
    let results = shared()
        .search(&Search {
            explain: true,
            filters: Filters {
                language: LanguageFilter::Only(Language::En),
                ..Filters::default()
            },
            ..Search::new("缺点")
        })
        .unwrap();
    let hit = results
        .hits
        .iter()
        .find(|hit| hit.found.text().contains("drawback"))
        .expect("a hit");
    let explanation = hit.explanation.as_ref().expect("an explanation");
    let of_terms = |share: &&crate::retrieve::Share| share.term.is_some();
    let share = explanation.shares.iter().find(of_terms).expect("a share");
    assert_eq!((share.term.as_deref(), share.leg), (Some("缺点"), Leg::OtherName));
    let name = share.other_name.as_ref().expect("another name");
    assert_eq!(name.text, "drawback");
    let lines = explanation.words(Language::En).join("\n");
    assert!(lines.contains("“缺点”") && lines.contains("as “drawback”"), "{lines}");
    let lines = explanation.words(Language::Zh).join("\n");
    assert!(lines.contains("别名“drawback”"), "{lines}");
}

#[test]
fn a_term_that_the_passage_lacks_is_named() {
    let why = shared()
        .explain(&Search::new("糖尿病 火山"), &named("需要控制血糖。"))
        .unwrap()
        .expect("a passage");
    let missing: Vec<&str> = why
        .explanation
        .terms
        .iter()
        .filter(|term| term.found == 0.0)
        .map(|term| term.term.as_str())
        .collect();
    assert_eq!(missing, ["火山"]);
    assert!(why.words(Language::Zh).join("\n").contains("段落中没有:“火山”"));
}

#[test]
fn a_passage_that_is_no_hit_is_told_why() {
    let searcher = shared();
    let verdict = |search: Search, text: &str| {
        let why = searcher.explain(&search, &named(text)).unwrap().expect("a passage");
        why.verdict
    };
    let filtered = |filters: Filters| Search {
        filters,
        ..Search::new("lamp")
    };
    assert_eq!(verdict(Search::new("lamp"), "A lamp."), Verdict::Shown { rank: 1 });
    let second = Search {
        limit: 1,
        ..Search::new("lamp")
    };
    assert_eq!(
        verdict(second.clone(), "every ship at night."),
        Verdict::OffPage { rank: Some(2) }
    );
    let cut = searcher
        .explain(&second, &named("every ship at night."))
        .unwrap()
        .expect("a passage")
        .cut;
    assert_eq!(cut.map(|cut| cut.rank), Some(1));
    let kept = searcher.search(&Search::new("lamp")).unwrap();
    assert_eq!(
        verdict(Search::new("lamp"), "every ship at night!"),
        Verdict::Duplicate { of: id(&kept.hits[1]) }
    );
    assert_eq!(verdict(Search::new("lamp"), "需要控制血糖。"), Verdict::NoMatch);
    assert_eq!(verdict(Search::new("+lamp +ship"), "A lamp."), Verdict::NoMatch);
    assert_eq!(
        verdict(Search::new("lamp -ship"), "every ship at night."),
        Verdict::Excluded {
            forms: vec!["ship".to_owned()]
        }
    );
    assert_eq!(
        verdict(
            filtered(Filters {
                year_from: Some(2010),
                roles: vec![SectionRole::Methods],
                ..Filters::default()
            }),
            "A lamp."
        ),
        Verdict::Filtered { by: vec!["year"] }
    );
    assert_eq!(
        verdict(
            filtered(Filters {
                language: LanguageFilter::Only(Language::Zh),
                ..Filters::default()
            }),
            "A lamp."
        ),
        Verdict::OtherLanguage
    );
    let condition = Condition::Compare(Comparison {
        field: "doi".to_owned(),
        operation: Operation::NotEmpty,
        values: Vec::new(),
    });
    assert_eq!(
        verdict(
            filtered(Filters {
                condition: Some(condition),
                ..Filters::default()
            }),
            "A lamp."
        ),
        Verdict::Condition
    );
    assert_eq!(
        verdict(
            Search {
                min_relevance: 1.0,
                ..Search::new("lamp lantern candle torch")
            },
            "A lamp."
        ),
        Verdict::TooIrrelevant
    );
    let unknown = PassageId::parse("aaaaaaaaaaaaaaaaaaaa").expect("an identifier");
    assert!(searcher.explain(&Search::new("lamp"), &unknown).unwrap().is_none());
}
