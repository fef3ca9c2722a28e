//! The index folder: complete generations, the one that is live, and the lock of the one writer.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_128;

use super::IndexError;
use super::directory::make_readable;
use super::manifest::{MANIFEST, Manifest, damaged_or_io};

/// Names the live generation.
const CURRENT: &str = "CURRENT";
/// Held by the one writer.
const LOCK: &str = "LOCK";
/// Beginning of the name of a complete generation's folder.
const GENERATION: &str = "gen-";
/// Beginning of the name of a folder in which a generation is being built.
const BUILDING: &str = "building-";
/// Beginning of the name of a file that is being written.
const TEMPORARY: &str = ".tmp";

/// The live generation, as `CURRENT` names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Current {
    /// Number of the generation.
    pub number: u64,
    /// XXH3-128 of its manifest, in hexadecimal.
    pub manifest: String,
}

/// The folder of an index.
#[derive(Debug, Clone)]
pub struct Home {
    path: PathBuf,
}

impl Home {
    /// The folder at `path`, which need not exist yet.
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Folder of a generation.
    pub fn generation(&self, number: u64) -> PathBuf {
        self.path.join(format!("{GENERATION}{number:06}"))
    }

    /// Folder in which a generation is built for a purpose that `key` names.
    pub fn building(&self, key: &str) -> PathBuf {
        self.path.join(format!("{BUILDING}{key}"))
    }

    /// The bytes of `CURRENT`; `None` where there is no index.
    fn current_bytes(&self) -> Result<Option<Vec<u8>>, IndexError> {
        let path = self.path.join(CURRENT);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(IndexError::Io { path, error }),
        }
    }

    /// The live generation.
    pub fn current(&self) -> Result<Current, IndexError> {
        // A first run that was killed before it could write `CURRENT` leaves a generation that nothing names; what
        // is not named is not there.
        let Some(bytes) = self.current_bytes()? else {
            return Err(IndexError::Missing {
                path: self.path.clone(),
            });
        };
        parse_current(&bytes).ok_or_else(|| IndexError::Damaged {
            file: self.path.join(CURRENT),
            reason: "it is not as it was written".to_owned(),
        })
    }

    /// Reads the manifest of the generation that `current` names.
    pub fn manifest(&self, current: &Current) -> Result<Manifest, IndexError> {
        let path = self.generation(current.number).join(MANIFEST);
        let bytes = fs::read(&path).map_err(|error| damaged_or_io(&path, error))?;
        if hex(&bytes) != current.manifest {
            return Err(IndexError::Damaged {
                file: path,
                reason: "its contents are not what was written".to_owned(),
            });
        }
        serde_json::from_slice(&bytes).map_err(|_| IndexError::Outdated {
            what: "the index format",
        })
    }

    /// Numbers of the generations there are, in order.
    pub fn numbers(&self) -> Result<Vec<u64>, IndexError> {
        let mut numbers: Vec<u64> = self
            .names()?
            .iter()
            .filter_map(|name| name.strip_prefix(GENERATION)?.parse().ok())
            .collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

    fn names(&self) -> Result<Vec<String>, IndexError> {
        match fs::read_dir(&self.path) {
            Ok(entries) => Ok(entries
                .flatten()
                .map(|entry| entry.file_name().to_string_lossy().into_owned())
                .collect()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(IndexError::Io {
                path: self.path.clone(),
                error,
            }),
        }
    }

    /// Makes a finished building folder the live generation: its files and itself are synced, it is renamed, and
    /// `CURRENT` is replaced in one step.
    pub fn publish(&self, building: &Path) -> Result<Current, IndexError> {
        for entry in fs::read_dir(building).map_err(IndexError::io(building))? {
            let path = entry.map_err(IndexError::io(building))?.path();
            File::open(&path)
                .and_then(|file| file.sync_all())
                .map_err(IndexError::io(&path))?;
        }
        sync_folder(building)?;
        let manifest = building.join(MANIFEST);
        let digest = hex(&fs::read(&manifest).map_err(IndexError::io(&manifest))?);
        let number = self.numbers()?.last().map_or(1, |last| last + 1);
        let folder = self.generation(number);
        fs::rename(building, &folder).map_err(IndexError::io(building))?;
        sync_folder(&self.path)?;
        let current = Current {
            number,
            manifest: digest,
        };
        write_file(&self.path.join(CURRENT), current_text(&current).as_bytes())?;
        Ok(current)
    }

    /// Removes what no start can use any more: unfinished files, building folders except `kept`, and generations
    /// except the live one and the one before it. Only to be called by the holder of the lock.
    pub fn sweep(&self, kept: Option<&Path>) -> Result<(), IndexError> {
        let live = self.current().ok().map(|current| current.number);
        let before = self
            .numbers()?
            .into_iter()
            .filter(|&number| live.is_none_or(|live| number < live))
            .max();
        for name in self.names()? {
            let path = self.path.join(&name);
            let number = name
                .strip_prefix(GENERATION)
                .and_then(|digits| digits.parse::<u64>().ok());
            let stale = match number {
                // Without a live generation none is removed: a person may want to look at what is left.
                Some(number) => live.is_some() && Some(number) != live && Some(number) != before,
                None if name.starts_with(BUILDING) => Some(path.as_path()) != kept,
                None => name.starts_with(TEMPORARY),
            };
            if !stale {
                continue;
            }
            if path.is_dir() {
                fs::remove_dir_all(&path)
            } else {
                fs::remove_file(&path)
            }
            .map_err(IndexError::io(&path))?;
        }
        if let Some(kept) = kept.filter(|kept| kept.is_dir()) {
            for entry in fs::read_dir(kept).map_err(IndexError::io(kept))? {
                let entry = entry.map_err(IndexError::io(kept))?;
                if entry.file_name().to_string_lossy().starts_with(TEMPORARY) {
                    fs::remove_file(entry.path()).map_err(IndexError::io(entry.path()))?;
                }
            }
        }
        Ok(())
    }
}

/// Held by the one process that writes an index; freed when dropped, and by the system when the process ends.
#[derive(Debug)]
pub struct WriteLock {
    _file: File,
}

impl WriteLock {
    /// Takes the lock, or says at once who holds it.
    pub fn take(home: &Home) -> Result<Self, IndexError> {
        fs::create_dir_all(home.path()).map_err(IndexError::io(home.path()))?;
        let path = home.path().join(LOCK);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(IndexError::io(&path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let known = file.read_to_string(&mut holder).is_ok() && !holder.trim().is_empty();
                let holder = if known {
                    holder.trim().to_owned()
                } else {
                    "unknown".to_owned()
                };
                return Err(IndexError::Busy {
                    path: home.path().to_owned(),
                    holder,
                });
            }
            Err(TryLockError::Error(error)) => return Err(IndexError::Io { path, error }),
        }
        let write = |file: &mut File| {
            file.set_len(0)?;
            file.seek(SeekFrom::Start(0))?;
            writeln!(file, "{}", std::process::id())
        };
        write(&mut file).map_err(IndexError::io(&path))?;
        Ok(Self { _file: file })
    }
}

/// Writes a file in one step: a reader sees the old contents or the new, and so does the next start after a power cut.
pub fn write_file(path: &Path, contents: &[u8]) -> Result<(), IndexError> {
    write_file_with(path, |file| file.write_all(contents))
}

/// The same for contents that are written bit by bit.
pub fn write_file_with(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), IndexError> {
    write_file_at(path, |_, file| write(file))
}

/// The same for contents that are written by someone who wants to open the file, which has another name until it is
/// whole.
pub fn write_file_at(path: &Path, write: impl FnOnce(&Path, &mut File) -> io::Result<()>) -> Result<(), IndexError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new()
        .prefix(TEMPORARY)
        .tempfile_in(folder)
        .map_err(IndexError::io(folder))?;
    let meanwhile = file.path().to_owned();
    write(&meanwhile, file.as_file_mut())
        .and_then(|()| file.as_file().sync_all())
        .map_err(IndexError::io(path))?;
    make_readable(file.path()).map_err(IndexError::io(path))?;
    file.persist(path).map_err(|error| IndexError::Io {
        path: path.to_owned(),
        error: error.error,
    })?;
    sync_folder(folder)
}

/// Makes the names in a folder survive a power cut.
pub fn sync_folder(folder: &Path) -> Result<(), IndexError> {
    File::open(folder)
        .and_then(|file| file.sync_all())
        .map_err(IndexError::io(folder))
}

/// XXH3-128 in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    format!("{:032x}", xxh3_128(bytes))
}

fn current_text(current: &Current) -> String {
    let line = format!("{GENERATION}{:06} {}", current.number, current.manifest);
    format!("{line}\n{}\n", hex(line.as_bytes()))
}

fn parse_current(bytes: &[u8]) -> Option<Current> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (line, _) = text.split_once('\n')?;
    let (name, manifest) = line.split_once(' ')?;
    let current = Current {
        number: name.strip_prefix(GENERATION)?.parse().ok()?,
        manifest: manifest.to_owned(),
    };
    (current_text(&current) == text).then_some(current)
}
