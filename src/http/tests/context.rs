//! A context over the wire.

use serde_json::{Value, json};

use super::stub::{Running, first, settings};

fn context(server: &Running, body: &Value) -> (u16, Value) {
    let kind = "Content-Type: application/json\r\n";
    let (status, _, answer) = server.ask("POST /v1/context", kind, body.to_string().as_bytes());
    (status, answer)
}

#[test]
fn a_context_names_its_sources_and_counts_code_points() {
    let server = Running::start(settings());
    let (status, answer) = context(&server, &json!({"query": "修復"}));
    assert_eq!(status, 200, "{answer}");
    assert_eq!(
        (&answer["format"], &answer["max_tokens"], &answer["vocabulary"]),
        (&json!("markdown"), &json!(2000), &json!("o200k"))
    );
    let id = first().passages[1].id.to_string();
    let source = &answer["sources"][0];
    assert_eq!(
        (&source["number"], &source["id"], &source["locator"]),
        (&json!(1), &json!(id), &json!("art-1 §1.1 ¶1"))
    );
    assert_eq!(
        (&source["title"], &source["url"], &source["section"]["number"]),
        (&json!("软骨"), &json!("https://doi.org/10.1/x"), &json!("1.1"))
    );
    // The whole text is one sentence of 14 code points; it cites [2], and [9] is not in the list.
    assert_eq!(
        source["passages"][0]["sentences"],
        json!([{"start": 0, "end": 14, "references": [1]}])
    );
    assert_eq!(source["references"], json!([1]));
    assert_eq!(
        (
            &answer["references"][0]["number"],
            &answer["references"][0]["reference"]["number"]
        ),
        (&json!(1), &json!(2))
    );
    let text = answer["context"].as_str().unwrap();
    assert!(
        text.contains("<source id=\"1\">\n## 软骨 › 1 Title of 1 › 1.1 Title of 1.1\n"),
        "{text}"
    );
    assert!(text.contains("软骨🧬修复 CD34+ 细胞 [R1]\n</source>"), "{text}");
    assert!(source.get("text").is_none() && answer.get("documents").is_none());
    assert!(answer["tokens"].as_u64().unwrap() > 50);
}

#[test]
fn each_format_fills_its_own_field() {
    let server = Running::start(settings());
    for (format, field) in [
        ("markdown", "context"),
        ("anthropic", "search_results"),
        ("cohere", "documents"),
        ("openai", "content"),
    ] {
        let (status, answer) = context(&server, &json!({"query": "修复", "format": format, "lang": null}));
        assert_eq!((status, &answer["format"]), (200, &json!(format)), "{answer}");
        for other in ["context", "search_results", "documents", "content"] {
            assert_eq!(answer.get(other).is_some(), other == field, "{format} {other}");
        }
    }
    let (_, answer) = context(&server, &json!({"query": "修复", "format": "json"}));
    assert_eq!(answer["sources"][0]["text"], "软骨🧬修复 CD34+ 细胞");
}

#[test]
fn what_is_not_there_and_what_is_not_right_is_said() {
    let server = Running::start(settings());
    let (status, answer) = context(&server, &json!({"query": "修复", "min_relevance": 1}));
    assert_eq!(
        (status, &answer["answerable"], &answer["sources"]),
        (200, &json!("no"), &json!([]))
    );
    assert_eq!(answer["context"], answer["notice"]);
    for (body, field) in [
        (json!({"query": "  "}), "query"),
        (json!({"q": "a"}), "q"),
        (json!({"query": "a", "max_tokens": 10}), "max_tokens"),
        (json!({"query": "a", "format": "html"}), "format"),
        (json!({"query": "a", "limit": 3}), "limit"),
        (json!({"query": "a", "year_from": 2020, "year_to": 2010}), "year_from"),
    ] {
        let (status, problem) = context(&server, &body);
        let fields: Vec<&Value> = problem["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| &one["field"])
            .collect();
        assert_eq!(
            (status, fields.contains(&&json!(field))),
            (400, true),
            "{body}: {problem}"
        );
    }
}
