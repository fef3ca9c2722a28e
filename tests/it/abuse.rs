//! Queries and requests meant to do harm: each is answered or refused, none breaks anything.

use std::time::{Duration, Instant};

use super::library::{client, shared};

/// The longest any of them may take; generous, since tests share the processor.
const PATIENCE: Duration = Duration::from_secs(5);

fn nasty() -> Vec<String> {
    let mut queries: Vec<String> = [
        "(",
        ")",
        "((((",
        "))))",
        "()",
        "\"",
        "\"\"",
        "“",
        "“”",
        "-",
        "+",
        "--",
        "- -",
        "NOT",
        "AND",
        "OR",
        "AND OR NOT",
        "NOT NOT NOT x",
        "x AND",
        "OR x",
        "*",
        "?",
        "x*",
        "*x",
        "x?y",
        ".*",
        "(a+)+$",
        "/(x+x+)+y/",
        "[a TO z]",
        "{a TO *}",
        "title:x",
        "text:\"x\"~1000000",
        "x~2",
        "x^1000000",
        "x^-1",
        "_exists_:id",
        "\\",
        "\\\\",
        "\u{0}",
        "a\u{0}b",
        "%00",
        "%",
        "%zz",
        "'; DROP TABLE passages; --",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "${jndi:ldap://x}",
        "\u{202e}abc",
        "\u{feff}",
        "\u{200b}",
        "e\u{301}\u{301}\u{301}",
        "🏥👩‍⚕️",
        "𠀀𠀁",
        "\u{10ffff}",
        "的",
        "的的的的",
        "the",
        "a",
        "1",
        "-1",
        "0x",
        "\r\n",
        "\t",
        "NaN",
        "null",
        "true",
        "[]",
        "{}",
    ]
    .map(str::to_owned)
    .to_vec();
    queries.extend([
        "(".repeat(2048),
        format!("{}x{}", "(".repeat(1000), ")".repeat(1000)),
        format!("{}x", "NOT ".repeat(500)),
        "x OR ".repeat(400) + "x",
        "x OR ".repeat(10_000) + "x",
        "a AND ".repeat(340) + "a",
        "细".repeat(2048),
        "细".repeat(2049),
        "x".repeat(2048),
        "x".repeat(9000),
        "a ".repeat(1024),
        "\"".repeat(2047),
        "\"a\" ".repeat(500),
        "-a ".repeat(680),
        "e\u{301}".repeat(1000),
        "A1-".repeat(680),
        "1 000 ".repeat(340),
        "胎盘来源水凝胶".repeat(290),
        " ".repeat(2048),
    ]);
    queries
}

#[test]
fn no_query_breaks_the_server() {
    let shared = shared();
    let (served, client) = (&shared.0, client());
    for query in nasty() {
        for scope in ["passages", "references"] {
            let since = Instant::now();
            let body = serde_json::json!({"q": query, "scope": scope});
            let posted = client
                .post(served.url("/v1/search"))
                .send_json(&body)
                .expect("an answer");
            let short: String = query.chars().take(40).collect();
            assert!(
                matches!(posted.status().as_u16(), 200 | 400),
                "{short:?}: {}",
                posted.status()
            );
            assert!(since.elapsed() < PATIENCE, "{short:?} took {:?}", since.elapsed());
        }
        if query.len() < 2000 {
            let answer = client
                .get(served.url("/v1/search"))
                .query("q", &query)
                .call()
                .expect("an answer");
            assert!(
                matches!(answer.status().as_u16(), 200 | 400),
                "{query:?}: {}",
                answer.status()
            );
        }
    }
    assert_eq!(served.get("/healthz", &[]).status, 200);
    assert_eq!(
        served.search("胎盘来源 水凝胶", &[])["hits"][0]["section"]["number"],
        "1.2.2"
    );
}

#[test]
fn a_parameter_out_of_range_is_refused_by_name() {
    let shared = shared();
    for (field, value) in [
        ("limit", "0"),
        ("limit", "101"),
        ("limit", "-1"),
        ("limit", "99999999999999999999"),
        ("limit", "ten"),
        ("offset", "-1"),
        ("offset", "18446744073709551615"),
        ("offset", "1e9"),
        ("lang", "klingon"),
        ("scope", "everything"),
        ("year_from", "70000"),
        ("year_to", "soon"),
        ("article", "../../etc/passwd"),
        ("colour", "red"),
    ] {
        let answer = shared.0.get("/v1/search", &[("q", "x"), (field, value)]);
        assert_eq!(answer.status, 400, "{field}={value}: {}", answer.body);
        assert_eq!(
            answer.body["errors"][0]["field"], field,
            "{field}={value}: {}",
            answer.body
        );
    }
    let answer = shared.0.get("/v1/search", &[]);
    assert_eq!((answer.status, &answer.body["errors"][0]["field"]), (400, &"q".into()));
}

#[test]
fn no_address_or_body_breaks_the_server() {
    let shared = shared();
    let client = client();
    for path in [
        "/v1/passages/%00",
        "/v1/passages/..%2f..%2fetc%2fpasswd",
        "/v1/passages/zzzz",
        "/v1/articles/%ff",
        "/v1/articles/a%2fb/passages",
        "/v1/articles/none/references",
        "/v1/search?q=%ff%fe",
        "/v1/search?q=x&q=y",
        "/v1/search?q",
        "/nothing/here",
        "//v1//search",
    ] {
        let answer = client.get(shared.0.url(path)).call().expect("an answer");
        assert!(
            (200..500).contains(&answer.status().as_u16()),
            "{path}: {}",
            answer.status()
        );
    }
    let deep = format!("{{\"q\":{}1{}}}", "[".repeat(20_000), "]".repeat(20_000));
    let large = format!("{{\"q\":\"{}\"}}", "x".repeat(100_000));
    for body in [
        "",
        "{",
        "null",
        "[]",
        "\"x\"",
        "{\"q\":1}",
        "{\"q\":\"\\ud800\"}",
        "{\"q\":\"x\",\"q\":\"y\"}",
        &deep,
        &large,
    ] {
        let request = client
            .post(shared.0.url("/v1/search"))
            .header("Content-Type", "application/json");
        let answer = request.send(body).expect("an answer");
        let short: String = body.chars().take(40).collect();
        assert!(
            (400..500).contains(&answer.status().as_u16()),
            "{short}: {}",
            answer.status()
        );
    }
    assert_eq!(shared.0.get("/healthz", &[]).status, 200);
}
