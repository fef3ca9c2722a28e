//! What every handler shares: the current searcher, the settings, the gate and the figures.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::time::timeout;

use super::Settings;
use super::hop::Gate;
use super::keys::{Admission, Keyring};
use super::metrics::Metrics;
use super::problem::{Problem, ProblemKind};
use crate::retrieve::Searcher;

/// Gives every request the searcher over the newest snapshot, so that an index can be swapped under the server.
pub trait Searchers: Send + Sync + 'static {
    /// The searcher to use now.
    ///
    /// # Errors
    /// The reason, in a sentence, why there is none yet.
    fn current(&self) -> Result<Searcher, String>;

    /// Figures of the index that is served now.
    fn figures(&self) -> IndexFigures {
        IndexFigures::default()
    }

    /// What is known of the index that is served now. May read files.
    fn standing(&self) -> IndexStanding {
        IndexStanding::default()
    }
}

/// Figures of an index, for `/metrics`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct IndexFigures {
    /// Counts up with every published snapshot.
    pub generation: u64,
    /// Size on disk, in bytes.
    pub bytes: u64,
}

/// What is known of the index that is served, besides what is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IndexStanding {
    /// Its figures.
    pub figures: IndexFigures,
    /// When it was built, RFC 3339, UTC.
    pub built_at: String,
    /// Version of the program that built it.
    pub program: String,
    /// What keeps it: `embedded` or `opensearch`.
    pub engine: &'static str,
    /// Files of the corpus.
    pub files: u64,
    /// Faults found in them.
    pub faults: u64,
    /// The files with most faults, and how many each has.
    pub faulty: Vec<(String, u64)>,
}

/// One searcher for good, for tests and for an index that never changes.
impl Searchers for Searcher {
    fn current(&self) -> Result<Searcher, String> {
        Ok(self.clone())
    }
}

/// The state of the server, cheap to clone.
#[derive(Clone)]
pub struct Server(Arc<Inner>);

struct Inner {
    searchers: Arc<dyn Searchers>,
    settings: Settings,
    admission: Admission,
    gate: Gate,
    metrics: Metrics,
    stopping: AtomicBool,
}

impl Server {
    /// A server over these searchers, without keys.
    pub fn new(searchers: Arc<dyn Searchers>, settings: Settings) -> Self {
        Self::with_keys(searchers, settings, Arc::default())
    }

    /// A server over these searchers for the holders of these keys.
    pub fn with_keys(searchers: Arc<dyn Searchers>, settings: Settings, keys: Arc<Keyring>) -> Self {
        Self(Arc::new(Inner {
            admission: Admission::new(keys, &settings),
            gate: Gate::new(settings.max_concurrent_searches, settings.queue),
            metrics: Metrics::new(),
            stopping: AtomicBool::new(false),
            searchers,
            settings,
        }))
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(super) fn admission(&self) -> &Admission {
        &self.0.admission
    }

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    pub(crate) fn figures(&self) -> IndexFigures {
        self.0.searchers.figures()
    }

    pub(crate) fn standing(&self) -> IndexStanding {
        self.0.searchers.standing()
    }

    /// From now on the server says that it is not ready.
    pub(crate) fn stop(&self) {
        self.0.stopping.store(true, Ordering::Relaxed);
    }

    /// The searcher for this request, unless there is none or the server is stopping.
    pub(crate) fn ready(&self) -> Result<Searcher, Problem> {
        if self.0.stopping.load(Ordering::Relaxed) {
            return Err(Problem::new(ProblemKind::NotReady, "The server is stopping."));
        }
        self.searcher()
    }

    fn searcher(&self) -> Result<Searcher, Problem> {
        let found = self.0.searchers.current();
        found.map_err(|reason| Problem::new(ProblemKind::NotReady, reason))
    }

    /// Runs `work` with the current searcher, when it is its turn.
    pub(crate) async fn with_searcher<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Searcher) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let searcher = self.searcher()?;
        let deadline = self.settings().request_timeout();
        let refused = |kind, detail| {
            self.0.metrics.rejected();
            Err(Problem::new(kind, detail))
        };
        match timeout(deadline, self.0.gate.run(move || work(&searcher))).await {
            Ok(Some(outcome)) => outcome,
            Ok(None) => refused(
                ProblemKind::Overloaded,
                "Too many requests are waiting already; try again in a second.",
            ),
            Err(_) => refused(
                ProblemKind::Timeout,
                "No answer was found in the time an answer may take.",
            ),
        }
    }
}
