//! Finds the files of the corpus folder.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use xxhash_rust::xxh3::Xxh3;

use super::{Fault, FaultKind, formats};

/// How deep folders may nest.
const DEEPEST: usize = 64;

/// A file of the corpus that a format reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path below the corpus folder, with `/` on every system.
    pub path: String,
    /// Where it lies.
    pub absolute: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// When it was last changed, where the system tells.
    pub modified: Option<SystemTime>,
}

/// The files below `folder` that a format reads, sorted by path, and what is wrong with the others.
///
/// `folder` may be a single file. Hidden files, and README, LICENSE and their like at the top, are passed over in silence. Another kind of file is a
/// note. A link that leads out of the folder is refused. What can't be read is a fault; the others go on.
pub fn discover(folder: &Path) -> (Vec<SourceFile>, Vec<Fault>) {
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    let root = match folder.canonicalize() {
        Ok(root) => root,
        Err(error) => return (files, vec![unreadable("", &error)]),
    };
    if root.is_file() {
        return alone(root);
    }
    let mut waiting = vec![(root.clone(), String::new(), 0usize)];
    while let Some((at, prefix, depth)) = waiting.pop() {
        let entries = match fs::read_dir(&at) {
            Ok(entries) => entries,
            Err(error) => {
                faults.push(unreadable(&prefix, &error));
                continue;
            }
        };
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    faults.push(unreadable(&prefix, &error));
                    continue;
                }
            };
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') || (depth == 0 && is_about_the_folder(&name)) {
                continue;
            }
            let path = if prefix.is_empty() {
                name
            } else {
                format!("{prefix}/{name}")
            };
            match look(&root, &entry.path()) {
                Ok(Found::Folder(below)) if depth < DEEPEST => waiting.push((below, path, depth + 1)),
                Ok(Found::Folder(_)) => faults.push(fault(&path, "folders nest too deep")),
                Ok(Found::File { bytes, modified }) => match known_extension(&path) {
                    Ok(()) => files.push(SourceFile {
                        path,
                        absolute: entry.path(),
                        bytes,
                        modified,
                    }),
                    Err(extension) => faults.push(Fault {
                        path,
                        line: 0,
                        kind: FaultKind::UnknownFormat { extension },
                    }),
                },
                Ok(Found::Refused(reason)) => faults.push(fault(&path, reason)),
                Err(error) => faults.push(unreadable(&path, &error)),
            }
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    faults.sort_by(|one, other| one.path.cmp(&other.path));
    (files, faults)
}

/// A corpus of one file, named by its file name.
fn alone(file: PathBuf) -> (Vec<SourceFile>, Vec<Fault>) {
    let path = file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    if let Err(extension) = known_extension(&path) {
        let kind = FaultKind::UnknownFormat { extension };
        return (Vec::new(), vec![Fault { path, line: 0, kind }]);
    }
    match fs::metadata(&file) {
        Ok(metadata) => {
            let found = SourceFile {
                path,
                absolute: file,
                bytes: metadata.len(),
                modified: metadata.modified().ok(),
            };
            (vec![found], Vec::new())
        }
        Err(error) => (Vec::new(), vec![unreadable(&path, &error)]),
    }
}

/// The XXH3-128 digest of a file's bytes, in 32 hexadecimal digits; reads the file in pieces.
pub fn digest(file: &SourceFile) -> io::Result<String> {
    let mut reader = File::open(&file.absolute)?;
    let mut state = Xxh3::new();
    // No larger than the file: most are small, and there are thousands.
    let mut buffer = vec![0u8; (file.bytes as usize).clamp(1, 64 * 1024)];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok(format!("{:032x}", state.digest128())),
            Ok(read) => state.update(buffer.get(..read).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

enum Found {
    Folder(PathBuf),
    File { bytes: u64, modified: Option<SystemTime> },
    Refused(&'static str),
}

fn look(root: &Path, path: &Path) -> io::Result<Found> {
    let link = fs::symlink_metadata(path)?.is_symlink();
    let metadata = fs::metadata(path)?;
    if link {
        if !path.canonicalize()?.starts_with(root) {
            return Ok(Found::Refused("a link that leads out of the corpus folder"));
        }
        // A linked folder inside the corpus is met at its own place as well, and may hold itself.
        if metadata.is_dir() {
            return Ok(Found::Refused("a link to a folder"));
        }
    }
    Ok(if metadata.is_dir() {
        Found::Folder(path.to_owned())
    } else if metadata.is_file() {
        Found::File {
            bytes: metadata.len(),
            modified: metadata.modified().ok(),
        }
    } else {
        Found::Refused("neither a file nor a folder")
    })
}

fn known_extension(path: &str) -> Result<(), String> {
    let lower = path.to_lowercase();
    let plain = lower.strip_suffix(".gz").unwrap_or(&lower);
    let name = plain.rsplit('/').next().unwrap_or_default();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let known = formats::ALL
        .iter()
        .any(|format| format.extensions().contains(&extension));
    let packed = plain.len() < lower.len();
    // Only files of many records are read packed.
    let readable = known && (!packed || extension == "jsonl" || extension == "ndjson");
    if readable {
        Ok(())
    } else {
        Err(if packed {
            format!("{extension}.gz")
        } else {
            extension.to_owned()
        })
    }
}

fn is_about_the_folder(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_uppercase();
    matches!(
        stem.as_str(),
        "README" | "LICENSE" | "LICENCE" | "COPYING" | "NOTICE" | "CHANGELOG"
    )
}

fn unreadable(path: &str, error: &io::Error) -> Fault {
    fault(path, &error.to_string())
}

fn fault(path: &str, reason: &str) -> Fault {
    Fault {
        path: path.to_owned(),
        line: 0,
        kind: FaultKind::Unreadable {
            reason: reason.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{digest, discover};

    #[test]
    fn files_come_sorted_and_strangers_are_noted() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("b")).unwrap();
        for name in [
            "z.jsonl",
            "b/a.jsonl.gz",
            "b/README.jsonl",
            ".hidden.jsonl",
            "README.jsonl",
            "photo.xyz",
        ] {
            fs::write(root.join(name), "x").unwrap();
        }
        let (files, faults) = discover(root);
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["b/README.jsonl", "b/a.jsonl.gz", "z.jsonl"]);
        assert_eq!(faults.len(), 1);
        assert_eq!(
            (faults[0].path.as_str(), faults[0].kind.code()),
            ("photo.xyz", "unknown-format")
        );
        assert_eq!(digest(&files[0]).unwrap(), digest(&files[2]).unwrap());
        assert_eq!(digest(&files[0]).unwrap().len(), 32);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_folder_is_refused() {
        let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(outside.path().join("secret.jsonl"), "x").unwrap();
        std::os::unix::fs::symlink(outside.path().join("secret.jsonl"), folder.path().join("a.jsonl")).unwrap();
        let (files, faults) = discover(folder.path());
        assert!(files.is_empty());
        assert_eq!(faults[0].kind.code(), "unreadable");
    }
}
