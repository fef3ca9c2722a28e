//! Whether `relevance` means what it says: what was predicted of hits beside how many of them were judged relevant.

use serde::Serialize;

use super::{Judgements, Observed};

/// How many equal parts the range of predictions is cut into.
const BINS: usize = 10;
/// How many hits of a topic count: those that a person sees.
const SEEN_HITS: usize = 10;

/// Predictions that are about the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Bin {
    /// How many.
    pub hits: usize,
    /// Their mean.
    pub predicted: f64,
    /// The share of these hits that was judged relevant.
    pub observed: f64,
}

/// Predictions beside what was judged.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Reliability {
    /// By tenths of the range, from 0.
    pub bins: Vec<Bin>,
    /// Mean squared difference of prediction and judgement (Brier score); 0 is perfect.
    pub brier: f64,
    /// Mean difference of what was predicted of a bin and observed in it, by hits (expected calibration error).
    pub error: f64,
}

/// The predictions for the first hits of every topic judged, each with whether the hit was judged relevant. A hit that
/// nobody judged counts as not relevant.
pub fn predictions(observed: &Observed, judgements: &Judgements) -> Vec<(f32, bool)> {
    let mut pairs = Vec::new();
    for (topic, grades) in judgements.topics() {
        for seen in observed.seen.get(topic).into_iter().flatten().take(SEEN_HITS) {
            let relevant = grades.get(&seen.name).is_some_and(|&grade| grade > 0);
            pairs.push((seen.relevance, relevant));
        }
    }
    pairs
}

/// Puts predictions (0 to 1) beside what came true.
pub fn reliability(pairs: &[(f32, bool)]) -> Reliability {
    let mut sums = [(0usize, 0.0f64, 0usize); BINS];
    let mut squares = 0.0;
    for &(predicted, relevant) in pairs {
        let predicted = f64::from(predicted.clamp(0.0, 1.0));
        squares += (predicted - f64::from(u8::from(relevant))).powi(2);
        let place = ((predicted * BINS as f64) as usize).min(BINS - 1);
        if let Some((hits, sum, came_true)) = sums.get_mut(place) {
            *hits += 1;
            *sum += predicted;
            *came_true += usize::from(relevant);
        }
    }
    let bins: Vec<Bin> = sums
        .into_iter()
        .map(|(hits, sum, came_true)| {
            let count = hits.max(1) as f64;
            Bin {
                hits,
                predicted: sum / count,
                observed: came_true as f64 / count,
            }
        })
        .collect();
    let count = pairs.len().max(1) as f64;
    let error = bins
        .iter()
        .map(|bin| bin.hits as f64 * (bin.predicted - bin.observed).abs())
        .sum::<f64>();
    Reliability {
        bins,
        brier: squares / count,
        error: error / count,
    }
}

#[cfg(test)]
mod tests {
    use super::reliability;

    #[test]
    fn predictions_that_come_true_as_often_as_they_say_have_no_error() {
        let pairs: Vec<(f32, bool)> = (0..10)
            .map(|number| (0.75, number < 7))
            .chain([(0.05, false)])
            .collect();
        let table = reliability(&pairs);
        assert_eq!((table.bins[7].hits, table.bins[0].hits), (10, 1));
        assert!((table.bins[7].observed - 0.7).abs() < 1e-9);
        // Ten predictions are 0.05 off and one is; by hits that is 0.05.
        assert!((table.error - 0.05).abs() < 1e-6);
        // 7 times 0.25², 3 times 0.75², once 0.05².
        assert!((table.brier - (7.0 * 0.0625 + 3.0 * 0.5625 + 0.0025) / 11.0).abs() < 1e-6);
    }

    #[test]
    fn certainty_lies_in_the_last_bin_and_no_predictions_are_no_error() {
        assert_eq!(reliability(&[(1.0, true)]).bins[9].hits, 1);
        assert_eq!(reliability(&[]).error, 0.0);
    }
}
