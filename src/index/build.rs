//! Brings an index up to date with a corpus: only what changed is indexed, beside the live generation.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use tantivy::directory::Directory;
use tantivy::tokenizer::TokenizerManager;

use super::directory::DurableDirectory;
use super::generation::{Current, Home, WriteLock, hex, sync_folder, write_file};
use super::ledger::{Fate, Held, Ledger, Verdict};
use super::manifest::{Counts, FORMAT_VERSION, MANIFEST, Manifest, SOURCES, SourceEntry, corpus_digest, list_files};
use super::record::{content_digest, documents, owner_digest, source_digest};
use super::rename::rename;
use super::schema::{Columns, SCHEMA_VERSION};
use super::statistics::count_tokens;
use super::translate::count;
use super::writer::Writer;
use super::{Enrich, IndexError, Input, InputFile, Kind, Progress, ReadError, Recipe, Settings, Step, Stop};
use crate::analysis::{Analyzer, register_tokenizers};
use crate::document::Article;
use crate::text::Language;

/// Whether an update may build upon the live generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Only what changed is indexed, where the live generation was made by the same recipe.
    Update,
    /// Everything is indexed anew; a damaged or outdated live generation does not matter.
    Rebuild,
}

/// What an update did.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Number of the live generation.
    pub generation: u64,
    /// Whether a new generation was published.
    pub published: bool,
    /// Whether an interrupted run was taken up.
    pub resumed: bool,
    /// Articles that were added or replaced.
    pub written: u64,
    /// Articles that were removed.
    pub removed: u64,
    /// Articles that had to be named apart from another with the same identifier: path and new identifier, at most
    /// the first hundred.
    pub renamed: Vec<(String, String)>,
    /// What the live generation says of itself.
    pub manifest: Manifest,
}

/// Builds and updates an index.
pub struct Builder<'a> {
    settings: &'a Settings,
    recipe: &'a Recipe,
    tokenizers: TokenizerManager,
    enrich: &'a dyn Enrich,
    open_directory: OpenDirectory<'a>,
}

/// Opens the folder an index is built in. Tests put in one that fails.
pub(super) type OpenDirectory<'a> = &'a dyn Fn(&Path) -> Result<Box<dyn Directory>, IndexError>;

/// The live generation an update builds upon.
struct Base {
    current: Current,
    manifest: Manifest,
    sources: HashMap<String, SourceEntry>,
}

/// The state of one run.
struct Run<'a> {
    columns: Columns,
    writer: Writer,
    ledger: Ledger,
    enrich: &'a dyn Enrich,
    step: Step,
    written: u64,
    removed: u64,
    renamed: Vec<(String, String)>,
}

impl<'a> Builder<'a> {
    /// A builder with these settings, for indexes of this recipe. The recipe must name the analyzer and the enrichment.
    pub fn new(settings: &'a Settings, recipe: &'a Recipe, analyzer: &Analyzer, enrich: &'a dyn Enrich) -> Self {
        let tokenizers = TokenizerManager::default();
        register_tokenizers(&tokenizers, analyzer);
        Self::with_tokenizers(settings, recipe, tokenizers, enrich)
    }

    /// The same with any tokenizers.
    pub(super) fn with_tokenizers(
        settings: &'a Settings,
        recipe: &'a Recipe,
        tokenizers: TokenizerManager,
        enrich: &'a dyn Enrich,
    ) -> Self {
        Self {
            settings,
            recipe,
            tokenizers,
            enrich,
            open_directory: &durable,
        }
    }

    /// The same builder over directories of another kind.
    #[cfg(test)]
    pub(super) fn over(self, open_directory: OpenDirectory<'a>) -> Self {
        Self { open_directory, ..self }
    }

    /// Brings the index up to date with the corpus. Until the last step the live generation stays as it is, whatever
    /// happens; an interrupted run is taken up by the next one with the same recipe.
    pub fn run(&self, mode: Mode, input: &dyn Input, progress: &mut dyn Progress) -> Result<Outcome, IndexError> {
        let home = Home::new(&self.settings.path);
        let _lock = WriteLock::take(&home)?;
        let base = self.base(&home, mode)?;
        let building = home.building(&self.key(base.as_ref(), mode));
        home.sweep(Some(&building))?;

        let mut files = input.files()?;
        files.sort_by(|left, right| left.path.cmp(&right.path));
        files.dedup_by(|left, right| left.path == right.path);
        let digests = files
            .iter()
            .map(|file| Ok(format!("{:032x}", input.digest(file)?)))
            .collect::<Result<Vec<_>, IndexError>>()?;

        let resumed = building.join("meta.json").is_file();
        if let Some(base) = &base
            && !resumed
            && base.unchanged(&files, &digests)
        {
            return Ok(Outcome {
                generation: base.current.number,
                published: false,
                resumed,
                written: 0,
                removed: 0,
                renamed: Vec::new(),
                manifest: base.manifest.clone(),
            });
        }
        if !resumed {
            prepare(&home, &building, base.as_ref())?;
        }
        let columns = Columns::new();
        let writer = Writer::open(
            (self.open_directory)(&building)?,
            self.settings,
            &columns,
            self.tokenizers.clone(),
        )?;
        let ledger = Ledger::read(&writer.searcher()?)?;
        let step = Step {
            files_total: files.len() as u64,
            bytes_total: files.iter().map(|file| file.bytes).sum(),
            ..Step::default()
        };
        let mut run = Run {
            columns,
            writer,
            ledger,
            enrich: self.enrich,
            step,
            written: 0,
            removed: 0,
            renamed: Vec::new(),
        };
        let sources = run.read_all(
            input,
            &files.into_iter().zip(digests).collect::<Vec<_>>(),
            base.as_ref(),
            progress,
        )?;
        progress.finishing();
        run.writer.commit()?;
        run.writer
            .compact(base.is_some(), self.settings.segment_documents.max(1000))?;
        let Run {
            columns,
            writer,
            written,
            removed,
            renamed,
            ..
        } = run;
        writer.close()?;
        let manifest = self.seal(&building, &columns, &sources)?;
        let current = home.publish(&building)?;
        home.sweep(None)?;
        Ok(Outcome {
            generation: current.number,
            published: true,
            resumed,
            written,
            removed,
            renamed,
            manifest,
        })
    }

    /// The live generation, where it can be built upon.
    fn base(&self, home: &Home, mode: Mode) -> Result<Option<Base>, IndexError> {
        if mode == Mode::Rebuild {
            return Ok(None);
        }
        let current = match home.current() {
            Ok(current) => current,
            Err(IndexError::Missing { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        let manifest = match home
            .manifest(&current)
            .and_then(|manifest| manifest.agrees(self.recipe).map(|()| manifest))
        {
            Ok(manifest) => manifest,
            Err(IndexError::Outdated { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        let folder = home.generation(current.number);
        manifest.check(&folder, self.settings.verify)?;
        let path = folder.join(SOURCES);
        let bytes = fs::read(&path).map_err(IndexError::io(&path))?;
        let sources: Vec<SourceEntry> = serde_json::from_slice(&bytes).map_err(|error| IndexError::Damaged {
            file: path,
            reason: error.to_string(),
        })?;
        let sources = sources
            .into_iter()
            .map(|source| (source.path.clone(), source))
            .collect();
        Ok(Some(Base {
            current,
            manifest,
            sources,
        }))
    }

    /// Names what a building folder is for: a run with another key must not take it up.
    fn key(&self, base: Option<&Base>, mode: Mode) -> String {
        let Recipe {
            corpus,
            analyzer,
            lexicon,
        } = self.recipe;
        let base = base.map_or("none", |base| base.current.manifest.as_str());
        let text = format!("{FORMAT_VERSION}\0{SCHEMA_VERSION}\0{corpus}\0{analyzer}\0{lexicon}\0{base}\0{mode:?}");
        hex(text.as_bytes()).chars().take(16).collect()
    }

    /// Writes the list of sources and the manifest.
    fn seal(&self, building: &Path, columns: &Columns, sources: &[SourceEntry]) -> Result<Manifest, IndexError> {
        let searcher = super::open::searcher(building, self.tokenizers.clone())?;
        let mut tokens = std::collections::BTreeMap::new();
        for column in columns.all_text() {
            let name = columns.schema.get_field_name(column).to_owned();
            tokens.insert(name, count_tokens(&searcher, column).map_err(IndexError::write)?);
        }
        let of = |kind, language| {
            count(&searcher, columns, kind, language).map_err(|error| IndexError::Write(error.to_string()))
        };
        let mut passages = std::collections::BTreeMap::new();
        for language in Language::ALL {
            passages.insert(language.tag().to_owned(), of(Kind::Passage, Some(language))?);
        }
        let counts = Counts {
            articles: of(Kind::Article, None)?,
            passages,
            references: of(Kind::Reference, None)?,
            faults: sources.iter().map(|source| source.faults).sum(),
            files: sources.len() as u64,
        };
        let json = |error: serde_json::Error| IndexError::Record(error.to_string());
        write_file(&building.join(SOURCES), &serde_json::to_vec(sources).map_err(json)?)?;
        let manifest = Manifest {
            format: FORMAT_VERSION,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            schema: SCHEMA_VERSION,
            recipe: self.recipe.clone(),
            corpus: corpus_digest(sources),
            counts,
            tokens,
            built_at: timestamp(SystemTime::now()),
            files: list_files(building)?,
        };
        write_file(
            &building.join(MANIFEST),
            &serde_json::to_vec_pretty(&manifest).map_err(json)?,
        )?;
        Ok(manifest)
    }
}

impl Base {
    fn unchanged(&self, files: &[InputFile], digests: &[String]) -> bool {
        files.len() == self.sources.len()
            && files.iter().zip(digests).all(|(file, digest)| {
                self.sources
                    .get(&file.path)
                    .is_some_and(|source| source.digest == *digest)
            })
    }
}

impl Run<'_> {
    /// Reads what changed, in the order of paths, and removes what is gone.
    fn read_all(
        &mut self,
        input: &dyn Input,
        files: &[(InputFile, String)],
        base: Option<&Base>,
        progress: &mut dyn Progress,
    ) -> Result<Vec<SourceEntry>, IndexError> {
        let held = self.ledger.articles_by_source();
        let known = |file: &InputFile| base.and_then(|base| base.sources.get(&file.path));
        for (place, (file, digest)) in files.iter().enumerate() {
            let source = source_digest(&file.path);
            // The number of articles differs where an interrupted run already took one of them away.
            let kept = known(file).is_some_and(|known| {
                known.digest == *digest && !known.renamed && known.articles == held.get(&source).copied().unwrap_or(0)
            });
            self.ledger
                .decide(source, place, if kept { Fate::Kept } else { Fate::Read });
        }
        let mut sources = Vec::with_capacity(files.len());
        for (file, digest) in files {
            let entry = match known(file) {
                Some(known) if self.ledger.fate(source_digest(&file.path)) == Fate::Kept => known.clone(),
                _ => self.read_file(input, file, digest, progress)?,
            };
            sources.push(entry);
            self.step.files += 1;
            self.step.bytes += file.bytes;
            self.advance(progress)?;
        }
        let vanished: Vec<u64> = self.ledger.vanished().collect();
        for owner in vanished {
            self.writer.delete(owner)?;
            self.removed += 1;
        }
        Ok(sources)
    }

    fn read_file(
        &mut self,
        input: &dyn Input,
        file: &InputFile,
        digest: &str,
        progress: &mut dyn Progress,
    ) -> Result<SourceEntry, IndexError> {
        let mut entry = SourceEntry {
            path: file.path.clone(),
            digest: digest.to_owned(),
            articles: 0,
            faults: 0,
            renamed: false,
        };
        let mut failure = None;
        let outcome = input.read(file, &mut |article| {
            let taken = self.take(article, &mut entry).and_then(|()| self.advance(progress));
            taken.map_err(|error| {
                failure = Some(error);
                Stop
            })
        });
        if let Some(error) = failure {
            return Err(error);
        }
        match outcome {
            Ok(faults) => entry.faults = faults,
            Err(ReadError::Input(error)) => return Err(error.into()),
            Err(ReadError::Stop(_)) => return Err(IndexError::Interrupted),
        }
        Ok(entry)
    }

    fn take(&mut self, mut article: Article, entry: &mut SourceEntry) -> Result<(), IndexError> {
        // A source's own word for its path does not count: the ledger goes by the file it was read from.
        article.source.path.clone_from(&entry.path);
        let mut attempt = 0;
        let verdict = loop {
            let held = Held {
                owner: owner_digest(&article.id),
                content: content_digest(&article)?,
                source: source_digest(&entry.path),
            };
            match self.ledger.judge(held) {
                Verdict::Taken => {
                    rename(&mut article, attempt);
                    attempt += 1;
                }
                verdict => break verdict,
            }
        };
        if attempt > 0 {
            entry.renamed = true;
            if self.renamed.len() < 100 {
                self.renamed.push((entry.path.clone(), article.id.to_string()));
            }
        }
        entry.articles += 1;
        self.step.articles += 1;
        if verdict == Verdict::Replace {
            self.writer.delete(owner_digest(&article.id))?;
        }
        if verdict != Verdict::Same {
            self.writer.add(documents(&self.columns, &article, self.enrich)?)?;
            self.written += 1;
            self.step.passages += article.passages.len() as u64;
        }
        Ok(())
    }

    fn advance(&mut self, progress: &mut dyn Progress) -> Result<(), IndexError> {
        self.writer.commit_when_due()?;
        if progress.step(self.step) {
            return Ok(());
        }
        self.writer.commit()?;
        Err(IndexError::Interrupted)
    }
}

fn durable(folder: &Path) -> Result<Box<dyn Directory>, IndexError> {
    let directory = DurableDirectory::open(folder).map_err(|error| IndexError::Write(error.to_string()))?;
    Ok(Box::new(directory))
}

/// Makes a building folder, filled with the files of the live generation.
fn prepare(home: &Home, building: &Path, base: Option<&Base>) -> Result<(), IndexError> {
    if building.exists() {
        fs::remove_dir_all(building).map_err(IndexError::io(building))?;
    }
    let part = PathBuf::from(format!("{}.part", building.display()));
    fs::create_dir_all(&part).map_err(IndexError::io(&part))?;
    if let Some(base) = base {
        let folder = home.generation(base.current.number);
        for file in &base.manifest.files {
            let (from, to) = (folder.join(&file.name), part.join(&file.name));
            if file.name == SOURCES {
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

/// A moment in UTC as RFC 3339 writes it, to the second.
fn timestamp(moment: SystemTime) -> String {
    let seconds = moment.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // Days to a civil date by eras of 400 years that begin in March (Howard Hinnant, "chrono-compatible low-level date algorithms").
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z",
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}
