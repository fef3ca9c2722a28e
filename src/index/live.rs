//! The live index of a running program: it follows what is published, and requests in flight keep what they began with.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::generation::{Current, Home};
use super::manifest::read_sources;
use super::open::open_current;
use super::remote::{Connection, connect};
use super::{EngineName, IndexError, Published, Recipe, Settings, SourceEntry};

/// The live index of a running program.
pub struct Live {
    settings: Settings,
    recipe: Recipe,
    /// The cluster, where the index is kept on one.
    connection: Option<Connection>,
    opened: RwLock<Opened>,
    /// Lets one thread at a time open a new generation.
    opening: Mutex<()>,
}

#[derive(Clone)]
struct Opened {
    published: Arc<Published>,
    which: Which,
}

/// Which generation is live.
#[derive(Clone, PartialEq, Eq)]
enum Which {
    Folder(Current),
    Cluster(u64),
}

impl Live {
    /// Opens the live generation.
    pub fn open(settings: Settings, recipe: Recipe) -> Result<Self, IndexError> {
        let connection = connect(&settings)?;
        let opened = open(&settings, &recipe, connection.as_ref())?;
        Ok(Self {
            settings,
            recipe,
            connection,
            opened: RwLock::new(opened),
            opening: Mutex::new(()),
        })
    }

    /// The index as it is now. A request takes one snapshot and keeps it to its end.
    pub fn snapshot(&self) -> Arc<Published> {
        Arc::clone(&self.opened().published)
    }

    /// What keeps the index.
    pub fn engine(&self) -> EngineName {
        self.settings.engine
    }

    /// Number of the generation that is served.
    pub fn generation(&self) -> u64 {
        match self.opened().which {
            Which::Folder(current) => current.number,
            Which::Cluster(number) => number,
        }
    }

    /// The sources of the generation that is served, as it remembers them.
    ///
    /// # Errors
    /// Their list can't be read.
    pub fn sources(&self) -> Result<Vec<SourceEntry>, IndexError> {
        match &self.connection {
            Some(connection) => connection.sources(self.generation()),
            None => read_sources(&Home::new(&self.settings.path).generation(self.generation())),
        }
    }

    /// Looks whether another generation was published and takes it up; says whether there was one. Costs the reading
    /// of one small file, or a small question to the cluster, when there was none. On an error the snapshot served so
    /// far stays.
    pub fn refresh(&self) -> Result<bool, IndexError> {
        let _one = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        let now = match &self.connection {
            Some(connection) => Which::Cluster(connection.live()?),
            None => Which::Folder(Home::new(&self.settings.path).current()?),
        };
        if now == self.opened().which {
            return Ok(false);
        }
        let opened = open(&self.settings, &self.recipe, self.connection.as_ref())?;
        *self.opened.write().unwrap_or_else(PoisonError::into_inner) = opened;
        Ok(true)
    }

    fn opened(&self) -> Opened {
        self.opened.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn open(settings: &Settings, recipe: &Recipe, connection: Option<&Connection>) -> Result<Opened, IndexError> {
    let (published, which) = match connection {
        Some(connection) => {
            let (published, number) = connection.open(recipe)?;
            (published, Which::Cluster(number))
        }
        None => {
            let (snapshot, current) = open_current(settings, recipe)?;
            (snapshot.published(), Which::Folder(current))
        }
    };
    Ok(Opened {
        published: Arc::new(published),
        which,
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, settings, update, words};
    use super::super::{Published, Recipe};
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
        let total = |snapshot: &Published| snapshot.engine.search(&words("red")).expect("an answer").total;
        assert_eq!((total(&old), total(&live.snapshot())), (1, 2));
        assert_eq!(live.generation(), 4);
    }
}
