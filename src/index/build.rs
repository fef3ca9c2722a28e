//! Brings an index up to date with a corpus: only what changed is indexed, beside the live generation.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use tantivy::directory::Directory;
use tantivy::tokenizer::TokenizerManager;

use super::building::{prepare, resumable};
use super::clock::timestamp;
use super::directory::DurableDirectory;
use super::generation::{Home, WriteLock, hex, write_file};
use super::ledger::Ledger;
use super::manifest::{
    Counts, FORMAT_VERSION, MANIFEST, Manifest, SOURCES, SourceEntry, corpus_digest, list_files, read_sources,
};
use super::mining::{Mining, read_mined, write_mined};
use super::packing::{DICTIONARY, Packer, learn};
use super::remote::{self, Remote};
use super::run::{Base, Run};
use super::sampling::sample;
use super::schema::{Columns, SCHEMA_VERSION};
use super::translate::count;
use super::vectors::{Filling, is_graph};
use super::writer::{Store, Writer};
use super::{
    EngineName, Enrich, Filled, IndexError, Input, Kind, Progress, Recipe, Settings, Share, Step, VectorCounts,
};
use crate::analysis::{Analyzer, register_tokenizers};
use crate::dense::Embedder;
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
    /// What became of the vectors; nothing where none were asked for.
    pub filled: Option<Filled>,
    /// What the live generation says of itself.
    pub manifest: Manifest,
}

/// Builds and updates an index.
pub struct Builder<'a> {
    settings: &'a Settings,
    recipe: &'a Recipe,
    tokenizers: TokenizerManager,
    enrich: &'a dyn Enrich,
    embedder: Option<&'a Embedder>,
    share: Share,
    open_directory: OpenDirectory<'a>,
}

/// Opens the folder an index is built in. Tests put in one that fails.
pub(super) type OpenDirectory<'a> = &'a dyn Fn(&Path) -> Result<Box<dyn Directory>, IndexError>;

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
            embedder: None,
            share: Share::ALL,
            open_directory: &durable,
        }
    }

    /// The same builder that also has passages turned into vectors.
    pub fn embedding(self, embedder: Option<&'a Embedder>) -> Self {
        Self { embedder, ..self }
    }

    /// The same builder for a share of the articles.
    pub fn sharing(self, share: Share) -> Self {
        Self { share, ..self }
    }

    /// The same builder over directories of another kind.
    #[cfg(test)]
    pub(super) fn over(self, open_directory: OpenDirectory<'a>) -> Self {
        Self { open_directory, ..self }
    }

    /// Brings the index up to date with the corpus. Until the last step the live generation stays as it is, whatever
    /// happens; an interrupted run is taken up by the next one with the same recipe.
    pub fn run(&self, mode: Mode, input: &dyn Input, progress: &mut dyn Progress) -> Result<Outcome, IndexError> {
        if self.settings.engine == EngineName::OpenSearch {
            return self.run_remote(mode, input, progress);
        }
        self.share.all()?;
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

        let resumed = resumable(&building);
        let unchanged = base.as_ref().filter(|base| base.unchanged(&files, &digests));
        if let Some(base) = unchanged
            && !resumed
            && self.embedded(&base.manifest)
        {
            return Ok(as_it_was(base, resumed, None));
        }
        if !resumed {
            prepare(
                &home,
                &building,
                base.as_ref().map(|base| (base.current.number, &base.manifest)),
            )?;
        }
        // A damaged one is not learned anew: records were packed with it.
        if !building.join(DICTIONARY).is_file() {
            learn(&building, &sample(input, &files))?;
        }
        let columns = Columns::new();
        let writer = Writer::open(
            ((self.open_directory)(&building)?, Packer::open(&building)?),
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
        let mining = match &base {
            Some(base) => Mining::upon(read_mined(&home.generation(base.current.number))?),
            None => Mining::default(),
        };
        let mut run = Run {
            columns,
            writer,
            ledger,
            enrich: self.enrich,
            mining,
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
            mining,
            written,
            removed,
            renamed,
            ..
        } = run;
        let held = Ledger::read(&writer.searcher()?)?;
        writer.close()?;
        write_mined(&building, &mining.finish(held.held()))?;
        let filled = self.fill(&home, &building, (&columns, mode), progress)?;
        if let Some(base) = unchanged
            && filled
                .as_ref()
                .is_some_and(|filled| filled.gained_nothing(&base.manifest))
        {
            fs::remove_dir_all(&building).map_err(IndexError::io(&building))?;
            return Ok(as_it_was(base, resumed, filled));
        }
        let counts = filled.as_ref().map(|filled| filled.counts.clone());
        let manifest = self.seal(&building, &columns, (&sources, counts))?;
        let current = home.publish(&building)?;
        home.sweep(None)?;
        Ok(Outcome {
            generation: current.number,
            published: true,
            resumed,
            written,
            removed,
            renamed,
            filled,
            manifest,
        })
    }

    fn run_remote(&self, mode: Mode, input: &dyn Input, progress: &mut dyn Progress) -> Result<Outcome, IndexError> {
        if self.embedder.is_some() {
            return Err(IndexError::Write(
                "vectors are kept by the embedded index only; with engine = \"opensearch\" leave [dense] embeddings_url empty"
                    .to_owned(),
            ));
        }
        let remote = Remote {
            settings: self.settings,
            recipe: self.recipe,
            tokenizers: self.tokenizers.clone(),
            enrich: self.enrich,
            share: self.share,
        };
        remote::build(&remote, mode, input, progress)
    }

    /// Whether all passages have the vectors that are asked for, and these their graphs.
    fn embedded(&self, manifest: &Manifest) -> bool {
        let vectors = manifest.vectors.as_ref();
        self.embedder.is_none_or(|embedder| {
            vectors.is_some_and(|vectors| {
                vectors.missing == 0
                    && vectors.model == embedder.identity()
                    && vectors.wants_graph(embedder) == manifest.names(is_graph)
            })
        })
    }

    /// Brings the vectors up to date with what is in the building folder. Those of the live generation are kept
    /// whatever its recipe: they belong to texts.
    fn fill(
        &self,
        home: &Home,
        building: &Path,
        (columns, mode): (&Columns, Mode),
        progress: &mut dyn Progress,
    ) -> Result<Option<Filled>, IndexError> {
        let live = home.current().ok().map(|current| home.generation(current.number));
        let filling = Filling {
            embedder: self.embedder,
            building,
            live: live.as_deref(),
            doubt: mode == Mode::Rebuild,
            threads: self.settings.threads,
        };
        let searcher = super::open::searcher(building, self.tokenizers.clone())?;
        let filled = filling.run((&searcher, columns), progress)?;
        filling.finish()?;
        Ok(filled)
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
        let sources = read_sources(&folder)?
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
    fn seal(
        &self,
        building: &Path,
        columns: &Columns,
        (sources, vectors): (&[SourceEntry], Option<VectorCounts>),
    ) -> Result<Manifest, IndexError> {
        let searcher = super::open::searcher(building, self.tokenizers.clone())?;
        let of = |kind, language| {
            count(&searcher, columns, kind, language).map_err(|error| IndexError::Write(error.to_string()))
        };
        let mut passages = BTreeMap::new();
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
            vectors,
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

/// The outcome of a run that published nothing.
fn as_it_was(base: &Base, resumed: bool, filled: Option<Filled>) -> Outcome {
    Outcome {
        generation: base.current.number,
        published: false,
        resumed,
        written: 0,
        removed: 0,
        renamed: Vec::new(),
        filled,
        manifest: base.manifest.clone(),
    }
}

fn durable(folder: &Path) -> Result<Box<dyn Directory>, IndexError> {
    let directory = DurableDirectory::open(folder).map_err(|error| IndexError::Write(error.to_string()))?;
    Ok(Box::new(directory))
}
