//! Files are added, changed and deleted beside a running server, which follows without a failed request.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::library::{Library, Served, client};

/// Ends the asking when the test ends, also where it fails.
struct Stop<'a>(&'a AtomicBool);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The longest the server may take to follow what was published.
const PATIENCE: Duration = Duration::from_secs(15);

/// Waits until the best hit for `query`, or the want of any, is as `wanted` says.
fn wait_until(served: &Served, query: &str, wanted: impl Fn(&str) -> bool) {
    let since = Instant::now();
    loop {
        let found = served.search(query, &[("lang", "en")]);
        let best = found["hits"][0]["text"].as_str().unwrap_or_default();
        if wanted(best) {
            return;
        }
        assert!(since.elapsed() < PATIENCE, "{query} still finds {best:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn index(library: &Library) -> serde_json::Value {
    let ran = library.run(&["index", "--json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    ran.json()
}

#[test]
fn a_running_server_follows_the_corpus_without_a_failed_request() {
    let library = Library::full().indexed();
    // Until then the server itself may write what the commands below are to write.
    let served = library.serve().settled();
    let (stop, asked) = (AtomicBool::new(false), AtomicU64::new(0));
    std::thread::scope(|scope| {
        let asking = scope.spawn(|| {
            let client = client();
            while !stop.load(Ordering::Relaxed) {
                let url = served.url("/v1/search");
                let mut response = client.get(url).query("q", "细胞 nitrate").call().expect("an answer");
                assert_eq!(response.status(), 200);
                let answer: serde_json::Value = response.body_mut().read_json().expect("a whole answer");
                assert!(answer["total"].as_u64() > Some(0));
                asked.fetch_add(1, Ordering::Relaxed);
            }
        });

        let stopping = Stop(&stop);
        wait_until(&served, "quagga", |best| !best.contains("quagga"));
        library.write(
            "zebra.md",
            "# The quagga\n\n## 1 Stripes\n\nThe quagga had stripes on half of its body.\n",
        );
        assert_eq!(index(&library)["articles_written"], 1);
        wait_until(&served, "quagga", |best| best.contains("stripes on half of its body"));

        library.write(
            "zebra.md",
            "# The quagga\n\n## 1 Stripes\n\nIts voice gave the quagga a name.\n",
        );
        assert_eq!(index(&library)["articles_written"], 1);
        wait_until(&served, "quagga", |best| best.contains("Its voice gave"));

        std::fs::remove_file(library.corpus().join("zebra.md")).expect("deleted");
        let outcome = index(&library);
        assert_eq!(
            (&outcome["articles_written"], &outcome["articles_removed"]),
            (&0.into(), &1.into())
        );
        wait_until(&served, "quagga", |best| !best.contains("quagga"));

        drop(stopping);
        asking.join().expect("no request failed");
    });
    assert!(asked.load(Ordering::Relaxed) > 20, "{asked:?} requests");
}

#[test]
fn nothing_is_published_where_nothing_changed() {
    let library = Library::full().indexed();
    let before = index(&library);
    assert_eq!(before["published"], false);
    // The same bytes written again are no change.
    let text = std::fs::read_to_string(library.corpus().join("soil.md")).expect("text");
    library.write("soil.md", &text);
    let after = index(&library);
    assert_eq!(
        (&after["published"], &after["generation"]),
        (&false.into(), &before["generation"])
    );
}

#[test]
fn a_start_takes_up_what_changed_while_nothing_ran() {
    let library = Library::full().indexed();
    library.write("zebra.md", "# The quagga\n\n## 1 Stripes\n\nThe quagga had stripes.\n");
    wait_until(&library.serve(), "quagga", |best| best.contains("had stripes"));
}

#[test]
fn identifiers_stay_when_an_index_is_built_anew() {
    let library = Library::full().indexed();
    let ids = |library: &Library| -> Vec<String> {
        let mut ids: Vec<String> = library
            .hits("细胞 nitrate lighthouse")
            .iter()
            .map(|hit| hit["id"].to_string())
            .collect();
        ids.sort();
        ids
    };
    let before = ids(&library);
    assert!(before.len() > 10);
    assert_eq!(library.run(&["index", "--rebuild"]).code, Some(0));
    assert_eq!(ids(&library), before);
}
