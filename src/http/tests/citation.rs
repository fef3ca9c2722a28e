//! Citations over the wire.

use serde_json::json;

use super::stub::{Running, first, settings};

#[test]
fn an_article_a_passage_and_a_reference_are_cited() {
    let server = Running::start(settings());
    let (status, article) = server.get("/v1/articles/art-1/citation");
    assert_eq!(status, 200, "{article}");
    assert_eq!(
        (
            &article["id"],
            &article["style"],
            &article["media_type"],
            &article["lang"]
        ),
        (
            &json!("art-1"),
            &json!("gbt7714-2015"),
            &json!("text/plain"),
            &json!("zh")
        )
    );
    assert!(article["text"].as_str().unwrap().starts_with("张三. 软骨"), "{article}");
    let (_, english) = server.get("/v1/articles/art-1/citation?style=vancouver&lang=en");
    assert!(english["text"].as_str().unwrap().contains("Cartilage"), "{english}");

    let id = first().passages[1].id.to_string();
    let (_, passage) = server.get(&format!("/v1/passages/{id}/citation?style=gbt7714-2015"));
    let text = passage["text"].as_str().unwrap();
    assert!(text.ends_with("(§1.1 Title of 1.1, 第 1 段)"), "{text}");

    let (status, reference) = server.get("/v1/articles/art-1/references/2/citation?style=ris");
    assert_eq!((status, &reference["id"]), (200, &json!("art-1:r2")));
    assert!(reference["text"].as_str().unwrap().starts_with("TY  - "), "{reference}");
}

#[test]
fn what_is_not_there_is_said_with_its_kind() {
    let server = Running::start(settings());
    for (path, kind) in [
        ("/v1/articles/nothing/citation", "unknown-article"),
        ("/v1/passages/nothing/citation", "unknown-passage"),
        ("/v1/articles/art-1/references/77/citation", "unknown-reference"),
        ("/v1/articles/art-1/references/two/citation", "unknown-reference"),
        ("/v1/articles/nothing/references/1/citation", "unknown-reference"),
    ] {
        let (status, problem) = server.get(path);
        assert_eq!(
            (status, &problem["type"]),
            (404, &json!(format!("/problems/{kind}"))),
            "{path}"
        );
    }
    let (status, problem) = server.get("/v1/articles/art-1/citation?style=apa");
    assert_eq!((status, &problem["errors"][0]["field"]), (400, &json!("style")));
    let (status, problem) = server.get("/v1/articles/art-1/references/2/citation?lang=zh");
    assert_eq!((status, &problem["errors"][0]["field"]), (400, &json!("lang")));
}
