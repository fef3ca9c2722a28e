//! Opens what the commands work on: the analyzer, the index, and a searcher over it.

use std::sync::Arc;

use crate::analysis::Analyzer;
use crate::config::Config;
use crate::http::{IndexFigures, Searchers};
use crate::index::{IndexError, Live, Recipe};
use crate::lexicon::Lexicon;
use crate::retrieve::Searcher;

use super::exit::Failure;

/// Raised whenever the corpus readers make other passages of the same files.
const CORPUS_VERSION: u32 = 1;

/// Raised whenever the lexicon adds other terms to the same passages.
const LEXICON_VERSION: u32 = 1;

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

/// An open index with the analyzer it was built with; it follows what is published.
pub struct Library {
    live: Live,
    analyzer: Analyzer,
    lexicon: Lexicon,
}

/// Opens the index of a configuration.
pub fn open(config: &Config) -> Result<Library, Failure> {
    let analyzer = analyzer(config)?;
    Library::open(config, analyzer, lexicon()?).map_err(|error| Failure::Unusable(error.to_string()))
}

impl Library {
    /// Opens the index of a configuration with its analyzer.
    pub fn open(config: &Config, analyzer: Analyzer, lexicon: Lexicon) -> Result<Self, IndexError> {
        let recipe = recipe(config, &analyzer);
        Ok(Self {
            live: Live::open(config.index.clone(), recipe)?,
            analyzer,
            lexicon,
        })
    }

    /// A searcher over the index as it is now.
    pub fn searcher(&self) -> Searcher {
        Searcher::new(self.live.snapshot(), self.analyzer.clone(), self.lexicon.clone())
    }

    /// Takes up what was published since; says whether there was anything.
    pub fn refresh(&self) -> Result<bool, IndexError> {
        self.live.refresh()
    }
}

impl Searchers for Library {
    fn current(&self) -> Result<Searcher, String> {
        Ok(self.searcher())
    }

    fn figures(&self) -> IndexFigures {
        IndexFigures {
            generation: self.live.generation(),
            bytes: self
                .live
                .snapshot()
                .manifest()
                .files
                .iter()
                .map(|file| file.bytes)
                .sum(),
        }
    }
}

/// A library that many threads use.
pub type Shared = Arc<Library>;
