//! Makes a generation that is written whole the live one.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use super::super::clock::timestamp;
use super::super::manifest::{Counts, FORMAT_VERSION, FileEntry, corpus_digest};
use super::super::schema::SCHEMA_VERSION;
use super::super::{IndexError, Kind, Manifest, Recipe, SourceEntry};
use super::blobs;
use super::client::{Client, Patience};
use super::generations::{About, Generations, LAYOUT_VERSION};
use super::query::of_kind;
use super::response::Searched;
use crate::lexicon::Mined;
use crate::text::Language;

/// Name of the pieces that hold the list of sources.
pub const SOURCES: &str = "sources";
/// Name of the pieces that hold the mined pairs.
pub const MINED: &str = "mined";

/// How long counting may take.
const COUNTING: Patience = Patience::Persistent(Duration::from_secs(300));

/// Makes what is written visible to searches.
pub fn refresh(client: &Client, index: &str) -> Result<(), IndexError> {
    let answer: Value = client.post(&format!("/{index}/_refresh"), &json!({}), COUNTING)?;
    if answer["_shards"]["failed"].as_u64().unwrap_or(0) > 0 {
        return Err(IndexError::Cluster(format!("{index}: a shard can't be refreshed")));
    }
    Ok(())
}

/// What is to be published.
pub struct Sealing<'a> {
    /// Speaks to the cluster.
    pub client: &'a Client,
    /// Where it is published.
    pub generations: &'a Generations<'a>,
    /// Which generation.
    pub number: u64,
    /// What it is built for.
    pub key: &'a str,
    /// What decided its contents.
    pub recipe: &'a Recipe,
}

impl Sealing<'_> {
    /// Checks that everything is there, says so in the index, and names it live.
    pub fn seal(&self, sources: &[SourceEntry], mined: &Mined) -> Result<Manifest, IndexError> {
        let index = self.generations.index(self.number);
        let write = |error: String| IndexError::Record(error);
        let list = serde_json::to_vec(sources).map_err(|error| write(error.to_string()))?;
        blobs::write(self.client, &index, SOURCES, &list)?;
        let pairs = postcard::to_stdvec(mined).map_err(|error| write(error.to_string()))?;
        blobs::write(self.client, &index, MINED, &pairs)?;
        refresh(self.client, &index)?;
        let counts = self.counts(&index, sources)?;
        let manifest = Manifest {
            format: FORMAT_VERSION,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            schema: SCHEMA_VERSION,
            recipe: self.recipe.clone(),
            corpus: corpus_digest(sources),
            counts,
            vectors: None,
            built_at: timestamp(SystemTime::now()),
            files: vec![FileEntry {
                bytes: self.bytes(&index)?,
                name: index.clone(),
                xxh3: String::new(),
            }],
        };
        self.generations.describe(
            self.number,
            &About {
                layout: LAYOUT_VERSION,
                key: self.key.to_owned(),
                manifest: Some(manifest.clone()),
            },
        )?;
        for index in [index, self.generations.terms(self.number)] {
            refresh(self.client, &index)?;
        }
        self.generations.seal(self.number)?;
        self.generations.publish(self.number)?;
        Ok(manifest)
    }

    fn counted(&self, index: &str, query: Value, aggregation: Option<Value>) -> Result<Searched, IndexError> {
        let mut body = json!({"size": 0, "track_total_hits": true, "query": query});
        if let (Some(aggregation), Some(body)) = (aggregation, body.as_object_mut()) {
            body.insert("aggs".to_owned(), aggregation);
        }
        let path = format!("/{index}/_search?allow_partial_search_results=false");
        let searched: Searched = self.client.post(&path, &body, COUNTING)?;
        if searched.partial() {
            return Err(IndexError::Cluster(format!("{index}: not every shard answered")));
        }
        Ok(searched)
    }

    /// Counts what is there, and holds it against what the articles say they are made of.
    fn counts(&self, index: &str, sources: &[SourceEntry]) -> Result<Counts, IndexError> {
        let mut passages = BTreeMap::new();
        for language in Language::ALL {
            let found = self.counted(index, of_kind(Kind::Passage, Some(language)), None)?;
            passages.insert(language.tag().to_owned(), found.total());
        }
        let references = self.counted(index, of_kind(Kind::Reference, None), None)?.total();
        let sum = json!({"parts": {"sum": {"field": "parts"}}});
        let articles = self.counted(index, of_kind(Kind::Article, None), Some(sum))?;
        let promised = articles.aggregations["parts"]["value"].as_f64().unwrap_or(0.0) as u64;
        let found = references + passages.values().sum::<u64>();
        if promised != found {
            return Err(IndexError::Write(format!(
                "the cluster holds {found} passages and references of {promised}; build it anew with `wenyuan index --rebuild`"
            )));
        }
        Ok(Counts {
            articles: articles.total(),
            passages,
            references,
            faults: sources.iter().map(|source| source.faults).sum(),
            files: sources.len() as u64,
        })
    }

    /// Bytes of the first copies of all shards.
    fn bytes(&self, index: &str) -> Result<u64, IndexError> {
        let path = format!("/{index}/_stats/store?filter_path=_all.primaries.store.size_in_bytes");
        let answer: Value = self.client.get(&path, COUNTING)?;
        Ok(answer["_all"]["primaries"]["store"]["size_in_bytes"]
            .as_u64()
            .unwrap_or(0))
    }
}
