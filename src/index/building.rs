//! The folder a generation is built in: made beside the live one, and looked over before an interrupted run goes on.

use std::fs;
use std::path::{Path, PathBuf};

use tantivy::Index;

use super::IndexError;
use super::directory::DurableDirectory;
use super::generation::{Home, sync_folder};
use super::manifest::{Manifest, SOURCES};
use super::mining::MINED;
use super::packing::{DICTIONARY, is_learned};
use super::vectors::{JOURNAL, VECTORS, is_graph};

/// Files of a building folder that no segment owns. Vectors check themselves.
const OWN: [&str; 5] = ["meta.json", ".managed.json", DICTIONARY, VECTORS, JOURNAL];

/// Whether an interrupted run left a folder that can be gone on with. What its last commit does not name is removed:
/// tantivy gives the list of deletions the same name again, and refuses to write over what a killed commit left.
pub fn resumable(building: &Path) -> bool {
    building.join("meta.json").is_file() && is_learned(building) && clean(building).is_some_and(|sound| sound)
}

fn clean(building: &Path) -> Option<bool> {
    let index = Index::open(DurableDirectory::open(building).ok()?).ok()?;
    if !index.validate_checksum().ok()?.is_empty() {
        return Some(false);
    }
    let named = index.load_metas().ok()?.list_segment_files();
    for entry in fs::read_dir(building).ok()? {
        let entry = entry.ok()?;
        let name = entry.file_name();
        if !named.contains(Path::new(&name)) && !OWN.iter().any(|own| name == *own) {
            fs::remove_file(entry.path()).ok()?;
        }
    }
    Some(true)
}

/// Makes a building folder, filled with the files of the live generation.
pub fn prepare(home: &Home, building: &Path, base: Option<(u64, &Manifest)>) -> Result<(), IndexError> {
    if building.exists() {
        fs::remove_dir_all(building).map_err(IndexError::io(building))?;
    }
    let part = PathBuf::from(format!("{}.part", building.display()));
    fs::create_dir_all(&part).map_err(IndexError::io(&part))?;
    if let Some((number, manifest)) = base {
        let folder = home.generation(number);
        for file in &manifest.files {
            let (from, to) = (folder.join(&file.name), part.join(&file.name));
            if [SOURCES, MINED, VECTORS].contains(&file.name.as_str()) || is_graph(&file.name) {
                continue;
            }
            // Segment files never change, so both generations may share them; tantivy rewrites its own lists.
            let shared = !file.name.ends_with(".json") && fs::hard_link(&from, &to).is_ok();
            if !shared {
                fs::copy(&from, &to).map_err(IndexError::io(&from))?;
            }
        }
        sync_folder(&part)?;
    }
    fs::rename(&part, building).map_err(IndexError::io(&part))?;
    sync_folder(home.path())
}
