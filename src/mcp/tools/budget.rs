//! Keeps an answer within the tokens that the caller has room for.

use super::found::FoundText;
use crate::cite::{Vocabulary, tokens};
use crate::text::sentences;

/// The hits that fit, best first, and how many did not.
///
/// The best hit is always among them: where it is too large it is shortened rather than left out.
pub(super) fn fit(hits: Vec<FoundText>, most: usize) -> (Vec<FoundText>, usize) {
    let all = hits.len();
    let mut left = most;
    let mut kept = Vec::new();
    for mut hit in hits {
        if kept.is_empty() {
            shorten(&mut hit, left);
        }
        let cost = cost(&hit);
        if cost > left && !kept.is_empty() {
            break;
        }
        left = left.saturating_sub(cost);
        kept.push(hit);
    }
    let left_out = all - kept.len();
    (kept, left_out)
}

/// The tokens of a hit as it stands in the answer.
fn cost(hit: &FoundText) -> usize {
    // What can't be written costs nothing; writing the answer will tell.
    let written = serde_json::to_string(hit).unwrap_or_default();
    tokens(&written, Vocabulary::default())
}

/// Drops what is least missed until the hit fits: what is around it, its references, its last sentences.
fn shorten(hit: &mut FoundText, most: usize) {
    if cost(hit) <= most {
        return;
    }
    hit.shortened = true;
    hit.around.clear();
    while cost(hit) > most && hit.references.pop().is_some() {}
    while cost(hit) > most {
        match sentences(&hit.text).as_slice() {
            // One sentence at least is shown.
            [] | [_] => return,
            [.., last] => hit.text.truncate(last.start),
        }
    }
}
