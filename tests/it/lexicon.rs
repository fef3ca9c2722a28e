//! Pairs that a corpus prints, and the user's own, as the command line shows them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn wenyuan(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wenyuan"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let output = wenyuan(folder, arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn mined_pairs_follow_the_corpus_and_the_users_file_comes_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    fs::create_dir(root.join("corpus")).expect("a folder");
    fs::write(root.join("config.toml"), "[lexicon]\nuser = \"mine.txt\"\n").expect("written");
    fs::write(root.join("mine.txt"), "NDVI = 绿度\n").expect("written");
    let article = |name: &str, text: &str| fs::write(root.join("corpus").join(name), text).expect("written");
    article(
        "a.md",
        "# 遥感\n\n## 1 方法\n\n植被指数(NDVI)由卫星测得。城市热岛(UHI)也是。\n",
    );
    article("b.md", "# 遥感之二\n\n## 1 方法\n\n植被指数(NDVI)逐年上升。\n");
    let mined = || -> Vec<(String, usize)> {
        assert!(wenyuan(root, &["index"]).status.success());
        let list = json(root, &["lexicon", "list", "--json"]);
        let pairs = list["mined"].as_array().expect("a list");
        pairs
            .iter()
            .map(|pair| {
                let articles = pair["articles"].as_array().expect("a list").len();
                (pair["pair"]["zh"].as_str().unwrap_or_default().to_owned(), articles)
            })
            .collect()
    };
    assert_eq!(mined(), [("植被指数".to_owned(), 2), ("城市热岛".to_owned(), 1)]);
    // One article changes, and the other stays without being read.
    article("a.md", "# 遥感\n\n## 1 方法\n\n城市热岛(UHI)由卫星测得。\n");
    let mut changed = mined();
    changed.sort();
    assert_eq!(changed, [("城市热岛".to_owned(), 1), ("植被指数".to_owned(), 1)]);
    fs::remove_file(root.join("corpus/a.md")).expect("removed");
    assert_eq!(mined(), [("植被指数".to_owned(), 1)]);

    let explained = json(root, &["lexicon", "explain", "NDVI", "--json"]);
    let found: Vec<(&str, bool)> = explained["expansions"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| {
            (
                one["text"].as_str().expect("a text"),
                one["provenance"]["user"].is_object(),
            )
        })
        .collect();
    assert_eq!(found[0], ("绿度", true));
    assert!(found.contains(&("植被指数", false)), "{found:?}");
    let exported = wenyuan(root, &["lexicon", "export"]);
    assert_eq!(
        String::from_utf8_lossy(&exported.stdout),
        "# Chinese\tEnglish\tkind\tsource\n绿度\tNDVI\ttranslation\tyour file, line 1\n\
         植被指数\tNDVI\tabbreviation\tcorpus (gloss; 1 times in 1 articles)\n"
    );
    fs::write(root.join("mine.txt"), "alone\n").expect("written");
    let refused = wenyuan(root, &["lexicon", "explain", "NDVI"]);
    assert_eq!(refused.status.code(), Some(4));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("mine.txt, line 1: expected `term = synonym`"), "{said}");
}
