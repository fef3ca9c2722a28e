//! Opens what the commands work on: the analyzer, the index, and a searcher over it.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::SystemTime;

use thiserror::Error;

use crate::analysis::Analyzer;
use crate::config::Config;
use crate::dense::Models;
use crate::index::{EngineError, IndexError, Live, Manifest, Published, Recipe};
use crate::lexicon::{Lexicon, LexiconError, TermTable, UserFileError, parse_user_file};
use crate::retrieve::{Recent, Searcher, Suggestions};
use crate::server::{IndexFigures, IndexStanding, Searchers};

use super::exit::Failure;

/// Raised whenever the corpus readers make other passages of the same files.
const CORPUS_VERSION: u32 = 2;

/// Raised whenever the lexicon adds other terms to the same passages, or looks up by other keys what articles pair.
const LEXICON_VERSION: u32 = 7;

/// The most files with faults that are named.
const MOST_FAULTY: usize = 100;

/// The shipped lexicon.
pub fn lexicon() -> Result<Lexicon, Failure> {
    Lexicon::builtin().map_err(|error| Failure::Unusable(error.to_string()))
}

/// The analyzer of a configuration.
pub fn analyzer(config: &Config) -> Result<Analyzer, Failure> {
    Analyzer::new(config.analysis.clone()).map_err(|error| Failure::Unusable(format!("[analysis] terms: {error}")))
}

/// What decides what an index of this configuration holds.
pub fn recipe(config: &Config, analyzer: &Analyzer) -> Recipe {
    let corpus = &config.corpus;
    Recipe {
        corpus: format!(
            "{CORPUS_VERSION}, passages of {} Han characters, {} words",
            corpus.passage_han, corpus.passage_words
        ),
        analyzer: format!("{:016x}", analyzer.fingerprint()),
        lexicon: format!("{LEXICON_VERSION}"),
    }
}

/// Why a library can't be opened or brought up to date.
#[derive(Debug, Error)]
pub enum LibraryError {
    /// The index.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// What ships with the program.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// The user's file of synonyms is not there or can't be read.
    #[error("the synonyms {}: {reason}", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// A line of the user's file of synonyms.
    #[error("the synonyms {}, {reason}", path.display())]
    Synonyms {
        /// Which file.
        path: PathBuf,
        /// Which line, and what is wrong with it.
        reason: UserFileError,
    },
}

/// What was taken up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refreshed {
    /// Nothing was new.
    Nothing,
    /// A newly published index.
    Index,
    /// A changed file of synonyms.
    Synonyms,
}

/// An open index with the analyzer it was built with and the lexicon of its articles; it follows what is published,
/// and the user's file of synonyms.
pub struct Library {
    live: Live,
    analyzer: Analyzer,
    models: Option<Arc<Models>>,
    /// How many answers are kept.
    most_recent: usize,
    synonyms: Option<PathBuf>,
    served: RwLock<Served>,
}

/// What one request sees from beginning to end.
#[derive(Clone)]
struct Served {
    snapshot: Arc<Published>,
    lexicon: Lexicon,
    /// When the user's file was changed that is in the lexicon.
    changed: Option<SystemTime>,
    /// Completions of what is typed; none until they are gathered.
    suggestions: Arc<Suggestions>,
    /// What was answered from this index and lexicon.
    recent: Arc<Recent>,
}

/// Opens the index of a configuration.
pub fn open(config: &Config) -> Result<Library, Failure> {
    let analyzer = analyzer(config)?;
    Library::open(config, analyzer).map_err(|error| Failure::Unusable(error.to_string()))
}

impl Library {
    /// Opens the index of a configuration with its analyzer.
    pub fn open(config: &Config, analyzer: Analyzer) -> Result<Self, LibraryError> {
        // Its lists are read while the index is opened, which takes longer.
        thread::spawn(Lexicon::builtin);
        let live = Live::open(config.index.clone(), recipe(config, &analyzer))?;
        let snapshot = live.snapshot();
        let synonyms = config.lexicon.user.clone();
        let changed = changed(synonyms.as_ref());
        let lexicon = Lexicon::builtin()?
            .with_mined(Arc::clone(&snapshot.terms))
            .with_user(read_synonyms(synonyms.as_ref())?);
        Ok(Self {
            live,
            analyzer,
            models: Models::new(&config.dense).map(Arc::new),
            most_recent: config.server.recent_answers,
            synonyms,
            served: RwLock::new(Served {
                snapshot,
                lexicon,
                changed,
                suggestions: Arc::default(),
                recent: Arc::new(Recent::new(config.server.recent_answers)),
            }),
        })
    }

    /// A searcher over the index as it is now.
    pub fn searcher(&self) -> Searcher {
        let Served {
            snapshot,
            lexicon,
            suggestions,
            recent,
            ..
        } = self.served();
        Searcher::new(Arc::clone(&snapshot.engine), self.analyzer.clone(), lexicon)
            .with_suggestions(suggestions)
            .with_models(self.models.clone())
            .with_recent(recent)
    }

    /// Gathers the completions of what is typed from the index as it is now. Until it is done the former ones stay.
    ///
    /// # Errors
    /// The index can't be read.
    pub fn gather_suggestions(&self) -> Result<usize, EngineError> {
        let gathered = Suggestions::gather(self.snapshot().engine.as_ref())?;
        let count = gathered.len();
        let mut served = self.served.write().unwrap_or_else(PoisonError::into_inner);
        served.suggestions = Arc::new(gathered);
        Ok(count)
    }

    /// Every source of term pairs as it is now: the user's file, the pairs of the index, what ships.
    pub fn lexicon(&self) -> Lexicon {
        self.served().lexicon
    }

    /// The index as it is now.
    pub fn snapshot(&self) -> Arc<Published> {
        self.served().snapshot
    }

    /// Takes up what was published or changed since. On an error what was served so far stays.
    ///
    /// # Errors
    /// An index that can't be opened; a file of synonyms that can't be read, told once for each change of it.
    pub fn refresh(&self) -> Result<Refreshed, LibraryError> {
        if self.live.refresh()? {
            let snapshot = self.live.snapshot();
            let lexicon = self.lexicon().with_mined(Arc::clone(&snapshot.terms));
            let mut served = self.served.write().unwrap_or_else(PoisonError::into_inner);
            served.snapshot = snapshot;
            served.lexicon = lexicon;
            served.recent = Arc::new(Recent::new(self.most_recent));
            return Ok(Refreshed::Index);
        }
        let changed = changed(self.synonyms.as_ref());
        if changed == self.served().changed {
            return Ok(Refreshed::Nothing);
        }
        let read = read_synonyms(self.synonyms.as_ref());
        let mut served = self.served.write().unwrap_or_else(PoisonError::into_inner);
        served.changed = changed;
        served.lexicon = served.lexicon.clone().with_user(read?);
        served.recent = Arc::new(Recent::new(self.most_recent));
        Ok(Refreshed::Synonyms)
    }

    fn served(&self) -> Served {
        self.served.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// When the user's file was changed; nothing where there is none.
fn changed(synonyms: Option<&PathBuf>) -> Option<SystemTime> {
    std::fs::metadata(synonyms?).and_then(|file| file.modified()).ok()
}

fn read_synonyms(path: Option<&PathBuf>) -> Result<TermTable, LibraryError> {
    let Some(path) = path else {
        return Ok(TermTable::default());
    };
    let text = std::fs::read_to_string(path).map_err(|reason| LibraryError::Unreadable {
        path: path.clone(),
        reason,
    })?;
    parse_user_file(&text).map_err(|reason| LibraryError::Synonyms {
        path: path.clone(),
        reason,
    })
}

impl Searchers for Library {
    fn current(&self) -> Result<Searcher, String> {
        Ok(self.searcher())
    }

    fn standing(&self) -> IndexStanding {
        let snapshot = self.snapshot();
        let Manifest {
            program,
            built_at,
            counts,
            ..
        } = snapshot.manifest.as_ref();
        // A generation that was just replaced may be gone already; its files are named on the next visit.
        let mut faulty = self.live.sources().unwrap_or_default();
        faulty.retain(|source| source.faults > 0);
        faulty.sort_by_key(|source| std::cmp::Reverse(source.faults));
        faulty.truncate(MOST_FAULTY);
        IndexStanding {
            figures: self.figures(),
            built_at: built_at.clone(),
            program: program.clone(),
            engine: self.live.engine().name(),
            files: counts.files,
            faults: counts.faults,
            faulty: faulty.into_iter().map(|source| (source.path, source.faults)).collect(),
        }
    }

    fn figures(&self) -> IndexFigures {
        IndexFigures {
            generation: self.live.generation(),
            bytes: self.snapshot().manifest.files.iter().map(|file| file.bytes).sum(),
        }
    }
}

/// A library that many threads use.
pub type Shared = Arc<Library>;
