//! Which documents of articles the cluster still has that are no longer wanted.

use std::collections::HashSet;
use std::time::Duration;

use serde_json::{Value, json};

use super::super::IndexError;
use super::address::stored;
use super::bulk::Item;
use super::client::{Client, Patience};
use super::response::{Hit, Searched};

/// The most documents listed at a time.
const PAGE: usize = 10_000;
/// How long such a question may take.
const PATIENCE: Patience = Patience::Persistent(Duration::from_secs(120));

/// Goes through documents in the order of their keys.
pub fn each(
    client: &Client,
    index: &str,
    (query, columns): (&Value, &[&str]),
    take: &mut dyn FnMut(&Hit) -> Result<(), IndexError>,
) -> Result<(), IndexError> {
    let mut after: Option<Value> = None;
    loop {
        let mut body = json!({
            "size": PAGE, "track_total_hits": false, "query": {"bool": {"filter": [query]}},
            "_source": false, "docvalue_fields": columns, "sort": [{"key": "asc"}],
        });
        if let (Some(after), Some(body)) = (after.take(), body.as_object_mut()) {
            body.insert("search_after".to_owned(), after);
        }
        let path = format!("/{index}/_search?allow_partial_search_results=false");
        let searched: Searched = client.post(&path, &body, PATIENCE)?;
        if searched.partial() {
            return Err(IndexError::Cluster(format!("{index}: not every shard answered")));
        }
        for hit in &searched.hits.hits {
            take(hit)?;
        }
        match searched.hits.hits.last() {
            Some(last) if searched.hits.hits.len() == PAGE => after = Some(Value::Array(last.sort.clone())),
            _ => return Ok(()),
        }
    }
}

/// What removes the documents of these articles except the wanted ones; the articles' own documents come last, apart.
pub fn removals(
    client: &Client,
    index: &str,
    owners: &[u64],
    wanted: &HashSet<&str>,
) -> Result<(Vec<Item>, Vec<Item>), IndexError> {
    let (mut parts, mut articles) = (Vec::new(), Vec::new());
    for owners in owners.chunks(500) {
        let owners: Vec<i64> = owners.iter().map(|&owner| stored(owner)).collect();
        let query = json!({"terms": {"owner": owners}});
        each(client, index, (&query, &["article", "parts"]), &mut |hit| {
            if !wanted.contains(hit.id.as_str()) {
                let item = Item::remove(index, &hit.id, hit.text("article").unwrap_or_default());
                // Only an article's own document says how many parts it has.
                if hit.number("parts").is_some() {
                    articles.push(item);
                } else {
                    parts.push(item);
                }
            }
            Ok(())
        })?;
    }
    Ok((parts, articles))
}
