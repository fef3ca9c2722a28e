//! The description and the page made from it.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::stub::{Running, settings};
use crate::http::openapi::describe;
use crate::server::Base;

/// Walks a schema: one type as a word, references that lead somewhere, no 3.1 keywords.
fn walk(schema: &Value, root: &Value, path: &str) {
    let Some(members) = schema.as_object() else {
        panic!("{path} is not an object: {schema}");
    };
    for forbidden in [
        "const",
        "$schema",
        "$defs",
        "prefixItems",
        "examples",
        "if",
        "exclusiveMinimum",
    ] {
        assert!(!members.contains_key(forbidden), "{path} has {forbidden}");
    }
    if let Some(kind) = members.get("type") {
        let kinds = ["object", "array", "string", "integer", "number", "boolean"];
        assert!(
            kind.as_str().is_some_and(|kind| kinds.contains(&kind)),
            "{path}: {kind}"
        );
    }
    if let Some(target) = members.get("$ref") {
        let pointer = target.as_str().unwrap().trim_start_matches('#');
        assert!(root.pointer(pointer).is_some(), "{path}: {target}");
        assert_eq!(members.len(), 1, "{path} has siblings of $ref");
    }
    for (name, property) in members
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        walk(property, root, &format!("{path}.{name}"));
    }
    for single in ["items", "additionalProperties"] {
        if let Some(inner) = members.get(single).filter(|inner| !inner.is_boolean()) {
            walk(inner, root, &format!("{path}.{single}"));
        }
    }
    for list in ["allOf", "anyOf", "oneOf"] {
        for inner in members.get(list).and_then(Value::as_array).into_iter().flatten() {
            walk(inner, root, &format!("{path}.{list}"));
        }
    }
}

fn is_object(schema: &Value, root: &Value) -> bool {
    let target = schema["$ref"].as_str().map(|target| target.trim_start_matches('#'));
    let resolved = target.and_then(|pointer| root.pointer(pointer)).unwrap_or(schema);
    resolved["type"] == "object"
}

#[test]
fn the_description_keeps_the_rules_that_plugin_hosts_set() {
    let root = describe(&Base::new("http://localhost:7700"));
    assert_eq!(root["openapi"], "3.0.3");
    assert_eq!(root["servers"], json!([{"url": "http://localhost:7700"}]));
    for named in ["title", "description", "version"] {
        assert!(root["info"][named].as_str().is_some_and(|text| !text.is_empty()));
    }
    let mut ids = HashSet::new();
    for (path, item) in root["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let place = format!("{method} {path}");
            assert!(
                ids.insert(operation["operationId"].as_str().unwrap().to_owned()),
                "{place}"
            );
            assert!(
                operation["summary"].as_str().is_some_and(|summary| !summary.is_empty()),
                "{place}"
            );
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let kind = parameter["schema"]["type"].as_str().unwrap();
                assert!(
                    ["string", "integer", "boolean", "number", "array"].contains(&kind),
                    "{place}: {parameter}"
                );
                assert!(
                    !parameter["description"].as_str().unwrap().is_empty(),
                    "{place}: {parameter}"
                );
                let name = format!("{{{}}}", parameter["name"].as_str().unwrap());
                assert_eq!(path.contains(&name), parameter["in"] == "path", "{place}");
            }
            let answers = operation["responses"].as_object().unwrap();
            assert_eq!(answers.keys().collect::<Vec<_>>(), ["200", "default"], "{place}");
            let bodies = answers.values().chain(operation.get("requestBody"));
            for body in bodies {
                let content = body["content"].as_object().unwrap();
                assert_eq!(content.keys().collect::<Vec<_>>(), ["application/json"], "{place}");
                assert!(is_object(&content["application/json"]["schema"], &root), "{place}");
                walk(&content["application/json"]["schema"], &root, &place);
            }
        }
    }
    assert_eq!(ids.len(), 16);
    for (name, schema) in root["components"]["schemas"].as_object().unwrap() {
        walk(schema, &root, name);
        assert!(
            name.chars()
                .all(|letter| letter.is_ascii_alphanumeric() || letter == '_'),
            "{name}"
        );
    }
}

#[test]
fn the_description_names_the_address_it_was_asked_at() {
    let server = Running::start(settings());
    let (status, description) = server.get("/openapi.json");
    assert_eq!(
        (status, &description["servers"][0]["url"]),
        (200, &json!("http://localhost"))
    );
    let search = &description["paths"]["/v1/search"]["get"]["parameters"];
    let names: Vec<_> = search
        .as_array()
        .unwrap()
        .iter()
        .map(|parameter| &parameter["name"])
        .collect();
    for name in [
        "q",
        "limit",
        "offset",
        "lang",
        "article",
        "section",
        "year_from",
        "year_to",
        "scope",
        "role",
        "filter",
        "sort",
        "history",
        "without",
        "as_typed",
        "diversify",
        "expand",
        "facets",
    ] {
        assert!(names.contains(&&json!(name)), "{name} in {names:?}");
    }
}

#[test]
fn the_page_needs_no_other_host_and_no_scripts() {
    let server = Running::start(settings());
    let ask = |path: &str| {
        server.raw(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes())
    };
    let page = ask("/docs");
    let head = page.split("\r\n\r\n").next().unwrap();
    assert!(
        head.contains("default-src 'none'") && !head.contains("unsafe"),
        "{head}"
    );
    assert!(head.contains("nosniff") && head.contains("no-referrer"), "{head}");
    for forbidden in ["<script", " style=", "onclick", "src=\"http", "href=\"http", "//cdn"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    for shown in [
        "/v1/articles/{id}/references",
        "SearchAnswer",
        "year_from",
        "/problems/overloaded",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    let style = ask("/docs/style.css");
    assert!(style.contains("text/css") && style.contains("prefers-color-scheme: dark") && !style.contains("url("));
    assert!(ask("/problems/overloaded").contains("location: /docs#overloaded\r\n"));
}
