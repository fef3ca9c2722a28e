//! Keys: who is let in, how often, and that no key turns up where it should not.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::library::{Library, Served, client};

/// Makes a key with these options and gives it.
fn create(library: &Library, options: &[&str]) -> String {
    let ran = library.run(&[&["key", "create"], options].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let key = ran.out.trim().to_owned();
    assert!(key.starts_with("wy_") && key.len() == 67, "{key}");
    key
}

struct Answered {
    status: u16,
    challenge: String,
    retry_after: Option<u64>,
    body: Value,
}

/// Asks by GET, or by POST where there is a body, with one header more.
fn ask(server: &Served, path: &str, header: Option<(&str, &str)>, body: Option<&Value>) -> Answered {
    let (name, value) = header.unwrap_or(("X-Nothing", "x"));
    let answer = match body {
        Some(body) => client()
            .post(server.url(path))
            .header(name, value)
            .header("Content-Type", "application/json")
            .send(body.to_string()),
        None => client().get(server.url(path)).header(name, value).call(),
    };
    let mut answer = answer.expect("an answer");
    let headers = answer.headers();
    let challenges: Vec<&str> = headers
        .get_all("WWW-Authenticate")
        .iter()
        .map(|value| value.to_str().expect("text"))
        .collect();
    let (challenge, retry_after) = (
        challenges.join("; "),
        headers
            .get("Retry-After")
            .map(|value| value.to_str().expect("text").parse().expect("seconds")),
    );
    let text = answer.body_mut().read_to_string().expect("text");
    Answered {
        status: answer.status().as_u16(),
        challenge,
        retry_after,
        body: serde_json::from_str(&text).unwrap_or(Value::Null),
    }
}

fn status(server: &Served, path: &str, key: Option<&str>) -> u16 {
    let bearer = key.map(|key| format!("Bearer {key}"));
    ask(
        server,
        path,
        bearer.as_deref().map(|bearer| ("Authorization", bearer)),
        None,
    )
    .status
}

/// Waits until the server answers a path with a status.
fn becomes(server: &Served, path: &str, key: Option<&str>, wanted: u16) {
    let started = Instant::now();
    while status(server, path, key) != wanted {
        assert!(
            started.elapsed() < Duration::from_secs(10),
            "{path} never became {wanted}"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn each_route_is_for_the_holders_of_its_scope() {
    let library = Library::full().indexed();
    let search = create(&library, &["reader"]);
    let admin = create(&library, &["figures", "--scope", "admin"]);
    let both = create(&library, &["both", "--scope", "admin", "--scope", "search"]);
    let server = library.serve();
    let article = "/a/10-13429-j-cnki-cjcr-2025-04-001";
    // Path, then the status without a key, with a wrong one, with one to search, with one to look after, with both.
    for (path, statuses) in [
        ("/healthz", [200; 5]),
        ("/readyz", [200; 5]),
        ("/openapi.json", [200; 5]),
        ("/docs", [200; 5]),
        ("/v1/search?q=stem", [401, 401, 200, 403, 200]),
        ("/v1/articles", [401, 401, 200, 403, 200]),
        ("/v1/lexicon/stem", [401, 401, 200, 403, 200]),
        ("/metrics", [401, 401, 403, 200, 200]),
        ("/", [401, 401, 200, 403, 200]),
        (article, [401, 401, 200, 403, 200]),
        ("/searxng/search?q=stem", [401, 401, 200, 403, 200]),
        ("/openai/v1/vector_stores/wenyuan", [401, 401, 200, 403, 200]),
        ("/no/such/address", [401, 401, 404, 403, 404]),
        ("//v1/search?q=stem", [401, 401, 404, 403, 404]),
        ("/V1/search?q=stem", [401, 401, 404, 403, 404]),
        ("/v1%2Fsearch?q=stem", [401, 401, 404, 403, 404]),
        ("/healthz/../v1/articles", [401, 401, 404, 403, 404]),
    ] {
        let wrong = format!("wy_{}", "0".repeat(64));
        let keys = [None, Some(wrong.as_str()), Some(&search), Some(&admin), Some(&both)];
        assert_eq!(keys.map(|key| status(&server, path, key)), statuses, "{path}");
    }
    for (name, value) in [
        ("X-API-Key", search.clone()),
        ("Authorization", format!("bearer {search}")),
    ] {
        assert_eq!(
            ask(&server, "/v1/articles", Some((name, &value)), None).status,
            200,
            "{name}"
        );
    }
    assert_eq!(status(&server, &format!("/searxng/{search}/search?q=stem"), None), 200);
    assert_eq!(status(&server, &format!("/searxng/{admin}/search?q=stem"), None), 403);
    assert_eq!(status(&server, "/searxng/x/search?q=stem", None), 401);
}

#[test]
fn a_refusal_is_said_as_each_caller_expects() {
    let library = Library::full().indexed();
    create(&library, &["reader"]);
    let server = library.serve();
    let wrong = ("Authorization", "Bearer nonsense");

    let native = ask(&server, "/v1/search?q=stem", None, None);
    assert_eq!(
        (native.status, native.challenge.as_str()),
        (401, "Bearer realm=\"wenyuan\"")
    );
    assert_eq!(native.body["type"], "/problems/missing-key");
    let native = ask(&server, "/v1/search?q=stem", Some(wrong), None);
    assert_eq!(native.challenge, "Bearer realm=\"wenyuan\", error=\"invalid_token\"");
    assert_eq!(native.body["type"], "/problems/unknown-key");
    assert!(!native.body.to_string().contains("nonsense"));
    // A browser asks for a password, which is the key.
    assert!(ask(&server, "/", None, None).challenge.contains("Basic realm="));

    let dify = json!({"query": "x", "knowledge_id": "wenyuan"});
    for (header, code) in [
        (None, 1001),
        (Some(("Authorization", "Basic !")), 1001),
        (Some(wrong), 1002),
    ] {
        let answer = ask(&server, "/dify/retrieval", header, Some(&dify));
        assert_eq!((answer.status, &answer.body["error_code"]), (403, &json!(code)));
        assert!(answer.body["error_msg"].is_string());
    }
    // The probe of a registration is refused before its empty body is looked at.
    let probe = client()
        .post(server.url("/dify/retrieval"))
        .header(wrong.0, wrong.1)
        .send_empty();
    assert_eq!(probe.expect("an answer").status(), 403);

    let assistant = ask(
        &server,
        "/mcp",
        Some(wrong),
        Some(&json!({"jsonrpc": "2.0", "id": 1, "method": "ping"})),
    );
    assert!(assistant.status == 401 && assistant.challenge.starts_with("Bearer"));

    let answer = ask(&server, "/dify-dataset/v1/datasets", Some(wrong), None);
    assert_eq!((answer.status, &answer.body["code"]), (401, &json!("unauthorized")));
    let answer = ask(&server, "/searxng/search?q=x", Some(wrong), None);
    assert!(answer.status == 401 && answer.body["error"].is_string());
    let answer = ask(&server, "/owui/search", Some(wrong), Some(&json!({"query": "x"})));
    assert!(answer.status == 401 && answer.body["detail"].is_string());
    let answer = ask(&server, "/ragflow/api/v1/retrieval", Some(wrong), Some(&json!({})));
    assert_eq!((answer.status, &answer.body["code"]), (401, &json!(109)));
    let answer = ask(
        &server,
        "/openai/v1/vector_stores/wenyuan/search",
        Some(wrong),
        Some(&json!({})),
    );
    assert_eq!(
        (answer.status, &answer.body["error"]["code"]),
        (401, &json!("invalid_api_key"))
    );
}

#[test]
fn a_running_server_follows_its_keys() {
    let library = Library::full().indexed();
    let server = library.serve();
    let path = "/v1/articles";
    // Without keys, on this machine, whatever is shown is let in.
    assert_eq!([None, Some("any")].map(|key| status(&server, path, key)), [200, 200]);
    let one = create(&library, &["one"]);
    becomes(&server, path, None, 401);
    assert_eq!(status(&server, path, Some(&one)), 200);
    let other = create(&library, &["other"]);
    becomes(&server, path, Some(&other), 200);

    let listed = library.run(&["key", "list", "--json"]).json();
    assert_eq!([&listed[0]["name"], &listed[1]["name"]], ["one", "other"]);
    assert_eq!(listed[0]["scopes"], json!(["search"]));
    assert_eq!(library.run(&["key", "create", "one"]).code, Some(2));
    assert_eq!(library.run(&["key", "revoke", "three"]).code, Some(2));
    assert_eq!(library.run(&["key", "revoke", "one"]).code, Some(0));
    becomes(&server, path, Some(&one), 401);
    assert_eq!(status(&server, path, Some(&other)), 200);

    // What can't be read, and a file that is gone, leave in force what was.
    let file = library.path().join("keys.toml");
    let good = fs::read_to_string(&file).expect("the keys");
    fs::write(&file, "[[key]]\nid = 1\n").expect("written");
    std::thread::sleep(Duration::from_millis(1200));
    assert_eq!(
        [None, Some(other.as_str())].map(|key| status(&server, path, key)),
        [401, 200]
    );
    fs::remove_file(&file).expect("removed");
    std::thread::sleep(Duration::from_millis(1200));
    assert_eq!(
        [None, Some(other.as_str())].map(|key| status(&server, path, key)),
        [401, 200]
    );
    fs::write(&file, good).expect("written");
    let third = create(&library, &["third"]);
    becomes(&server, path, Some(&third), 200);
}

#[test]
fn pages_can_be_open_where_the_rest_is_not() {
    let library = Library::full().indexed();
    fs::write(library.path().join("config.toml"), "[server]\nopen_pages = true\n").expect("written");
    create(&library, &["reader"]);
    let server = library.serve();
    for (path, wanted) in [("/", 200), ("/status", 200), ("/v1/articles", 401), ("/metrics", 401)] {
        assert_eq!(status(&server, path, None), wanted, "{path}");
    }
}

#[test]
fn who_asks_too_often_is_told_when_to_come_back() {
    let library = Library::full().indexed();
    fs::write(
        library.path().join("config.toml"),
        "[server]\nrequests_per_minute = 3\n",
    )
    .expect("written");
    let server = library.serve();
    let statuses: Vec<u16> = (0..4).map(|_| status(&server, "/v1/articles", None)).collect();
    assert_eq!(statuses, [200, 200, 200, 429]);
    let answer = ask(&server, "/v1/articles", None, None);
    assert_eq!(answer.body["type"], "/problems/rate-limited");
    // One every twenty seconds.
    assert!(answer.retry_after.is_some_and(|seconds| (1..=21).contains(&seconds)));
    let answer = ask(
        &server,
        "/openai/v1/vector_stores/wenyuan/search",
        None,
        Some(&json!({"query": "x"})),
    );
    assert_eq!(
        (answer.status, &answer.body["error"]["code"]),
        (429, &json!("rate_limit_exceeded"))
    );
    assert_eq!(status(&server, "/healthz", None), 200);

    // Each key has its own count; one has a limit of its own; and who tries out keys is slowed down.
    let usual = create(&library, &["usual"]);
    let free = create(
        &library,
        &["free", "--requests-per-minute", "0", "--max-body-bytes", "1024"],
    );
    becomes(&server, "/v1/articles", Some(&free), 200);
    let statuses: Vec<u16> = (0..5).map(|_| status(&server, "/v1/articles", Some(&usual))).collect();
    assert_eq!(statuses, [200, 200, 200, 429, 429]);
    assert!((0..20).all(|_| status(&server, "/v1/articles", Some(&free)) == 200));
    assert_eq!(status(&server, "/v1/articles", Some("guess")), 429);

    let large = json!({"q": "stem", "section": "x".repeat(2000)});
    let bearer = format!("Bearer {free}");
    assert_eq!(
        ask(&server, "/v1/search", Some(("Authorization", &bearer)), Some(&large)).status,
        413
    );
    assert_eq!(
        library.run(&["key", "create", "x", "--max-body-bytes", "10"]).code,
        Some(2)
    );
}

#[test]
fn a_key_turns_up_in_no_log_file_or_figure() {
    let library = Library::full().indexed();
    let key = create(&library, &["reader", "--scope", "search", "--scope", "admin"]);
    let server = library.serve_with(&[("RUST_LOG", "trace")]);
    let wrong = key.replace(&key[3..13], "0123456789");
    for key in [&key, &wrong] {
        status(&server, "/v1/search?q=stem", Some(key));
        status(&server, &format!("/searxng/{key}/search?q=stem"), None);
        status(&server, &format!("/searxng/{key}/nothing"), None);
        ask(&server, "/v1/articles", Some(("X-API-Key", key)), None);
    }
    let figures = client()
        .get(server.url("/metrics"))
        .header("X-API-Key", &key)
        .call()
        .expect("figures")
        .body_mut()
        .read_to_string()
        .expect("text");
    let log = fs::read_to_string(library.path().join("server.log")).expect("a log");
    let kept = fs::read_to_string(library.path().join("keys.toml")).expect("the keys");
    let config = library.run(&["config"]).out;
    assert!(log.contains("/v1/search") && figures.contains("/v1/search") && kept.contains("sha256"));
    for (name, text) in [
        ("log", log),
        ("figures", figures),
        ("keys.toml", kept),
        ("config", config),
    ] {
        assert!(!text.contains(&key[13..]), "{name}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(library.path().join("keys.toml"))
            .expect("the keys")
            .permissions()
            .mode();
        assert_eq!(mode & 0o077, 0, "only its owner reads it");
    }
}

#[test]
fn no_other_machine_is_let_in_without_a_key() {
    let library = Library::full().indexed();
    for bind in ["0.0.0.0:0", "[::]:0"] {
        let ran = library.run(&["serve", "--bind", bind]);
        assert_eq!(ran.code, Some(3), "{}", ran.err);
        assert!(ran.err.contains("wenyuan key create"), "{}", ran.err);
    }
}
