//! The rows of a language that are likely the nearest to a vector, by its graph of neighbours.

use std::path::Path;

use super::file::VectorFile;
use super::graph::{Graph, GraphFault, graph_name, key};
use super::row_set::RowSet;
use crate::text::Language;

/// Texts taken from the graph for each passage wanted: bytes order them a little differently, and the more are taken
/// the farther the graph is searched.
const TEXTS_FOR_ONE: usize = 2;

/// Texts taken from the graph at least.
const LEAST_TEXTS: usize = 200;

/// A search in the graph costs about as much as to look at so many rows.
const ROWS_FOR_A_SEARCH: usize = 25_000;

/// The graph of a language, and the rows that its texts have.
pub struct Approximate {
    /// The language.
    pub language: Language,
    graph: Graph,
    /// Key and row, ascending.
    rows: Vec<(u64, u32)>,
}

impl Approximate {
    /// Opens the graph of a language, which has these rows, that stands in the folder of a file of vectors.
    pub fn open(folder: &Path, (language, file, rows): (Language, &VectorFile, &[usize])) -> Result<Self, GraphFault> {
        let graph = Graph::open(&folder.join(graph_name(language)), file.head().dimensions)?;
        let mut rows: Vec<(u64, u32)> = rows
            .iter()
            .filter_map(|row| Some((key(file.digest(*row)?), u32::try_from(*row).ok()?)))
            .collect();
        rows.sort_unstable();
        Ok(Self { language, graph, rows })
    }

    /// Whether of the language's rows so few are wanted that they are sooner looked at one by one: the graph is
    /// searched by what is near, and the fewer of that are wanted, the more of it is searched.
    pub fn too_few(&self, wanted: usize) -> bool {
        wanted.saturating_mul(wanted) < self.rows.len().saturating_mul(ROWS_FOR_A_SEARCH)
    }

    /// More rows than are wanted of those that are likely the nearest, in no order; of a set only where one is given.
    /// Nothing where the graph does not find as many as are wanted and there are.
    pub fn candidates(&self, vector: &[f32], wanted: usize, among: Option<&RowSet>) -> Option<Vec<usize>> {
        let texts = wanted.saturating_mul(TEXTS_FOR_ONE).max(LEAST_TEXTS);
        let texts = texts.min(self.graph.texts());
        let keys = match among {
            None => self.graph.near(vector, texts),
            Some(set) => {
                let allowed = |key| self.rows_of(key).any(|row| set.has(row));
                self.graph.near_among(vector, texts, allowed)
            }
        }?;
        let of_set = |row: &usize| among.is_none_or(|set| set.has(*row));
        let rows: Vec<usize> = keys.iter().flat_map(|key| self.rows_of(*key)).filter(of_set).collect();
        let there = among.map_or(self.rows.len(), RowSet::len);
        (rows.len() >= wanted.min(there)).then_some(rows)
    }

    /// The rows of a text.
    fn rows_of(&self, key: u64) -> impl Iterator<Item = usize> + '_ {
        let first = self.rows.partition_point(|(known, _)| *known < key);
        let rest = self.rows.get(first..).unwrap_or_default().iter();
        rest.take_while(move |(known, _)| *known == key)
            .map(|(_, row)| *row as usize)
    }
}
