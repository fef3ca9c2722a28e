//! Brings the graphs of neighbours of a generation that is being built up to date with its vectors.

use std::path::Path;
use std::thread;

use super::file::{VECTORS, VectorFile, mapped};
use super::graph::{Graph, graph_name, key};
use crate::index::{IndexError, Progress};
use crate::text::Language;

/// Texts added between two looks at whether the run is to end.
const AT_ONCE: usize = 1024;

/// Taking texts out wears a graph out: it is made anew once more of them than its texts divided by this were.
const WORN: u64 = 4;

/// A text with a vector: its key, and the first row that has its vector.
type Text = (u64, usize);

/// Brings a graph up to date.
pub struct Linking<'a> {
    /// The folder the generation is built in.
    pub building: &'a Path,
    /// The folder of the live one.
    pub live: Option<&'a Path>,
    /// Threads that add texts.
    pub threads: usize,
}

impl Linking<'_> {
    /// Writes the graph of a language, which has these rows, beside the vectors: upon that of the live generation where
    /// that is worth it.
    pub fn run(
        &self,
        (language, file, rows): (Language, &VectorFile, &[usize]),
        progress: &mut dyn Progress,
    ) -> Result<(), IndexError> {
        let name = graph_name(language);
        let texts = texts(file, rows);
        let dimensions = file.head().dimensions;
        let graph = match self.upon(&name, (file, &texts))? {
            Some(graph) => graph,
            None => Graph::empty(dimensions)?,
        };
        let new: Vec<Text> = texts.iter().filter(|(key, _)| !graph.has(*key)).copied().collect();
        let threads = self.threads.max(1);
        graph.reserve(new.len(), threads)?;
        let mut done = 0;
        for part in new.chunks(AT_ONCE) {
            if !progress.linking(done, new.len() as u64) {
                return Err(IndexError::Interrupted);
            }
            let add = |texts: &[Text]| {
                texts
                    .iter()
                    .try_for_each(|(key, row)| graph.add(*key, file.vector(*row)))
            };
            thread::scope(|scope| {
                let shares = part.chunks(part.len().div_ceil(threads));
                let adding: Vec<_> = shares.map(|share| scope.spawn(move || add(share))).collect();
                adding.into_iter().try_for_each(|thread| {
                    let ended = || IndexError::Write("a thread that links vectors ended early".to_owned());
                    thread.join().unwrap_or_else(|_| Err(ended()))
                })
            })?;
            done += part.len() as u64;
        }
        graph.save(&self.building.join(name))
    }

    /// The graph of the live generation without what has gone or has another vector now; nothing where there is none
    /// or too much was taken out of it.
    fn upon(&self, name: &str, (file, texts): (&VectorFile, &[Text])) -> Result<Option<Graph>, IndexError> {
        let dimensions = file.head().dimensions;
        let Some(live) = self.live else { return Ok(None) };
        let before = mapped(live, VECTORS).and_then(VectorFile::read);
        let Some(before) = before.filter(|before| before.head().dimensions == dimensions && before.sound()) else {
            return Ok(None);
        };
        let Ok(mut graph) = Graph::load(&live.join(name), dimensions) else {
            return Ok(None);
        };
        let stays = |key: u64| {
            let place = texts.binary_search_by_key(&key, |(key, _)| *key).ok();
            let text = place.and_then(|place| texts.get(place));
            text.is_some_and(|(key, row)| graph.holds(*key, file.vector(*row)))
        };
        let mut known: Vec<u64> = before.digests().map(key).filter(|key| graph.has(*key)).collect();
        known.sort_unstable();
        known.dedup();
        let gone: Vec<u64> = known.iter().copied().filter(|key| !stays(*key)).collect();
        if (graph.removed() + gone.len() as u64) * WORN > texts.len() as u64 {
            return Ok(None);
        }
        for key in &gone {
            graph.remove(*key)?;
        }
        // Anything else in it is of unknown origin.
        Ok((graph.texts() == known.len() - gone.len()).then_some(graph))
    }
}

/// The texts of these rows of a file of vectors, in the order of keys.
fn texts(file: &VectorFile, rows: &[usize]) -> Vec<Text> {
    let mut texts: Vec<Text> = rows
        .iter()
        .filter_map(|row| Some((key(file.digest(*row)?), *row)))
        .collect();
    texts.sort_unstable();
    texts.dedup_by_key(|(key, _)| *key);
    texts
}
