//! Explanations, counts and orders over HTTP and on the command line.

use serde_json::json;

use super::library::shared;

#[test]
fn a_hit_comes_with_an_account_that_adds_up_to_its_score() {
    let found = shared()
        .0
        .search("stem cells hydrogel", &[("explain", "true"), ("limit", "5")]);
    for hit in found["hits"].as_array().expect("hits") {
        let explanation = &hit["explanation"];
        let shares = explanation["shares"].as_array().expect("shares");
        let sum: f64 = shares.iter().filter_map(|share| share["score"].as_f64()).sum();
        let score = hit["score"].as_f64().expect("a score");
        assert!((sum - score).abs() <= 1e-3 * score, "{sum} is not {score}");
        for language in ["zh", "en"] {
            assert!(
                explanation["text"][language]
                    .as_array()
                    .is_some_and(|lines| lines.len() > 1)
            );
        }
    }
    let plain = shared().0.search("stem cells hydrogel", &[]);
    assert!(plain["hits"][0].get("explanation").is_none());
}

#[test]
fn a_passage_that_is_not_shown_is_told_why() {
    let shared = shared();
    let found = shared.0.search("lighthouse", &[]);
    let id = found["hits"][0]["id"].as_str().expect("an id").to_owned();
    let why = |parameters: &[(&str, &str)]| shared.0.get("/v1/explain", parameters);
    let shown = why(&[("q", "lighthouse"), ("id", &id)]);
    assert_eq!(
        (shown.status, &shown.body["verdict"], &shown.body["rank"]),
        (200, &json!("shown"), &json!(1))
    );
    let missed = why(&[("q", "糖尿病"), ("id", &id)]);
    assert_eq!(missed.body["verdict"], "no_match");
    assert!(
        missed.body["cut"]["score"].as_f64().is_none(),
        "no English passage is shown: {}",
        missed.body["cut"]
    );
    let filtered = why(&[("q", "lighthouse"), ("id", &id), ("role", "abstract,methods")]);
    assert_eq!(filtered.body["because"], json!(["role"]));
    let unknown = why(&[("q", "lighthouse"), ("id", "aaaaaaaaaaaaaaaaaaaa")]);
    assert_eq!(unknown.status, 404);
    let faulty = why(&[("q", "lighthouse")]);
    assert_eq!((faulty.status, &faulty.body["errors"][0]["field"]), (400, &json!("id")));

    let ran = shared.1.run(&["explain", "lighthouse", &id]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(
        ran.out.starts_with("It is shown as number 1.") && ran.out.contains("“lighthouse”"),
        "{}",
        ran.out
    );
    let ran = shared.1.run(&["explain", "糖尿病", &id]);
    assert!(ran.out.starts_with("不含查询的任何词"), "{}", ran.out);
    assert_eq!(shared.1.run(&["explain", "x", "nothing"]).code, Some(1));
}

#[test]
fn matches_are_counted_and_restricted_by_facts() {
    let shared = shared();
    let counted = shared
        .0
        .search("lighthouse 灯塔", &[("facets", "true"), ("limit", "1")]);
    let count = |kind: &str| -> u64 {
        let counts = counted["facets"][kind].as_array().expect("counts");
        counts.iter().filter_map(|one| one["count"].as_u64()).sum()
    };
    assert_eq!(
        (count("articles"), count("langs")),
        (counted["total"].as_u64().expect("a total"), count("articles"))
    );
    let dated = r#"{"field": "year", "op": "eq", "value": 1999}"#;
    let found = shared.0.search("lighthouse", &[("filter", dated)]);
    assert_eq!((&found["total"], &found["complete"]), (&json!(1), &json!(true)));
    assert_eq!(found["hits"][0]["metadata"]["year"], 1999);
    assert_eq!(
        found["query"]["filter"],
        json!({"field": "year", "op": "eq", "value": 1999.0})
    );
    let refused = |filter: &str| shared.0.get("/v1/search", &[("q", "x"), ("filter", filter)]);
    for (filter, field) in [
        (r#"{"field": "year", "op": "near", "value": 1}"#, "filter.op"),
        (r#"{"all": [{}]}"#, "filter.all[0]"),
        (r#"{"each": []}"#, "filter"),
        (r#"{"field": "year", "op": "eq"}"#, "filter"),
        ("year = 1999", "filter"),
    ] {
        let refused = refused(filter);
        assert_eq!(
            (refused.status, &refused.body["errors"][0]["field"]),
            (400, &json!(field)),
            "{filter}"
        );
    }
    let listed = shared
        .0
        .search("它呢", &[("history", "lighthouse"), ("history", "灯塔")]);
    assert_eq!(listed["query"]["history"], json!(["lighthouse", "灯塔"]));
    assert!(!listed["hits"].as_array().expect("hits").is_empty());
}
