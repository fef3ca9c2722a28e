//! Messages of the protocol, made by hand, and the answers to them.

use serde_json::{Value, json};

use crate::library::{Served, client};

/// The version of the current protocol.
pub const CURRENT: &str = "2026-07-28";

/// The newest version with a handshake.
pub const OLDER: &str = "2025-11-25";

/// What comes back over HTTP.
pub struct Answer {
    pub status: u16,
    pub kind: String,
    pub text: String,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.text))
    }

    /// The result of a good answer.
    pub fn result(&self) -> Value {
        let answer = self.json();
        assert_eq!(self.status, 200, "{answer}");
        assert_eq!(self.kind, "application/json");
        assert!(answer.get("error").is_none(), "{answer}");
        answer["result"].clone()
    }
}

/// A request as either era writes it.
pub fn request(method: &str, params: Value) -> Value {
    json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
}

/// The parameters with what the current protocol says of itself in every request.
pub fn current(mut params: Value) -> Value {
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": CURRENT,
        "io.modelcontextprotocol/clientCapabilities": {},
        "io.modelcontextprotocol/clientInfo": {"name": "by hand", "version": "1"},
    });
    params
}

/// The parameters of the older handshake.
pub fn handshake(version: &str) -> Value {
    json!({"protocolVersion": version, "capabilities": {}, "clientInfo": {"name": "by hand", "version": "1"}})
}

/// Sends a message to `/mcp` with these headers besides the usual ones.
pub fn post(served: &Served, message: &Value, headers: &[(&str, &str)]) -> Answer {
    let mut request = client()
        .post(served.url("/mcp"))
        .header("content-type", "application/json")
        .header("accept", "application/json, text/event-stream");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut response = request.send(message.to_string()).expect("an answer");
    let kind = response.headers().get("content-type");
    Answer {
        status: response.status().as_u16(),
        kind: kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned(),
        text: response.body_mut().read_to_string().expect("text"),
    }
}

/// Asks in the current protocol, with the headers it wants.
pub fn ask(served: &Served, method: &str, params: Value) -> Answer {
    let name = params.get("name").or_else(|| params.get("uri")).and_then(Value::as_str);
    let name = name.unwrap_or_default().to_owned();
    let mut headers = vec![("mcp-protocol-version", CURRENT), ("mcp-method", method)];
    if matches!(method, "tools/call" | "resources/read") {
        headers.push(("mcp-name", &name));
    }
    post(served, &request(method, current(params)), &headers)
}

/// Asks as a client of the older protocol does after its handshake.
pub fn ask_older(served: &Served, method: &str, params: Value) -> Answer {
    post(served, &request(method, params), &[("mcp-protocol-version", OLDER)])
}

/// Calls a tool; its answer must be a good one, the same as structured content and as text.
pub fn call(served: &Served, name: &str, arguments: Value) -> Value {
    let result = ask(served, "tools/call", json!({"name": name, "arguments": arguments})).result();
    assert_eq!(result["isError"], false, "{result}");
    same_twice(&result)
}

/// What a tool answers, once it was found to be the same as structured content and as text.
pub fn same_twice(result: &Value) -> Value {
    let content = result["content"].as_array().expect("content");
    assert_eq!(content.len(), 1);
    assert_eq!(content[0]["type"], "text");
    let text: Value = serde_json::from_str(content[0]["text"].as_str().expect("text")).expect("JSON");
    assert!(text.is_object());
    assert_eq!(text, result["structuredContent"]);
    text
}

/// What a tool says of a call that it refuses.
pub fn refused(served: &Served, name: &str, arguments: Value) -> String {
    let result = ask(served, "tools/call", json!({"name": name, "arguments": arguments})).result();
    assert_eq!(result["isError"], true, "{result}");
    assert!(result.get("structuredContent").is_none(), "{result}");
    result["content"][0]["text"].as_str().expect("text").to_owned()
}
