//! Other orders of the hits than by relevance.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::document::ArticleId;

use super::{Found, Hit, Sort};

/// Puts hits in order of year; equal years keep their order, undated hits come last.
pub(super) fn by_year(hits: &mut [Hit], sort: Sort) {
    match sort {
        Sort::Relevance => {}
        Sort::NewestFirst => hits.sort_by_key(|hit| Reverse(year(hit))),
        Sort::OldestFirst => hits.sort_by_key(|hit| (year(hit).is_none(), year(hit))),
    }
}

fn year(hit: &Hit) -> Option<u16> {
    article(hit).1
}

fn article(hit: &Hit) -> (&ArticleId, Option<u16>) {
    let article = match &hit.found {
        Found::Passage(placed) => &placed.article,
        Found::Reference(placed) => &placed.article,
    };
    (&article.id, article.year)
}

/// Spreads the hits over articles: the second hit of an article counts as twice as far down as it is, the third as three
/// times, and so on; equal places keep their order. Gives how many of the first hits can't change whatever follows.
pub(super) fn diversify(hits: &mut Vec<Hit>) -> usize {
    let mut seen: HashMap<ArticleId, usize> = HashMap::new();
    let all = hits.len();
    let mut placed: Vec<(usize, Hit)> = Vec::with_capacity(all);
    for (place, hit) in hits.drain(..).enumerate() {
        let of_article = seen.entry(article(&hit).0.clone()).or_default();
        *of_article += 1;
        placed.push(((place + 1) * *of_article, hit));
    }
    placed.sort_by_key(|(place, _)| *place);
    // What follows stands at place `all + 1` at best.
    let settled = placed.iter().filter(|(place, _)| *place <= all).count();
    hits.extend(placed.into_iter().map(|(_, hit)| hit));
    settled
}
