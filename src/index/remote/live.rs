//! The live generation of a cluster, as a running program follows it.

use std::sync::Arc;

use super::super::{EngineName, IndexError, Published, Recipe, Settings, SourceEntry};
use super::blobs;
use super::client::{Client, Patience};
use super::generations::{ADMINISTER, Generations, LAYOUT_VERSION, named};
use super::publish::{MINED, SOURCES};
use super::settings::Cluster;
use super::snapshot::RemoteSnapshot;
use crate::lexicon::Mined;

/// A cluster that an index is kept on.
pub struct Connection {
    cluster: Cluster,
    client: Arc<Client>,
}

/// The cluster of these settings, where they name one; nothing is asked of it yet.
pub fn connect(settings: &Settings) -> Result<Option<Connection>, IndexError> {
    if settings.engine != EngineName::OpenSearch {
        return Ok(None);
    }
    let cluster = Cluster::of(settings);
    let client = Arc::new(Client::new(&cluster)?);
    Ok(Some(Connection { cluster, client }))
}

impl Connection {
    fn generations(&self) -> Generations<'_> {
        Generations::new(&self.client, &self.cluster)
    }

    fn patience(&self) -> Patience {
        Patience::Search(self.cluster.deadline)
    }

    /// Number of the live generation.
    pub fn live(&self) -> Result<u64, IndexError> {
        let live = self.generations().live(self.patience())?;
        live.ok_or_else(|| IndexError::Missing {
            path: named(&self.cluster),
        })
    }

    /// Removes every generation, and all that the name has on the cluster.
    pub fn discard(&self) -> Result<(), IndexError> {
        let generations = self.generations();
        for number in generations.all()?.into_keys() {
            generations.remove(number)?;
        }
        match self.client.delete(&format!("/{}-lock", self.cluster.name), ADMINISTER) {
            Err(error) if error.status() != Some(404) => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// The sources of a generation, as it remembers them.
    pub fn sources(&self, number: u64) -> Result<Vec<SourceEntry>, IndexError> {
        let index = self.generations().index(number);
        let bytes = blobs::read(&self.client, &index, SOURCES, self.patience())?;
        serde_json::from_slice(&bytes).map_err(|error| IndexError::Record(error.to_string()))
    }

    /// Opens the live generation, and says its number.
    pub fn open(&self, recipe: &Recipe) -> Result<(Published, u64), IndexError> {
        let number = self.live()?;
        let generations = self.generations();
        let about = generations.about(number, self.patience())?;
        if about.layout != LAYOUT_VERSION {
            return Err(IndexError::Outdated {
                what: "the form of the documents in the cluster",
            });
        }
        let manifest = about.manifest.ok_or(IndexError::Outdated {
            what: "the index format",
        })?;
        manifest.agrees(recipe)?;
        let index = generations.index(number);
        let (client, place, patience) = (Arc::clone(&self.client), index.clone(), self.patience());
        let mined = move || -> Result<Mined, IndexError> {
            let pairs = blobs::read(&client, &place, MINED, patience)?;
            postcard::from_bytes(&pairs).map_err(|error| IndexError::Record(error.to_string()))
        };
        let terms = Arc::new(mined()?.table());
        let manifest = Arc::new(manifest);
        let names = (index, generations.terms(number));
        let deadline = self.cluster.deadline;
        let snapshot = RemoteSnapshot::new(Arc::clone(&self.client), names, Arc::clone(&manifest), deadline);
        let published = Published {
            engine: Arc::new(snapshot),
            manifest,
            terms,
            mined: Arc::new(mined),
        };
        Ok((published, number))
    }
}
