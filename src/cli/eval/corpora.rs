//! Throw-away indexes over the passages a set of judged queries is about.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::cli::exit::Failure;
use crate::cli::index::{tell, update};
use crate::cli::library;
use crate::cli::progress::Bar;
use crate::config::Config;
use crate::corpus;
use crate::document::ArticleId;
use crate::eval::{Task, copy_passages};
use crate::index::{Connection, IndexError, Mode, connect};
use crate::retrieve::Searcher;

/// Endings of files that hold ready passages with identifiers of their own.
const PASSAGE_FILES: [&str; 4] = [".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz"];

/// A throw-away index: its folder goes when this does.
pub struct Indexed {
    /// Answers from it.
    pub searcher: Searcher,
    /// Identifiers of articles as the corpus prints them, by the index's own, where the two differ.
    pub given: HashMap<String, String>,
    _folder: TempDir,
    _remote: Discarded,
}

/// An index on a cluster that goes when this does.
struct Discarded(Option<Connection>);

impl Drop for Discarded {
    fn drop(&mut self) {
        if let Some(Err(error)) = self.0.as_ref().map(Connection::discard) {
            let _ = writeln!(std::io::stderr(), "the throw-away index stays on the cluster: {error}");
        }
    }
}

/// A part of a judged collection: the passages of a folder in one language, or in any.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Part {
    folder: String,
    file: String,
    language: Option<String>,
}

/// The parts whose passages a task searches.
pub fn parts_of(task: &Task) -> Vec<Part> {
    let own = Part {
        folder: task.dir.clone(),
        file: task.corpus.clone(),
        language: task.passage_lang.clone(),
    };
    let extra = task.extra_corpora.iter().map(|folder| Part {
        folder: folder.clone(),
        // By the layout of such folders, distractors lie under the usual name.
        file: "corpus.jsonl.gz".to_owned(),
        language: None,
    });
    let mut parts: Vec<Part> = std::iter::once(own).chain(extra).collect();
    parts.sort();
    parts.dedup();
    parts
}

/// The parts that hold everything any of these tasks searches.
pub fn all_parts(tasks: &[Task]) -> Vec<Part> {
    let mut parts: Vec<Part> = tasks
        .iter()
        .flat_map(parts_of)
        .map(|part| Part { language: None, ..part })
        .collect();
    parts.sort();
    parts.dedup();
    parts
}

/// The identifiers of the passages of these parts.
pub fn identifiers(tasks: &Path, parts: &[Part]) -> Result<HashSet<String>, Failure> {
    let mut ids = HashSet::new();
    for part in parts {
        copy(tasks, part, &mut std::io::sink(), &mut |id| {
            ids.insert(id.to_owned());
        })?;
    }
    Ok(ids)
}

/// Indexes these parts of a folder of tasks together.
pub fn index_parts(config: &Config, tasks: &Path, parts: &[Part]) -> Result<Indexed, Failure> {
    let folder = temporary()?;
    let corpus = folder.path().join("corpus");
    fs::create_dir_all(&corpus).map_err(|error| unwritable(&corpus, &error))?;
    let mut given = HashMap::new();
    for (place, part) in parts.iter().enumerate() {
        let path = corpus.join(format!("{place:03}.jsonl"));
        let file = File::create(&path).map_err(|error| unwritable(&path, &error))?;
        let mut out = BufWriter::new(file);
        copy(tasks, part, &mut out, &mut |id| remember(id, &mut given))?;
        out.flush().map_err(|error| unwritable(&path, &error))?;
    }
    index(config, corpus, given, folder)
}

/// Indexes a folder, or a file, of articles as configured.
pub fn index_corpus(config: &Config) -> Result<Indexed, Failure> {
    let folder = temporary()?;
    let mut corpus = config.corpus.path.clone();
    if corpus.is_file() {
        // A folder with nothing but this file: the readers take folders, and refuse links that lead out of them.
        let within = folder.path().join("corpus");
        let name = corpus.file_name().unwrap_or_default();
        let copied = fs::create_dir_all(&within).and_then(|()| fs::copy(&corpus, within.join(name)));
        copied.map_err(|error| unwritable(&corpus, &error))?;
        corpus = within;
    }
    let mut given = HashMap::new();
    for file in corpus::discover(&corpus).0 {
        if PASSAGE_FILES.iter().any(|ending| file.path.ends_with(ending)) {
            copy_passages(&file.absolute, &mut std::io::sink(), &mut |line| {
                remember(&line.id, &mut given);
                true
            })?;
        }
    }
    index(config, corpus, given, folder)
}

fn index(
    config: &Config,
    corpus: PathBuf,
    given: HashMap<String, String>,
    folder: TempDir,
) -> Result<Indexed, Failure> {
    let mut config = config.clone();
    config.corpus.path = corpus;
    config.index.path = folder.path().join("index");
    // On a cluster it has a name of its own, beside those of libraries.
    config.index.name = folder
        .path()
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().to_lowercase());
    let unusable = |error: IndexError| Failure::Unusable(error.to_string());
    let remote = Discarded(connect(&config.index).map_err(unusable)?);
    let analyzer = library::analyzer(&config)?;
    let (_, errors) = update(&config, &analyzer, Mode::Rebuild, &mut Bar::new())?;
    tell(&errors);
    Ok(Indexed {
        searcher: library::open(&config)?.searcher(),
        given,
        _folder: folder,
        _remote: remote,
    })
}

fn copy(tasks: &Path, part: &Part, to: &mut dyn Write, each: &mut dyn FnMut(&str)) -> Result<(), Failure> {
    let from = tasks.join(&part.folder).join(&part.file);
    copy_passages(&from, to, &mut |line| {
        let kept = part.language.is_none() || part.language == line.lang;
        if kept {
            each(&line.id);
        }
        kept
    })?;
    Ok(())
}

fn remember(id: &str, given: &mut HashMap<String, String>) {
    let known = ArticleId::from_key(id.trim());
    if known.as_str() != id {
        given.insert(known.to_string(), id.to_owned());
    }
}

fn temporary() -> Result<TempDir, Failure> {
    let made = tempfile::Builder::new().prefix("wenyuan-eval-").tempdir();
    made.map_err(|error| Failure::Unusable(format!("no temporary folder can be made: {error}")))
}

fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Unusable(format!("{}: {error}", path.display()))
}
