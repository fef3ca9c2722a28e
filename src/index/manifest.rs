//! What an index says of itself: versions, recipe, counts, and the size and digest of each of its files.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::schema::SCHEMA_VERSION;
use super::{IndexError, Kind, Recipe, VectorCounts, Verify};
use crate::text::Language;

/// Changed whenever the layout of the index folder or of the manifest changes.
pub const FORMAT_VERSION: u32 = 3;

/// Name of the manifest in a generation's folder.
pub const MANIFEST: &str = "manifest.json";

/// Name of the list of sources in a generation's folder.
pub const SOURCES: &str = "sources.json";

/// A file of the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its name.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// XXH3-128 of its contents, in hexadecimal.
    pub xxh3: String,
}

/// How much an index holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Articles.
    pub articles: u64,
    /// Passages of each language, by its tag.
    pub passages: BTreeMap<String, u64>,
    /// References.
    pub references: u64,
    /// Faults found while reading the corpus.
    pub faults: u64,
    /// Files of the corpus.
    pub files: u64,
}

impl Counts {
    /// How many documents of a kind there are; passages of one language only where one is named.
    pub fn of(&self, kind: Kind, language: Option<Language>) -> u64 {
        match (kind, language) {
            (Kind::Passage, Some(language)) => self.passages.get(language.tag()).copied().unwrap_or(0),
            (Kind::Passage, None) => self.passages.values().sum(),
            (Kind::Reference, _) => self.references,
            (Kind::Article, _) => self.articles,
        }
    }
}

/// What an index says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of the layout of the index folder and of this manifest.
    pub format: u32,
    /// Version of the program that wrote it.
    pub program: String,
    /// Version of the columns.
    pub schema: u32,
    /// What else decided its contents.
    pub recipe: Recipe,
    /// Digest over paths and digests of all sources, in hexadecimal.
    pub corpus: String,
    /// How much it holds.
    pub counts: Counts,
    /// The vectors of its passages, where any were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vectors: Option<VectorCounts>,
    /// When it was built, RFC 3339, UTC.
    pub built_at: String,
    /// Every file of the generation but the manifest, by name.
    pub files: Vec<FileEntry>,
}

/// A source as an index remembers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceEntry {
    /// Path below the corpus folder.
    pub path: String,
    /// Digest of its bytes, in hexadecimal.
    pub digest: String,
    /// Articles read from it.
    pub articles: u64,
    /// Faults found in it.
    pub faults: u64,
    /// Whether an article of it had to be named apart from another one's: such a source is read again every time,
    /// because its names depend on other sources.
    pub renamed: bool,
}

/// The sources of the generation in a folder.
pub fn read_sources(folder: &Path) -> Result<Vec<SourceEntry>, IndexError> {
    let path = folder.join(SOURCES);
    let bytes = fs::read(&path).map_err(IndexError::io(&path))?;
    serde_json::from_slice(&bytes).map_err(|error| IndexError::Damaged {
        file: path,
        reason: error.to_string(),
    })
}

impl Manifest {
    /// Whether an index of this manifest can be used with `recipe` by this program.
    pub fn agrees(&self, recipe: &Recipe) -> Result<(), IndexError> {
        let differs = [
            (self.format != FORMAT_VERSION, "the index format"),
            (self.schema != SCHEMA_VERSION, "the index schema"),
            (
                self.recipe.analyzer != recipe.analyzer,
                "the analyzer or its dictionary",
            ),
            (self.recipe.corpus != recipe.corpus, "the way the corpus is read"),
            (self.recipe.lexicon != recipe.lexicon, "the lexicon"),
        ];
        match differs.into_iter().find(|(differs, _)| *differs) {
            Some((_, what)) => Err(IndexError::Outdated { what }),
            None => Ok(()),
        }
    }

    /// Whether the generation has a file of such a name.
    pub(super) fn names(&self, such: impl Fn(&str) -> bool) -> bool {
        self.files.iter().any(|file| such(&file.name))
    }

    /// Checks the files of a generation against the manifest.
    pub fn check(&self, folder: &Path, verify: Verify) -> Result<(), IndexError> {
        if verify == Verify::Off {
            return Ok(());
        }
        for file in &self.files {
            let path = folder.join(&file.name);
            let found = fs::metadata(&path).map_err(|error| damaged_or_io(&path, error))?.len();
            if found != file.bytes {
                let reason = format!("it has {found} bytes instead of {}", file.bytes);
                return Err(IndexError::Damaged { file: path, reason });
            }
        }
        if verify == Verify::Sizes {
            return Ok(());
        }
        let names: Vec<&FileEntry> = self.files.iter().collect();
        for (file, digest) in names.iter().zip(digests(folder, &names)) {
            let path = folder.join(&file.name);
            if digest.map_err(|error| damaged_or_io(&path, error))? != file.xxh3 {
                return Err(IndexError::Damaged {
                    file: path,
                    reason: "its contents are not what was written".to_owned(),
                });
            }
        }
        Ok(())
    }
}

/// A file of an index that is not there is damage; one that may not be read is not.
pub fn damaged_or_io(path: &Path, error: io::Error) -> IndexError {
    if error.kind() == io::ErrorKind::NotFound {
        return IndexError::Damaged {
            file: path.to_owned(),
            reason: "it is missing".to_owned(),
        };
    }
    IndexError::Io {
        path: path.to_owned(),
        error,
    }
}

/// Makes the entries of every file in a folder except the manifest, by name.
pub fn list_files(folder: &Path) -> Result<Vec<FileEntry>, IndexError> {
    let mut entries = Vec::new();
    for found in fs::read_dir(folder).map_err(IndexError::io(folder))? {
        let found = found.map_err(IndexError::io(folder))?;
        let name = found.file_name().to_string_lossy().into_owned();
        if name == MANIFEST || name.starts_with(".tmp") || name.ends_with(".lock") {
            continue;
        }
        let bytes = found.metadata().map_err(IndexError::io(found.path()))?.len();
        entries.push(FileEntry {
            name,
            bytes,
            xxh3: String::new(),
        });
    }
    entries.sort_by(|left, right| left.name.cmp(&right.name));
    let found = digests(folder, &entries.iter().collect::<Vec<_>>());
    for (entry, digest) in entries.iter_mut().zip(found) {
        entry.xxh3 = digest.map_err(IndexError::io(folder.join(&entry.name)))?;
    }
    Ok(entries)
}

/// Digests of files, by as many threads as there are processors, the largest first.
fn digests(folder: &Path, files: &[&FileEntry]) -> Vec<io::Result<String>> {
    let mut order: Vec<usize> = (0..files.len()).collect();
    order.sort_by_key(|&place| std::cmp::Reverse(files.get(place).map_or(0, |file| file.bytes)));
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some(&place) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Some(file) = files.get(place) {
                done.push((place, digest_of(&folder.join(&file.name))));
            }
        }
        done
    };
    let total: u64 = files.iter().map(|file| file.bytes).sum();
    // A thread costs more than digesting a few megabytes.
    let helpers = if total > 8 << 20 {
        std::thread::available_parallelism()
            .map_or(1, usize::from)
            .saturating_sub(1)
    } else {
        0
    };
    let mut done = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..helpers).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for handle in handles {
            done.extend(handle.join().unwrap_or_default());
        }
        done
    });
    done.sort_by_key(|(place, _)| *place);
    if done.len() != files.len() {
        return files
            .iter()
            .map(|_| Err(io::Error::other("a digesting thread ended early")))
            .collect();
    }
    done.into_iter().map(|(_, digest)| digest).collect()
}

fn digest_of(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut state = Xxh3::new();
    // On the stack: the first large allocation of a thread of its own would cost a part of the reading.
    let mut buffer = [0u8; 64 * 1024];
    loop {
        let read = file.read(&mut buffer)?;
        let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else {
            break;
        };
        state.update(part);
    }
    Ok(format!("{:032x}", state.digest128()))
}

/// Digest over paths and digests of all sources.
pub fn corpus_digest(sources: &[SourceEntry]) -> String {
    let mut lines: Vec<String> = sources
        .iter()
        .map(|source| format!("{}\0{}\n", source.path, source.digest))
        .collect();
    lines.sort_unstable();
    format!("{:032x}", xxh3_128(lines.concat().as_bytes()))
}
