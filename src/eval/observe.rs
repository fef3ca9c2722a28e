//! Asks a searcher every topic and keeps what it found.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::retrieve::{Answerable, Filters, Found, LanguageFilter, Search, SearchError, Searcher};
use crate::text::Language;

use super::{Names, Ranked, Run, Topic};

/// A passage found for a topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// The name it is judged under.
    pub name: String,
    /// Its language.
    pub language: Language,
    /// The ranking's own figure.
    pub score: f32,
    /// How sure it is that it answers, 0 to 1.
    pub relevance: f32,
}

/// What a searcher found for every topic.
#[derive(Debug, Clone, Default)]
pub struct Observed {
    /// Best first, by topic.
    pub seen: BTreeMap<String, Vec<Seen>>,
    /// Whether anything found answers, by topic.
    pub said: BTreeMap<String, Answerable>,
    /// Topics that were refused, with the reason.
    pub refused: Vec<(String, String)>,
    /// How long each search took, shortest first.
    pub times: Vec<Duration>,
}

/// Asks every topic for the best passages, as many as `depth`, on every processor; `told` hears how many are done.
///
/// # Errors
/// Only where the index can't be read: a topic that can't be asked is kept in [`Observed::refused`].
pub fn observe(
    searcher: &Searcher,
    topics: &[Topic],
    (language, depth): (LanguageFilter, usize),
    names: &Names,
    told: &(dyn Fn(usize) + Sync),
) -> Result<Observed, SearchError> {
    let next = AtomicUsize::new(0);
    let done = AtomicUsize::new(0);
    let gathered = Mutex::new((Observed::default(), None));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        while let Some(topic) = topics.get(next.fetch_add(1, Ordering::Relaxed)) {
            let started = Instant::now();
            let search = Search {
                filters: Filters {
                    language,
                    ..Filters::default()
                },
                ..Search::new(topic.text.as_str())
            };
            let outcome = searcher.search_to(depth, &search);
            let took = started.elapsed();
            let Ok(mut gathered) = gathered.lock() else { return };
            let (observed, failed) = &mut *gathered;
            match outcome {
                Ok(results) => {
                    let seen = results.hits.iter().filter_map(|hit| match &hit.found {
                        Found::Passage(placed) => Some(Seen {
                            name: names.of(placed),
                            language: placed.passage.language,
                            score: hit.score,
                            relevance: hit.relevance,
                        }),
                        Found::Reference(_) => None,
                    });
                    observed.seen.insert(topic.id.clone(), seen.collect());
                    observed.said.insert(topic.id.clone(), results.answerable);
                    observed.times.push(took);
                }
                Err(error @ (SearchError::Engine(_) | SearchError::Unreachable(_))) => *failed = Some(error),
                Err(error) => observed.refused.push((topic.id.clone(), error.to_string())),
            }
            told(done.fetch_add(1, Ordering::Relaxed) + 1);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    let (mut observed, failed) = gathered.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    observed.times.sort_unstable();
    observed.refused.sort_unstable();
    failed.map_or(Ok(observed), Err)
}

impl Observed {
    /// Drops what `keep` does not keep.
    pub fn retain(&mut self, keep: impl Fn(&Seen) -> bool) {
        for seen in self.seen.values_mut() {
            seen.retain(&keep);
        }
    }

    /// Drops what was found for a topic.
    pub fn forget(&mut self, topic: &str) {
        self.seen.remove(topic);
        self.said.remove(topic);
    }

    /// The run of what `keep` keeps, each name once for a topic, and for how many topics ranks had to stand for scores.
    ///
    /// trec_eval orders by score alone. Where the scores of a topic do not fall from hit to hit, they would be put in
    /// another order than ours, and so the topic's scores are written as the number of hits from this one on.
    pub fn run(&self, keep: impl Fn(&Seen) -> bool) -> (Run, usize) {
        let mut run = Run::default();
        let mut by_rank = 0;
        for (topic, seen) in &self.seen {
            let mut names = std::collections::HashSet::new();
            let mut found: Vec<Ranked> = seen
                .iter()
                .filter(|seen| keep(seen) && names.insert(seen.name.as_str()))
                .map(|seen| Ranked {
                    passage: seen.name.clone(),
                    score: seen.score,
                })
                .collect();
            if !found.is_sorted_by(|one, next| one.score > next.score) {
                by_rank += 1;
                let count = found.len();
                for (place, ranked) in found.iter_mut().enumerate() {
                    ranked.score = (count - place) as f32;
                }
            }
            run.insert(topic, found);
        }
        (run, by_rank)
    }

    /// The time within which this share (0 to 1) of the searches were answered.
    pub fn time(&self, share: f64) -> Duration {
        let place = (share * self.times.len().saturating_sub(1) as f64).round() as usize;
        self.times.get(place).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{Observed, Seen};
    use crate::text::Language;

    fn seen(names: &[(&str, f32)]) -> Observed {
        let one = |(name, score): &(&str, f32)| Seen {
            name: (*name).to_owned(),
            language: Language::Zh,
            score: *score,
            relevance: 0.5,
        };
        Observed {
            seen: [("q".to_owned(), names.iter().map(one).collect())].into(),
            ..Observed::default()
        }
    }

    #[test]
    fn a_run_ranks_as_the_searcher_did_even_where_scores_are_equal() {
        // By trec_eval's rule `b` would come before `a`.
        let (run, by_rank) = seen(&[("a", 1.5), ("b", 1.5), ("c", 0.5)]).run(|_| true);
        assert_eq!(run.ranking("q"), ["a", "b", "c"]);
        assert_eq!(by_rank, 1);
    }

    #[test]
    fn falling_scores_stay_and_a_name_counts_once() {
        let (run, by_rank) = seen(&[("a", 2.0), ("b", 1.0), ("a", 0.5)]).run(|seen| seen.name != "c");
        let mut bytes = Vec::new();
        run.write("x", &mut bytes).unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), "q Q0 a 1 2 x\nq Q0 b 2 1 x\n");
        assert_eq!(by_rank, 0);
    }
}
