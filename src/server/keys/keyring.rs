//! The keys in force, which follow their file while the server runs.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use subtle::Choice;

use super::admit::exposed;
use super::key::Digest;
use super::limit::Limit;
use super::{Key, KeyError, Scope, file};
use crate::server::Settings;

/// The keys in force.
#[derive(Default)]
pub struct Keyring {
    path: Option<PathBuf>,
    /// Requests a minute of a key that says nothing itself.
    usual: u32,
    held: RwLock<Arc<Held>>,
}

#[derive(Default)]
struct Held {
    keys: Vec<Arc<HeldKey>>,
    changed: Option<(SystemTime, u64)>,
}

/// A key with what is counted of it.
pub(super) struct HeldKey {
    pub(super) key: Key,
    pub(super) limit: Limit,
}

impl Keyring {
    /// The keys in the file that the settings name; none where there is no file.
    ///
    /// # Errors
    /// A file that can't be read.
    pub fn open(settings: &Settings) -> Result<Self, KeyError> {
        let ring = Self {
            path: Some(settings.keys.clone()),
            usual: settings.requests_per_minute,
            held: RwLock::default(),
        };
        ring.refresh()?;
        Ok(ring)
    }

    /// Why a server with these settings must not listen where it is told to, where it must not: it would be open to other
    /// machines.
    pub fn exposed(&self, settings: &Settings) -> Option<String> {
        exposed(settings, self)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.held().keys.is_empty()
    }

    /// Takes up a changed file; whether there was a change. On an error the keys so far stay in force.
    ///
    /// # Errors
    /// A file that can't be read, told once for each change of it; one that is gone though it held keys, told each time.
    pub fn refresh(&self) -> Result<bool, KeyError> {
        let Some(path) = &self.path else {
            return Ok(false);
        };
        let before = self.held();
        let changed = std::fs::metadata(path)
            .ok()
            .and_then(|file| Some((file.modified().ok()?, file.len())));
        if changed.is_none() && before.changed.is_some() {
            // Who can remove a file must not thereby open the server.
            return Err(KeyError::Gone { path: path.clone() });
        }
        if changed == before.changed {
            return Ok(false);
        }
        let read = file::read(path);
        let keys = match &read {
            Ok(keys) => keys.iter().flatten().map(|key| self.hold(key, &before)).collect(),
            Err(_) => before.keys.clone(),
        };
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(Held { keys, changed });
        read.map(|_| true)
    }

    /// What was counted of a key goes on where nothing of it changed.
    fn hold(&self, key: &Key, before: &Held) -> Arc<HeldKey> {
        let same = before.keys.iter().find(|held| held.key == *key);
        same.cloned().unwrap_or_else(|| {
            Arc::new(HeldKey {
                key: key.clone(),
                limit: Limit::a_minute(key.requests_per_minute.unwrap_or(self.usual)),
            })
        })
    }

    /// The key that a caller shows. All are compared, whichever it is.
    pub(super) fn find(&self, shown: &str) -> Option<Arc<HeldKey>> {
        let digest = Digest::of(shown);
        let mut found = None;
        for held in &self.held().keys {
            let same: Choice = held.key.sha256.matches(&digest);
            if bool::from(same) {
                found = Some(Arc::clone(held));
            }
        }
        found
    }

    fn held(&self) -> Arc<Held> {
        Arc::clone(&self.held.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Key {
    /// The keys in a file, in the order they were made; none where there is no file.
    ///
    /// # Errors
    /// A file that can't be read.
    pub fn list(path: &Path) -> Result<Vec<Self>, KeyError> {
        Ok(file::read(path)?.unwrap_or_default())
    }

    /// Adds a key to a file, and gives the key itself. `limits` are requests a minute and bytes of a body.
    ///
    /// # Errors
    /// A name that is taken, or a file that can't be changed.
    pub fn add(
        path: &Path,
        name: &str,
        scopes: Vec<Scope>,
        limits: (Option<u32>, Option<usize>),
    ) -> Result<(Self, String), KeyError> {
        let mut keys = Self::list(path)?;
        if keys.iter().any(|key| key.name == name) {
            return Err(KeyError::Taken(name.to_owned()));
        }
        let (mut key, secret) = Self::create(name, scopes).map_err(KeyError::NoRandomness)?;
        (key.requests_per_minute, key.max_body_bytes) = limits;
        keys.push(key.clone());
        file::write(path, keys)?;
        Ok((key, secret))
    }

    /// Takes a key out of a file, by its identifier or name.
    ///
    /// # Errors
    /// One that is not there, or a file that can't be changed.
    pub fn revoke(path: &Path, named: &str) -> Result<Self, KeyError> {
        let mut keys = Self::list(path)?;
        let place = keys.iter().position(|key| key.id == named || key.name == named);
        let Some(place) = place else {
            return Err(KeyError::Unknown(named.to_owned()));
        };
        let key = keys.remove(place);
        file::write(path, keys)?;
        Ok(key)
    }
}
