//! Has the best hits put in order by a reranking model.

use crate::dense::Models;

use super::Hit;
use super::near::ModelStatus;

/// How many hits the reranker wants to see; 0 where there is none.
pub(super) fn depth(models: Option<&Models>) -> usize {
    models
        .and_then(|models| models.reranker.as_ref())
        .map_or(0, |reranker| reranker.top())
}

/// Puts the best hits in the reranker's order; those below them stay. Where it fails, all stay.
pub(super) fn rerank(models: Option<&Models>, query: &str, hits: &mut [Hit]) -> Option<ModelStatus> {
    let reranker = models?.reranker.as_ref()?;
    let top = reranker.top().min(hits.len());
    let best = hits.get_mut(..top)?;
    if best.len() < 2 {
        return Some(ModelStatus::Used);
    }
    let texts: Vec<&str> = best.iter().map(|hit| hit.found.text()).collect();
    let order = match reranker.order(query, &texts) {
        Ok(order) => order,
        Err(error) => {
            return Some(ModelStatus::Unavailable {
                reason: error.to_string(),
            });
        }
    };
    let ordered: Vec<Hit> = order.into_iter().filter_map(|place| best.get(place).cloned()).collect();
    for (hit, reordered) in best.iter_mut().zip(ordered) {
        *hit = reordered;
    }
    Some(ModelStatus::Used)
}
