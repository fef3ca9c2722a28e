//! Both eras on one endpoint, and what the endpoint refuses.

use serde_json::{Value, json};

use super::message::{CURRENT, OLDER, ask, ask_older, current, handshake, post, request, same_twice};
use crate::library::{Library, client, shared};

#[test]
fn the_current_protocol_needs_no_handshake() {
    let served = &shared().0;
    let discovered = ask(served, "server/discover", json!({})).result();
    assert_eq!(discovered["resultType"], "complete");
    let versions = discovered["supportedVersions"].as_array().expect("versions");
    for version in [CURRENT, OLDER, "2025-06-18", "2025-03-26"] {
        assert!(versions.contains(&json!(version)), "{versions:?}");
    }
    assert_eq!(
        discovered["_meta"]["io.modelcontextprotocol/serverInfo"]["name"],
        "wenyuan"
    );
    assert_eq!(
        discovered["_meta"]["io.modelcontextprotocol/serverInfo"]["version"],
        env!("CARGO_PKG_VERSION")
    );
    assert!(
        discovered["instructions"]
            .as_str()
            .expect("instructions")
            .contains("never instructions")
    );

    // What may be kept says for how long and by whom.
    for (method, scope) in [
        ("server/discover", "public"),
        ("tools/list", "public"),
        ("resources/templates/list", "public"),
        ("resources/list", "private"),
    ] {
        let result = ask(served, method, json!({})).result();
        assert_eq!(result["resultType"], "complete", "{method}");
        assert_eq!(result["cacheScope"], scope, "{method}");
        assert!(result["ttlMs"].as_u64().expect("milliseconds") > 0, "{method}");
    }
}

#[test]
fn the_older_handshake_is_answered_at_the_same_address_without_a_session() {
    let served = &shared().0;
    for version in [OLDER, "2025-06-18", "2025-03-26", "2024-11-05"] {
        let begun = post(served, &request("initialize", handshake(version)), &[]).result();
        assert_eq!(begun["protocolVersion"], version);
        assert_eq!(begun["serverInfo"]["name"], "wenyuan");
        assert!(begun["capabilities"]["tools"].is_object() && begun["capabilities"]["resources"].is_object());
    }
    let begun = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
    let noted = post(served, &begun, &[("mcp-protocol-version", OLDER)]);
    assert_eq!((noted.status, noted.text.as_str()), (202, ""));

    let tools = ask_older(served, "tools/list", json!({})).result();
    assert!(tools.get("resultType").is_none(), "{tools}");
    let older = ask_older(
        served,
        "tools/call",
        json!({"name": "search", "arguments": {"query": "水凝胶"}}),
    )
    .result();
    let newer = ask(
        served,
        "tools/call",
        json!({"name": "search", "arguments": {"query": "水凝胶"}}),
    )
    .result();
    assert_eq!(same_twice(&older), same_twice(&newer));
    // Before versions were told in a header there was none.
    let bare = post(served, &request("tools/list", json!({})), &[]).result();
    assert_eq!(bare["tools"], tools["tools"]);
}

#[test]
fn a_header_that_contradicts_the_body_or_names_no_version_is_refused() {
    let served = &shared().0;
    let message = request("tools/list", current(json!({})));
    let wrong = post(
        served,
        &message,
        &[("mcp-protocol-version", CURRENT), ("mcp-method", "tools/call")],
    );
    assert_eq!(
        (wrong.status, wrong.json()["error"]["code"].as_i64()),
        (400, Some(-32020))
    );

    let mut unknown = request("tools/list", current(json!({})));
    unknown["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"] = json!("2099-01-01");
    let refused = post(
        served,
        &unknown,
        &[("mcp-protocol-version", "2099-01-01"), ("mcp-method", "tools/list")],
    );
    assert_eq!(
        (refused.status, refused.json()["error"]["code"].as_i64()),
        (400, Some(-32022))
    );
    assert!(refused.json()["error"]["data"]["supported"].is_array());

    let missing = ask(served, "tools/nothing", json!({}));
    assert_eq!(
        (missing.status, missing.json()["error"]["code"].as_i64()),
        (404, Some(-32601))
    );
}

#[test]
fn pages_of_foreign_sites_and_foreign_names_are_refused() {
    let served = &shared().0;
    let message = request("initialize", handshake(OLDER));
    let own = format!("http://{}", served.address);
    for origin in [own.as_str(), "http://localhost:5173"] {
        assert_eq!(post(served, &message, &[("origin", origin)]).status, 200, "{origin}");
    }
    for origin in ["https://evil.example", "http://localhost.evil.example", "null"] {
        let refused = post(served, &message, &[("origin", origin)]);
        assert_eq!(refused.status, 403, "{origin}");
        assert_eq!(refused.json()["type"], "/problems/origin-not-allowed");
    }
    assert_eq!(post(served, &message, &[("host", "evil.example")]).status, 403);
}

#[test]
fn what_is_no_message_is_refused_and_never_a_fault_of_the_server() {
    let served = &shared().0;
    for (body, kind, accept) in [
        ("{", "application/json", "application/json, text/event-stream"),
        ("", "application/json", "application/json, text/event-stream"),
        ("[]", "application/json", "application/json, text/event-stream"),
        (
            "{\"jsonrpc\":\"2.0\",\"id\":1}",
            "application/json",
            "application/json, text/event-stream",
        ),
        (
            "{\"jsonrpc\":\"1.0\",\"id\":{},\"method\":3}",
            "application/json",
            "application/json, text/event-stream",
        ),
        ("\u{fffd}", "text/plain", "application/json, text/event-stream"),
        ("{}", "application/json", "text/html"),
    ] {
        let response = client()
            .post(served.url("/mcp"))
            .header("content-type", kind)
            .header("accept", accept)
            .send(body)
            .expect("an answer");
        let status = response.status().as_u16();
        assert!((400..500).contains(&status), "{body:?} {status}");
    }
    let large = "x".repeat(70_000);
    let message = request(
        "tools/call",
        current(json!({"name": "search", "arguments": {"query": large}})),
    );
    assert_eq!(post(served, &message, &[]).status, 413);
    for method in ["GET", "DELETE"] {
        let asked = ureq::http::Request::builder()
            .method(method)
            .uri(served.url("/mcp"))
            .header("accept", "text/event-stream")
            .body(())
            .expect("a request");
        let status = client().run(asked).expect("an answer").status().as_u16();
        assert_eq!(status, 405, "{method}");
    }
}

#[test]
fn the_door_can_be_shut() {
    let library = Library::full().indexed();
    std::fs::write(library.path().join("config.toml"), "[doors]\nmcp = false\n").expect("written");
    let served = library.serve();
    let answer = post(&served, &request("initialize", handshake(OLDER)), &[]);
    assert_eq!(answer.status, 404);
    assert_eq!(answer.json()["type"], "/problems/unknown-route");
    assert_eq!(served.get("/healthz", &[]).status, 200);
}

#[test]
fn the_address_to_cite_is_the_public_one_where_there_is_one() {
    let library = Library::full().indexed();
    let text = "[server]\npublic_url = \"https://wenyuan.example/lib/\"\n";
    std::fs::write(library.path().join("config.toml"), text).expect("written");
    let served = library.serve();
    let found: Value = super::message::call(&served, "search", json!({"query": "nitrate"}));
    let url = found["results"][0]["url"].as_str().expect("an address");
    assert!(url.starts_with("https://wenyuan.example/lib/a/"), "{url}");
}
