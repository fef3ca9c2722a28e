//! An index that was updated, or whose building was interrupted, is the index that would have been built at once.

use proptest::collection::{btree_map, vec};
use proptest::prelude::{Just, ProptestConfig, Strategy, any};
use proptest::{prop_assert_eq, proptest};

use super::super::sample::{Sample, builder, settings, update, words};
use super::super::{Engine, IndexError, Kind, Match, Mode, Progress, Recipe, Request, Snapshot, Step, open};
use crate::document::ListedArticle;

/// Everything that can be asked of a small index: counts, articles, and for some queries the passages in order with
/// their scores in millionths.
#[derive(Debug, PartialEq)]
pub struct Everything {
    counts: super::super::Counts,
    articles: Vec<ListedArticle>,
    answers: Vec<Vec<(String, u64)>>,
}

pub fn everything(snapshot: &Snapshot) -> Everything {
    let manifest = snapshot.manifest();
    let ask = |request: Request| {
        let found = snapshot.search(&request).expect("an answer");
        let keys: Vec<u64> = found.best.iter().map(|candidate| candidate.key).collect();
        let placed = snapshot.passages(&keys).expect("passages");
        placed
            .iter()
            .zip(&found.best)
            .map(|(placed, candidate)| (placed.locator(), (candidate.score * 1e6).round() as u64))
            .collect()
    };
    let all = Request {
        matching: Match::Everything,
        kind: Kind::Passage,
        ..words("")
    };
    let queries = ["red", "cells", "white", "blood"].map(words);
    Everything {
        counts: manifest.counts.clone(),
        articles: snapshot.articles(0, 1000).expect("articles").0,
        answers: queries
            .into_iter()
            .chain([all])
            .map(|query| ask(Request { limit: 500, ..query }))
            .collect(),
    }
}

fn opened(path: &std::path::Path) -> Everything {
    everything(&open(&settings(path), &Recipe::default()).expect("a snapshot"))
}

pub fn fresh(sample: &Sample) -> Everything {
    let folder = tempfile::tempdir().expect("a folder");
    update(folder.path(), sample).expect("an index");
    opened(folder.path())
}

#[test]
fn only_what_changed_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = Sample::of(&[
        ("a.md", &["one|2001|red cells", "two|2002|white cells"]),
        ("b.md", &["three|2003|blood"]),
        ("c.md", &["four|2004|red blood"]),
    ]);
    let outcome = update(folder.path(), &first).expect("an index");
    assert_eq!((outcome.written, outcome.removed, outcome.generation), (4, 0, 1));
    let outcome = update(folder.path(), &first).expect("an index");
    assert_eq!((outcome.published, outcome.generation), (false, 1));
    let second = Sample::of(&[
        ("a.md", &["one|2001|red cells", "two|2002|white blood cells"]),
        ("c.md", &["four|2004|red blood"]),
        ("d.md", &["five|2005|grow"]),
    ]);
    let outcome = update(folder.path(), &second).expect("an index");
    assert_eq!((outcome.written, outcome.removed, outcome.generation), (2, 1, 2));
    assert_eq!(opened(folder.path()), fresh(&second));
}

#[test]
fn of_two_articles_with_one_identifier_the_one_in_the_smaller_path_has_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let later = Sample::of(&[("b.md", &["one|2001|red"])]);
    let both = Sample::of(&[("a.md", &["one|2001|white"]), ("b.md", &["one|2001|red"])]);
    update(folder.path(), &later).expect("an index");
    let outcome = update(folder.path(), &both).expect("an index");
    assert_eq!(outcome.renamed.len(), 1);
    assert_eq!(outcome.renamed[0].0, "b.md");
    assert_eq!(opened(folder.path()), fresh(&both));
    update(folder.path(), &later).expect("an index");
    assert_eq!(opened(folder.path()), fresh(&later));
}

/// Ends the run at the `left`-th step.
struct StopAt {
    left: u32,
}

impl Progress for StopAt {
    fn step(&mut self, _: Step) -> bool {
        self.left = self.left.saturating_sub(1);
        self.left > 0
    }
}

#[test]
fn an_interrupted_run_is_taken_up_where_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let sample = Sample::of(&[("a.md", &["one|2001|red", "two|2001|white", "three|2001|blood"])]);
    let settings = settings(folder.path());
    let recipe = Recipe::default();
    let stopped = builder(&settings, &recipe).run(Mode::Update, &sample, &mut StopAt { left: 2 });
    assert!(matches!(stopped, Err(IndexError::Interrupted)));
    assert!(matches!(open(&settings, &recipe), Err(IndexError::Missing { .. })));
    let outcome = update(folder.path(), &sample).expect("an index");
    assert_eq!((outcome.resumed, outcome.written), (true, 1));
    assert_eq!(opened(folder.path()), fresh(&sample));
}

#[test]
fn an_interrupted_run_whose_dictionary_of_records_was_damaged_is_begun_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let sample = Sample::of(&[("a.md", &["one|2001|red", "two|2001|white", "three|2001|blood"])]);
    let stopped =
        builder(&settings(folder.path()), &Recipe::default()).run(Mode::Update, &sample, &mut StopAt { left: 2 });
    assert!(matches!(stopped, Err(IndexError::Interrupted)));
    let building = std::fs::read_dir(folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .find(|path| path.is_dir())
        .expect("what was built");
    std::fs::write(building.join("records.dict"), "damaged").expect("written");
    let outcome = update(folder.path(), &sample).expect("an index");
    assert_eq!((outcome.resumed, outcome.written), (false, 3));
    assert_eq!(opened(folder.path()), fresh(&sample));
}

#[test]
fn an_interrupted_run_of_another_recipe_is_not_taken_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let sample = Sample::of(&[("a.md", &["one|2001|red", "two|2001|white"])]);
    let settings = settings(folder.path());
    let stopped = builder(&settings, &Recipe::default()).run(Mode::Update, &sample, &mut StopAt { left: 1 });
    assert!(stopped.is_err());
    let other = Recipe {
        analyzer: "another".to_owned(),
        ..Recipe::default()
    };
    let outcome = builder(&settings, &other)
        .run(Mode::Update, &sample, &mut super::super::Silent)
        .expect("an index");
    assert_eq!((outcome.resumed, outcome.written), (false, 2));
    let names: Vec<String> = std::fs::read_dir(folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    assert!(!names.iter().any(|name| name.starts_with("building")), "{names:?}");
    assert!(matches!(
        open(&settings, &Recipe::default()),
        Err(IndexError::Outdated { .. })
    ));
}

fn corpus() -> impl Strategy<Value = Sample> {
    let text = vec(
        proptest::sample::select(vec!["red", "white", "cells", "blood", "grow"]),
        1..6,
    );
    let line = (
        proptest::sample::select(vec!["a", "b", "c", "d"]),
        2000u32..2003,
        vec(text, 1..3),
    )
        .prop_map(|(id, year, texts)| {
            let texts: Vec<String> = texts.iter().map(|words| words.join(" ")).collect();
            format!("{id}|{year}|{}", texts.join("|"))
        });
    let path = proptest::sample::select(vec!["1.md", "2.md", "3.md"]).prop_map(str::to_owned);
    btree_map(path, vec(line, 0..4), 0..4).prop_map(Sample)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn an_updated_index_is_a_fresh_one(corpora in vec((corpus(), proptest::prop_oneof![Just(None), (1u32..6).prop_map(Some)]), 1..4), full in any::<bool>()) {
        let folder = tempfile::tempdir().expect("a folder");
        let settings = settings(folder.path());
        let recipe = Recipe::default();
        for (sample, stop) in &corpora {
            if let Some(left) = stop {
                let _ = builder(&settings, &recipe).run(Mode::Update, sample, &mut StopAt { left: *left });
                if !full {
                    continue;
                }
            }
            update(folder.path(), sample).expect("an index");
            prop_assert_eq!(opened(folder.path()), fresh(sample));
        }
    }
}
