//! What may be asked besides the words: earlier questions, names undone, conditions, parts of articles, years.

use super::sample::{found, library, texts};
use crate::document::{Scalar, SectionRole};
use crate::query::{Comparison, Condition, Operation};
use crate::retrieve::{Filters, Search, SearchError, Sort};
use crate::text::Language;

const CELLS: [&str; 12] = [
    "zh|2020|细胞|骨髓干细胞可以扩增一百倍。",
    "zh|2020|细胞|骨髓干细胞的缺点是采集有创。",
    "zh|2020|细胞|脂肪干细胞可以扩增五十倍。",
    "zh|2020|细胞|脂肪干细胞的缺点是数量较少。",
    "zh|2020|细胞|脐带干细胞可以扩增八十倍。",
    "zh|2020|细胞|脐带干细胞的优点是容易取得。",
    "en|2021|Cells|Marrow cells can be multiplied a hundred times.",
    "en|2021|Cells|A drawback of marrow cells is the painful harvest.",
    "en|2021|Cells|Fat cells can be multiplied fifty times.",
    "en|2021|Cells|A drawback of fat cells is their small number.",
    "en|2021|Cells|Cord cells can be multiplied eighty times.",
    "en|2021|Cells|Cord cells are easily harvested.",
];

fn after(query: &str, history: &[&str]) -> Search {
    Search {
        history: history.iter().map(|text| (*text).to_owned()).collect(),
        ..Search::new(query)
    }
}

#[test]
fn a_question_that_points_back_is_answered_for_what_was_spoken_of() {
    let (searcher, _folder) = library(&CELLS);
    for (query, history, best) in [
        (
            "那它有什么缺点?",
            "骨髓干细胞能扩增多少倍?",
            "骨髓干细胞的缺点是采集有创。",
        ),
        (
            "那它有什么缺点?",
            "脂肪干细胞能扩增多少倍?",
            "脂肪干细胞的缺点是数量较少。",
        ),
        (
            "What is the drawback of them?",
            "How often do marrow cells multiply?",
            "A drawback of marrow cells is the painful harvest.",
        ),
        (
            "What is the drawback of them?",
            "How often do fat cells multiply?",
            "A drawback of fat cells is their small number.",
        ),
    ] {
        let found = found(&searcher, &after(query, &[history]));
        assert!(best.ends_with(found[0].as_str()), "{query} after {history}: {found:?}");
    }
}

#[test]
fn the_newest_question_counts_most_and_a_new_subject_more_than_any() {
    let (searcher, _folder) = library(&CELLS);
    let first = |query: &str, history: &[&str]| found(&searcher, &after(query, history)).swap_remove(0);
    let (marrow, fat) = ("骨髓干细胞能扩增多少倍?", "脂肪干细胞能扩增多少倍?");
    assert_eq!(first("它有什么缺点?", &[marrow, fat]), "脂肪干细胞的缺点是数量较少。");
    assert_eq!(first("它有什么缺点?", &[fat, marrow]), "骨髓干细胞的缺点是采集有创。");
    assert_eq!(
        first("脂肪干细胞的缺点是什么?", &[marrow]),
        "脂肪干细胞的缺点是数量较少。"
    );
}

#[test]
fn what_is_required_stays_required_whatever_was_asked_before() {
    let (searcher, _folder) = library(&CELLS);
    let found = found(&searcher, &after("+脂肪 缺点", &["骨髓干细胞能扩增多少倍?"]));
    let (chinese, english): (Vec<&str>, Vec<&str>) = found
        .iter()
        .map(String::as_str)
        .partition(|text| Language::detect(text) == Language::Zh);
    assert_eq!(chinese, ["脂肪干细胞的缺点是数量较少。", "脂肪干细胞可以扩增五十倍。"]);
    // 脂肪 is required by what it is called, too.
    assert!(
        english.iter().all(|text| text.to_lowercase().contains("fat cells")),
        "{english:?}"
    );
}

#[test]
fn what_is_required_is_found_in_the_other_language_by_what_it_is_called_there() {
    let (searcher, _folder) = library(&CELLS);
    for (query, own, other) in [
        (
            "脂肪 AND 缺点",
            "脂肪干细胞的缺点是数量较少。",
            "A drawback of fat cells is their small number.",
        ),
        (
            "drawback AND fat",
            "A drawback of fat cells is their small number.",
            "脂肪干细胞的缺点是数量较少。",
        ),
        (
            "+骨髓 +缺点",
            "骨髓干细胞的缺点是采集有创。",
            "A drawback of marrow cells is the painful harvest.",
        ),
    ] {
        assert_eq!(found(&searcher, &Search::new(query)), [own, other], "{query}");
    }
}

#[test]
fn what_is_excluded_takes_out_only_what_is_typed() {
    let (searcher, _folder) = library(&CELLS);
    for (query, gone, kept) in [
        ("cells -marrow", "marrow", "骨髓"),
        ("cells -\"marrow cells\"", "marrow cells", "骨髓干细胞"),
        ("细胞 -骨髓", "骨髓", "arrow"),
    ] {
        let found = found(&searcher, &Search::new(query)).join("\n");
        assert!(!found.contains(gone) && found.contains(kept), "{query}: {found}");
    }
}

#[test]
fn a_sign_that_came_loose_from_a_name_is_no_operator_where_the_corpus_has_the_name() {
    let (searcher, _folder) = library(&[
        "zh|2020|因子|创面中 TNF-α 的水平升高。",
        "zh|2020|因子|创面中 VEGF 的水平下降。",
        "zh|2020|细胞|CD34+ 细胞归巢到创面。",
        "zh|2020|病人|PD 病人的 L1 段较短。",
        "zh|2020|病人|PD 可以减轻。",
    ]);
    let best = |query: &str| {
        found(&searcher, &Search::new(query))
            .first()
            .cloned()
            .unwrap_or_default()
    };
    assert_eq!(best("TNF -α 水平"), "创面中 TNF-α 的水平升高。");
    assert_eq!(best("CD34 +细胞"), "CD34+ 细胞归巢到创面。");
    assert_eq!(best("CD 34"), "CD34+ 细胞归巢到创面。");
    assert_eq!(best("tnf ALPHA"), "创面中 TNF-α 的水平升高。");
    // The corpus has no PD-L1: the sign is an operator, as it is where the query is to be read as typed.
    assert_eq!(best("PD -L1"), "PD 可以减轻。");
    let typed = Search {
        as_typed: true,
        ..Search::new("TNF -α 水平")
    };
    assert!(
        found(&searcher, &typed).iter().all(|text| !text.contains('α')),
        "as typed"
    );
}

#[test]
fn the_answer_tells_what_was_said_before_and_what_it_counts() {
    let (searcher, _folder) = library(&CELLS);
    let counts = |query: &str, text: &str| {
        let results = searcher.search(&after(query, &["骨髓 扩增"])).unwrap();
        let term = results.understood.terms.into_iter().find(|term| term.text == text);
        term.map(|term| (term.earlier, term.weight))
    };
    assert_eq!(counts("缺点 采集", "缺点"), Some((false, 1.0)));
    // Two words of the four that stand alone, as many as before: 0.3 + 0.7 / 2.
    assert_eq!(counts("缺点 采集", "骨髓"), Some((true, 0.65)));
    // Four words of its own.
    assert_eq!(counts("缺点 采集 数量 脂肪", "骨髓"), Some((true, 0.3)));
    // Pointing back, one word of the four and half as many as before: (0.7 + 0.3 * 3 / 4) / 2.
    assert_eq!(counts("它 缺点", "骨髓"), Some((true, 0.4625)));
    assert!(counts("它 缺点", "它").is_some_and(|(earlier, weight)| !earlier && weight < 0.5));
    // Said again, it counts as what is asked now.
    assert_eq!(counts("骨髓 缺点", "骨髓"), Some((false, 1.0)));
}

#[test]
fn too_much_of_anything_is_refused_with_the_field() {
    let (searcher, _folder) = library(&CELLS);
    let refused = |search: Search| searcher.search(&search).unwrap_err();
    let many = vec!["x".to_owned(); 17];
    assert!(matches!(
        refused(Search {
            history: many,
            ..Search::new("x")
        }),
        SearchError::TooMany {
            field: "history",
            found: 17,
            limit: 16
        }
    ));
    let long = vec!["x".repeat(201)];
    assert!(matches!(
        refused(Search {
            without: long,
            ..Search::new("x")
        }),
        SearchError::TooLong {
            field: "without",
            found: 201,
            limit: 200
        }
    ));
}

#[test]
fn another_name_undone_is_not_looked_for() {
    let (searcher, _folder) = library(&CELLS);
    let asked = Search::new("缺点");
    let results = searcher.search(&asked).unwrap();
    let names: Vec<String> = results.understood.terms[0]
        .other_names
        .iter()
        .map(|name| name.text.clone())
        .collect();
    assert!(names.contains(&"drawback".to_owned()), "{names:?}");
    assert!(texts(&results).iter().any(|text| text.contains("drawback")));
    let undone = searcher
        .search(&Search {
            without: names.iter().map(|name| name.to_uppercase()).collect(),
            ..asked
        })
        .unwrap();
    assert!(undone.understood.terms[0].other_names.is_empty());
    assert_eq!(undone.understood.undone.len(), names.len());
    assert!(
        texts(&undone).iter().all(|text| !text.contains("drawback")),
        "{:?}",
        texts(&undone)
    );
}

fn compared(field: &str, operation: Operation, value: Scalar) -> Condition {
    Condition::Compare(Comparison {
        field: field.to_owned(),
        operation,
        values: vec![value],
    })
}

fn with(query: &str, condition: Condition) -> Search {
    Search {
        filters: Filters {
            condition: Some(condition),
            ..Filters::default()
        },
        ..Search::new(query)
    }
}

#[test]
fn a_condition_is_met_however_deep_what_meets_it_stands() {
    // Every passage has the same score, so that they stand in order; the last five are of 2001.
    let lines: Vec<String> = (0..100)
        .map(|place| {
            format!(
                "a{place:02}|{}|s|lamp number {place:02}",
                if place < 95 { 2000 } else { 2001 }
            )
        })
        .collect();
    let (searcher, _folder) = library(&lines);
    let condition = compared("year", Operation::Gt, Scalar::Number(2000.0));
    let page = |offset, limit| Search {
        offset,
        limit,
        ..with("lamp", condition.clone())
    };
    let results = searcher.search(&page(0, 2)).unwrap();
    assert_eq!(texts(&results), ["lamp number 95", "lamp number 96"]);
    let results = searcher.search(&page(2, 10)).unwrap();
    assert_eq!(texts(&results), ["lamp number 97", "lamp number 98", "lamp number 99"]);
    assert_eq!((results.total, results.complete), (5, true));
    assert_eq!(results.hits[0].rank, 3);
}

#[test]
fn the_answer_says_where_a_condition_reached_the_bound() {
    let lines: Vec<String> = (0..2050).map(|place| format!("a|2000|s|lamp {place:04}")).collect();
    let (searcher, _folder) = library(&lines);
    let condition = compared("section_title", Operation::Eq, Scalar::Text("t".to_owned()));
    let results = searcher.search(&with("lamp", condition)).unwrap();
    assert_eq!((results.hits.len(), results.total, results.complete), (0, 0, false));
    let results = searcher.search(&Search::new("lamp")).unwrap();
    assert_eq!((results.total, results.complete), (2050, true));
}

#[test]
fn parts_of_articles_and_years_order_and_restrict() {
    let (searcher, _folder) = library(&[
        "old|1999|Results|The lamp of the harbour burns.",
        "new|2020|Materials and methods|A lamp was lit in the harbour every evening.",
        "mid|2010|结果|港口的灯每晚点亮。",
        "none||Discussion|The lamp and the harbour.",
    ]);
    let years = |search: Search| {
        let results = searcher.search(&search).unwrap();
        let years = results.hits.iter().map(|hit| match &hit.found {
            crate::retrieve::Found::Passage(placed) => placed.article.year,
            crate::retrieve::Found::Reference(_) => None,
        });
        years.collect::<Vec<_>>()
    };
    let sorted = |sort| Search {
        sort,
        ..Search::new("lamp harbour")
    };
    let newest = years(sorted(Sort::NewestFirst));
    let dated: Vec<u16> = newest.iter().flatten().copied().collect();
    assert!(
        dated.is_sorted_by(|one, next| one > next) && dated.len() >= 2,
        "{newest:?}"
    );
    assert_eq!(newest.last(), Some(&None), "undated last");
    let mut oldest = years(sorted(Sort::OldestFirst));
    assert_eq!(oldest.pop(), Some(None));
    assert!(oldest.is_sorted(), "{oldest:?}");
    let paged: Vec<_> = (0..newest.len())
        .flat_map(|offset| {
            years(Search {
                offset,
                limit: 1,
                ..sorted(Sort::NewestFirst)
            })
        })
        .collect();
    assert_eq!(paged, newest, "page by page as in one");
    let of_role = |roles: &[SectionRole]| {
        let mut found = found(
            &searcher,
            &Search {
                filters: Filters {
                    roles: roles.to_vec(),
                    ..Filters::default()
                },
                ..Search::new("lamp harbour 灯 港口")
            },
        );
        found.sort();
        found
    };
    assert_eq!(
        of_role(&[SectionRole::Results]),
        ["The lamp of the harbour burns.", "港口的灯每晚点亮。"]
    );
    assert_eq!(of_role(&[SectionRole::Conclusion]), Vec::<String>::new());
    assert_eq!(of_role(&[SectionRole::Methods, SectionRole::Discussion]).len(), 2);
}
