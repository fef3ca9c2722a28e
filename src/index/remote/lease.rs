//! Held by the one process that writes, on the cluster: a document with a time, renewed while the process lives.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::IndexError;
use super::client::{Client, ClientError, Patience};
use super::copies;
use super::generations::{ADMINISTER, named};
use super::settings::Cluster;

/// How long a lease holds that is not renewed.
const HOLDS: Duration = Duration::from_secs(10);
/// How often it is renewed.
const RENEWED: Duration = Duration::from_secs(2);
/// How often is looked at one that another holds.
const LOOK: Duration = Duration::from_millis(500);
/// How long a renewal may take.
const SHORT: Patience = Patience::Search(Duration::from_secs(4));

/// A lease: given back when dropped; where its holder is killed it ends by itself.
pub struct Lease {
    client: Arc<Client>,
    path: String,
    stopped: Arc<AtomicBool>,
    renewing: Option<thread::JoinHandle<()>>,
}

#[derive(Deserialize)]
struct Held {
    #[serde(rename = "_seq_no")]
    place: u64,
    #[serde(rename = "_primary_term")]
    term: u64,
    #[serde(rename = "_source")]
    source: Value,
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

fn body(holder: &str) -> Value {
    json!({"holder": holder, "until": now() + HOLDS.as_millis() as u64})
}

impl Lease {
    /// Takes a lease by its name. One that another holds is waited for until it would end unrenewed.
    pub fn take(client: &Arc<Client>, cluster: &Cluster, name: &str) -> Result<Self, IndexError> {
        let index = format!("{}-lock", cluster.name);
        let settings = json!({"settings": {"number_of_shards": 1, "number_of_replicas": cluster.replicas},
            "mappings": {"dynamic": false, "properties": {}}});
        match client.put::<Value>(&format!("/{index}"), &settings, ADMINISTER) {
            Ok(_) => copies::stand(client, cluster, std::slice::from_ref(&index))?,
            // It is there.
            Err(error) if error.status() == Some(400) => {}
            Err(error) => return Err(error.into()),
        }
        let holder = format!("{}-{}", std::process::id(), now());
        let path = format!("/{index}/_doc/{name}");
        let started = Instant::now();
        loop {
            let last = match try_take(client, &index, name, &holder)? {
                None => break,
                Some(last) => last,
            };
            if started.elapsed() > HOLDS + RENEWED {
                return Err(IndexError::Busy {
                    path: named(cluster),
                    holder: last,
                });
            }
            thread::sleep(LOOK);
        }
        let stopped = Arc::new(AtomicBool::new(false));
        let renewing = {
            let (client, path, stopped) = (Arc::clone(client), path.clone(), Arc::clone(&stopped));
            thread::spawn(move || {
                let mut renewed = Instant::now();
                while !stopped.load(Ordering::Relaxed) {
                    thread::sleep(Duration::from_millis(100));
                    if renewed.elapsed() >= RENEWED {
                        // One that can't be renewed now is tried again; a writer whose lease ended still writes nothing
                        // twice, because the same document has the same identifier.
                        let _ = client.put::<Value>(&path, &body(&holder), SHORT);
                        renewed = Instant::now();
                    }
                }
            })
        };
        Ok(Self {
            client: Arc::clone(client),
            path,
            stopped,
            renewing: Some(renewing),
        })
    }
}

/// Takes the lease, or says who holds it.
fn try_take(client: &Client, index: &str, name: &str, holder: &str) -> Result<Option<String>, IndexError> {
    let made: Result<Value, ClientError> = client.put(&format!("/{index}/_create/{name}"), &body(holder), ADMINISTER);
    match made {
        Ok(_) => return Ok(None),
        Err(error) if error.status() == Some(409) => {}
        Err(error) => return Err(error.into()),
    }
    let held: Held = match client.get(&format!("/{index}/_doc/{name}"), ADMINISTER) {
        Ok(held) => held,
        Err(error) if error.status() == Some(404) => return Ok(Some("unknown".to_owned())),
        Err(error) => return Err(error.into()),
    };
    let last = held.source["holder"].as_str().unwrap_or("unknown").to_owned();
    if last == holder {
        return Ok(None);
    }
    if held.source["until"].as_u64().unwrap_or(0) >= now() {
        return Ok(Some(last));
    }
    let path = format!(
        "/{index}/_doc/{name}?if_seq_no={}&if_primary_term={}",
        held.place, held.term
    );
    match client.put::<Value>(&path, &body(holder), ADMINISTER) {
        Ok(_) => Ok(None),
        Err(error) if error.status() == Some(409) => Ok(Some(last)),
        Err(error) => Err(error.into()),
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        if let Some(renewing) = self.renewing.take() {
            let _ = renewing.join();
        }
        let _ = self.client.delete(&self.path, SHORT);
    }
}
