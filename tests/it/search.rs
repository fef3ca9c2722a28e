//! Searching the shipped article and three made-up files over HTTP.

use serde_json::Value;

use super::library::{highlighted, ranking, shared};

fn sections(found: &Value) -> Vec<String> {
    let hits = found["hits"].as_array().expect("hits");
    hits.iter()
        .map(|hit| hit["section"]["number"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// Whether every hit of the search lies in an article whose identifier or title holds `part`.
fn articles(found: &Value) -> Vec<String> {
    let hits = found["hits"].as_array().expect("hits");
    let mut titles: Vec<String> = hits
        .iter()
        .map(|hit| {
            let title = &hit["article"]["title"];
            title["zh"]
                .as_str()
                .or(title["en"].as_str())
                .unwrap_or_default()
                .to_owned()
        })
        .collect();
    titles.sort();
    titles.dedup();
    titles
}

const SHIPPED: &str = "糖尿病足溃疡的细胞治疗现状";
const KNEE: &str = "针刺对大鼠膝骨关节炎软骨和炎症因子的影响";
const SOIL: &str = "Biochar and the nitrogen of sandy soils";

#[test]
fn the_best_passage_comes_with_its_section_and_resolved_reference() {
    let found = shared().0.search("胎盘来源 水凝胶", &[]);
    let best = &found["hits"][0];
    assert_eq!(best["section"]["number"], "1.2.2");
    assert_eq!(best["section"]["path"][0]["title"], "干细胞/祖细胞");
    assert_eq!(best["references"].as_array().map(Vec::len), Some(1));
    assert_eq!(best["references"][0]["number"], 18);
    assert_eq!(best["references"][0]["container"], "Medicine (Baltimore)");
    assert_eq!(best["references"][0]["year"], 2017);
    assert!(
        highlighted(best).contains(&"水凝胶".to_owned()),
        "{:?}",
        highlighted(best)
    );
}

#[test]
fn a_sign_after_a_marker_is_told_apart() {
    let shared = shared();
    let (plus, minus) = (shared.0.search("CD34+", &[]), shared.0.search("CD34-", &[]));
    let all = |found: &Value| -> Vec<String> {
        let hits = found["hits"].as_array().expect("hits");
        hits.iter().flat_map(highlighted).collect()
    };
    assert!(all(&plus).contains(&"CD34+".to_owned()), "{:?}", all(&plus));
    assert!(!all(&plus).contains(&"CD34-".to_owned()), "{:?}", all(&plus));
    assert!(all(&minus).contains(&"CD34-".to_owned()), "{:?}", all(&minus));
    assert!(!all(&minus).contains(&"CD34+".to_owned()), "{:?}", all(&minus));
}

#[test]
fn what_means_the_same_finds_the_same_with_the_same_scores() {
    let shared = shared();
    for (one, other) in [
        ("糖尿病足潰瘍 幹細胞", "糖尿病足溃疡 干细胞"),
        ("UCMSCs", "UC-MSCs"),
        ("ucmsc", "UC-MSCs"),
        ("TNF-alpha", "TNF-α"),
        ("ＴＮＦ－α", "TNF-α"),
    ] {
        let (one, other) = (shared.0.search(one, &[]), shared.0.search(other, &[]));
        assert!(!ranking(&one).is_empty(), "{}", one["query"]);
        assert_eq!(ranking(&one), ranking(&other), "{} {}", one["query"], other["query"]);
    }
}

#[test]
fn a_number_is_found_however_its_thousands_are_set() {
    let found = shared().0.search("10000", &[]);
    assert_eq!(sections(&found).first().map(String::as_str), Some("1.1.1"));
    assert_eq!(highlighted(&found["hits"][0]), ["10 000"]);
}

#[test]
fn phrases_signs_and_operators_do_what_they_say() {
    let shared = shared();
    let total = |query: &str| {
        let found = shared.0.search(query, &[("lang", "en")]);
        found["total"].as_u64().expect("a total")
    };
    assert_eq!(total("\"leaching of nitrate\""), 1);
    // Where nothing has the phrase, what holds its words is shown instead.
    assert_ne!(total("\"nitrate of leaching\""), 1);
    // Nitrate is in sections 1 and 2.1 of the soil article, straw in 2.1 only.
    assert_eq!(total("nitrate AND straw"), 1);
    assert_eq!(total("+straw nitrate"), 1);
    assert_eq!(total("nitrate -straw"), total("nitrate") - 1);
    assert_eq!(total("nitrate NOT straw"), 1);
    assert_eq!(total("lighthouse AND (seconds OR day)"), 2);
    assert_eq!(total("zzzqqq"), 0);
}

#[test]
fn a_filter_leaves_only_what_it_names() {
    let shared = shared();
    let search = |query: &str, with: &[(&str, &str)]| shared.0.search(query, with);
    let knee = search("针刺", &[])["hits"][0]["article"]["id"]
        .as_str()
        .expect("an id")
        .to_owned();

    let english = search("针刺 acupuncture", &[("lang", "en")]);
    assert_eq!(articles(&english), [KNEE]);
    assert!(
        english["hits"]
            .as_array()
            .expect("hits")
            .iter()
            .all(|hit| hit["lang"] == "en")
    );

    assert_eq!(articles(&search("细胞", &[("article", &knee)])), [KNEE]);
    assert!(articles(&search("细胞", &[])).contains(&SHIPPED.to_owned()));

    let below = search("细胞 治疗", &[("section", "1.2"), ("limit", "100")]);
    assert!(!sections(&below).is_empty());
    assert!(
        sections(&below).iter().all(|number| number.starts_with("1.2")),
        "{:?}",
        sections(&below)
    );

    assert_eq!(
        articles(&search("biochar 细胞 针刺", &[("year_to", "2018"), ("limit", "100")])),
        [SOIL]
    );
    assert_eq!(
        articles(&search(
            "biochar 细胞 针刺",
            &[("year_from", "2019"), ("year_to", "2022"), ("limit", "100")]
        )),
        [KNEE]
    );
}

#[test]
fn references_are_a_scope_of_their_own_and_need_no_accents() {
    let shared = shared();
    let scope = [("scope", "references")];
    let husakova = shared.0.search("Husakova", &scope);
    assert_eq!(husakova["hits"][0]["references"][0]["number"], 3);
    for (plain, accented) in [("Dogruel", "Doğruel"), ("Hanak", "Hanák")] {
        let (one, other) = (shared.0.search(plain, &scope), shared.0.search(accented, &scope));
        assert_eq!(one["total"], 1, "{plain}");
        assert_eq!(ranking(&one), ranking(&other));
    }
    let ordinary = shared.0.search("Husakova", &[]);
    let hits = ordinary["hits"].as_array().expect("hits");
    assert!(
        hits.iter()
            .all(|hit| !hit["text"].as_str().unwrap_or_default().contains("usakova")),
        "the list is no part of ordinary search"
    );
}

#[test]
fn what_a_page_break_cut_is_read_whole() {
    let shared = shared();
    for (query, whole) in [
        ("成骨细胞 软骨细胞 脂肪细胞", "如成骨细胞、软骨细胞和脂肪细胞,因而"),
        (
            "AMSCs 总愈合率",
            "与常规治疗相比,接受 AMSCs 治疗的患者显示出更高的总愈合率",
        ),
        ("对照组 固定", "对照组只固定而不针刺, 其余条件与针刺组相同。"),
    ] {
        let found = shared.0.search(query, &[]);
        let text = found["hits"][0]["text"].as_str().expect("text");
        assert!(text.contains(whole), "{text}");
    }
}

#[test]
fn an_english_abstract_cut_by_other_lines_is_joined() {
    let shared = shared();
    for (query, whole) in [
        (
            "mixed cell populations remarkable clinical outcomes",
            "due to their heterogeneity and synergistic effects.",
        ),
        (
            "score of the cartilage inflammatory factors",
            "together with three inflammatory factors in the fluid",
        ),
    ] {
        let found = shared.0.search(query, &[("lang", "en")]);
        let text = found["hits"][0]["text"].as_str().expect("text");
        assert!(text.contains(whole), "{text}");
        assert!(!text.contains("DOI") && !text.contains("example.org"), "{text}");
    }
}

#[test]
fn every_highlight_is_a_span_of_the_text_and_in_order() {
    let shared = shared();
    for query in [
        "细胞治疗 DFU",
        "stem cell therapy wounds",
        "\"软骨细胞\"",
        "TNF-α IL-6 0.05",
        "灯塔 lighthouse",
    ] {
        let found = shared.0.search(query, &[("limit", "100")]);
        for hit in found["hits"].as_array().expect("hits") {
            let pieces = highlighted(hit);
            assert!(pieces.iter().all(|piece| !piece.trim().is_empty()), "{hit}");
            let highlights = hit["highlights"].as_array().expect("highlights");
            let mut last = 0;
            for one in highlights {
                let (start, end) = (one["start"].as_u64(), one["end"].as_u64());
                assert!(start >= Some(last) && end > start, "{highlights:?}");
                last = end.unwrap_or_default();
            }
        }
    }
}

#[test]
fn a_passage_an_article_and_its_parts_answer_under_their_addresses() {
    let shared = shared();
    let best = shared.0.search("胎盘来源 水凝胶", &[("limit", "1")])["hits"][0].clone();
    let (passage, article) = (
        best["id"].as_str().expect("an id"),
        best["article"]["id"].as_str().expect("an id"),
    );
    let shown = shared.0.get(&format!("/v1/passages/{passage}"), &[]);
    assert_eq!((shown.status, &shown.body["text"]), (200, &best["text"]));
    let article = format!("/v1/articles/{article}");
    for (path, list, count) in [("/passages", "passages", 23), ("/references", "references", 31)] {
        let part = shared.0.get(&format!("{article}{path}"), &[]);
        assert_eq!(part.status, 200, "{}", part.body);
        assert_eq!(part.body[list].as_array().map(Vec::len), Some(count), "{path}");
    }
    let tree = shared.0.get(&article, &[]);
    assert_eq!(tree.body["title"]["zh"], SHIPPED);
    for path in ["/healthz", "/readyz", "/openapi.json", "/v1/articles"] {
        assert_eq!(shared.0.get(path, &[]).status, 200, "{path}");
    }
}
