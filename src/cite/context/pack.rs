//! Chooses what fits: the most relevant passages whole, the first that does not fit cut at sentence ends.
//!
//! After every choice the whole context is written down and counted, so that a budget is kept by construction.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::cite::quote::is_blank;
use crate::document::ArticleHead;
use crate::retrieve::{Answerable, Expand, Found, Hit, Results, Scope, Search, SearchError, Searcher};
use crate::text::{Span, sentences};

use super::Budget;
use super::assemble::{Candidate, Choice, Frame, assemble};
use super::evidence::Context;

impl Context {
    /// Searches, and packs what was found.
    ///
    /// `address` gives the web address of an article. How many hits are looked at follows from the budget.
    ///
    /// # Errors
    /// Those of [`Searcher::search`].
    pub fn search(
        searcher: &Searcher,
        search: Search,
        budget: Budget,
        address: &dyn Fn(&ArticleHead) -> String,
    ) -> Result<Self, SearchError> {
        let search = Search {
            scope: Scope::Passages,
            limit: budget.most_hits(),
            offset: 0,
            expand: Expand::Nothing,
            facets: false,
            ..search
        };
        Ok(Self::pack(&searcher.search(&search)?.whole()?, budget, address))
    }

    /// Packs the passages of a result into a budget. Entries of reference lists are passed over, and so are hits that
    /// by themselves would be said to answer nothing.
    pub fn pack(results: &Results, budget: Budget, address: &dyn Fn(&ArticleHead) -> String) -> Self {
        let candidates: Vec<Candidate<'_>> = results.hits.iter().filter_map(candidate).collect();
        let packing = Packing {
            frame: Frame {
                query: &results.search.query,
                answerable: results.answerable,
                budget,
                address,
            },
            candidates,
        };
        packing.context()
    }
}

fn candidate(hit: &Hit) -> Option<Candidate<'_>> {
    let Found::Passage(placed) = &hit.found else {
        return None;
    };
    if Answerable::of(hit.relevance) == Answerable::No {
        return None;
    }
    let text = placed.passage.text.as_str();
    let spans = sentences(text).into_iter().map(|span| {
        let sentence = span.of(text);
        let start = span.start + (sentence.len() - sentence.trim_start().len());
        Span::new(start, start + sentence.trim().len())
    });
    let sentences: Vec<Span> = spans.filter(|span| !is_blank(span.of(text))).collect();
    (!sentences.is_empty()).then_some(Candidate {
        placed,
        relevance: hit.relevance,
        highlights: &hit.highlights,
        sentences,
    })
}

/// A packing under way.
struct Packing<'r> {
    frame: Frame<'r>,
    candidates: Vec<Candidate<'r>>,
}

impl Packing<'_> {
    fn context(&self) -> Context {
        let mut chosen: Vec<Choice> = Vec::new();
        for (place, candidate) in self.candidates.iter().enumerate() {
            let whole = Choice {
                candidate: place,
                sentences: 0..candidate.sentences.len(),
                cut: None,
            };
            if self.fits(&chosen, &whole) {
                chosen.push(whole);
                continue;
            }
            let part = self.part(&chosen, place);
            chosen.extend(part.or_else(|| chosen.is_empty().then(|| self.piece(place)).flatten()));
            break;
        }
        assemble(&self.frame, &self.candidates, &chosen)
    }

    fn fits(&self, chosen: &[Choice], more: &Choice) -> bool {
        let mut all = chosen.to_vec();
        all.push(more.clone());
        let budget = self.frame.budget;
        let context = assemble(&self.frame, &self.candidates, &all);
        context.render(budget.format).tokens(budget.vocabulary) <= budget.max_tokens
    }

    /// The longest run of whole sentences that fits, around the one that shows most of what was looked for.
    fn part(&self, chosen: &[Choice], place: usize) -> Option<Choice> {
        let candidate = self.candidates.get(place)?;
        let best = best_sentence(candidate);
        let with = |sentences: Range<usize>| Choice {
            candidate: place,
            sentences,
            cut: None,
        };
        let mut run = with(best..best + 1);
        if !self.fits(chosen, &run) {
            return None;
        }
        while run.sentences.end < candidate.sentences.len() {
            let wider = with(run.sentences.start..run.sentences.end + 1);
            if !self.fits(chosen, &wider) {
                break;
            }
            run = wider;
        }
        while run.sentences.start > 0 {
            let wider = with(run.sentences.start - 1..run.sentences.end);
            if !self.fits(chosen, &wider) {
                break;
            }
            run = wider;
        }
        Some(run)
    }

    /// As much of the best sentence as fits, where not even one is short enough.
    fn piece(&self, place: usize) -> Option<Choice> {
        let candidate = self.candidates.get(place)?;
        let best = best_sentence(candidate);
        let sentence = candidate.sentences.get(best)?;
        let ends: Vec<usize> = sentence
            .of(&candidate.placed.passage.text)
            .char_indices()
            .map(|(at, character)| sentence.start + at + character.len_utf8())
            .collect();
        let piece = |cut: usize| Choice {
            candidate: place,
            sentences: best..best + 1,
            cut: Some(cut),
        };
        let fitting = ends.partition_point(|&cut| self.fits(&[], &piece(cut)));
        Some(piece(*ends.get(fitting.checked_sub(1)?)?))
    }
}

/// The place of the sentence that shows most of what was looked for: the most different words, then the most of them.
fn best_sentence(candidate: &Candidate<'_>) -> usize {
    let text = candidate.placed.passage.text.as_str();
    let shown = |span: &Span| {
        let inside = candidate
            .highlights
            .iter()
            .filter(|highlight| highlight.overlaps(*span));
        let words: BTreeSet<&str> = inside.clone().map(|highlight| highlight.of(text)).collect();
        (words.len(), inside.map(|highlight| highlight.len()).sum::<usize>())
    };
    let mut best = (0, (0, 0));
    for (place, span) in candidate.sentences.iter().enumerate() {
        let shows = shown(span);
        if shows > best.1 {
            best = (place, shows);
        }
    }
    best.0
}
