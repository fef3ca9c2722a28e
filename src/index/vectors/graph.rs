//! A graph of neighbours over the vectors of texts (HNSW, by usearch): names nearly all of the nearest and looks at few.
//!
//! It only chooses candidates, so a byte a number is enough; the cosines that count are worked out from the vectors
//! themselves. Its keys are the digests of what was embedded, so that they outlive an update.

use std::io::{self, Read, Seek, Write};
use std::path::Path;

use usearch::{Index, IndexOptions, MetricKind, ScalarKind};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::file::mapped;
use crate::index::IndexError;
use crate::index::generation::write_file_at;
use crate::text::Language;

/// Name of the file of the graph of a language in a generation's folder.
pub fn graph_name(language: Language) -> String {
    format!("vectors.{}.graph", language.tag())
}

/// Whether a file in a generation's folder is a graph.
pub fn is_graph(name: &str) -> bool {
    Language::ALL.into_iter().any(|language| graph_name(language) == name)
}

/// What stands behind the graph in its file, before the digest of all.
const MARK: &[u8; 8] = b"WYGRA\0\0\x01";

/// Bytes of a count and of a digest.
const WORD: usize = 8;

/// Neighbours that a text has on every level but the lowest, which has twice as many.
const NEIGHBOURS: usize = 16;

/// How many are looked at to find the neighbours of a text that is added.
const LOOKED_AT: usize = 128;

/// Searches that may be in a graph at once; one more looks at every vector.
const SEARCHES: usize = 256;

/// Why a file of a graph can't be used.
#[derive(Debug, PartialEq)]
pub enum GraphFault {
    /// It is not as it was written.
    Damaged(&'static str),
    /// It is as it was written, but not by this version of the library.
    Foreign(String),
}

/// A graph of neighbours.
pub struct Graph {
    index: Index,
    removed: u64,
}

impl Graph {
    /// One without texts, for vectors of so many numbers.
    pub fn empty(dimensions: usize) -> Result<Self, IndexError> {
        let index = index(dimensions).map_err(IndexError::Write)?;
        Ok(Self { index, removed: 0 })
    }

    /// Maps the graph of a generation into memory.
    pub fn open(path: &Path, dimensions: usize) -> Result<Self, GraphFault> {
        Self::of_file(path, dimensions, |index, path| {
            index.reserve_capacity_and_threads(0, SEARCHES)?;
            index.view(path)
        })
    }

    /// Reads the graph of a generation, to change it.
    pub fn load(path: &Path, dimensions: usize) -> Result<Self, GraphFault> {
        Self::of_file(path, dimensions, Index::load)
    }

    fn of_file<E: std::fmt::Display>(
        path: &Path,
        dimensions: usize,
        read: impl FnOnce(&Index, &str) -> Result<(), E>,
    ) -> Result<Self, GraphFault> {
        // The library trusts what it reads: bytes that are not its own must never come to it.
        let name = path.file_name().and_then(|name| name.to_str());
        let bytes = path.parent().zip(name).and_then(|(folder, name)| mapped(folder, name));
        let bytes = bytes.ok_or(GraphFault::Damaged("it can't be read"))?;
        let tail = Tail::read(&bytes).ok_or(GraphFault::Damaged("its contents are not what was written"))?;
        let index = index(dimensions).map_err(GraphFault::Foreign)?;
        let path = path
            .to_str()
            .ok_or_else(|| GraphFault::Foreign("its path is no UTF-8".to_owned()))?;
        read(&index, path).map_err(|error| GraphFault::Foreign(error.to_string()))?;
        let as_expected = index.size() as u64 == tail.texts
            && index.dimensions() == dimensions
            && index.scalar_kind() == ScalarKind::I8
            && index.metric_kind() == MetricKind::Cos;
        if !as_expected {
            return Err(GraphFault::Foreign("it is of other vectors".to_owned()));
        }
        Ok(Self {
            index,
            removed: tail.removed,
        })
    }

    /// Texts in it.
    pub fn texts(&self) -> usize {
        self.index.size()
    }

    /// Texts that were taken out since it was made.
    pub fn removed(&self) -> u64 {
        self.removed
    }

    /// Whether the text with this key is in it.
    pub fn has(&self, key: u64) -> bool {
        self.index.contains(key)
    }

    /// Whether the text with this key is in it by this vector.
    pub fn holds(&self, key: u64, vector: &[u8]) -> bool {
        let mut held = vec![0; self.index.dimensions()];
        self.index.get::<i8>(key, &mut held).is_ok_and(|found| found == 1) && held == numbers(floats(vector))
    }

    /// Makes room for so many texts more, added by so many threads.
    pub fn reserve(&self, more: usize, threads: usize) -> Result<(), IndexError> {
        let texts = self.index.size() + self.removed as usize + more;
        self.index.reserve_capacity_and_threads(texts, threads).map_err(write)
    }

    /// Adds a text that is not in it, by its vector. Several threads may add at once, as many as there is room for.
    pub fn add(&self, key: u64, vector: &[u8]) -> Result<(), IndexError> {
        self.index.add::<i8>(key, &numbers(floats(vector))).map_err(write)
    }

    /// Takes a text out.
    pub fn remove(&mut self, key: u64) -> Result<(), IndexError> {
        self.removed += self.index.remove(key).map_err(write)? as u64;
        Ok(())
    }

    /// Keys of the texts whose vectors are nearest to this one; nothing where too many searches are in it.
    pub fn near(&self, vector: &[f32], wanted: usize) -> Option<Vec<u64>> {
        let near = self.index.search::<i8>(&numbers(vector.iter().copied()), wanted);
        near.ok().map(|matches| matches.keys)
    }

    /// The same of those that are allowed by their keys.
    pub fn near_among(&self, vector: &[f32], wanted: usize, allowed: impl Fn(u64) -> bool) -> Option<Vec<u64>> {
        let numbers = numbers(vector.iter().copied());
        let near = self.index.filtered_search::<i8, _>(&numbers, wanted, allowed);
        near.ok().map(|matches| matches.keys)
    }

    /// Writes it to a file, in one step.
    pub fn save(&self, path: &Path) -> Result<(), IndexError> {
        write_file_at(path, |path, file| {
            let path = path.to_str().ok_or(io::ErrorKind::InvalidFilename)?;
            self.index.save(path).map_err(io::Error::other)?;
            let mut state = Xxh3::new();
            let mut buffer = vec![0u8; 1 << 18];
            file.rewind()?;
            loop {
                let read = file.read(&mut buffer)?;
                let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else {
                    break;
                };
                state.update(part);
            }
            let tail = Tail {
                texts: self.index.size() as u64,
                removed: self.removed,
            };
            let tail = tail.bytes();
            state.update(&tail);
            file.write_all(&tail)?;
            file.write_all(&state.digest().to_le_bytes())
        })
    }
}

/// The key in the graph of the text with this digest: that, but for the one number that the library keeps for itself.
pub fn key(digest: u64) -> u64 {
    digest.min(u64::MAX - 1)
}

fn index(dimensions: usize) -> Result<Index, String> {
    let options = IndexOptions {
        dimensions,
        metric: MetricKind::Cos,
        quantization: ScalarKind::I8,
        connectivity: NEIGHBOURS,
        expansion_add: LOOKED_AT,
        expansion_search: 0,
        multi: false,
    };
    Index::new(&options).map_err(|error| error.to_string())
}

fn write(error: impl std::fmt::Display) -> IndexError {
    IndexError::Write(format!("the graph of vectors: {error}"))
}

fn floats(vector: &[u8]) -> impl Iterator<Item = f32> + Clone + '_ {
    let numbers = vector.as_chunks::<{ size_of::<f32>() }>().0;
    numbers.iter().map(|number| f32::from_le_bytes(*number))
}

/// A vector in bytes. The largest number becomes 127: a cosine does not change with the length, and the library's own
/// way, by which a vector of length 1 becomes one of length 127, leaves two or three bits to each of many numbers.
fn numbers(vector: impl Iterator<Item = f32> + Clone) -> Vec<i8> {
    let largest = vector.clone().fold(0.0f32, |largest, number| largest.max(number.abs()));
    let scale = if largest > 0.0 { 127.0 / largest } else { 0.0 };
    vector.map(|number| (number * scale).round() as i8).collect()
}

/// What stands behind the graph in its file: the mark, two counts, and a digest of all before.
struct Tail {
    texts: u64,
    removed: u64,
}

impl Tail {
    fn bytes(&self) -> Vec<u8> {
        [*MARK, self.texts.to_le_bytes(), self.removed.to_le_bytes()].concat()
    }

    /// Reads it and checks the whole file.
    fn read(file: &[u8]) -> Option<Self> {
        let (before, digest) = file.split_last_chunk::<WORD>()?;
        let (rest, removed) = before.split_last_chunk::<WORD>()?;
        let (rest, texts) = rest.split_last_chunk::<WORD>()?;
        let sound = rest.ends_with(MARK) && xxh3_64(before) == u64::from_le_bytes(*digest);
        sound.then_some(Self {
            texts: u64::from_le_bytes(*texts),
            removed: u64::from_le_bytes(*removed),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::file::bytes_of;
    use super::{Graph, GraphFault, graph_name, is_graph, key, numbers};
    use crate::text::Language;

    /// Vectors of two numbers, at so many degrees.
    fn at(degrees: f32) -> [f32; 2] {
        let (sine, cosine) = degrees.to_radians().sin_cos();
        [cosine, sine]
    }

    /// A text at each of these degrees, which are their digests.
    fn of(degrees: &[u64]) -> Graph {
        let graph = Graph::empty(2).unwrap();
        graph.reserve(degrees.len(), 1).unwrap();
        for each in degrees {
            graph.add(*each, &bytes_of(&at(*each as f32))).unwrap();
        }
        graph
    }

    #[test]
    fn every_language_has_a_file_of_its_own() {
        assert_eq!(Language::ALL.map(graph_name), ["vectors.zh.graph", "vectors.en.graph"]);
        assert!(is_graph("vectors.en.graph") && !is_graph("vectors.bin") && !is_graph("vectors.de.graph"));
    }

    #[test]
    fn the_largest_number_becomes_127_whatever_the_length() {
        assert_eq!(numbers([0.5f32, -0.25, 0.0].into_iter()), [127, -64, 0]);
        assert_eq!(numbers([-4.0f32, 2.0, 1.0].into_iter()), [-127, 64, 32]);
        assert_eq!(numbers([0.0f32; 2].into_iter()), [0, 0]);
        assert_eq!(
            (key(7), key(u64::MAX), key(u64::MAX - 1)),
            (7, u64::MAX - 1, u64::MAX - 1)
        );
    }

    #[test]
    fn the_nearest_are_found_in_their_order_and_only_allowed_ones() {
        let graph = of(&[0, 20, 50, 90, 135, 180]);
        assert_eq!(graph.near(&at(15.0), 3).unwrap(), [20, 0, 50]);
        let even = graph.near_among(&at(80.0), 6, |key| key % 20 == 0).unwrap();
        assert_eq!(even, [20, 0, 180]);
        assert_eq!(graph.near(&at(0.0), 100).unwrap().len(), 6);
    }

    #[test]
    fn what_is_written_is_read_and_can_be_changed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("g");
        of(&[0, 20, 50, 90]).save(&path).unwrap();
        assert_eq!(Graph::open(&path, 2).unwrap().near(&at(60.0), 2).unwrap(), [50, 90]);
        let mut graph = Graph::load(&path, 2).unwrap();
        assert!(graph.holds(50, &bytes_of(&at(50.0))) && !graph.holds(50, &bytes_of(&at(51.0))));
        assert!(!graph.holds(51, &bytes_of(&at(51.0))));
        graph.remove(50).unwrap();
        graph.remove(51).unwrap();
        graph.reserve(2, 1).unwrap();
        graph.add(70, &bytes_of(&at(70.0))).unwrap();
        graph.add(180, &bytes_of(&at(180.0))).unwrap();
        assert_eq!((graph.texts(), graph.removed()), (5, 1));
        graph.save(&path).unwrap();
        let graph = Graph::open(&path, 2).unwrap();
        assert_eq!(graph.near(&at(60.0), 3).unwrap(), [70, 90, 20]);
        assert_eq!((graph.texts(), graph.removed()), (5, 1));
        assert!(graph.has(70) && !graph.has(50));
    }

    #[test]
    fn a_flipped_bit_or_a_missing_end_is_noticed_before_the_library_sees_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("g");
        of(&[0, 20, 50, 90]).save(&path).unwrap();
        let whole = std::fs::read(&path).unwrap();
        let fault = || Graph::open(&path, 2).err().unwrap();
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 1;
            std::fs::write(&path, flipped).unwrap();
            assert!(matches!(fault(), GraphFault::Damaged(_)), "byte {at}");
        }
        for length in [0, 7, whole.len() - 1] {
            std::fs::write(&path, &whole[..length]).unwrap();
            assert!(matches!(fault(), GraphFault::Damaged(_)), "{length} bytes");
        }
        std::fs::remove_file(&path).unwrap();
        assert_eq!(fault(), GraphFault::Damaged("it can't be read"));
        std::fs::write(&path, whole).unwrap();
        assert!(matches!(Graph::open(&path, 3).err(), Some(GraphFault::Foreign(_))));
        assert!(Graph::open(&path, 2).is_ok());
    }

    #[test]
    fn more_searches_than_there_is_room_for_are_told_or_answered() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("g");
        of(&[0, 20, 50, 90]).save(&path).unwrap();
        let graph = Graph::open(&path, 2).unwrap();
        std::thread::scope(|scope| {
            for _ in 0..super::SEARCHES + 8 {
                scope.spawn(|| assert!(graph.near(&at(60.0), 2).is_none_or(|found| found == [50, 90])));
            }
        });
        assert_eq!(graph.near(&at(60.0), 2).unwrap(), [50, 90]);
    }
}
