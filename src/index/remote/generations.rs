//! The generations of an index on the cluster: an index each, one of them named by the alias.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::{IndexError, Manifest};
use super::client::{Client, ClientError, Patience};
use super::settings::Cluster;

/// Raised whenever documents are sent in another form, or scored otherwise by the cluster.
pub const LAYOUT_VERSION: u32 = 2;

/// How long the cluster may take for what changes it.
pub const ADMINISTER: Patience = Patience::Persistent(Duration::from_secs(120));

/// What an index of the cluster says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// Version of the form of its documents.
    pub layout: u32,
    /// What it is built for: a run with another key must not take it up.
    pub key: String,
    /// What it holds, once it is complete.
    #[serde(default)]
    pub manifest: Option<Manifest>,
}

/// The generations of one index.
pub struct Generations<'a> {
    client: &'a Client,
    name: &'a str,
}

#[derive(Deserialize)]
struct Mapped {
    #[serde(default)]
    mappings: Mappings,
}

#[derive(Default, Deserialize)]
struct Mappings {
    #[serde(default, rename = "_meta")]
    meta: Value,
}

impl<'a> Generations<'a> {
    /// Of this cluster and name.
    pub fn new(client: &'a Client, cluster: &'a Cluster) -> Self {
        Self {
            client,
            name: &cluster.name,
        }
    }

    /// The index of a generation.
    pub fn index(&self, number: u64) -> String {
        format!("{}-g{number:06}", self.name)
    }

    /// The list of terms of a generation.
    pub fn terms(&self, number: u64) -> String {
        format!("{}-t{number:06}", self.name)
    }

    /// Number of the live generation; nothing where there is none.
    pub fn live(&self, patience: Patience) -> Result<Option<u64>, IndexError> {
        // Asked of all indexes, an alias that is not there yet is refused to a user who may see only ours.
        let path = format!("/{0}-g*/_alias/{0}", self.name);
        let asked: Result<HashMap<String, Value>, ClientError> = self.client.get(&path, patience);
        match asked {
            Ok(named) => Ok(named.keys().filter_map(|index| self.number(index)).max()),
            Err(error) if error.status() == Some(404) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn number(&self, index: &str) -> Option<u64> {
        index.strip_prefix(self.name)?.strip_prefix("-g")?.parse().ok()
    }

    /// What every generation says of itself; nothing of one that says nothing this program understands.
    pub fn all(&self) -> Result<BTreeMap<u64, Option<About>>, IndexError> {
        let path = format!(
            "/{}-g*/_mapping?filter_path=*.mappings._meta,*.mappings._routing",
            self.name
        );
        let mapped: HashMap<String, Mapped> = match self.client.get(&path, ADMINISTER) {
            Ok(mapped) => mapped,
            Err(error) if error.status() == Some(404) => HashMap::new(),
            Err(error) => return Err(error.into()),
        };
        let mut all = BTreeMap::new();
        for (index, Mapped { mappings }) in mapped {
            if let Some(number) = self.number(&index) {
                all.insert(number, serde_json::from_value(mappings.meta["wenyuan"].clone()).ok());
            }
        }
        Ok(all)
    }

    /// What a generation says of itself.
    pub fn about(&self, number: u64, patience: Patience) -> Result<About, IndexError> {
        let index = self.index(number);
        let mut mapped: HashMap<String, Mapped> = self.client.get(&format!("/{index}/_mapping"), patience)?;
        let meta = mapped
            .remove(&index)
            .map(|mapped| mapped.mappings.meta["wenyuan"].clone());
        serde_json::from_value(meta.unwrap_or_default()).map_err(|_| IndexError::Outdated {
            what: "the index format",
        })
    }

    /// Writes what a generation says of itself.
    pub fn describe(&self, number: u64, about: &About) -> Result<(), IndexError> {
        let body = json!({"_meta": {"wenyuan": about}});
        let _: Value = self
            .client
            .put(&format!("/{}/_mapping", self.index(number)), &body, ADMINISTER)?;
        Ok(())
    }

    /// Lets nobody write to a generation: nothing changes a published one.
    pub fn seal(&self, number: u64) -> Result<(), IndexError> {
        self.block_writes(number, true)
    }

    /// Lets a generation that was sealed and not published be written to again.
    pub fn unseal(&self, number: u64) -> Result<(), IndexError> {
        self.block_writes(number, false)
    }

    fn block_writes(&self, number: u64, blocked: bool) -> Result<(), IndexError> {
        let body = json!({"index.blocks.write": blocked});
        for index in [self.index(number), self.terms(number)] {
            let _: Value = self.client.put(&format!("/{index}/_settings"), &body, ADMINISTER)?;
        }
        Ok(())
    }

    /// Names the live generation, in one step.
    pub fn publish(&self, number: u64) -> Result<(), IndexError> {
        let mut actions = Vec::new();
        // OpenSearch 2.11 does not take `must_exist: false`, and refuses to remove what is not there.
        if self.live(ADMINISTER)?.is_some() {
            actions.push(json!({"remove": {"index": format!("{}-g*", self.name), "alias": self.name}}));
        }
        actions.push(json!({"add": {"index": self.index(number), "alias": self.name}}));
        let _: Value = self
            .client
            .post("/_aliases", &json!({"actions": actions}), ADMINISTER)?;
        Ok(())
    }

    /// Removes a generation.
    pub fn remove(&self, number: u64) -> Result<(), IndexError> {
        for index in [self.index(number), self.terms(number)] {
            match self.client.delete(&format!("/{index}"), ADMINISTER) {
                Ok(_) => {}
                Err(error) if error.status() == Some(404) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Removes the generations that nothing uses any more: all but the live one, the one before it and `kept`.
    pub fn sweep(&self, kept: Option<u64>) -> Result<(), IndexError> {
        let live = self.live(ADMINISTER)?;
        let all = self.all()?;
        let before = all
            .keys()
            .copied()
            .filter(|&number| live.is_some_and(|live| number < live))
            .max();
        for &number in all.keys() {
            if Some(number) != live && Some(number) != before && Some(number) != kept {
                self.remove(number)?;
            }
        }
        Ok(())
    }
}

impl From<ClientError> for IndexError {
    fn from(error: ClientError) -> Self {
        Self::Cluster(error.to_string())
    }
}

/// The index as errors name it.
pub fn named(cluster: &Cluster) -> PathBuf {
    let url = cluster.urls.first().map_or("", String::as_str);
    PathBuf::from(format!("{url}/{}", cluster.name))
}
