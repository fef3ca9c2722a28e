//! The passages whose vectors are nearest to a query's.

use std::path::Path;
use std::sync::Arc;

use tantivy::query::Query;
use tantivy::{DocAddress, Searcher};

use super::approximate::Approximate;
use super::exact::Best;
use super::file::{VECTORS, VectorFile, cosine, mapped};
use super::graph::{GraphFault, graph_name};
use super::row_set::{RecentSets, RowSet};
use super::rows;
use crate::index::manifest::Manifest;
use crate::index::schema::Columns;
use crate::index::snapshot::address;
use crate::index::translate::unreadable;
use crate::index::{EngineError, Filter, IndexError, Nearest};
use crate::text::Language;

/// The vectors of an opened index.
pub struct Vectors {
    file: VectorFile,
    addresses: Vec<u64>,
    /// Of each language that has one.
    graphs: Vec<Approximate>,
    sets: RecentSets,
}

/// A cosine and the address it belongs to.
type Found = (f32, u64);

impl Vectors {
    /// Opens the vectors of a generation; nothing where it has none.
    pub fn open(
        folder: &Path,
        manifest: &Manifest,
        documents: (&Searcher, &Columns),
    ) -> Result<Option<Self>, IndexError> {
        if !manifest.names(|name| name == VECTORS) {
            return Ok(None);
        }
        let file = mapped(folder, VECTORS)
            .and_then(VectorFile::read)
            .filter(|file| file.addresses().is_sorted())
            .ok_or_else(|| IndexError::Damaged {
                file: folder.join(VECTORS),
                reason: "it is no file of vectors".to_owned(),
            })?;
        let addresses: Vec<u64> = file.addresses().collect();
        let mut graphs = Vec::new();
        for language in Language::ALL {
            let name = graph_name(language);
            if !manifest.names(|known| known == name) {
                continue;
            }
            let rows = rows::of_language(documents, language, &addresses).map_err(|error| IndexError::Damaged {
                file: folder.to_owned(),
                reason: error.to_string(),
            })?;
            match Approximate::open(folder, (language, &file, &rows)) {
                Ok(graph) => graphs.push(graph),
                Err(GraphFault::Damaged(reason)) => {
                    return Err(IndexError::Damaged {
                        file: folder.join(name),
                        reason: reason.to_owned(),
                    });
                }
                Err(GraphFault::Foreign(reason)) => tracing::warn!(
                    name,
                    reason,
                    "a graph of vectors can't be used, so all are looked at; `wenyuan index --rebuild` makes it anew"
                ),
            }
        }
        Ok(Some(Self {
            file,
            addresses,
            graphs,
            sets: RecentSets::default(),
        }))
    }

    /// The nearest of the documents that the filters let through, with their cosines, nearest first. `among` makes the
    /// query of the filters.
    pub fn nearest(
        &self,
        searcher: &Searcher,
        nearest: &Nearest,
        among: &dyn Fn() -> Result<Box<dyn Query>, EngineError>,
    ) -> Result<Vec<(f32, DocAddress)>, EngineError> {
        let wanted = self.file.head().dimensions;
        if nearest.vector.len() != wanted {
            return Err(EngineError::Request(format!(
                "a vector of {} numbers among vectors of {wanted}",
                nearest.vector.len()
            )));
        }
        let rows = match self.likely(nearest) {
            Some(rows) => rows,
            None if nearest.filters.is_empty() => (0..self.addresses.len()).collect(),
            None => self.among(searcher, nearest, among()?.as_ref())?,
        };
        let found = self.nearest_of(rows, nearest).into_iter();
        Ok(found.map(|(cosine, at)| (cosine, address(at))).collect())
    }

    /// Rows that are likely the nearest, where the graphs can name them without a look at the documents.
    fn likely(&self, nearest: &Nearest) -> Option<Vec<usize>> {
        let Nearest { vector, filters, limit } = nearest;
        let graphs: Vec<&Approximate> = match filters[..] {
            // A language without rows has no graph, nor has one whose graph can't be used.
            [] if self.graphs.len() == Language::ALL.len() => self.graphs.iter().collect(),
            [Filter::Language(language)] => vec![self.graph(language)?],
            _ => {
                let set = self.sets.get(filters)?;
                let graph = self.graph(language(filters)?)?;
                return graph.candidates(vector, *limit, Some(&set));
            }
        };
        let mut rows = Vec::new();
        for graph in graphs {
            rows.extend(graph.candidates(vector, *limit, None)?);
        }
        Some(rows)
    }

    /// The rows that the filters let through; where these are many, those that are likely the nearest.
    fn among(&self, searcher: &Searcher, nearest: &Nearest, among: &dyn Query) -> Result<Vec<usize>, EngineError> {
        let rows = rows::matching(searcher, among, &self.addresses).map_err(unreadable)?;
        let graph = language(&nearest.filters).and_then(|language| self.graph(language));
        let Some(graph) = graph.filter(|graph| !graph.too_few(rows.len())) else {
            return Ok(rows);
        };
        let set = Arc::new(RowSet::of(&rows));
        self.sets.put(&nearest.filters, &set);
        let likely = graph.candidates(&nearest.vector, nearest.limit, Some(&set));
        Ok(likely.unwrap_or(rows))
    }

    fn graph(&self, language: Language) -> Option<&Approximate> {
        self.graphs.iter().find(|graph| graph.language == language)
    }

    /// The nearest of these rows, by their vectors.
    fn nearest_of(&self, rows: Vec<usize>, nearest: &Nearest) -> Vec<Found> {
        let mut best = Best::of(nearest.limit);
        for row in rows {
            if let Some(at) = self.addresses.get(row) {
                best.offer(cosine(&nearest.vector, self.file.vector(row)), *at);
            }
        }
        best.into_sorted()
    }
}

/// The language that filters name.
fn language(filters: &[Filter]) -> Option<Language> {
    filters.iter().find_map(|filter| match filter {
        Filter::Language(language) => Some(*language),
        _ => None,
    })
}
