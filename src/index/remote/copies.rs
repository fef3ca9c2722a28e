//! Waits until what is written to has its copies: a node that dies before takes with it what it alone had acknowledged.

use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;

use super::super::IndexError;
use super::client::Client;
use super::generations::ADMINISTER;
use super::settings::Cluster;

/// How long copies may take to be made. Those of an empty index take a second or two.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often is looked.
const LOOK: Duration = Duration::from_millis(200);

#[derive(Deserialize)]
struct Health {
    status: String,
    number_of_data_nodes: u32,
}

/// Waits until every shard of the indexes has as many copies as the cluster has nodes for. Copies that are still not
/// there after a minute are told and not waited for.
///
/// # Errors
/// A shard that no node has, after a minute: it is on a node that left the cluster.
pub fn stand(client: &Client, cluster: &Cluster, indexes: &[String]) -> Result<(), IndexError> {
    let names = indexes.join(",");
    let path = format!("/_cluster/health/{names}?timeout=1s");
    let started = Instant::now();
    loop {
        let health: Health = client.get(&path, ADMINISTER)?;
        // With fewer nodes than copies some copy never finds a place.
        let enough =
            health.status == "green" || (health.status == "yellow" && health.number_of_data_nodes <= cluster.replicas);
        if enough {
            return Ok(());
        }
        if started.elapsed() >= PATIENCE {
            if health.status == "red" {
                return Err(IndexError::Cluster(format!(
                    "a part of {names} is on no node of the cluster: bring back the node that had it, \
                     or build anew with `wenyuan index --rebuild`"
                )));
            }
            tracing::warn!(
                indexes = names,
                "copies are still being made; a node that dies before they are done takes documents with it"
            );
            return Ok(());
        }
        thread::sleep(LOOK);
    }
}
