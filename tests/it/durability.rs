//! The index after a kill, a flipped bit or a full disk: usable, or refused with the reason and the remedy.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use super::library::{Library, Ran};

const KILLS: usize = 20;

/// Made-up passages, numbered from `from`; every one holds the word `round` with the round's number.
fn passages(from: usize, count: usize, round: usize) -> String {
    let lines: Vec<String> = (from..from + count)
        .map(|number| {
            format!(
                "{{\"id\":\"n{number}\",\"text\":\"word{number} round{round} 灯塔的灯每十秒转一圈 and some more words\"}}"
            )
        })
        .collect();
    lines.join("\n") + "\n"
}

fn total(library: &Library, query: &str) -> u64 {
    let ran = library.run(&["search", "--json", "--limit", "1", "--", query]);
    assert!(matches!(ran.code, Some(0 | 1)), "{query}: {}", ran.err);
    ran.json()["total"].as_u64().expect("a total")
}

/// The round that the first passage of the changing file is of; 0 where it is not in the index.
fn state_of(library: &Library) -> usize {
    let hits = library.hits("word3000");
    let text = hits.first().and_then(|hit| hit["text"].as_str()).unwrap_or_default();
    let round = text.split_whitespace().find_map(|word| word.strip_prefix("round"));
    round.map_or(0, |round| round.parse().expect("a number"))
}

#[test]
fn a_kill_at_any_moment_leaves_a_usable_index_that_lost_nothing() {
    let seed = SystemTime::UNIX_EPOCH.elapsed().expect("a time").subsec_nanos();
    println!("seed {seed}");
    let mut state = u64::from(seed) | 1;
    let mut below = |end: u64| {
        // Xorshift: any odd pauses will do.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % end
    };
    let library = Library::empty();
    const EACH: usize = 3000;
    library.write("kept.jsonl", &passages(0, EACH, 0));
    let since = Instant::now();
    let library = library.indexed();
    // About a third of the runs end before they are killed: what they acknowledged must stay.
    let longest = since.elapsed().as_millis() as u64 * 3;
    let (mut acknowledged, mut killed) = (0, 0);
    for round in 1..=KILLS {
        library.write("changing.jsonl", &passages(EACH, EACH, round));
        let mut child = library
            .command(&["index"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program");
        std::thread::sleep(Duration::from_millis(20 + below(longest)));
        let ended = child.try_wait().expect("a child");
        child.kill().expect("killed");
        child.wait().expect("ended");
        match ended {
            Some(status) => {
                assert!(status.success(), "round {round}, seed {seed}");
                acknowledged = round;
            }
            None => killed += 1,
        }
        // What was acknowledged is there, whole; a newer state only as a whole.
        assert_eq!(total(&library, "round0"), EACH as u64, "round {round}, seed {seed}");
        let newest = state_of(&library);
        assert!(
            newest >= acknowledged,
            "{newest} is served, {acknowledged} was acknowledged, seed {seed}"
        );
        let whole = if newest > 0 { EACH as u64 } else { 0 };
        assert_eq!(
            total(&library, &format!("round{newest}")),
            EACH as u64,
            "round {round}, seed {seed}"
        );
        // Everything ever written holds this word: nothing of any other state is left.
        assert_eq!(total(&library, "圈"), EACH as u64 + whole, "round {round}, seed {seed}");
    }
    println!("{killed} of {KILLS} runs were killed while they indexed");
    assert!(killed > 0, "no run was killed before it was done");

    // After all of it one run gives what a fresh index gives.
    let after = library.run(&["index", "--json"]).json();
    let query = [
        "search",
        "--json",
        "--limit",
        "100",
        "word3001 OR word4711 OR word77 OR 圈",
    ];
    let mut worked = library.run(&query).json();
    let fresh = Library::empty();
    for name in ["kept.jsonl", "changing.jsonl"] {
        fs::copy(library.corpus().join(name), fresh.corpus().join(name)).expect("copied");
    }
    let built = fresh.run(&["index", "--json"]).json();
    for key in ["articles", "passages", "references"] {
        assert_eq!(after[key], built[key], "{key}, seed {seed}");
    }
    let mut anew = fresh.run(&query).json();
    let order = |found: &mut serde_json::Value| {
        let hits = found["hits"].as_array().expect("hits");
        let mut hits: Vec<(String, String)> = hits
            .iter()
            .map(|hit| (hit["score"].to_string(), hit["id"].to_string()))
            .collect();
        // Equal scores may stand in any order, so only what is above the last score is compared by name.
        let last = hits.last().map(|hit| hit.0.clone());
        hits.retain(|hit| Some(&hit.0) != last.as_ref());
        hits.sort();
        (found["total"].clone(), hits, last)
    };
    assert_eq!(order(&mut worked), order(&mut anew), "seed {seed}");
    let left: Vec<PathBuf> = files(&library.index())
        .into_iter()
        .filter(|path| {
            let below = path.strip_prefix(library.index()).expect("below it").to_string_lossy();
            below.starts_with(".tmp") || below.starts_with("building-")
        })
        .collect();
    assert_eq!(left, Vec::<PathBuf>::new());
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn a_flipped_bit_in_any_file_is_told_with_the_remedy() {
    let library = Library::full().indexed();
    let all = files(&library.index());
    assert!(all.len() > 6, "{all:?}");
    let mut refused = 0;
    for path in all {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let mut bytes = fs::read(&path).expect("bytes");
        // The lock is empty or holds a process number, and nothing is read from the list of what tantivy manages.
        if bytes.is_empty() || name == "LOCK" || name == ".managed.json" {
            continue;
        }
        let place = bytes.len() / 2;
        bytes[place] ^= 1;
        let mut permissions = fs::metadata(&path).expect("metadata").permissions();
        #[expect(clippy::permissions_set_readonly_false, reason = "a file of a temporary folder")]
        permissions.set_readonly(false);
        fs::set_permissions(&path, permissions).expect("writable");
        fs::write(&path, &bytes).expect("written");
        for command in [&["search", "nitrate"][..], &["serve", "--bind", "127.0.0.1:0"]] {
            let ran = library.run(command);
            assert_eq!(ran.code, Some(4), "{name}: {command:?} {} {}", ran.out, ran.err);
            assert!(ran.err.contains(&name), "{name} is not named: {}", ran.err);
            assert!(ran.err.contains("wenyuan index --rebuild"), "{name}: {}", ran.err);
        }
        bytes[place] ^= 1;
        fs::write(&path, &bytes).expect("written");
        refused += 1;
    }
    assert!(refused >= 7, "only {refused} files were looked at");
    assert_eq!(library.run(&["search", "nitrate"]).code, Some(0), "mended by hand");
}

#[test]
fn a_rebuild_mends_a_damaged_index() {
    let library = Library::full().indexed();
    let store = files(&library.index())
        .into_iter()
        .find(|path| path.extension().is_some_and(|extension| extension == "store"))
        .expect("a store");
    fs::remove_file(&store).expect("deleted");
    let ran = library.run(&["search", "nitrate"]);
    assert_eq!(ran.code, Some(4));
    assert!(ran.err.contains("wenyuan index --rebuild"), "{}", ran.err);
    assert_eq!(library.run(&["index", "--rebuild"]).code, Some(0));
    assert_eq!(library.run(&["search", "nitrate"]).code, Some(0));
}

#[test]
#[cfg(unix)]
fn a_full_disk_is_told_and_the_old_index_still_answers() {
    let library = Library::full().indexed();
    // A server that is still bringing the index up to date would take the new file up, and keep the index locked.
    let served = library.serve().settled();
    let before = served.search("nitrate", &[])["total"].clone();
    library.write("more.jsonl", &passages(0, 20_000, 1));
    // No file may grow beyond 100 blocks; the signal that comes with it is ignored, so that writing fails instead.
    let limited = format!(
        "trap '' XFSZ; ulimit -f 100; exec '{}' index",
        env!("CARGO_BIN_EXE_wenyuan")
    );
    let output = Command::new("sh")
        .args(["-c", &limited])
        .current_dir(library.path())
        .output()
        .expect("a shell");
    let ran = Ran::from(output);
    assert_eq!(ran.code, Some(4), "{} {}", ran.out, ran.err);
    assert!(
        ran.err.contains("File too large") || ran.err.contains("can't be written"),
        "{}",
        ran.err
    );
    assert!(!ran.err.contains("panicked at"), "{}", ran.err);
    assert_eq!(served.search("nitrate", &[])["total"], before);
    assert_eq!(served.search("round1", &[])["total"], 0);
    assert_eq!(library.run(&["search", "nitrate"]).code, Some(0));
    // With room again the same run goes through.
    assert_eq!(library.run(&["index"]).code, Some(0));
    assert_eq!(total(&library, "round1"), 20_000);
}
