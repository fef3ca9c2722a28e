//! The graph of neighbours beside the exact search.

use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;

use super::approximate::Approximate;
use super::exact::Best;
use super::file::{Head, VECTORS, VectorFile, bytes_of, cosine, mapped, write_vectors};
use super::graph::{Graph, graph_name};
use super::linking::Linking;
use super::row_set::RowSet;
use crate::index::{IndexError, Progress, Silent, Step};
use crate::text::Language;

/// Numbers that look random, the same for the same seed.
struct Dice(u64);

impl Dice {
    /// Evenly from -1 to 1.
    fn even(&mut self) -> f32 {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        let high = (self.0 ^ (self.0 >> 33)).wrapping_mul(0xff51afd7ed558ccd) >> 40;
        high as f32 / (1u64 << 23) as f32 - 1.0
    }

    fn below(&mut self, bound: usize) -> usize {
        (((self.even() + 1.0) / 2.0 * bound as f32) as usize).min(bound - 1)
    }

    fn vector(&mut self, dimensions: usize) -> Vec<f32> {
        (0..dimensions).map(|_| self.even()).collect()
    }

    /// Vectors of length 1 in clusters, as those of texts are.
    fn clustered(&mut self, count: usize, (dimensions, clusters): (usize, usize)) -> Vec<Vec<f32>> {
        let centres: Vec<Vec<f32>> = (0..clusters).map(|_| self.vector(dimensions)).collect();
        (0..count)
            .map(|_| {
                let centre = centres[self.below(clusters)].clone();
                let noise = self.vector(dimensions);
                unit(
                    centre
                        .iter()
                        .zip(noise)
                        .map(|(number, noise)| number + 0.8 * noise)
                        .collect(),
                )
            })
            .collect()
    }
}

fn unit(vector: Vec<f32>) -> Vec<f32> {
    let length = vector.iter().map(|number| number * number).sum::<f32>().sqrt();
    vector.into_iter().map(|number| number / length).collect()
}

/// Writes a file of vectors: for each row the digest of its text and the vector.
fn write(folder: &Path, rows: &[(u64, Vec<f32>)]) -> VectorFile {
    let head = Head {
        identity: "m".to_owned(),
        dimensions: rows[0].1.len(),
        anew: false,
        rows: rows.len(),
    };
    let bytes: Vec<(u64, Vec<u8>)> = rows
        .iter()
        .map(|(digest, vector)| (*digest, bytes_of(vector)))
        .collect();
    let rows: Vec<(u64, u64, &[u8])> = (0..)
        .zip(&bytes)
        .map(|(address, (digest, bytes))| (address, *digest, &bytes[..]))
        .collect();
    write_vectors(folder, &head, &rows).unwrap();
    mapped(folder, VECTORS).and_then(VectorFile::read).unwrap()
}

/// Links with one thread: several make another graph every time.
fn link(building: &Path, live: Option<&Path>, rows: &[(u64, Vec<f32>)]) -> Approximate {
    link_with(1, building, live, rows)
}

fn link_with(threads: usize, building: &Path, live: Option<&Path>, rows: &[(u64, Vec<f32>)]) -> Approximate {
    let file = write(building, rows);
    let linking = Linking {
        building,
        live,
        threads,
    };
    let of = of(&file);
    linking.run((Language::Zh, &file, &of), &mut Silent).unwrap();
    Approximate::open(building, (Language::Zh, &file, &of)).unwrap()
}

/// All rows of a file.
fn of(file: &VectorFile) -> Vec<usize> {
    (0..file.head().rows).collect()
}

fn opened(folder: &Path, dimensions: usize) -> Graph {
    Graph::open(&folder.join(graph_name(Language::Zh)), dimensions).unwrap()
}

fn nearest(file: &VectorFile, vector: &[f32], limit: usize, rows: impl Iterator<Item = usize>) -> Vec<u64> {
    let mut best = Best::of(limit);
    rows.for_each(|row| best.offer(cosine(vector, file.vector(row)), row as u64));
    best.into_sorted().into_iter().map(|(_, row)| row).collect()
}

/// How many of the wanted are found.
fn shared(wanted: &[u64], found: &[u64]) -> usize {
    let found: BTreeSet<&u64> = found.iter().collect();
    wanted.iter().filter(|row| found.contains(row)).count()
}

fn numbered(vectors: Vec<Vec<f32>>) -> Vec<(u64, Vec<f32>)> {
    (0..).map(|row| row * 7919 + 3).zip(vectors).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn nearly_all_of_the_nearest_are_found_and_nothing_outside_of_what_is_asked(seed: u64, share in 1usize..6) {
        let folder = tempfile::tempdir().unwrap();
        let mut dice = Dice(seed);
        let mut rows = numbered(dice.clustered(3000, (24, 40)));
        // Every tenth passage has the text of the one before it.
        for row in (10..rows.len()).step_by(10) {
            rows[row] = rows[row - 1].clone();
        }
        let approximate = link_with(2, folder.path(), None, &rows);
        let file = mapped(folder.path(), VECTORS).and_then(VectorFile::read).unwrap();
        let among: Vec<usize> = (0..rows.len()).filter(|row| row * 31 % 6 < share).collect();
        let set = RowSet::of(&among);
        let (mut wanted, mut found) = ([0, 0], [0, 0]);
        for query in dice.clustered(10, (24, 40)) {
            for (place, among) in [None, Some(&set)].into_iter().enumerate() {
                let all = || (0..rows.len()).filter(|row| among.is_none_or(|set| set.has(*row)));
                let candidates = approximate.candidates(&query, 50, among).unwrap();
                prop_assert!(candidates.iter().all(|row| among.is_none_or(|set| set.has(*row))));
                let distinct: BTreeSet<&usize> = candidates.iter().collect();
                prop_assert_eq!(distinct.len(), candidates.len());
                let truth = nearest(&file, &query, 50, all());
                wanted[place] += truth.len();
                found[place] += shared(&truth, &nearest(&file, &query, 50, candidates.into_iter()));
            }
        }
        for (wanted, found) in wanted.into_iter().zip(found) {
            prop_assert!(found * 100 >= wanted * 97, "{found} of {wanted}");
        }
    }
}

#[test]
fn an_update_takes_out_what_has_gone_and_adds_what_is_new_or_has_another_vector() {
    let (first, second, third) = (
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
    );
    let mut dice = Dice(5);
    let mut rows = numbered(dice.clustered(1000, (8, 10)));
    link(first.path(), None, &rows);

    // Of 1,000 texts 100 go, 50 are of another vector and 200 come; the rest is in other rows.
    rows.drain(..100);
    rows.reverse();
    for (row, vector) in rows.iter_mut().zip(dice.clustered(50, (8, 10))) {
        row.1 = vector;
    }
    rows.extend((0..).map(|row| row * 7919 + 1).zip(dice.clustered(200, (8, 10))));
    let approximate = link(second.path(), Some(first.path()), &rows);
    let graph = opened(second.path(), 8);
    assert_eq!((graph.texts(), graph.removed()), (1100, 150));
    let file = mapped(second.path(), VECTORS).and_then(VectorFile::read).unwrap();
    for query in dice.clustered(20, (8, 10)) {
        let truth = nearest(&file, &query, 10, 0..rows.len());
        let candidates = approximate.candidates(&query, 10, None).unwrap();
        let found = nearest(&file, &query, 10, candidates.into_iter());
        assert!(shared(&truth, &found) >= 9, "{truth:?} {found:?}");
    }

    // 130 more, and of 970 texts more than a quarter were taken out: it is made anew.
    rows.drain(..130);
    link(third.path(), Some(second.path()), &rows);
    let graph = opened(third.path(), 8);
    assert_eq!((graph.texts(), graph.removed()), (970, 0));
}

#[test]
fn another_model_another_length_or_a_damaged_graph_before_has_it_made_anew() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut dice = Dice(11);
    let rows = numbered(dice.clustered(300, (8, 4)));
    link(first.path(), None, &rows);
    let turned = numbered(dice.clustered(300, (8, 4)));
    let longer = numbered(dice.clustered(300, (9, 4)));
    for other in [&turned, &longer] {
        link(second.path(), Some(first.path()), other);
        let graph = opened(second.path(), other[0].1.len());
        assert_eq!((graph.texts(), graph.removed()), (300, 0));
        assert!(
            other
                .iter()
                .all(|(digest, vector)| graph.holds(*digest, &bytes_of(vector)))
        );
    }
    let path = first.path().join(graph_name(Language::Zh));
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[100] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    link(second.path(), Some(first.path()), &rows[100..]);
    let graph = opened(second.path(), 8);
    assert_eq!((graph.texts(), graph.removed()), (200, 0));
}

/// Ends the run at the second look.
struct Impatient(u64);

impl Progress for Impatient {
    fn step(&mut self, _: Step) -> bool {
        true
    }

    fn linking(&mut self, done: u64, total: u64) -> bool {
        assert_eq!(total, 3000);
        self.0 += 1;
        assert!(done == 0 || self.0 > 1);
        self.0 < 2
    }
}

#[test]
fn a_run_that_is_ended_writes_no_graph() {
    let folder = tempfile::tempdir().unwrap();
    let rows = numbered(Dice(3).clustered(3000, (4, 4)));
    let file = write(folder.path(), &rows);
    let linking = Linking {
        building: folder.path(),
        live: None,
        threads: 2,
    };
    let ended = linking.run((Language::Zh, &file, &of(&file)), &mut Impatient(0));
    assert!(matches!(ended, Err(IndexError::Interrupted)));
    assert!(!folder.path().join(graph_name(Language::Zh)).exists());
}
