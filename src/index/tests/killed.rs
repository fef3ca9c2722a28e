//! A program killed while it builds leaves an index that opens, whole and not older than what it reported.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::super::sample::{Sample, settings, update};
use super::super::{Engine, IndexError, Recipe, open};

/// Names the folder the child builds in.
const FOLDER: &str = "WENYUAN_TEST_FOLDER";

/// How many times the child is killed.
const KILLS: u32 = 20;

/// The corpus of a round: every article says which.
fn corpus(round: u32) -> Sample {
    let lines: Vec<String> = (0..40)
        .map(|each| format!("a{each}|2000|round {round}|white cells"))
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    Sample::of(&[("a.md", &lines)])
}

/// The round the live index is of, where there is one.
fn live_round(folder: &Path) -> Option<u32> {
    let snapshot = match open(&settings(folder), &Recipe::default()) {
        Ok(snapshot) => snapshot,
        Err(IndexError::Missing { .. }) => return None,
        Err(error) => panic!("{error}"),
    };
    let (articles, total) = snapshot.articles(0, 100).expect("articles");
    assert_eq!(total, 40);
    let rounds: BTreeSet<u32> = articles
        .iter()
        .map(|article| {
            let passages = snapshot.article_passages(&article.id).expect("passages");
            assert_eq!(passages.len(), 2);
            passages[0]
                .passage
                .text
                .trim_start_matches("round ")
                .parse()
                .expect("a number")
        })
        .collect();
    assert_eq!(
        rounds.len(),
        1,
        "articles of several rounds in one snapshot: {rounds:?}"
    );
    rounds.first().copied()
}

fn reported(folder: &Path) -> Option<u32> {
    fs::read_to_string(folder.join("reported")).ok()?.trim().parse().ok()
}

/// Not a test of its own: what the killed child runs.
#[test]
#[ignore = "run by the test below in a process of its own"]
fn child() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let folder = Path::new(&folder);
    for round in live_round(folder).map_or(0, |round| round + 1).. {
        update(folder, &corpus(round)).expect("an index");
        super::super::generation::write_file(&folder.join("reported"), round.to_string().as_bytes()).expect("reported");
    }
}

#[test]
fn a_killed_build_loses_nothing_it_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = std::env::current_exe().expect("this program");
    // How long a build takes on this machine under its load: the kills must fall into builds and between them.
    let elsewhere = tempfile::tempdir().expect("a folder");
    let started = Instant::now();
    update(elsewhere.path(), &corpus(0)).expect("an index");
    let one_build = started.elapsed();
    for kill in 0..KILLS {
        let mut child = Command::new(&program)
            .args(["--exact", "index::tests::killed::child", "--ignored"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a child");
        // Odd pauses of up to five builds, so that the kill falls at another point every time.
        std::thread::sleep(Duration::from_millis(40) + one_build * (kill * 37 % 100) / 20);
        assert!(
            child.try_wait().expect("a child").is_none(),
            "the child ended by itself before kill {kill}"
        );
        child.kill().expect("killed");
        child.wait().expect("ended");
        let (live, reported) = (live_round(folder.path()), reported(folder.path()));
        assert!(live >= reported, "kill {kill}: reported {reported:?}, live {live:?}");
    }
    assert!(reported(folder.path()).is_some(), "no build ever ended between kills");
    update(folder.path(), &corpus(1_000_000)).expect("an index after all kills");
    assert_eq!(live_round(folder.path()), Some(1_000_000));
    let left: Vec<String> = fs::read_dir(folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(".tmp") || name.starts_with("building"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}
