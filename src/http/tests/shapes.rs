//! How answers look.

use serde_json::{Value, json};

use super::stub::{Running, TEXT, first, settings};
use crate::http::wire::SearchAnswer;
use crate::retrieve::{Answerable, Found, Hit, Results, Search, Understood};
use crate::server::Base;
use crate::text::Span;

fn hit(found: Found, highlights: Vec<Span>) -> Value {
    let results = Results {
        search: Search::new("软骨"),
        understood: Understood::default(),
        total: 1,
        complete: true,
        partial: false,
        facets: None,
        answerable: Answerable::Yes,
        correction: None,
        dense: None,
        rerank: None,
        hits: vec![Hit {
            relevance: 0.75,
            cosine: None,
            rank: 1,
            score: 2.5,
            lift: 0.0,
            found,
            highlights,
            duplicates: Vec::new(),
            around: Vec::new(),
            explanation: None,
        }],
    };
    serde_json::to_value(SearchAnswer::new(results, 0.25, &Base::new("http://h/"))).unwrap()
}

#[test]
fn a_term_is_explained() {
    let server = Running::start(settings());
    let (status, answer) = server.get("/v1/lexicon/stem%20cell");
    assert_eq!(
        (status, &answer["term"], &answer["lang"]),
        (200, &json!("stem cell"), &json!("en"))
    );
    assert_eq!(answer["consists_of"], json!(["stem cell"]));
    let expansions = answer["expansions"].as_array().unwrap();
    let found = expansions.iter().find(|one| one["text"] == "干细胞").unwrap();
    assert_eq!(
        (&found["lang"], &found["relation"]),
        (&json!("zh"), &json!("translation"))
    );
    let (status, problem) = server.get(&format!("/v1/lexicon/{}", "x".repeat(97)));
    assert_eq!((status, &problem["errors"][0]["field"]), (400, &json!("term")));
}

#[test]
fn a_hit_counts_code_points_and_carries_its_references() {
    let placed = first().placed_passages().remove(1);
    let id = placed.passage.id.to_string();
    // 🧬修复 is bytes 6..16: code points 2..5.
    let found = Found::Passage(Box::new(placed));
    let answer = hit(found, vec![Span::new(0, 6), Span::new(6, 16)]);
    assert_eq!(
        answer["query"],
        json!({"text": "软骨", "scope": "passages", "lang": "any", "limit": 10, "offset": 0, "article": [],
            "section": null, "year_from": null, "year_to": null, "min_relevance": 0.0,
            "role": [], "sort": "relevance", "history": [], "as_typed": false, "diversify": false, "expand": "nothing"})
    );
    let hit = &answer["hits"][0];
    assert_eq!(
        hit["highlights"],
        json!([{"start": 0, "end": 2}, {"start": 2, "end": 5}])
    );
    assert_eq!(hit["snippet"], TEXT);
    assert_eq!(hit["snippet_highlights"], hit["highlights"]);
    assert_eq!(
        hit["citations"],
        json!([{"at": 3, "numbers": [2, 9], "printed": "[2,9]"}])
    );
    assert_eq!(hit["unresolved_citations"], json!([9]));
    assert_eq!(hit["references"][0]["number"], 2);
    assert_eq!(hit["locator"], "art-1 §1.1 ¶1");
    assert_eq!(
        hit["section"]["path"],
        json!([{"id": "1", "number": "1", "title": "Title of 1"},
            {"id": "1.1", "number": "1.1", "title": "Title of 1.1"}])
    );
    assert_eq!(
        hit["article"],
        json!({"id": "art-1", "title": {"zh": "软骨", "en": "Cartilage"}, "authors": ["张三"], "journal": null,
            "year": 2024, "doi": "10.1/x", "url": "https://doi.org/10.1/x"})
    );
    assert_eq!(
        hit["metadata"],
        json!({"passage_id": id, "article_id": "art-1", "section": "1.1", "section_title": "Title of 1.1",
            "role": "other", "authors": "张三", "lang": "zh", "title": "软骨", "doi": "10.1/x", "year": 2024, "url": "https://doi.org/10.1/x",
            "volume_year": 7})
    );
    assert!(hit.get("cited_by").is_none());
}

#[test]
fn a_snippet_counts_code_points_from_its_own_start() {
    let mut placed = first().placed_passages().remove(1);
    // Too long to be shown whole: the snippet is the second sentence, whose highlight is code points 200..203 of the text.
    placed.passage.text = format!("{}。🧬修复。", "骨".repeat(199));
    let answer = hit(Found::Passage(Box::new(placed)), vec![Span::new(600, 610)]);
    let hit = &answer["hits"][0];
    assert_eq!(hit["highlights"], json!([{"start": 200, "end": 203}]));
    assert_eq!(hit["snippet"], "🧬修复。");
    assert_eq!(hit["snippet_highlights"], json!([{"start": 0, "end": 3}]));
}

#[test]
fn a_reference_found_names_the_passages_that_cite_it() {
    let placed = first().placed_references().remove(1);
    let answer = hit(Found::Reference(Box::new(placed)), Vec::new());
    let hit = &answer["hits"][0];
    assert_eq!(
        (&hit["id"], &hit["section"]["id"]),
        (&json!("art-1:r2"), &json!("references"))
    );
    assert_eq!(hit["cited_by"][0]["locator"], "art-1 §1.1 ¶1");
    assert_eq!(hit["text"], hit["references"][0]["text"]);
}

#[test]
fn a_passage_comes_with_its_neighbours() {
    let server = Running::start(settings());
    let id = first().passages[1].id.to_string();
    let (status, passage) = server.get(&format!("/v1/passages/{id}"));
    assert_eq!(status, 200);
    assert_eq!(passage["text"], TEXT);
    assert_eq!(
        passage["marks"],
        json!([{"start": 10, "end": 11, "style": "superscript"}])
    );
    assert_eq!(passage["previous"]["text"], "第一段。");
    assert_eq!(passage["next"]["text"], "An English <b>end</b>.");
    let (_, first) = server.get(&format!("/v1/passages/{}", first().passages[0].id));
    assert_eq!(first["previous"], Value::Null);
}

#[test]
fn articles_are_listed_in_pages_and_read_with_a_nested_section_tree() {
    let server = Running::start(settings());
    let (_, page) = server.get("/v1/articles?offset=1&limit=1");
    assert_eq!(
        (&page["total"], &page["offset"], &page["limit"]),
        (&json!(2), &json!(1), &json!(1))
    );
    assert_eq!(page["articles"][0]["id"], "art-2");
    assert_eq!(page["articles"][0]["url"], "http://localhost/v1/articles/art-2");
    let (_, article) = server.get("/v1/articles/art-1");
    let top: Vec<_> = article["sections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| &node["id"])
        .collect();
    assert_eq!(top, ["1", "2"]);
    assert_eq!(article["sections"][0]["sections"][0]["id"], "1.1");
    assert_eq!(
        article["sections"][0]["sections"][0]["passages"][0]["cites"],
        json!([2, 9])
    );
    let (_, passages) = server.get("/v1/articles/art-1/passages");
    assert_eq!(
        (&passages["total"], &passages["passages"][1]["text"]),
        (&json!(3), &json!(TEXT))
    );
    let (_, references) = server.get("/v1/articles/art-1/references");
    assert_eq!(references["references"][0]["cited_by"], json!([]));
    assert_eq!(references["references"][1]["cited_by"][0]["locator"], "art-1 §1.1 ¶1");
    let (status, none) = server.get("/v1/articles/art-2/references");
    assert_eq!((status, &none["total"]), (200, &json!(0)));
}

#[test]
fn health_readiness_and_figures() {
    let server = Running::start(settings());
    assert_eq!(server.get("/healthz"), (200, json!({"status": "ok"})));
    assert_eq!(server.get("/readyz"), (200, json!({"status": "ok"})));
    let figures = || server.raw(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    // A connection whose client has left is counted until the server has noticed.
    let noticed = |figures: &String| figures.contains("wenyuan_http_connections 1\n");
    let figures = std::iter::repeat_with(figures)
        .take(200)
        .find(noticed)
        .expect("only this one");
    for line in [
        "wenyuan_index_articles 2",
        "wenyuan_http_requests_total{route=\"/readyz\",method=\"GET\",status=\"200\"} 1",
    ] {
        assert!(figures.contains(line), "{line} in {figures}");
    }
    let building = Running::without_index();
    assert_eq!(building.get("/healthz").0, 200);
    let (status, head, problem) = building.ask("GET /readyz", "", b"");
    assert_eq!((status, &problem["detail"]), (503, &json!("the index is being built")));
    assert!(head.contains("retry-after: 1"));
}

#[test]
fn a_search_over_the_wire_is_the_same_by_query_and_by_json() {
    let server = Running::start(settings());
    let query = "/v1/search?q=%E4%BF%AE%E5%BE%A9&limit=3&lang=zh&article=art-1,art-2&year_from=2000";
    let (status, mut asked) = server.get(query);
    assert_eq!(status, 200, "{asked}");
    let body = r#"{"q": "修復", "limit": 3, "lang": "zh", "article": "art-1,art-2", "year_from": 2000, "scope": null}"#;
    let (_, mut posted) = server.post(body);
    assert!(asked["took_ms"].take().is_number() && posted["took_ms"].take().is_number());
    assert_eq!(asked, posted);
    assert_eq!(asked["query"]["article"], json!(["art-1", "art-2"]));
    // The query is traditional, the text simplified: 修复 is code points 3..5.
    assert_eq!(asked["hits"][0]["highlights"], json!([{"start": 3, "end": 5}]));
    let (_, references) = server.get("/v1/search?q=WANG&scope=references");
    assert_eq!(references["hits"][0]["highlights"], json!([{"start": 0, "end": 4}]));
    assert_eq!(references["hits"][0]["id"], "art-1:r2");
}
