//! How sure a mean over topics is (percentile bootstrap, Efron 1979; for measures of retrieval, Sakai 2006).

use serde::Serialize;

/// How many resamples are drawn.
const RESAMPLES: usize = 2000;

/// A mean with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// Mean.
    pub mean: f64,
    /// 2.5th percentile of the resampled means.
    pub low: f64,
    /// 97.5th percentile of the resampled means.
    pub high: f64,
}

/// The mean of `values` with its interval; all zero for no values. The same values give the same interval.
pub fn interval(values: &[f64]) -> Interval {
    if values.is_empty() {
        return Interval {
            mean: 0.0,
            low: 0.0,
            high: 0.0,
        };
    }
    let mut random = SplitMix(0x9E37_79B9_7F4A_7C15);
    let mut means: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let sum: f64 = (0..values.len())
                .filter_map(|_| values.get(random.below(values.len())))
                .sum();
            sum / values.len() as f64
        })
        .collect();
    means.sort_by(f64::total_cmp);
    let at = |share: f64| {
        means
            .get((share * (RESAMPLES - 1) as f64).round() as usize)
            .copied()
            .unwrap_or_default()
    };
    Interval {
        mean: values.iter().sum::<f64>() / values.len() as f64,
        low: at(0.025),
        high: at(0.975),
    }
}

/// The interval of the mean difference (second less first) over topics measured twice, and the share of resamples in
/// which the second is not better: small where it surely is.
pub fn paired(first: &[f64], second: &[f64]) -> (Interval, f64) {
    let differences: Vec<f64> = first.iter().zip(second).map(|(before, after)| after - before).collect();
    let mut random = SplitMix(0xD1B5_4A32_D192_ED03);
    let worse = (0..RESAMPLES)
        .filter(|_| {
            let sum: f64 = (0..differences.len())
                .filter_map(|_| differences.get(random.below(differences.len())))
                .sum();
            sum <= 0.0
        })
        .count();
    (interval(&differences), worse as f64 / RESAMPLES as f64)
}

/// SplitMix64 (Steele, Lea and Flood 2014): small, fast and the same on every machine.
struct SplitMix(u64);

impl SplitMix {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        ((u128::from(mixed) * bound as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::{interval, paired};

    #[test]
    fn the_interval_of_equal_values_is_a_point() {
        let one = interval(&[0.5; 40]);
        assert_eq!((one.mean, one.low, one.high), (0.5, 0.5, 0.5));
    }

    #[test]
    fn the_interval_is_about_two_standard_errors_wide() {
        // 200 zeros and 200 ones: standard error 0.5 / sqrt(400) = 0.025.
        let values: Vec<f64> = (0..400).map(|place| f64::from(place % 2)).collect();
        let found = interval(&values);
        assert!((found.mean - 0.5).abs() < 1e-12);
        assert!(
            (found.low - 0.451).abs() < 0.006 && (found.high - 0.549).abs() < 0.006,
            "{found:?}"
        );
    }

    #[test]
    fn a_sure_gain_is_told_from_no_change() {
        let before: Vec<f64> = (0..100).map(|place| f64::from(place % 10) / 10.0).collect();
        let after: Vec<f64> = before.iter().map(|value| value + 0.05).collect();
        assert_eq!(paired(&before, &after).1, 0.0);
        assert_eq!(paired(&before, &before).1, 1.0);
    }
}
