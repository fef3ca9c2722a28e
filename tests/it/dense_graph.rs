//! The graph of neighbours beside the vectors, against an endpoint whose vectors are known by hand.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use super::dense::{configure, configured, index, lines, search, texts};
use super::endpoint::Endpoint;
use super::library::{Library, ranking};

/// Words by which the endpoint turns a text in six directions.
const WORDS: [&str; 6] = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"];

/// How an index is checked when it is opened.
const VERIFY: [&str; 3] = ["full", "sizes", "off"];

const QUERIES: [&str; 4] = ["omega", "omega item", "beta number 7", "gamma epsilon"];

/// English and Chinese passages, half of each.
fn write(library: &Library, numbers: std::ops::Range<usize>) {
    let english: Vec<String> = numbers
        .clone()
        .map(|number| format!("The {} has number {number}.", WORDS[number % WORDS.len()]))
        .collect();
    let english: Vec<&str> = english.iter().map(String::as_str).collect();
    library.write("greek.jsonl", &lines(&english));
    let chinese = numbers.map(|number| {
        let text = format!("编号为{number}的细胞属于 {} 型。", WORDS[number % WORDS.len()]);
        serde_json::json!({"id": format!("z{number}"), "lang": "zh", "title": format!("细胞{number}"), "text": text})
            .to_string()
    });
    library.write("han.jsonl", &chinese.collect::<Vec<_>>().join("\n"));
}

/// A library of so many passages in each language, with a graph, and the same without.
fn with_and_without(endpoint: &Endpoint, numbers: std::ops::Range<usize>) -> [Library; 2] {
    ["graph_from = 10", ""].map(|more| {
        let library = configured(endpoint, more);
        write(&library, numbers.clone());
        index(&library);
        library
    })
}

fn graphs(library: &Library, generation: usize) -> Vec<PathBuf> {
    let folder = library.index().join(format!("gen-{generation:06}"));
    let manifest: Value = serde_json::from_slice(&fs::read(folder.join("manifest.json")).expect("it")).expect("JSON");
    let named = manifest["files"].as_array().expect("files").iter();
    let named: Vec<PathBuf> = named
        .map(|file| folder.join(file["name"].as_str().expect("a name")))
        .filter(|path| path.extension().is_some_and(|extension| extension == "graph"))
        .collect();
    let found = fs::read_dir(&folder).expect("a generation");
    let found = found.map(|entry| entry.expect("an entry").path());
    let mut found: Vec<PathBuf> = found.filter(|path| path.to_string_lossy().contains("graph")).collect();
    found.sort();
    assert_eq!(named, found, "the manifest names what is there");
    found
}

/// Both answer every query alike, through a server.
fn alike(libraries: &[Library; 2]) {
    let served = libraries.each_ref().map(|library| library.serve().settled());
    for query in QUERIES {
        for filter in [("offset", "0"), ("lang", "zh"), ("lang", "en"), ("article", "p3")] {
            let found = served
                .each_ref()
                .map(|served| served.search(query, &[filter, ("limit", "20")]));
            let [near, exact] = found.each_ref().map(|found| {
                assert_eq!(found["dense"]["status"], "used");
                let hits = found["hits"].as_array().expect("hits").iter();
                let cosines: Vec<Value> = hits.map(|hit| hit["cosine"].clone()).collect();
                (ranking(found), cosines, found["total"].clone())
            });
            assert_eq!(near, exact, "{query} {filter:?}");
        }
    }
    let found = served[0].search("omega", &[("limit", "20")]);
    assert!(!texts(&found).is_empty());
}

#[test]
fn a_graph_is_kept_from_the_configured_number_on_and_answers_as_the_exact_search_does() {
    let endpoint = Endpoint::start();
    let libraries = with_and_without(&endpoint, 0..60);
    let names: Vec<String> = graphs(&libraries[0], 1)
        .iter()
        .map(|path| path.file_name().expect("a name").to_string_lossy().into_owned())
        .collect();
    assert_eq!(names, ["vectors.en.graph", "vectors.zh.graph"]);
    assert!(graphs(&libraries[1], 1).is_empty());
    alike(&libraries);

    // An update that takes out and adds.
    for library in &libraries {
        write(library, 8..75);
        let (outcome, _) = index(library);
        assert_eq!(outcome["vectors"]["missing"], 0, "{outcome}");
    }
    assert_eq!(graphs(&libraries[0], 2).len(), 2);
    alike(&libraries);
}

#[test]
fn another_number_makes_the_graph_or_drops_it_and_embeds_nothing() {
    let endpoint = Endpoint::start();
    let library = configured(&endpoint, "");
    write(&library, 0..6);
    index(&library);
    let wanted = search(&library, "omega");
    endpoint.take_texts();
    for (generation, more, count) in [(2, "graph_from = 12", 2), (3, "graph_from = 13", 0)] {
        configure(&library, &endpoint, more);
        let (outcome, _) = index(&library);
        assert_eq!(outcome["published"], true, "{more}");
        assert_eq!(outcome["vectors"]["embedded"], 0, "{more}");
        assert_eq!(graphs(&library, generation).len(), count, "{more}");
        assert_eq!(index(&library).0["published"], false, "{more}");
        assert_eq!(endpoint.take_texts(), [""; 0], "{more}");
        assert_eq!(search(&library, "omega")["hits"], wanted["hits"], "{more}");
        endpoint.take_texts();
    }
    let ran = {
        configure(&library, &endpoint, "graph_from = 0");
        library.run(&["index"])
    };
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    assert!(
        ran.err.contains("graph_from") && ran.err.contains("1 to 1000000000"),
        "{}",
        ran.err
    );
}

#[test]
fn a_damaged_or_missing_graph_is_named_with_the_remedy_however_little_is_verified() {
    let endpoint = Endpoint::start();
    let library = configured(&endpoint, "graph_from = 1");
    index(&library);
    let before = search(&library, "omega");
    let path = graphs(&library, 1).remove(0);
    let whole = fs::read(&path).expect("a file");
    let told = |verify: &str| {
        let mut command = library.command(&["search", "omega"]);
        let output = command.env("WENYUAN_INDEX__VERIFY", verify).output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(4), "{verify}: {said}");
        assert!(
            said.contains("vectors.en.graph") && said.contains("wenyuan index --rebuild"),
            "{verify}: {said}"
        );
    };
    for place in [0, whole.len() / 2, whole.len() - 12] {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x40;
        fs::write(&path, bytes).expect("written");
        VERIFY.into_iter().for_each(told);
    }
    fs::write(&path, &whole[..whole.len() / 2]).expect("written");
    VERIFY.into_iter().for_each(told);
    fs::remove_file(&path).expect("removed");
    VERIFY.into_iter().for_each(told);

    let ran = library.run(&["index", "--rebuild", "--json"]);
    assert_eq!(ran.json()["vectors"]["embedded"], 0, "{}", ran.err);
    assert_eq!(graphs(&library, 2).len(), 1);
    assert_eq!(search(&library, "omega")["hits"], before["hits"]);
}
