//! A library in a folder of its own, worked with the real program over its command line and over HTTP.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// A folder with a corpus, and an index once one is built.
pub struct Library {
    folder: TempDir,
}

/// What a command printed and how it ended.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// Its standard output as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {} {}", self.out, self.err))
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("UTF-8 on standard output"),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Library {
    /// One without articles.
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("corpus")).expect("a folder");
        Self { folder }
    }

    /// The shipped article and three made-up files: `knee.md`, `soil.md`, `ready.jsonl`.
    pub fn full() -> Self {
        let library = Self::empty();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for from in [root.join("corpus"), root.join("tests/it/corpus")] {
            for entry in fs::read_dir(from).expect("a corpus") {
                let path = entry.expect("an entry").path();
                fs::copy(&path, library.corpus().join(path.file_name().expect("a name"))).expect("copied");
            }
        }
        library
    }

    /// The same with its index built.
    pub fn indexed(self) -> Self {
        let ran = self.run(&["index"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        self
    }

    /// Where everything of it lies.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Folder of its articles.
    pub fn corpus(&self) -> PathBuf {
        self.path().join("corpus")
    }

    /// Folder of its index.
    pub fn index(&self) -> PathBuf {
        self.path().join("index")
    }

    /// Writes a file of the corpus.
    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.corpus().join(name), text).expect("written");
    }

    /// The program, to be run in this folder.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wenyuan"));
        command.current_dir(self.path()).args(arguments).stdin(Stdio::null());
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("WENYUAN_") {
                command.env_remove(name);
            }
        }
        command
    }

    /// Runs the program in this folder.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.command(arguments).output().expect("the program runs").into()
    }

    /// The hits of a search on the command line.
    pub fn hits(&self, query: &str) -> Vec<Value> {
        let ran = self.run(&["search", "--json", "--limit", "100", "--", query]);
        assert!(ran.code == Some(0) || ran.code == Some(1), "{}", ran.err);
        ran.json()["hits"].as_array().expect("hits").clone()
    }

    /// Starts a server on a free port and waits until it has said where.
    pub fn serve(&self) -> Served {
        self.serve_with(&[])
    }

    /// The same with variables of the environment.
    pub fn serve_with(&self, environment: &[(&str, &str)]) -> Served {
        let mut command = self.command(&["serve", "--bind", "127.0.0.1:0"]);
        command.envs(environment.iter().copied());
        let errors = fs::File::create(self.path().join("server.log")).expect("a log");
        let mut child = command.stdout(Stdio::piped()).stderr(errors).spawn().expect("a server");
        let mut first = String::new();
        let mut out = BufReader::new(child.stdout.take().expect("its output"));
        out.read_line(&mut first).expect("a line");
        let address = first
            .split_once("http://")
            .and_then(|(_, rest)| rest.trim().parse().ok())
            .unwrap_or_else(|| {
                let log = fs::read_to_string(self.path().join("server.log")).unwrap_or_default();
                panic!("no address in {first:?}; {log}")
            });
        // The rest of what it says is read, so that it is never stopped by a full or closed pipe.
        std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
        let log = self.path().join("server.log");
        Served { child, address, log }
    }
}

/// A running server; it is ended when it goes out of scope.
pub struct Served {
    child: Child,
    pub address: SocketAddr,
    log: PathBuf,
}

/// A status and a body.
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

/// A client that takes every status as an answer.
pub fn client() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(30)))
        .build()
        .into()
}

impl Served {
    /// The same, once it has brought the index up to date with the corpus and leaves it alone.
    pub fn settled(self) -> Self {
        for _ in 0..600 {
            let log = fs::read_to_string(&self.log).unwrap_or_default();
            if log.contains("the index is up to date with the corpus") {
                return self;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("{}", fs::read_to_string(&self.log).unwrap_or_default())
    }

    /// The full address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Asks for a path, with parameters.
    pub fn get(&self, path: &str, parameters: &[(&str, &str)]) -> Answer {
        let pairs = parameters.iter().copied();
        let mut response = client()
            .get(self.url(path))
            .query_pairs(pairs)
            .call()
            .expect("an answer");
        Answer {
            status: response.status().as_u16(),
            body: response.body_mut().read_json().expect("JSON"),
        }
    }

    /// Searches; the answer must be a good one.
    pub fn search(&self, query: &str, parameters: &[(&str, &str)]) -> Value {
        let mut all = vec![("q", query)];
        all.extend(parameters);
        let answer = self.get("/v1/search", &all);
        assert_eq!(answer.status, 200, "{query}: {}", answer.body);
        answer.body
    }

    /// Its process number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits for it to end by itself.
    pub fn wait(&mut self) -> ExitStatus {
        self.child.wait().expect("an end")
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A server over the full library for tests that only read; tests that run at the same time share it.
pub fn shared() -> Arc<(Served, Library)> {
    static SHARED: Mutex<Weak<(Served, Library)>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    shared.upgrade().unwrap_or_else(|| {
        let library = Library::full().indexed();
        let fresh = Arc::new((library.serve(), library));
        *shared = Arc::downgrade(&fresh);
        fresh
    })
}

/// Identifiers and scores of the hits, for comparing two searches.
pub fn ranking(found: &Value) -> Vec<(String, String)> {
    let hits = found["hits"].as_array().expect("hits");
    hits.iter()
        .map(|hit| (hit["id"].to_string(), hit["score"].to_string()))
        .collect()
}

/// The highlighted pieces of a hit, cut out of its text by code points.
pub fn highlighted(hit: &Value) -> Vec<String> {
    let text: Vec<char> = hit["text"].as_str().expect("text").chars().collect();
    let place = |value: &Value| usize::try_from(value.as_u64().expect("a place")).expect("a small number");
    let highlights = hit["highlights"].as_array().expect("highlights");
    highlights
        .iter()
        .map(|one| text[place(&one["start"])..place(&one["end"])].iter().collect())
        .collect()
}
