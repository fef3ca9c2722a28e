//! Brings the vectors of a generation that is being built up to date with its passages.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use tantivy::{DocAddress, Searcher};

use super::embedding::{Embedding, Missing, journal_head};
use super::file::{Head, JOURNAL, VECTORS, VectorFile, mapped, write_vectors};
use super::graph::{graph_name, is_graph};
use super::journal::Journal;
use super::kept::Kept;
use super::linking::Linking;
use super::rows;
use crate::dense::Embedder;
use crate::index::documents::Documents;
use crate::index::manifest::Manifest;
use crate::index::schema::Columns;
use crate::index::snapshot::key;
use crate::index::{IndexError, Progress};
use crate::text::Language;

/// What an index says of its vectors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VectorCounts {
    /// The model that made them, and what it was told.
    pub model: String,
    /// Numbers in a vector; 0 where there is none yet.
    pub dimensions: usize,
    /// Passages that have one.
    pub present: u64,
    /// Passages that have none.
    pub missing: u64,
}

impl VectorCounts {
    /// Whether there are so many that a graph of neighbours is to be kept beside them.
    pub(crate) fn wants_graph(&self, embedder: &Embedder) -> bool {
        self.present >= embedder.graph_from()
    }
}

/// What an update did about vectors.
#[derive(Debug, Clone, PartialEq)]
pub struct Filled {
    /// What there is now.
    pub counts: VectorCounts,
    /// Texts embedded in this run.
    pub embedded: u64,
    /// Why some passages have none, for the operator.
    pub failure: Option<String>,
    /// Whether a graph of neighbours stands beside them.
    pub graph: bool,
}

impl Filled {
    /// Whether some are missing, and there is nothing more than there was.
    pub(crate) fn gained_nothing(&self, before: &Manifest) -> bool {
        let vectors = before.vectors.as_ref();
        let vectors = vectors.filter(|vectors| vectors.model == self.counts.model);
        self.counts.missing > 0
            && self.counts.present <= vectors.map_or(0, |vectors| vectors.present)
            && self.graph == before.names(is_graph)
    }
}

/// Brings vectors up to date.
pub struct Filling<'a> {
    /// The endpoint; where there is none, vectors are only carried over.
    pub embedder: Option<&'a Embedder>,
    /// The folder the generation is built in.
    pub building: &'a Path,
    /// The folder of the live one.
    pub live: Option<&'a Path>,
    /// Whether the endpoint is asked if it still gives the vectors that are kept, also where none is missing.
    pub doubt: bool,
    /// Threads that make the graph of neighbours.
    pub threads: usize,
}

impl Filling<'_> {
    /// Embeds the passages of the index in the building folder whose vectors are not kept, as far as the endpoint goes,
    /// and writes the file of vectors. Nothing where there is neither an endpoint nor a vector.
    pub fn run(
        &self,
        (searcher, columns): (&Searcher, &Columns),
        progress: &mut dyn Progress,
    ) -> Result<Option<Filled>, IndexError> {
        let identity = self.embedder.map(Embedder::identity);
        let identity = identity.as_deref();
        let passages = passages(searcher)?;
        let mut kept = Kept::gather(identity, self.building, self.live);
        let (mut embedded, mut failure) = (0, None);
        if let Some(embedder) = self.embedder {
            let documents = Documents::open(searcher, self.building)?;
            let mut embedding = Embedding {
                embedder,
                searcher,
                columns,
                documents: &documents,
                journal: None,
                done: 0,
                failure: None,
            };
            let mut anew = kept.anew();
            if let Some((at, vector)) = self.doubtful(&passages, &kept) {
                match embedding.still_gives(at, vector)? {
                    Ok(true) => {}
                    Ok(false) => {
                        anew = true;
                        kept = Kept::default();
                        self.forget(VECTORS)?;
                        self.forget(JOURNAL)?;
                    }
                    Err(error) => embedding.failure = Some(error),
                }
            }
            if embedding.failure.is_none() {
                let begin = |length| {
                    let head = journal_head(embedder.identity(), length, anew);
                    Journal::open(self.building, &head)
                };
                embedding.run(&missing(&passages, &kept), progress, &begin)?;
            }
            embedded = embedding.done;
            failure = embedding.failure.map(|error| error.in_full());
            let live = self.live.filter(|_| !anew);
            kept = Kept::gather(identity, self.building, live);
        }
        if self.embedder.is_none() && kept.is_empty() {
            return Ok(None);
        }
        let counts = self.write(&passages, &kept, identity)?;
        let graph = self.embedder.is_some_and(|embedder| counts.wants_graph(embedder));
        for language in Language::ALL {
            self.forget(&graph_name(language))?;
        }
        if graph {
            self.link((searcher, columns), progress)?;
        }
        Ok(Some(Filled {
            counts,
            embedded,
            failure,
            graph,
        }))
    }

    /// Makes the graphs of neighbours of the vectors that were written. Every search is for one language, so each has
    /// a graph: to search a part of one costs the more, the smaller the part is.
    fn link(&self, documents: (&Searcher, &Columns), progress: &mut dyn Progress) -> Result<(), IndexError> {
        let file = mapped(self.building, VECTORS).and_then(VectorFile::read);
        let file = file.ok_or_else(|| IndexError::Write(format!("{VECTORS} can't be read again")))?;
        let linking = Linking {
            building: self.building,
            live: self.live,
            threads: self.threads,
        };
        let addresses: Vec<u64> = file.addresses().collect();
        for language in Language::ALL {
            let rows = rows::of_language(documents, language, &addresses).map_err(IndexError::write)?;
            if !rows.is_empty() {
                linking.run((language, &file, &rows), progress)?;
            }
        }
        Ok(())
    }

    /// A passage whose vector is kept, to ask whether the endpoint still gives it: a model may change behind its name.
    fn doubtful<'k>(&self, passages: &[Missing], kept: &'k Kept) -> Option<(u64, &'k [u8])> {
        let all_there = || passages.iter().all(|(_, digest)| kept.has(*digest));
        if kept.is_empty() || (!self.doubt && all_there()) {
            return None;
        }
        passages
            .iter()
            .find_map(|(at, digest)| Some((*at, kept.vector(*digest)?)))
    }

    fn write(&self, passages: &[Missing], kept: &Kept, identity: Option<&str>) -> Result<VectorCounts, IndexError> {
        let rows: Vec<(u64, u64, &[u8])> = passages
            .iter()
            .filter_map(|(at, digest)| Some((*at, *digest, kept.vector(*digest)?)))
            .collect();
        let model = identity
            .or_else(|| kept.head().map(|head| head.identity.as_str()))
            .unwrap_or_default();
        let dimensions = kept.head().map_or(0, |head| head.dimensions);
        if dimensions > 0 {
            let head = Head {
                identity: model.to_owned(),
                dimensions,
                anew: kept.anew(),
                rows: rows.len(),
            };
            write_vectors(self.building, &head, &rows)?;
        }
        Ok(VectorCounts {
            model: model.to_owned(),
            dimensions,
            present: rows.len() as u64,
            missing: (passages.len() - rows.len()) as u64,
        })
    }

    /// Removes the journal, when all it holds is in the file of vectors.
    pub fn finish(&self) -> Result<(), IndexError> {
        self.forget(JOURNAL)
    }

    fn forget(&self, name: &str) -> Result<(), IndexError> {
        let path = self.building.join(name);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(IndexError::Io { path, error }),
            _ => Ok(()),
        }
    }
}

/// Address and digest of every passage, in the order of addresses.
fn passages(searcher: &Searcher) -> Result<Vec<Missing>, IndexError> {
    let mut all = Vec::new();
    for (segment, reader) in (0u32..).zip(searcher.segment_readers()) {
        let digests = reader
            .fast_fields()
            .column_opt::<u64>("embedded")
            .map_err(IndexError::write)?;
        let Some(digests) = digests else { continue };
        for document in reader.doc_ids_alive() {
            if let Some(digest) = digests.first(document) {
                all.push((key(DocAddress::new(segment, document)), digest));
            }
        }
    }
    Ok(all)
}

/// The passages whose vector is not kept; of those with the same text one.
fn missing(passages: &[Missing], kept: &Kept) -> Vec<Missing> {
    let mut seen = HashSet::new();
    passages
        .iter()
        .filter(|(_, digest)| !kept.has(*digest) && seen.insert(*digest))
        .copied()
        .collect()
}
