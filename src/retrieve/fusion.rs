//! Puts what the words find and what lies near the query's vector into one list.
//!
//! The score is the lexical one, and for the nearest passages a share on top: the weight, times the best lexical score,
//! times the nearness. Nearness goes evenly from 1 for the nearest to 0 for the farthest of those that count, so that
//! it does not matter how small the cosines of a model lie apart. A weighted sum keeps what each leg says of the
//! distance between hits, which ranks do not.

use std::collections::HashMap;

use crate::index::{Candidate, Engine, EngineError, LARGEST_LIMIT, Request};

use super::near::Near;

/// A passage found by either leg.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fused {
    /// The engine's address.
    pub(super) key: u64,
    /// Lexical score and share of the dense leg.
    pub(super) score: f32,
    /// The lexical score alone.
    pub(super) lexical: f32,
    /// The cosine, where it is among the nearest.
    pub(super) cosine: Option<f32>,
}

/// What both legs found.
pub(super) struct FusedSet {
    /// Best first.
    pub(super) best: Vec<Fused>,
    /// How many there are in all, or where not all were counted, a number that there are at least.
    pub(super) total: usize,
    /// Whether all were counted.
    pub(super) counted: bool,
    /// Whether a part of the index did not answer.
    pub(super) partial: bool,
}

/// Searches with both legs, or with the lexical one alone.
pub(super) fn search(engine: &dyn Engine, request: &Request, near: Option<&Near>) -> Result<FusedSet, EngineError> {
    let Some(near) = near else {
        let found = engine.search(request)?;
        let lexical = found.best.into_iter().map(|Candidate { key, score }| Fused {
            key,
            score,
            lexical: score,
            cosine: None,
        });
        return Ok(FusedSet {
            best: lexical.collect(),
            total: found.total,
            counted: found.counted,
            partial: found.partial,
        });
    };
    // The same depth whatever is asked, so that a hit's score and place do not depend on the page.
    let found = engine.search(&Request {
        limit: LARGEST_LIMIT,
        ..request.clone()
    })?;
    let nearest = near.nearest(engine, &request.filters)?;
    let mut fused = fuse(&found.best, &nearest, (near.weight, near.adds));
    let total = found.total + fused.len() - found.best.len();
    fused.truncate(request.limit);
    Ok(FusedSet {
        best: fused,
        total,
        counted: found.counted,
        partial: found.partial,
    })
}

fn fuse(lexical: &[Candidate], nearest: &[Candidate], (weight, adds): (f32, bool)) -> Vec<Fused> {
    let best = lexical.first().map_or(0.0, |first| first.score);
    let unit = weight * if best > 0.0 { best } else { 1.0 };
    let top = nearest.first().map_or(0.0, |first| first.score);
    let least = nearest.last().map_or(0.0, |last| last.score);
    let nearness = |cosine: f32| {
        if top > least {
            (cosine - least) / (top - least)
        } else {
            1.0
        }
    };
    let mut fused: Vec<Fused> = lexical
        .iter()
        .map(|&Candidate { key, score }| Fused {
            key,
            score,
            lexical: score,
            cosine: None,
        })
        .collect();
    let places: HashMap<u64, usize> = lexical.iter().map(|candidate| candidate.key).zip(0..).collect();
    for &Candidate { key, score: cosine } in nearest {
        let share = unit * nearness(cosine);
        match places.get(&key).and_then(|place| fused.get_mut(*place)) {
            Some(found) => {
                found.score += share;
                found.cosine = Some(cosine);
            }
            None if adds => fused.push(Fused {
                key,
                score: share,
                lexical: 0.0,
                cosine: Some(cosine),
            }),
            None => {}
        }
    }
    fused.sort_by(|left, right| right.score.total_cmp(&left.score));
    fused
}

#[cfg(test)]
mod tests {
    use super::{Candidate, fuse};

    fn candidates(scored: &[(u64, f32)]) -> Vec<Candidate> {
        scored.iter().map(|&(key, score)| Candidate { key, score }).collect()
    }

    fn order(lexical: &[(u64, f32)], nearest: &[(u64, f32)], how: (f32, bool)) -> Vec<(u64, f32)> {
        let fused = fuse(&candidates(lexical), &candidates(nearest), how);
        fused.into_iter().map(|fused| (fused.key, fused.score)).collect()
    }

    #[test]
    fn the_nearest_gets_the_weight_times_the_best_lexical_score() {
        let lexical = [(1, 10.0), (2, 8.0), (3, 1.0)];
        // Of the nearness 2 has all, 4 half and 1 none.
        let nearest = [(2, 0.75), (4, 0.5), (1, 0.25)];
        assert_eq!(
            order(&lexical, &nearest, (1.0, true)),
            [(2, 18.0), (1, 10.0), (4, 5.0), (3, 1.0)]
        );
        assert_eq!(order(&lexical, &nearest, (0.0, false)), [(1, 10.0), (2, 8.0), (3, 1.0)]);
        assert_eq!(order(&lexical, &nearest, (0.1, false)), [(1, 10.0), (2, 9.0), (3, 1.0)]);
    }

    #[test]
    fn only_the_spread_of_the_cosines_counts_and_not_their_size() {
        let lexical = [(1, 4.0)];
        let wide = order(&lexical, &[(2, 0.75), (1, 0.25), (3, 0.0)], (1.0, true));
        let narrow = order(&lexical, &[(2, 0.9375), (1, 0.8125), (3, 0.75)], (1.0, true));
        assert_eq!(wide, narrow);
    }

    #[test]
    fn one_near_passage_or_no_lexical_one_is_no_special_case() {
        assert_eq!(order(&[], &[(7, 0.3)], (2.0, true)), [(7, 2.0)]);
        assert_eq!(order(&[(1, 4.0)], &[(1, 0.3)], (1.0, true)), [(1, 8.0)]);
        assert_eq!(order(&[(1, 4.0)], &[], (1.0, true)), [(1, 4.0)]);
    }
}
