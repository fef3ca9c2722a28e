//! The real program on the other end of two pipes.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::{Value, json};

use super::message::{CURRENT, OLDER, current, handshake, request, same_twice};
use crate::library::Library;

struct Assistant {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Assistant {
    fn start(library: &Library) -> Self {
        let mut command = library.command(&["mcp"]);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        Self {
            input: child.stdin.take(),
            output: BufReader::new(child.stdout.take().expect("its output")),
            child,
        }
    }

    fn say(&mut self, message: &Value) {
        let input = self.input.as_mut().expect("an open input");
        writeln!(input, "{message}").expect("taken");
    }

    fn hear(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("a line");
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"))
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.say(&request(method, params));
        self.hear()
    }

    /// Closes the input; gives the exit code and what was still said.
    fn end(mut self) -> (Option<i32>, String) {
        drop(self.input.take());
        let mut rest = String::new();
        while self.output.read_line(&mut rest).expect("a line") > 0 {}
        (self.child.wait().expect("an end").code(), rest)
    }
}

#[test]
fn both_eras_are_spoken_line_by_line() {
    let library = Library::full().indexed();
    let mut older = Assistant::start(&library);
    let begun = older.ask("initialize", handshake(OLDER));
    assert_eq!(begun["result"]["protocolVersion"], OLDER);
    assert_eq!(begun["result"]["serverInfo"]["name"], "wenyuan");
    older.say(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
    let asked = json!({"name": "search_passages", "arguments": {"query": "水凝胶", "limit": 2}});
    let one = older.ask("tools/call", asked.clone());
    let one = same_twice(&one["result"]);
    // Nobody serves pages here: the address is the one that `wenyuan serve` would have.
    let url = one["hits"][0]["url"].as_str().expect("an address");
    assert!(url.starts_with("http://127.0.0.1:7700/a/"), "{url}");
    assert_eq!(older.end(), (Some(0), String::new()));

    let mut newer = Assistant::start(&library);
    let discovered = newer.ask("server/discover", current(json!({})));
    assert!(
        discovered["result"]["supportedVersions"]
            .as_array()
            .expect("versions")
            .contains(&json!(CURRENT)),
        "{discovered}"
    );
    let other = newer.ask("tools/call", current(asked));
    assert_eq!(other["result"]["resultType"], "complete");
    assert_eq!(same_twice(&other["result"]), one);
    assert_eq!(newer.end(), (Some(0), String::new()));
}

#[test]
fn an_input_that_ends_before_it_begins_is_a_clean_exit() {
    let library = Library::full().indexed();
    assert_eq!(Assistant::start(&library).end(), (Some(0), String::new()));
}

#[test]
fn what_was_asked_before_the_input_ended_is_answered() {
    let library = Library::full().indexed();
    let mut assistant = Assistant::start(&library);
    assistant.say(&request("initialize", handshake(OLDER)));
    assistant.say(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
    let asked = json!({"name": "search", "arguments": {"query": "nitrate"}});
    assistant.say(&json!({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": asked}));
    let (code, said) = assistant.end();
    assert_eq!(code, Some(0));
    let answers: Vec<Value> = said
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(answers.len(), 2, "{said}");
    assert!(
        !same_twice(&answers[1]["result"])["results"]
            .as_array()
            .expect("results")
            .is_empty()
    );
}

#[test]
fn a_newly_published_index_is_followed() {
    let library = Library::full().indexed();
    let mut assistant = Assistant::start(&library);
    assistant.ask("server/discover", current(json!({})));
    let asked = current(json!({"name": "search", "arguments": {"query": "quokka"}}));
    let nothing = assistant.ask("tools/call", asked.clone());
    assert_eq!(nothing["result"]["structuredContent"]["results"], json!([]));
    library.write("new.jsonl", "{\"id\":\"q1\",\"text\":\"The quokka smiles.\"}");
    // As long as the assistant's own program brings the index up to date, it holds it.
    let published = (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        library.run(&["index"]).code == Some(0)
    });
    assert!(published);
    let found = (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        let answer = assistant.ask("tools/call", asked.clone());
        answer["result"]["structuredContent"]["results"] != json!([])
    });
    assert!(found);
    assert_eq!(assistant.end().0, Some(0));
}

#[test]
fn without_a_usable_index_and_corpus_it_says_so_on_standard_error() {
    let library = Library::empty();
    let ran = library.run(&["--corpus", "elsewhere", "mcp"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(4), ""));
    assert!(ran.err.contains("elsewhere"), "{}", ran.err);
}
