//! The figures of `wenyuan eval` are those of the scorer that ships with judged collections.
//!
//! The scorer is `score.py` in the folder that `WENYUAN_EVAL` names, by default `../shared/eval` beside the repository.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The folder of judged collections, where it is there.
fn collections() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = std::env::var_os("WENYUAN_EVAL").map_or_else(|| root.join("../shared/eval"), PathBuf::from);
    if folder.join("score.py").is_file() {
        return Some(folder);
    }
    eprintln!(
        "\n!!! NOT TESTED: no score.py in {}; name the folder with WENYUAN_EVAL\n",
        folder.display()
    );
    None
}

fn wenyuan(arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_wenyuan"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// What the scorer says of a run; `None` where there is no Python.
fn scored(collections: &Path, root: &Path, task: &str, run: &Path, filter: bool) -> Option<Value> {
    let mut command = Command::new("python3");
    command.arg(collections.join("score.py")).arg(task).arg(run);
    command.arg("--root").arg(root);
    if filter {
        command.arg("--filter");
    }
    match command.output() {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            Some(serde_json::from_slice(&output.stdout).expect("JSON"))
        }
        Err(error) => {
            eprintln!("\n!!! NOT TESTED: python3 can't be run: {error}\n");
            None
        }
    }
}

/// Compares a report with the scorer's, which rounds to four digits.
fn agree(report: &Value, scored: &Value) {
    assert_eq!(report["queries"], scored["queries"]);
    assert_eq!(report["answered"], scored["answered"]);
    for measure in ["nDCG@10", "RR@10", "R@5", "R@10", "R@100"] {
        let ours = report["figures"][measure]["mean"].as_f64().expect("a figure");
        let theirs = scored[measure].as_f64().expect("a figure");
        assert!((ours - theirs).abs() < 0.000_051, "{measure}: {ours} and {theirs}");
    }
}

#[test]
fn a_judged_collection_scores_as_its_scorer_says() {
    let Some(collections) = collections() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let run = folder.path().join("out.run");
    let tasks = collections.to_string_lossy().into_owned();
    let report = wenyuan(&[
        "eval",
        "--tasks",
        &tasks,
        "--task",
        "tico19.zh-en",
        "--json",
        "--run-out",
        &run.to_string_lossy(),
    ]);
    if let Some(scored) = scored(&collections, &collections, "tico19.zh-en", &run, false) {
        agree(&report["tasks"][0], &scored);
    }
}

/// Two small collections of our own in the layout of a folder of tasks.
fn small(folder: &Path) {
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        if name.ends_with(".gz") {
            let mut packed =
                flate2::write::GzEncoder::new(fs::File::create(&path).expect("a file"), Default::default());
            std::io::Write::write_all(&mut packed, text.as_bytes()).expect("written");
            packed.finish().expect("written");
        } else {
            fs::write(&path, text).expect("written");
        }
    };
    write(
        "tasks.json",
        r#"[{"task": "bread.zh", "dir": "bread", "queries": "queries.jsonl.gz", "corpus": "corpus.jsonl.gz",
             "passage_lang": "zh", "qrels": "qrels.tsv", "kind": "monolingual"},
            {"task": "tea.any", "dir": "tea", "queries": "queries.jsonl.gz", "corpus": "corpus.jsonl.gz",
             "passage_lang": null, "qrels": "qrels.tsv", "kind": "monolingual", "extra_corpora": ["bread"]}]"#,
    );
    // The identifier `面/1` is none of ours, so the index gives the passage another.
    write(
        "bread/corpus.jsonl.gz",
        "{\"id\": \"面/1\", \"lang\": \"zh\", \"text\": \"酵母使面团发酵膨胀。\"}\n\
         {\"id\": \"b2\", \"lang\": \"zh\", \"text\": \"面团需要揉十分钟。\"}\n\
         {\"id\": \"b3\", \"lang\": \"zh\", \"text\": \"面团需要揉十分钟!\"}\n\
         {\"id\": \"b4\", \"lang\": \"en\", \"text\": \"Yeast makes dough rise.\"}\n",
    );
    write(
        "bread/queries.jsonl.gz",
        "{\"id\": \"q1\", \"lang\": \"zh\", \"text\": \"什么使面团发酵\"}\n\
         {\"id\": \"q2\", \"lang\": \"zh\", \"text\": \"面团揉多久\"}\n\
         {\"id\": \"q3\", \"lang\": \"zh\", \"text\": \"量子\"}\n",
    );
    write(
        "bread/qrels.tsv",
        "query-id\tcorpus-id\tscore\nq1\t面/1\t2\nq1\tb2\t0\nq2\tb2\t1\nq2\tb3\t3\nq3\tb2\t1\n",
    );
    write(
        "tea/corpus.jsonl.gz",
        "{\"id\": \"t1\", \"lang\": \"en\", \"text\": \"Green tea leaves are steamed.\"}\n\
         {\"id\": \"t2\", \"lang\": \"zh\", \"text\": \"红茶全发酵，绿茶不发酵。\"}\n",
    );
    write(
        "tea/queries.jsonl.gz",
        "{\"id\": \"q1\", \"lang\": \"en\", \"text\": \"How are green tea leaves treated?\"}\n\
         {\"id\": \"q2\", \"lang\": \"zh\", \"text\": \"发酵的茶\"}\n",
    );
    write("tea/qrels.tsv", "query-id\tcorpus-id\tscore\nq1\tt1\t1\nq2\tt2\t1\n");
}

#[test]
fn small_tasks_apart_and_in_one_index_score_as_the_scorer_says() {
    let folder = tempfile::tempdir().expect("a folder");
    small(folder.path());
    let tasks = folder.path().to_string_lossy().into_owned();
    for all_in_one in [false, true] {
        let runs = folder.path().join(format!("runs-{all_in_one}"));
        let out = runs.to_string_lossy().into_owned();
        let mut arguments = vec!["eval", "--tasks", &tasks, "--json", "--run-out", &out];
        if all_in_one {
            arguments.push("--all-in-one");
        }
        let reports = wenyuan(&arguments);
        let names: Vec<&str> = reports["tasks"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|report| report["task"].as_str().expect("a name"))
            .collect();
        assert_eq!(names, ["bread.zh", "tea.any"]);
        let run = fs::read_to_string(runs.join("bread.zh.run")).expect("a run");
        assert!(run.lines().any(|line| line.starts_with("q1 Q0 面/1 1 ")), "{run}");
        assert!(!run.contains(" b4 ") && !run.contains(" t2 "), "{run}");
        let Some(collections) = collections() else { continue };
        for report in reports["tasks"].as_array().expect("a list") {
            let task = report["task"].as_str().expect("a name");
            let run = runs.join(format!("{task}.run"));
            if let Some(scored) = scored(&collections, folder.path(), task, &run, all_in_one) {
                agree(report, &scored);
            }
        }
    }
}

/// In one index a hundred hits may hold none of a task's own: what was measured then was the cut, not the ranking.
#[test]
fn hits_of_other_tasks_do_not_push_a_tasks_own_out_of_what_is_measured() {
    let folder = tempfile::tempdir().expect("a folder");
    small(folder.path());
    let more: String = (0..150)
        .map(|number| format!("{{\"id\": \"w{number}\", \"lang\": \"zh\", \"text\": \"面团揉{number}分钟。\"}}\n"))
        .collect();
    let corpus = fs::File::create(folder.path().join("tea/corpus.jsonl.gz")).expect("a file");
    let mut packed = flate2::write::GzEncoder::new(corpus, Default::default());
    std::io::Write::write_all(&mut packed, more.as_bytes()).expect("written");
    packed.finish().expect("written");
    let tasks = folder.path().to_string_lossy().into_owned();
    let recall = |depth: &[&str]| {
        let arguments = [
            "eval",
            "--tasks",
            &tasks,
            "--task",
            "bread.zh",
            "--all-in-one",
            "--json",
        ];
        let reports = wenyuan(&[&arguments[..], depth].concat());
        reports["tasks"][0]["figures"]["R@100"]["mean"]
            .as_f64()
            .expect("a figure")
    };
    // Of three topics the first finds what answers; the second finds one of two, as the other, nearly the same, stands
    // behind it, below 150 that say all of the question too.
    assert!((recall(&[]) - 0.5).abs() < 1e-9);
    assert!((recall(&["--depth", "100"]) - 1.0 / 3.0).abs() < 1e-9);
}

#[test]
fn own_articles_are_judged_by_passage_section_or_article_and_runs_compared() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    fs::create_dir(path("corpus")).expect("a folder");
    fs::write(
        path("corpus/bread.md"),
        "# 面包\n\n## 1 发酵\n\n酵母使面团发酵膨胀。\n\n## 2 烘烤\n\n烤箱的温度是二百度。\n",
    )
    .expect("written");
    fs::write(
        path("queries.jsonl"),
        "{\"id\": \"q1\", \"text\": \"酵母\", \"lang\": \"zh\"}\n{\"id\": \"q2\", \"text\": \"烤箱温度\", \"lang\": \"zh\"}\n",
    )
    .expect("written");
    fs::write(path("qrels.tsv"), "q1\tbread#1\t1\nq2\tbread\t1\n").expect("written");
    fs::write(path("old.run"), "q1 x 1\nq2 bread 1\n").expect("written");
    let report = wenyuan(&[
        "--corpus",
        &path("corpus"),
        "eval",
        "--queries",
        &path("queries.jsonl"),
        "--qrels",
        &path("qrels.tsv"),
        "--against",
        &path("old.run"),
        "--json",
    ]);
    assert_eq!(report["figures"]["nDCG@10"]["mean"], 1.0, "{report:#}");
    assert_eq!(report["directions"][0]["topics_in"], "zh");
    assert_eq!(report["directions"][0]["passages_in"], "zh");
    assert_eq!(report["directions"][0]["topics"], 2);
    assert_eq!(report["comparison"]["better"], 1);
    assert_eq!(report["comparison"]["changes"][0]["text"], "酵母");
}
