//! Opens the live generation, checked against its manifest.

use std::path::Path;

use tantivy::tokenizer::TokenizerManager;
use tantivy::{Index, ReloadPolicy, Searcher};

use super::directory::DurableDirectory;
use super::documents::Documents;
use super::generation::{Current, Home};
use super::mining::read_terms;
use super::schema::Columns;
use super::vectors::Vectors;
use super::{IndexError, Recipe, Settings, Snapshot};

/// Opens the live generation for searching.
///
/// The recipe must be that of the program that searches: an index of another recipe would answer wrongly, and is
/// refused as [`IndexError::Outdated`].
pub fn open(settings: &Settings, recipe: &Recipe) -> Result<Snapshot, IndexError> {
    open_current(settings, recipe).map(|(snapshot, _)| snapshot)
}

/// How often the opening is tried again when a writer removes the generation meanwhile.
const TRIES: u32 = 5;

/// Opens the live generation and says which it is.
pub fn open_current(settings: &Settings, recipe: &Recipe) -> Result<(Snapshot, Current), IndexError> {
    let home = Home::new(&settings.path);
    let mut tries = 0;
    loop {
        let current = home.current()?;
        match open_generation(&home, &current, settings, recipe) {
            Ok(snapshot) => return Ok((snapshot, current)),
            Err(_) if tries < TRIES && home.current()? != current => tries += 1,
            Err(error) => return Err(error),
        }
    }
}

fn open_generation(
    home: &Home,
    current: &Current,
    settings: &Settings,
    recipe: &Recipe,
) -> Result<Snapshot, IndexError> {
    let folder = home.generation(current.number);
    let manifest = home.manifest(current)?;
    manifest.agrees(recipe)?;
    manifest.check(&folder, settings.verify)?;
    let searcher = searcher(&folder, TokenizerManager::default())?;
    let terms = read_terms(&folder)?;
    let columns = Columns::new();
    let documents = Documents::open(&searcher, &folder)?;
    let vectors = Vectors::open(&folder, &manifest, (&searcher, &columns))?;
    Ok(Snapshot::new((searcher, documents), columns, (manifest, terms), folder).with_vectors(vectors))
}

/// A searcher over the index in a folder.
pub fn searcher(folder: &Path, tokenizers: TokenizerManager) -> Result<Searcher, IndexError> {
    let damaged = |error: &dyn std::fmt::Display| IndexError::Damaged {
        file: folder.to_owned(),
        reason: error.to_string(),
    };
    let directory = DurableDirectory::open(folder).map_err(|error| damaged(&error))?;
    let mut index = Index::open(directory).map_err(|error| damaged(&error))?;
    index.set_tokenizers(tokenizers);
    let reader = index
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .try_into()
        .map_err(|error| damaged(&error))?;
    Ok(reader.searcher())
}
