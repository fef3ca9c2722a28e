//! The first of a list, looked at once more: what can only be told with the text at hand lifts their scores and puts
//! them in a new order.
//!
//! A sum over terms doesn't see whether a text holds one half of the query twice or both halves once, nor whether they
//! stand in one sentence; the evidence that `relevance` rests on does. On judged collections the order by both is better
//! than by the sum alone (`docs/ranking.md`).

use crate::analysis::Analyzer;

use super::findings::Findings;
use super::wording::Wording;
use super::{Found, Hit};

/// How many of a list are looked at, whatever number is asked for: so the order doesn't depend on the page. A hit
/// further down came up too seldom to be worth the look.
pub(super) const LOOKED_AT: usize = 15;
/// What a text that holds all of the query adds to its score, as a share of it, and what one adds besides that holds
/// all of it in two neighbouring sentences.
const HELD: f32 = 0.3;
const TOGETHER: f32 = 0.9;
/// What a short text adds that says what the query says and no more.
const AGREEMENT: f32 = 0.8;

/// By what share of itself a score is lifted, 0 to 2.
pub(super) fn lift(analyzer: &Analyzer, wording: &Wording, found: &Found, findings: &Findings) -> f32 {
    let Found::Passage(placed) = found else { return 0.0 };
    let passage = &placed.passage;
    let agreement = wording.agreement(analyzer, &passage.text, passage.language);
    HELD * findings.share + TOGETHER * findings.together + AGREEMENT * agreement
}

/// Puts the lifted hits at the head of a list in order; of those that are level, the one that came first stays first.
pub(super) fn put_in_order(hits: &mut [Hit]) {
    let looked_at = LOOKED_AT.min(hits.len());
    if let Some(first) = hits.get_mut(..looked_at) {
        first.sort_by(|one, other| other.score.total_cmp(&one.score));
    }
}
