//! Puts chosen passages in order: neighbours of a section become one source, sources and cited works get their numbers.

use std::ops::Range;

use crate::cite::quote::visible;
use crate::cite::tokens;
use crate::document::{ArticleHead, ArticleId, PlacedPassage, Reference};
use crate::retrieve::Answerable;
use crate::text::Span;

use super::Budget;
use super::evidence::{Context, Quoted, Sentence, Source, Work};

/// What part of a budget the reference list may take.
const REFERENCES_SHARE: usize = 3;

/// A passage that may be quoted.
pub struct Candidate<'r> {
    /// The passage.
    pub placed: &'r PlacedPassage,
    /// Its relevance.
    pub relevance: f32,
    /// Where what was looked for occurs in it.
    pub highlights: &'r [Span],
    /// Its sentences, without the space between them.
    pub sentences: Vec<Span>,
}

/// Which sentences of which candidate are quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Place among the candidates.
    pub candidate: usize,
    /// The run of its sentences.
    pub sentences: Range<usize>,
    /// Where a single sentence that is too long is cut, in bytes of the passage's text.
    pub cut: Option<usize>,
}

/// What assembling needs to know besides the choices.
pub struct Frame<'r> {
    /// The question.
    pub query: &'r str,
    /// Whether what was found answers it.
    pub answerable: Answerable,
    /// The budget.
    pub budget: Budget,
    /// The web address of an article.
    pub address: &'r dyn Fn(&ArticleHead) -> String,
}

/// The context that quotes these choices, the most relevant first.
pub fn assemble(frame: &Frame<'_>, candidates: &[Candidate<'_>], choices: &[Choice]) -> Context {
    let mut groups: Vec<Vec<(&Candidate<'_>, &Choice)>> = Vec::new();
    for choice in choices {
        let Some(candidate) = candidates.get(choice.candidate) else {
            continue;
        };
        let near = groups.iter().position(|group| {
            group
                .iter()
                .any(|(other, _)| are_neighbours(other.placed, candidate.placed))
        });
        let Some(near) = near else {
            groups.push(vec![(candidate, choice)]);
            continue;
        };
        let mut joined = vec![(candidate, choice)];
        // A passage between two groups makes them one, at the place of the better.
        let mut place = 0;
        groups.retain_mut(|group| {
            let joins = group
                .iter()
                .any(|(other, _)| are_neighbours(other.placed, candidate.placed));
            if joins {
                joined.append(group);
            }
            let keep = !joins || place == near;
            place += 1;
            keep
        });
        if let Some(group) = groups.get_mut(near) {
            *group = joined;
        }
    }
    let mut works = Works::new(frame.budget);
    let mut sources = Vec::new();
    for (place, mut group) in groups.into_iter().enumerate() {
        group.sort_by_key(|(candidate, _)| candidate.placed.ordinal);
        let Some((first, _)) = group.first() else { continue };
        let number = place + 1;
        sources.push(Source {
            number,
            article: first.placed.article.clone(),
            url: (frame.address)(&first.placed.article),
            path: first.placed.path.clone(),
            language: first.placed.passage.language,
            relevance: group
                .iter()
                .map(|(candidate, _)| candidate.relevance)
                .fold(0.0, f32::max),
            passages: group
                .iter()
                .map(|(candidate, choice)| quote(candidate, choice, number, &mut works))
                .collect(),
        });
    }
    Context {
        query: frame.query.to_owned(),
        answerable: if sources.is_empty() {
            Answerable::No
        } else {
            frame.answerable
        },
        left_out: candidates.len() - choices.iter().filter(|choice| is_whole(choice, candidates)).count(),
        sources,
        works: works.listed,
    }
}

/// Whether a choice quotes all of its candidate.
fn is_whole(choice: &Choice, candidates: &[Candidate<'_>]) -> bool {
    candidates.get(choice.candidate).is_some_and(|candidate| {
        choice.cut.is_none() && choice.sentences.start == 0 && choice.sentences.end == candidate.sentences.len()
    })
}

/// Whether two passages of one section and language follow one another.
fn are_neighbours(one: &PlacedPassage, other: &PlacedPassage) -> bool {
    one.article.id == other.article.id
        && one.passage.section == other.passage.section
        && one.passage.language == other.passage.language
        && one.ordinal.abs_diff(other.ordinal) == 1
}

fn quote(candidate: &Candidate<'_>, choice: &Choice, source: usize, works: &mut Works) -> Quoted {
    let placed = candidate.placed;
    let chosen = candidate.sentences.get(choice.sentences.clone()).unwrap_or_default();
    let sentences = chosen.iter().map(|span| {
        let span = Span::new(span.start, choice.cut.unwrap_or(span.end));
        Sentence {
            span,
            works: works.cited(placed, span, source),
        }
    });
    Quoted {
        id: placed.passage.id.clone(),
        locator: placed.locator(),
        text: placed.passage.text.clone(),
        sentences: sentences.collect(),
    }
}

/// The list of cited works as it grows, within its share of the budget.
struct Works {
    listed: Vec<Work>,
    /// The article of each work listed.
    articles: Vec<ArticleId>,
    budget: Budget,
    /// Tokens left for the list.
    left: usize,
}

impl Works {
    fn new(budget: Budget) -> Self {
        Self {
            listed: Vec::new(),
            articles: Vec::new(),
            budget,
            left: budget.max_tokens / REFERENCES_SHARE,
        }
    }

    /// The numbers of the works that a sentence cites. A marker belongs to the sentence it stands in or ends.
    fn cited(&mut self, placed: &PlacedPassage, span: Span, source: usize) -> Vec<usize> {
        let inside = |at: usize| (at > span.start || at == 0) && at <= span.end;
        let citations = placed.passage.citations.iter().filter(|citation| inside(citation.at));
        let mut numbers: Vec<usize> = citations
            .flat_map(|citation| &citation.numbers)
            .filter_map(|printed| placed.references.iter().find(|reference| reference.number == *printed))
            .filter_map(|reference| self.number(placed, reference, source))
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// The number of a work, listed now where it is not yet and has room.
    fn number(&mut self, placed: &PlacedPassage, reference: &Reference, source: usize) -> Option<usize> {
        let known = self
            .listed
            .iter()
            .zip(&self.articles)
            .find(|(work, article)| **article == placed.article.id && work.reference.number == reference.number);
        if let Some((work, _)) = known {
            return Some(work.number);
        }
        let takes = tokens(&visible(&reference.text), self.budget.vocabulary) + 10;
        self.left = self.left.checked_sub(takes)?;
        let number = self.listed.len() + 1;
        self.listed.push(Work {
            number,
            source,
            reference: reference.clone(),
        });
        self.articles.push(placed.article.id.clone());
        Some(number)
    }
}
