//! The nearest of many vectors, by looking at each.

/// Keeps the best of what it is offered.
pub struct Best {
    limit: usize,
    kept: Vec<(f32, u64)>,
    least: f32,
}

impl Best {
    /// Of `limit` or more, which is at least 1.
    pub fn of(limit: usize) -> Self {
        let limit = limit.max(1);
        Self {
            limit,
            kept: Vec::with_capacity(2 * limit),
            least: f32::NEG_INFINITY,
        }
    }

    /// Offers a cosine and an address.
    pub fn offer(&mut self, cosine: f32, address: u64) {
        if cosine < self.least {
            return;
        }
        self.kept.push((cosine, address));
        if self.kept.len() >= 2 * self.limit {
            self.shrink();
        }
    }

    fn shrink(&mut self) {
        if self.kept.len() > self.limit {
            self.kept.select_nth_unstable_by(self.limit - 1, order);
            self.kept.truncate(self.limit);
            self.least = self
                .kept
                .iter()
                .map(|(cosine, _)| *cosine)
                .fold(f32::INFINITY, f32::min);
        }
    }

    /// The best, nearest first; equal ones in the order of addresses.
    pub fn into_sorted(mut self) -> Vec<(f32, u64)> {
        self.shrink();
        self.kept.sort_unstable_by(order);
        self.kept
    }
}

fn order(left: &(f32, u64), right: &(f32, u64)) -> std::cmp::Ordering {
    right.0.total_cmp(&left.0).then(left.1.cmp(&right.1))
}

#[cfg(test)]
mod tests {
    use super::Best;

    #[test]
    fn the_best_are_kept_whatever_the_order_they_come_in() {
        for step in [1u64, 7, 37, 99] {
            let mut best = Best::of(3);
            for place in 0..100u64 {
                let address = place * step % 100;
                best.offer((address / 2) as f32, address);
            }
            assert_eq!(best.into_sorted(), [(49.0, 98), (49.0, 99), (48.0, 96)], "step {step}");
        }
    }
}
