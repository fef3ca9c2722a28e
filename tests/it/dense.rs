//! The dense leg and the reranking, against an endpoint whose vectors are known by hand.

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::endpoint::{Endpoint, Mood};
use super::library::{Library, Ran, ranking};

/// Ready passages, a line for each text.
pub fn lines(texts: &[&str]) -> String {
    let line = |(place, text): (usize, &&str)| {
        let title = format!("Item {place}");
        serde_json::json!({"id": format!("p{place}"), "lang": "en", "title": title, "text": text}).to_string()
    };
    let lines: Vec<String> = texts.iter().enumerate().map(line).collect();
    lines.join("\n")
}

/// Texts that share no word with `omega`, which points to 5 degrees.
const GREEK: [&str; 4] = [
    "The delta of the river is wide and muddy.",
    "A beta version goes to those who test it.",
    "The gamma ray leaves the nucleus.",
    "An alpha particle is made of four others.",
];

pub fn configured(endpoint: &Endpoint, more: &str) -> Library {
    let library = Library::empty();
    library.write("greek.jsonl", &lines(&GREEK));
    configure(&library, endpoint, more);
    library
}

pub fn configure(library: &Library, endpoint: &Endpoint, more: &str) {
    let url = endpoint.url("/v1/embeddings");
    let text = format!("[dense]\nembeddings_url = \"{url}\"\nmodel = \"plane\"\n{more}\n");
    fs::write(library.path().join("config.toml"), text).expect("written");
}

pub fn index(library: &Library) -> (Value, String) {
    let ran = library.run(&["index", "--json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    (ran.json(), ran.err)
}

pub fn search(library: &Library, query: &str) -> Value {
    let ran: Ran = library.run(&["search", "--json", "--", query]);
    assert!(ran.code == Some(0) || ran.code == Some(1), "{}", ran.err);
    ran.json()
}

pub fn texts(found: &Value) -> Vec<&str> {
    let hits = found["hits"].as_array().expect("hits");
    hits.iter().map(|hit| hit["text"].as_str().expect("text")).collect()
}

#[test]
fn what_no_word_finds_comes_in_the_order_of_its_angle_to_the_query() {
    let endpoint = Endpoint::start();
    let library = configured(&endpoint, "even_cosine = 0.8");
    assert_eq!(index(&library).0["vectors"]["present"], 4);
    let found = search(&library, "omega");
    assert_eq!(texts(&found), [GREEK[3], GREEK[1], GREEK[2], GREEK[0]]);
    assert_eq!(found["dense"], serde_json::json!({"status": "used"}));
    let hits = found["hits"].as_array().expect("hits");
    for (hit, degrees) in hits.iter().zip([5.0f64, 15.0, 45.0, 85.0]) {
        let cosine = hit["cosine"].as_f64().expect("a cosine");
        assert!(
            (cosine - degrees.to_radians().cos()).abs() < 1e-5,
            "{cosine} for {degrees}"
        );
    }
    // The cosines of 5, 15 and 45 degrees are .996, .966 and .707; even odds lie at .8.
    let relevance = |place: usize| hits[place]["relevance"].as_f64().expect("a number");
    assert!(relevance(1) > 0.5 && relevance(2) < 0.5 && relevance(3) < 0.01);
    assert_eq!(found["answerable"], "yes");
}

#[test]
fn both_legs_add_up_and_what_is_required_or_excluded_stays_so() {
    let endpoint = Endpoint::start();
    let library = configured(&endpoint, "");
    index(&library);
    // "river" is a word of the first text alone; the query points to 5 degrees.
    let found = search(&library, "omega river");
    assert_eq!(found["total"], 4);
    let best: Vec<&str> = texts(&found).into_iter().take(2).collect();
    assert!(best.contains(&GREEK[0]) && best.contains(&GREEK[3]), "{best:?}");
    let explained = library.run(&["search", "--json", "--explain", "omega river"]).json();
    for hit in explained["hits"].as_array().expect("hits") {
        let shares = hit["explanation"]["shares"].as_array().expect("shares");
        let sum: f64 = shares.iter().filter_map(|share| share["score"].as_f64()).sum();
        assert!((sum - hit["score"].as_f64().expect("a score")).abs() < 1e-4, "{hit}");
        assert_eq!(
            shares.iter().filter(|share| share["leg"] == "nearness").count(),
            1,
            "{hit}"
        );
    }
    let required = search(&library, "+river omega");
    assert_eq!((texts(&required), &required["total"]), (vec![GREEK[0]], &1.into()));
    let excluded = search(&library, "omega river version -beta");
    assert!(!texts(&excluded).contains(&GREEK[1]), "{excluded}");
    let elsewhere = library.run(&["search", "--json", "--lang", "zh", "omega"]).json();
    assert_eq!(texts(&elsewhere), [""; 0], "a filter holds for the dense leg too");
}

#[test]
fn only_what_is_new_or_changed_is_embedded() {
    let endpoint = Endpoint::start();
    let library = configured(&endpoint, "passage_prefix = \"passage: \"");
    index(&library);
    let sent = endpoint.take_texts();
    assert_eq!(sent.len(), 4);
    assert!(sent.contains(&format!("passage: Item 0\n{}", GREEK[0])), "{sent:?}");
    assert_eq!(index(&library).0["published"], false);
    assert_eq!(endpoint.count(), 0);

    let changed = [GREEK[0], "An epsilon is small.", GREEK[2]];
    library.write("greek.jsonl", &lines(&changed));
    let (outcome, _) = index(&library);
    assert_eq!(
        (&outcome["vectors"]["embedded"], &outcome["vectors"]["present"]),
        (&1.into(), &3.into())
    );
    // Besides the new text one that is known, to see whether the model is still the same.
    assert_eq!(endpoint.take_texts().len(), 2);
    assert_eq!(texts(&search(&library, "omega")), [GREEK[2], GREEK[0], changed[1]]);
    endpoint.take_texts();

    // A rebuild asks for none of them again.
    let ran = library.run(&["index", "--rebuild", "--json"]);
    assert_eq!(ran.json()["vectors"]["embedded"], 0, "{}", ran.err);
    assert_eq!(endpoint.take_texts().len(), 1);
    assert_eq!(texts(&search(&library, "omega")), [GREEK[2], GREEK[0], changed[1]]);
}

#[test]
fn another_model_embeds_everything_again_also_behind_the_same_name() {
    let endpoint = Endpoint::start();
    let library = configured(&endpoint, "");
    index(&library);
    configure(&library, &endpoint, "query_prefix = \"query: \"");
    assert_eq!(index(&library).0["published"], false, "passages are as they were");
    configure(&library, &endpoint, "dimensions = 2");
    let found = search(&library, "omega");
    assert_eq!(
        (&found["dense"]["status"], texts(&found).len()),
        (&"unavailable".into(), 0)
    );
    assert!(
        found["dense"]["reason"]
            .as_str()
            .expect("one")
            .contains("another model"),
        "{found}"
    );
    assert_eq!(index(&library).0["vectors"]["embedded"], 4);
    assert_eq!(search(&library, "omega")["dense"]["status"], "used");

    for (mood, place) in [(Mood::Turned, 0), (Mood::Longer, 1)] {
        configure(&library, &endpoint, "");
        endpoint.set(Mood::Good);
        library.write("more.jsonl", "");
        index(&library);
        endpoint.set(mood);
        library.write("more.jsonl", &lines(&[GREEK[place]]).replace("p0", "more"));
        // The texts are known, but for the title of the second.
        let outcome = library.run(&["index", "--rebuild", "--json"]).json();
        let vectors = &outcome["vectors"];
        assert_eq!(vectors["present"], 5, "{mood:?}: {outcome}");
        assert!(vectors["embedded"].as_u64() >= Some(4), "{mood:?}: {outcome}");
        assert_eq!(search(&library, "omega")["dense"]["status"], "used", "{mood:?}");
    }
}

#[test]
fn vectors_of_another_length_than_configured_are_refused_with_both_numbers() {
    let endpoint = Endpoint::start();
    let library = configured(&endpoint, "dimensions = 3");
    let (outcome, said) = index(&library);
    assert_eq!(
        (&outcome["vectors"]["missing"], &outcome["articles"]),
        (&4.into(), &4.into())
    );
    assert!(said.contains("vectors of 2 numbers where 3 are expected"), "{said}");

    configure(&library, &endpoint, "");
    index(&library);
    endpoint.set(Mood::Longer);
    let found = search(&library, "omega");
    let reason = found["dense"]["reason"].as_str().expect("a reason");
    assert!(
        reason.contains("has 3 numbers") && reason.contains("have 2"),
        "{reason}"
    );
    assert!(reason.contains("wenyuan index --rebuild"), "{reason}");
}

#[test]
fn an_endpoint_that_fails_while_indexing_costs_vectors_and_nothing_else() {
    let endpoint = Endpoint::start();
    let library = configured(&endpoint, "timeout_s = 1.0");
    for mood in [
        Mood::Status(500),
        Mood::Status(401),
        Mood::Nonsense,
        Mood::Slow(Duration::from_secs(3)),
    ] {
        endpoint.set(mood);
        let _ = fs::remove_dir_all(library.index());
        let (outcome, said) = index(&library);
        assert_eq!(
            (&outcome["published"], &outcome["vectors"]["missing"]),
            (&true.into(), &4.into()),
            "{mood:?}"
        );
        assert!(said.contains("4 passages have no vector"), "{mood:?}: {said}");
        assert!(said.contains("the next `wenyuan index` fills them"), "{mood:?}: {said}");
        let found = search(&library, "nucleus");
        assert_eq!(texts(&found), [GREEK[2]], "{mood:?}");
        assert_eq!(found["dense"]["status"], "unavailable", "{mood:?}");
    }
    endpoint.set(Mood::Status(503));
    assert_eq!(index(&library).0["published"], false, "nothing came of it");
    endpoint.set(Mood::Good);
    let (outcome, said) = index(&library);
    assert_eq!(
        (&outcome["published"], &outcome["vectors"]["embedded"]),
        (&true.into(), &4.into()),
        "{said}"
    );
    assert_eq!(texts(&search(&library, "omega")).len(), 4);
}

#[test]
fn a_text_the_endpoint_refuses_does_not_cost_its_neighbours_their_vectors() {
    let endpoint = Endpoint::start();
    let library = configured(&endpoint, "");
    library.write(
        "greek.jsonl",
        &lines(&[GREEK[0], GREEK[1], "This is forbidden.", GREEK[2], GREEK[3]]),
    );
    endpoint.set(Mood::Squeamish);
    let (outcome, said) = index(&library);
    assert_eq!(
        (&outcome["vectors"]["present"], &outcome["vectors"]["missing"]),
        (&4.into(), &1.into())
    );
    assert!(
        said.contains("status 400: {\"error\":\"one of the inputs is too long\"}"),
        "{said}"
    );
    let found = search(&library, "omega");
    assert_eq!(found["dense"]["status"], "partial");
    assert_eq!(texts(&found).len(), 4);
}

#[test]
fn an_endpoint_that_fails_or_is_late_during_a_search_leaves_the_lexical_answer() {
    let endpoint = Endpoint::start();
    let library = configured(&endpoint, "query_timeout_s = 0.3");
    index(&library);
    let plain = Library::empty();
    plain.write("greek.jsonl", &lines(&GREEK));
    index(&plain);
    let query = "ray particle river";
    let wanted = ranking(&search(&plain, query));
    assert_eq!(wanted.len(), 3);
    for mood in [
        Mood::Status(500),
        Mood::Status(429),
        Mood::Nonsense,
        Mood::Slow(Duration::from_secs(20)),
    ] {
        endpoint.set(mood);
        // Every search is of a program of its own, which has not seen the endpoint fail before.
        let since = Instant::now();
        let found = search(&library, query);
        assert!(
            since.elapsed() < Duration::from_secs(12),
            "{mood:?}: {:?}",
            since.elapsed()
        );
        assert_eq!(ranking(&found), wanted, "{mood:?}");
        assert_eq!(found["dense"]["status"], "unavailable", "{mood:?}");
        let reason = found["dense"]["reason"].as_str().expect("a reason");
        assert!(reason.starts_with("the embeddings endpoint"), "{reason}");
        assert!(!reason.contains("127.0.0.1") && !reason.contains("no, "), "{reason}");
    }
    assert_eq!(
        search(&plain, query).get("dense"),
        None,
        "nothing is said where it is off"
    );
}

#[test]
fn a_server_lets_a_failing_endpoint_rest_and_remembers_the_vectors_of_queries() {
    let endpoint = Endpoint::start();
    let library = configured(&endpoint, "query_timeout_s = 1.0");
    index(&library);
    let served = library.serve();
    endpoint.take_texts();
    for _ in 0..3 {
        assert_eq!(served.search("omega", &[])["dense"]["status"], "used");
    }
    assert_eq!(endpoint.take_texts(), ["omega"]);
    endpoint.set(Mood::Slow(Duration::from_secs(3)));
    for word in ["one", "two", "three"] {
        assert_eq!(served.search(word, &[])["dense"]["status"], "unavailable");
    }
    endpoint.take_texts();
    let found = served.search("four", &[]);
    assert!(
        found["dense"]["reason"].as_str().expect("a reason").contains("rests"),
        "{found}"
    );
    assert_eq!(endpoint.count(), 0);
    // What is remembered needs no endpoint.
    assert_eq!(served.search("omega", &[])["dense"]["status"], "used");
    endpoint.set(Mood::Good);
    let since = Instant::now();
    while served.search("five", &[])["dense"]["status"] != "used" {
        assert!(since.elapsed() < Duration::from_secs(30), "it rests for ever");
        std::thread::sleep(Duration::from_millis(200));
    }
}

#[test]
fn a_killed_run_goes_on_with_the_vectors_it_had() {
    let endpoint = Endpoint::start();
    let library = configured(&endpoint, "batch = 1");
    let many: Vec<String> = (0..40).map(|place| format!("The gamma number {place}.")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    library.write("greek.jsonl", &lines(&many));
    endpoint.set(Mood::Slow(Duration::from_millis(25)));
    for already in [12, 24] {
        let mut child = library
            .command(&["index"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a child");
        let since = Instant::now();
        while endpoint.count() < already {
            assert!(
                since.elapsed() < Duration::from_secs(30),
                "{} texts asked for",
                endpoint.count()
            );
            std::thread::sleep(Duration::from_millis(5));
        }
        child.kill().expect("killed");
        child.wait().expect("ended");
    }
    endpoint.set(Mood::Good);
    let (outcome, _) = index(&library);
    assert_eq!(
        (&outcome["resumed"], &outcome["vectors"]["present"]),
        (&true.into(), &40.into())
    );
    assert!(outcome["vectors"]["embedded"].as_u64() <= Some(19), "{outcome}");
    // Each of the two kills cost at most the one text under way, and each start after one asks for a known text.
    let asked = endpoint.take_texts().len();
    assert!((40..=44).contains(&asked), "{asked} texts asked for");
    assert_eq!(texts(&search(&library, "omega")).len(), 10);
    let left: Vec<String> = fs::read_dir(library.index().join("gen-000001"))
        .expect("a generation")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("vectors"))
        .collect();
    assert_eq!(left, ["vectors.bin"]);
}

#[test]
fn damaged_vectors_are_noticed_and_named() {
    let endpoint = Endpoint::start();
    let library = configured(&endpoint, "");
    index(&library);
    let path = library.index().join("gen-000001/vectors.bin");
    let mut bytes = fs::read(&path).expect("a file");
    let last = bytes.len() - 12;
    bytes[last] ^= 1;
    fs::write(&path, bytes).expect("written");
    let ran = library.run(&["search", "omega"]);
    assert_eq!(ran.code, Some(4));
    assert!(
        ran.err.contains("vectors.bin") && ran.err.contains("--rebuild"),
        "{}",
        ran.err
    );
    let ran = library.run(&["index", "--rebuild", "--json"]);
    assert_eq!(ran.json()["vectors"]["embedded"], 4, "{}", ran.err);
}

#[test]
fn the_reranker_orders_the_best_hits_and_where_it_fails_they_stay() {
    let endpoint = Endpoint::start();
    let library = Library::empty();
    let knots = [
        "knot knot knot, a rope and its knot",
        "a rope, knot and tar",
        "a knot",
        "tar and rope",
    ];
    library.write("rope.jsonl", &lines(&knots));
    let before = {
        index(&library);
        search(&library, "knot rope")
    };
    assert_eq!(before.get("rerank"), None);
    let url = endpoint.url("/v2/rerank");
    let text = format!("[dense]\nrerank_url = \"{url}\"\nrerank_model = \"shorter\"\nrerank_top = 3\n");
    fs::write(library.path().join("config.toml"), text).expect("written");
    let found = search(&library, "knot rope");
    let mut wanted = texts(&before);
    wanted[..3].sort_by_key(|text| text.len());
    assert_eq!(texts(&found), wanted);
    assert_ne!(texts(&found), texts(&before));
    assert_eq!((&found["rerank"]["status"], found.get("dense")), (&"used".into(), None));
    let ranks: Vec<u64> = found["hits"]
        .as_array()
        .expect("hits")
        .iter()
        .filter_map(|hit| hit["rank"].as_u64())
        .collect();
    assert_eq!(ranks, [1, 2, 3, 4]);
    // The second page goes on where the first ends.
    let page = library
        .run(&["search", "--json", "--limit", "2", "--offset", "2", "knot rope"])
        .json();
    assert_eq!(texts(&page), wanted[2..]);
    for mood in [Mood::Status(500), Mood::Nonsense, Mood::Slow(Duration::from_secs(5))] {
        endpoint.set(mood);
        let found = search(&library, "knot rope");
        assert_eq!(ranking(&found), ranking(&before), "{mood:?}");
        assert_eq!(found["rerank"]["status"], "unavailable", "{mood:?}");
    }
}

#[test]
fn the_key_is_sent_and_shown_nowhere() {
    let endpoint = Endpoint::start();
    let library = configured(&endpoint, "");
    let with_key = |arguments: &[&str]| {
        let mut command = library.command(arguments);
        command
            .env("WENYUAN_DENSE__API_KEY", "sk-canary-1")
            .env("RUST_LOG", "trace");
        Ran::from(command.output().expect("the program runs"))
    };
    let mut said = String::new();
    for (mood, arguments) in [
        (Mood::Good, &["config"][..]),
        (Mood::Good, &["index"]),
        (Mood::Good, &["search", "--json", "omega"]),
        (Mood::Nonsense, &["search", "--json", "omega"]),
    ] {
        endpoint.set(mood);
        let ran = with_key(arguments);
        assert_eq!(ran.code.filter(|code| *code > 1), None, "{arguments:?}: {}", ran.err);
        said += &(ran.out + &ran.err);
    }
    assert!(
        said.contains("api_key = \"<redacted>\"") && !said.contains("canary"),
        "{said}"
    );
    assert!(endpoint.keys().iter().any(|key| key == "Bearer sk-canary-1"));
    let everywhere = [library.path().to_owned(), library.index().join("gen-000001")];
    for folder in everywhere {
        for entry in fs::read_dir(folder)
            .expect("a folder")
            .flatten()
            .filter(|entry| entry.path().is_file())
        {
            let bytes = fs::read(entry.path()).expect("a file");
            assert!(
                !bytes.windows(6).any(|part| part == b"canary"),
                "{}",
                entry.path().display()
            );
        }
    }
}

#[test]
fn after_another_model_behind_the_same_name_an_update_keeps_its_vectors() {
    let endpoint = Endpoint::start();
    let library = configured(&endpoint, "");
    index(&library);
    endpoint.set(Mood::Turned);
    let (outcome, _) = {
        library.write("more.jsonl", &lines(&["An epsilon."]).replace("p0", "more"));
        index(&library)
    };
    assert_eq!(outcome["vectors"]["embedded"], 5, "{outcome}");
    library.write("even.jsonl", &lines(&["A zeta."]).replace("p0", "even"));
    let (outcome, _) = index(&library);
    let vectors = &outcome["vectors"];
    assert_eq!(
        (&vectors["embedded"], &vectors["present"]),
        (&1.into(), &6.into()),
        "{outcome}"
    );
}
