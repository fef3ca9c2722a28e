//! What a client is told when it asks wrongly.

use std::time::Duration;

use serde_json::{Value, json};

use super::stub::{Running, settings};

#[test]
fn every_wrong_parameter_is_named_with_what_would_be_right() {
    let server = Running::start(settings());
    let long = "a".repeat(2049);
    let cases = [
        ("", "q", "it is missing", "text of 1 to 2048 characters"),
        ("q=", "q", "it is empty", "text of 1 to 2048 characters"),
        (
            "q=+%20",
            "q",
            "it is empty",
            "at least one character other than a space",
        ),
        (
            &format!("q={long}"),
            "q",
            "it has 2049 characters",
            "text of 1 to 2048 characters",
        ),
        ("q=a&limit=0", "limit", "it is 0", "a whole number from 1 to 100"),
        ("q=a&limit=101", "limit", "it is 101", "a whole number from 1 to 100"),
        (
            "q=a&limit=ten",
            "limit",
            "it is \"ten\"",
            "a whole number from 1 to 100",
        ),
        (
            "q=a&offset=1001",
            "offset",
            "it is 1001",
            "a whole number from 0 to 1000",
        ),
        (
            "q=a&offset=99999999999999999999",
            "offset",
            "it is \"99999999999999999999\"",
            "a whole number from 0 to 1000",
        ),
        (
            "q=a&limit=%2B5",
            "limit",
            "it is \"+5\"",
            "a whole number from 1 to 100",
        ),
        (
            "q=a&min_relevance=.5",
            "min_relevance",
            "it is \".5\"",
            "a number from 0 to 1",
        ),
        (
            "q=a&min_relevance=1.5",
            "min_relevance",
            "it is 1.5",
            "a number from 0 to 1",
        ),
        (
            "q=a&min_relevance=NaN",
            "min_relevance",
            "it is \"NaN\"",
            "a number from 0 to 1",
        ),
        ("q=a&lang=fr", "lang", "it is \"fr\"", "one of any, zh, en, same"),
        ("q=a&scope=all", "scope", "it is \"all\"", "one of passages, references"),
        (
            "q=a&year_from=2020&year_to=2010",
            "year_from",
            "2020 is later than year_to, 2010",
            "a year up to 2010",
        ),
        ("q=a&q=b", "q", "it is given more than once", "one value"),
        ("q=%B9%FA", "q", "it is not UTF-8", "UTF-8 text, percent-encoded"),
        (
            "q=%4",
            "q",
            "a % is not followed by two hexadecimal digits",
            "UTF-8 text, percent-encoded",
        ),
    ];
    for (query, field, message, expected) in cases {
        let (status, problem) = server.get(&format!("/v1/search?{query}"));
        assert_eq!(status, 400, "{query}");
        assert_eq!(problem["type"], "/problems/invalid-parameter", "{query}");
        let errors = json!([{"field": field, "message": message, "expected": expected}]);
        assert_eq!(problem["errors"], errors, "{query}");
    }
    let (_, problem) = server.get("/v1/search?q=a&limt=3");
    assert_eq!(problem["errors"][0]["field"], "limt");
    let expected = problem["errors"][0]["expected"].as_str().unwrap();
    assert!(expected.starts_with("limit, or one of "), "{expected}");
    assert_eq!(server.get("/v1/articles/art-1?x=1").0, 400);
    let (_, problem) = server.get("/v1/search?q=a&article=a%2Fb");
    assert_eq!(problem["errors"][0]["field"], "article");
}

#[test]
fn json_is_checked_like_a_query_and_nulls_are_not_given() {
    let server = Running::start(settings());
    let field = |body: &str| {
        let (status, problem) = server.post(body);
        (status, problem["errors"][0]["field"].clone())
    };
    assert_eq!(field(r#"{"q": "a", "limt": 1}"#), (400, json!("limt")));
    assert_eq!(field(r#"{"q": "a", "q": "b"}"#), (400, json!("q")));
    assert_eq!(field(r#"{"q": null}"#), (400, json!("q")));
    assert_eq!(field(r#"{"q": ["a"]}"#), (400, json!("q")));
    assert_eq!(field(r#"{"q": "a", "limit": "3"}"#), (400, json!("limit")));
    assert_eq!(field(r#"{"q": "a", "limit": 2.5}"#), (400, json!("limit")));
    assert_eq!(
        field(r#"{"q": "a", "min_relevance": "0.5"}"#),
        (400, json!("min_relevance"))
    );
    let (_, answer) = server.post(r#"{"q": "a", "min_relevance": 0.25}"#);
    assert_eq!(answer["query"]["min_relevance"], 0.25);
    let (_, answer) = server.get("/v1/search?q=a&min_relevance=1");
    assert_eq!(answer["query"]["min_relevance"], 1.0);
    // Every optional field null: only the last one is wrong.
    let nulls = r#"{"q":"a","limit":null,"offset":null,"lang":null,"article":null,"section":null,
        "year_from":null,"year_to":null,"scope":"x"}"#;
    let (_, problem) = server.post(nulls);
    assert_eq!(problem["errors"].as_array().map(Vec::len), Some(1));
    for (body, words) in [
        ("{\"q\": \"a\",}", "line 1 column 11"),
        ("[1]", "object"),
        ("", "EOF"),
        (&"[".repeat(5000), "object"),
        (&format!("{{\"q\": {}", "[".repeat(5000)), "recursion limit"),
    ] {
        let (status, problem) = server.post(body);
        assert_eq!((status, &problem["type"]), (400, &json!("/problems/malformed-request")));
        assert!(
            problem["detail"].as_str().unwrap().contains(words),
            "{words} in {problem}"
        );
    }
    let (status, _, problem) = server.ask(
        "POST /v1/search",
        "Content-Type: application/json\r\n",
        b"{\"q\":\"\xB9\xFA\"}",
    );
    assert_eq!(
        (status, &problem["detail"]),
        (400, &json!("The body is not UTF-8 from byte 6 on."))
    );
}

#[test]
fn bodies_of_other_types_and_sizes_are_refused() {
    let server = Running::start(settings());
    let ask = |headers: &str, body: &[u8]| {
        let (status, _, problem) = server.ask("POST /v1/search", headers, body);
        (status, problem["type"].clone())
    };
    let unsupported = (415, json!("/problems/unsupported-media-type"));
    assert_eq!(ask("", b"{}"), unsupported);
    assert_eq!(ask("Content-Type: text/plain\r\n", b"{}"), unsupported);
    assert_eq!(
        ask("Content-Type: application/json; charset=gbk\r\n", b"{}"),
        unsupported
    );
    assert_eq!(
        ask("Content-Type: application/json\r\nContent-Encoding: gzip\r\n", b"{}"),
        unsupported
    );
    let large = vec![b' '; 65_537];
    let too_large = (413, json!("/problems/body-too-large"));
    assert_eq!(ask("Content-Type: application/json\r\n", &large), too_large);
    let chunk = [b"10001\r\n".as_slice(), &large, b"\r\n0\r\n\r\n"].concat();
    let head = b"POST /v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
        Transfer-Encoding: chunked\r\n\r\n";
    assert!(
        server
            .raw(&[head.as_slice(), &chunk].concat())
            .starts_with("HTTP/1.1 413")
    );
}

#[test]
fn addresses_methods_and_identifiers_that_are_not_there() {
    let server = Running::start(settings());
    for (path, kind) in [
        ("/v2", "unknown-route"),
        ("/problems/none", "unknown-route"),
        ("/v1/passages/none", "unknown-passage"),
        ("/v1/passages/%2e%2e%2fx", "unknown-passage"),
        ("/v1/articles/none", "unknown-article"),
        ("/v1/articles/none/passages", "unknown-article"),
        ("/v1/articles/none/references", "unknown-article"),
    ] {
        let (status, problem) = server.get(path);
        assert_eq!(
            (status, problem["type"].clone()),
            (404, json!(format!("/problems/{kind}"))),
            "{path}"
        );
    }
    assert_eq!(server.get("/v1/passages/%FF").0, 400);
    let (status, head, problem) = server.ask("DELETE /v1/search", "", b"");
    assert_eq!(
        (status, &problem["type"]),
        (405, &json!("/problems/method-not-allowed"))
    );
    let allow = head.lines().find(|line| line.starts_with("allow:")).unwrap();
    assert!(allow.contains("get") && allow.contains("post"), "{allow}");
    assert!(head.contains("content-type: application/problem+json"), "{head}");
}

#[test]
fn server_faults_say_nothing_of_the_inside() {
    let server = Running::start(settings());
    for id in ["broken", "panic"] {
        let (status, head, problem) = server.ask(&format!("GET /v1/passages/{id}"), "", b"");
        assert_eq!((status, &problem["type"]), (500, &json!("/problems/internal")));
        assert!(!problem.to_string().contains("secret"));
        assert!(head.contains("x-request-id: "));
    }
    assert_eq!(server.get("/healthz").0, 200);
}

#[test]
fn hosts_are_checked() {
    let server = Running::start(settings());
    let ask = |head: &str| server.raw(format!("{head}Connection: close\r\n\r\n").as_bytes());
    assert!(ask("GET /healthz HTTP/1.1\r\n").starts_with("HTTP/1.1 400"));
    assert!(ask("GET /healthz HTTP/1.1\r\nHost: a\r\nHost: localhost\r\n").starts_with("HTTP/1.1 400"));
    assert!(ask("GET /healthz HTTP/1.1\r\nHost: evil.example\r\n").starts_with("HTTP/1.1 403"));
    assert!(ask("GET http://evil.example/healthz HTTP/1.1\r\nHost: localhost\r\n").starts_with("HTTP/1.1 403"));
    assert!(ask("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:7700\r\n").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_full_queue_is_refused_at_once_and_a_long_wait_ends() {
    let mut tight = settings();
    (tight.max_concurrent_searches, tight.queue, tight.request_timeout_s) = (1, 1, 0.8);
    let server = Running::start(tight);
    std::thread::scope(|scope| {
        let first = scope.spawn(|| server.get("/v1/passages/slow"));
        server.entered();
        let second = scope.spawn(|| server.get("/v1/articles/art-1"));
        // Nothing tells from outside that a request waits.
        std::thread::sleep(Duration::from_millis(200));
        let (status, head, problem): (u16, String, Value) = server.ask("GET /v1/articles/art-1", "", b"");
        assert_eq!((status, &problem["type"]), (503, &json!("/problems/overloaded")));
        assert!(head.contains("retry-after: 1"));
        assert_eq!(second.join().unwrap().0, 504);
        // The search itself takes 1.5 s, an answer may take 0.8 s.
        assert_eq!(first.join().unwrap().0, 504);
    });
}
