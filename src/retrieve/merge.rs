//! One list of several, each in another language.

use crate::text::Language;

use super::{Found, Hit};

/// What a hit in another language than the query's counts where both are as relevant.
const OTHER_LANGUAGE: f32 = 0.9;
/// How many hits ahead a list is looked at: one of little relevance does not hold up a better one behind it.
const AHEAD: usize = 3;

/// Merges lists, each of which keeps its order: at every place the list goes on whose next hits hold the more relevant.
/// Scores of different languages can't be compared; relevance means the same in each.
pub(super) fn merged(lists: Vec<Vec<Hit>>, asked: Language) -> Vec<Hit> {
    let mut lists: Vec<_> = lists
        .into_iter()
        .map(|list| {
            let pulls = pulls(&list, asked);
            pulls.into_iter().zip(list).peekable()
        })
        .collect();
    let mut merged = Vec::new();
    loop {
        let mut next: Option<(usize, f32)> = None;
        for (place, list) in lists.iter_mut().enumerate() {
            if let Some((pull, _)) = list.peek()
                && next.is_none_or(|(_, best)| *pull > best)
            {
                next = Some((place, *pull));
            }
        }
        let Some((_, hit)) = next
            .and_then(|(place, _)| lists.get_mut(place))
            .and_then(Iterator::next)
        else {
            return merged;
        };
        merged.push(hit);
    }
}

/// How strongly each hit of a list pulls: by the most relevant of the next few.
fn pulls(list: &[Hit], asked: Language) -> Vec<f32> {
    let own = |hit: &Hit| match &hit.found {
        Found::Passage(placed) if placed.passage.language != asked => hit.relevance * OTHER_LANGUAGE,
        _ => hit.relevance,
    };
    (0..list.len())
        .map(|place| list.iter().skip(place).take(AHEAD).map(own).fold(0.0, f32::max))
        .collect()
}
