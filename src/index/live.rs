//! The live index of a running program: it follows what is published, and requests in flight keep what they began with.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::generation::{Current, Home};
use super::manifest::read_sources;
use super::open::open_current;
use super::{IndexError, Recipe, Settings, Snapshot, SourceEntry};

/// The live index of a running program.
pub struct Live {
    settings: Settings,
    recipe: Recipe,
    opened: RwLock<Opened>,
    /// Lets one thread at a time open a new generation.
    opening: Mutex<()>,
}

#[derive(Clone)]
struct Opened {
    snapshot: Arc<Snapshot>,
    current: Current,
}

impl Live {
    /// Opens the live generation.
    pub fn open(settings: Settings, recipe: Recipe) -> Result<Self, IndexError> {
        let (snapshot, current) = open_current(&settings, &recipe)?;
        let opened = Opened {
            snapshot: Arc::new(snapshot),
            current,
        };
        Ok(Self {
            settings,
            recipe,
            opened: RwLock::new(opened),
            opening: Mutex::new(()),
        })
    }

    /// The index as it is now. A request takes one snapshot and keeps it to its end.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.opened().snapshot)
    }

    /// Number of the generation that is served.
    pub fn generation(&self) -> u64 {
        self.opened().current.number
    }

    /// The sources of the generation that is served, as it remembers them.
    ///
    /// # Errors
    /// Their list can't be read.
    pub fn sources(&self) -> Result<Vec<SourceEntry>, IndexError> {
        let folder = Home::new(&self.settings.path).generation(self.generation());
        read_sources(&folder)
    }

    /// Looks whether another generation was published and takes it up; says whether there was one. Costs the reading
    /// of one small file when there was none. On an error the snapshot served so far stays.
    pub fn refresh(&self) -> Result<bool, IndexError> {
        let _one = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        if Home::new(&self.settings.path).current()? == self.opened().current {
            return Ok(false);
        }
        let (snapshot, current) = open_current(&self.settings, &self.recipe)?;
        *self.opened.write().unwrap_or_else(PoisonError::into_inner) = Opened {
            snapshot: Arc::new(snapshot),
            current,
        };
        Ok(true)
    }

    fn opened(&self) -> Opened {
        self.opened.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, settings, update, words};
    use super::super::{Engine, Recipe};
    use super::Live;

    #[test]
    fn a_published_index_is_taken_up_and_the_old_snapshot_still_answers() {
        let folder = tempfile::tempdir().expect("a folder");
        update(folder.path(), &Sample::of(&[("a.md", &["one|2000|red cells"])])).expect("an index");
        let live = Live::open(settings(folder.path()), Recipe::default()).expect("a live index");
        let old = live.snapshot();
        assert!(!live.refresh().expect("a look"));
        for round in 0..3 {
            let line = format!("one|2000|red cells|more red {round}");
            update(folder.path(), &Sample::of(&[("a.md", &[&line])])).expect("an index");
            assert!(live.refresh().expect("a look"));
        }
        let total = |snapshot: &super::Snapshot| snapshot.search(&words("red")).expect("an answer").total;
        assert_eq!((total(&old), total(&live.snapshot())), (1, 2));
        assert_eq!(live.generation(), 4);
    }
}
