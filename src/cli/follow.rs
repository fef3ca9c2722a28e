//! Opens an index for a program that stays, brings it up to date, and follows what is published.

use std::hint::black_box;
use std::io::Write;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tracing::{info, warn};

use crate::analysis::Analyzer;
use crate::config::Config;
use crate::index::{EngineName, IndexError, Mode, Silent};
use crate::retrieve::Corrector;
use crate::server::{self, Keyring};

use super::exit::Failure;
use super::index::{summary, tell, tell_vectors, update};
use super::library::{self, Library, LibraryError, Refreshed, Shared};
use super::progress::Bar;

/// How often is looked whether another process published an index.
const LOOK: Duration = Duration::from_millis(500);

/// So many bytes are large to the allocator. They are never written to, so they take no memory.
const LARGE: usize = 8 << 20;

/// Ends when a signal stops the program.
pub async fn stopped() {
    if let Err(error) = server::stop_signal().await {
        warn!(%error, "signals can't be handled");
        std::future::pending::<()>().await;
    }
}

/// Loads in the background what a search would otherwise wait for.
pub fn preload(analyzer: &Analyzer) {
    let analyzer = analyzer.clone();
    thread::spawn(move || {
        analyzer.preload();
        Corrector::preload();
    });
}

/// Whether the index is known to be up to date with the corpus.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Corpus {
    /// It is.
    Indexed,
    /// It is to be looked at.
    Unknown,
}

/// Opens the index; where there is none, or one of another recipe, it is built first.
pub fn open_or_build(config: &Config, analyzer: &Analyzer) -> Result<(Shared, Corpus), Failure> {
    let unusable = |error: LibraryError| Failure::Unusable(error.to_string());
    match Library::open(config, analyzer.clone()) {
        Ok(library) => Ok((Arc::new(library), Corpus::Unknown)),
        Err(LibraryError::Index(IndexError::Missing { .. } | IndexError::Outdated { .. }))
            if config.index.engine == EngineName::Embedded =>
        {
            let (outcome, errors) = update(config, analyzer, Mode::Update, &mut Bar::new())?;
            tell(&errors);
            tell_vectors(&outcome);
            let _ = writeln!(std::io::stderr(), "{}", summary(&outcome));
            let library = Library::open(config, analyzer.clone()).map_err(unusable)?;
            Ok((Arc::new(library), Corpus::Indexed))
        }
        Err(error) => Err(unusable(error)),
    }
}

/// In the background: brings the index up to date with the corpus once, and takes up what anyone publishes. `opened` is
/// called for the index as it is and for every other that is taken up.
pub fn follow(library: &Shared, config: &Config, corpus: Corpus, opened: fn(&Library)) {
    let library = Arc::clone(library);
    let config = config.clone();
    thread::spawn(move || {
        opened(&library);
        // Who serves a cluster only follows it: several do, and not each of them has the corpus.
        if corpus == Corpus::Unknown && config.index.engine == EngineName::Embedded {
            match library::analyzer(&config).and_then(|analyzer| update(&config, &analyzer, Mode::Update, &mut Silent))
            {
                Ok((outcome, errors)) => {
                    tell(&errors);
                    tell_vectors(&outcome);
                    if outcome.published {
                        info!("{}", summary(&outcome));
                    }
                    // From here on this process leaves the index alone.
                    info!("the index is up to date with the corpus");
                }
                Err(error) => warn!(%error, "the index was not brought up to date with the corpus"),
            }
        }
        let mut failing = false;
        loop {
            match library.refresh() {
                Ok(Refreshed::Index) => {
                    info!("a newly published index is served");
                    opened(&library);
                }
                Ok(Refreshed::Synonyms) => info!("the changed synonyms are used"),
                Ok(Refreshed::Nothing) => failing = false,
                Err(error) if !failing => {
                    warn!(%error, "what was published or changed can't be used; what was served so far stays");
                    failing = true;
                }
                Err(_) => {}
            }
            give_back();
            thread::sleep(LOOK);
        }
    });
}

/// Has the allocator give the system what was freed some time ago. It looks for that only when large memory is freed,
/// and an idle server frees none: what an opened index was made ready with stayed, half of the memory at rest.
fn give_back() {
    drop(black_box(Vec::<u8>::with_capacity(LARGE)));
}

/// In the background: takes up keys that were made or revoked.
pub fn follow_keys(keys: &Arc<Keyring>) {
    let keys = Arc::clone(keys);
    thread::spawn(move || {
        let mut failing = false;
        loop {
            match keys.refresh() {
                Ok(true) => info!("the changed keys are in force"),
                Ok(false) => failing = false,
                Err(error) if !failing => {
                    warn!(%error, "the keys so far stay in force");
                    failing = true;
                }
                Err(_) => {}
            }
            thread::sleep(LOOK);
        }
    });
}
