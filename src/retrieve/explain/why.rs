//! Why a passage is a hit of a search, or none.

use crate::document::{PassageId, PlacedPassage, SectionKind};
use crate::index::Filter;

use super::explainer::Explainer;
use super::shares::Explanation;
use crate::retrieve::{DEEPEST_OFFSET, Expand, Found, Hit, MOST_HITS, Search, SearchError, Searcher, condition};

/// Why a passage is a hit of a search, or none.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// The passage.
    pub passage: PlacedPassage,
    /// What became of it.
    pub verdict: Verdict,
    /// The last hit shown in its language, which it would have to come before.
    pub cut: Option<Cut>,
    /// The account of its score; without any share where it does not match.
    pub explanation: Explanation,
}

/// The last hit shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cut {
    /// Its place in the ranking.
    pub rank: usize,
    /// Its score.
    pub score: f32,
    /// Its relevance.
    pub relevance: f32,
}

/// What became of a passage in a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is shown.
    Shown {
        /// Its place in the ranking.
        rank: usize,
    },
    /// It matches, and too many others come before it, or it was skipped.
    OffPage {
        /// Its place in the ranking, where that was looked at.
        rank: Option<usize>,
    },
    /// It is less relevant than was asked for.
    TooIrrelevant,
    /// Nearly the same text is shown in its place.
    Duplicate {
        /// The passage shown.
        of: PassageId,
    },
    /// The same abstract is shown in the language of the question.
    Twin {
        /// The passage shown.
        of: PassageId,
    },
    /// Passages of its language were not asked for, or the query has no term in it.
    OtherLanguage,
    /// It is outside these filters: `article`, `section`, `role`, `year`.
    Filtered {
        /// Their names.
        by: Vec<&'static str>,
    },
    /// The condition on facts does not hold of it.
    Condition,
    /// It holds these forms, which were excluded.
    Excluded {
        /// The indexed forms.
        forms: Vec<String>,
    },
    /// It has none of the terms, or lacks one that is required.
    NoMatch,
}

impl Why {
    pub(in crate::retrieve) fn of(
        searcher: &Searcher,
        search: &Search,
        id: &PassageId,
    ) -> Result<Option<Self>, SearchError> {
        search.check()?;
        let search = Search {
            expand: Expand::Nothing,
            explain: false,
            facets: false,
            ..search.clone()
        };
        let (ranking, _) = searcher.ranked(&search)?;
        let Some(passage) = searcher.engine.passage(id)? else {
            return Ok(None);
        };
        let language = passage.passage.language;
        let found = Found::Passage(Box::new(passage.clone()));
        let explainer = Explainer::new(searcher, &search, &ranking.conversation)?;
        let account = explainer.account(id, language)?;
        let cut = cut(&ranking.hits, &passage);
        let (verdict, explanation) = match account {
            None => (Verdict::OtherLanguage, explainer.evidence(&found)),
            Some((request, account, names)) => {
                let mut explanation = explainer.explain(&found, &account, names);
                let held = request.filters.iter().zip(&account.filters);
                let by: Vec<_> = held
                    .filter(|(_, holds)| !**holds)
                    .map(|(filter, _)| name(filter))
                    .collect();
                let excluded = account.parts.iter().filter(|part| part.excludes && part.found);
                let forms: Vec<String> = excluded.flat_map(|part| part.matching.forms()).collect();
                let condition = search.filters.condition.as_ref();
                let verdict = if !by.is_empty() {
                    Verdict::Filtered { by }
                } else if condition.is_some_and(|condition| !condition::holds(condition, &found)) {
                    Verdict::Condition
                } else if !account.matches && !forms.is_empty() {
                    Verdict::Excluded { forms }
                } else if !account.matches {
                    Verdict::NoMatch
                } else {
                    let (verdict, lift) = match placed(&ranking.hits, &passage, &search) {
                        Some(verdict) => (verdict, lift(&ranking.hits, id)),
                        None => deeper(searcher, &search, &passage)?,
                    };
                    explanation.add_lift(lift);
                    verdict
                };
                (verdict, explanation)
            }
        };
        Ok(Some(Self {
            passage,
            verdict,
            cut,
            explanation,
        }))
    }
}

/// The place of a passage beyond the page, as far as a search can be asked, and how much its score was lifted.
fn deeper(searcher: &Searcher, search: &Search, passage: &PlacedPassage) -> Result<(Verdict, f32), SearchError> {
    let deepest = Search {
        offset: DEEPEST_OFFSET,
        limit: MOST_HITS,
        ..search.clone()
    };
    let (ranking, _) = searcher.ranked(&deepest)?;
    let found = placed(&ranking.hits, passage, search);
    let lift = lift(&ranking.hits, &passage.passage.id);
    Ok((found.unwrap_or(Verdict::OffPage { rank: None }), lift))
}

/// What of a hit's score is for the whole query.
fn lift(hits: &[Hit], id: &PassageId) -> f32 {
    let of = |hit: &&Hit| matches!(&hit.found, Found::Passage(shown) if shown.passage.id == *id);
    hits.iter().find(of).map_or(0.0, |hit| hit.lift)
}

/// What became of a passage, if it is among these hits or stands behind one of them.
fn placed(hits: &[Hit], passage: &PlacedPassage, search: &Search) -> Option<Verdict> {
    let id = &passage.passage.id;
    for hit in hits {
        let Found::Passage(shown) = &hit.found else { continue };
        let of = shown.passage.id.clone();
        if of == *id {
            let page = search.offset + 1..=search.offset + search.limit;
            return Some(if hit.relevance < search.min_relevance {
                Verdict::TooIrrelevant
            } else if page.contains(&hit.rank) {
                Verdict::Shown { rank: hit.rank }
            } else {
                Verdict::OffPage { rank: Some(hit.rank) }
            });
        }
        if hit.duplicates.contains(id) {
            return Some(Verdict::Duplicate { of });
        }
    }
    let twin = hits.iter().find_map(|hit| match &hit.found {
        Found::Passage(shown) if are_twins(shown, passage) => Some(shown.passage.id.clone()),
        _ => None,
    });
    twin.map(|of| Verdict::Twin { of })
}

/// Whether two passages are abstracts of one article in two languages.
fn are_twins(one: &PlacedPassage, other: &PlacedPassage) -> bool {
    let is_abstract = |placed: &PlacedPassage| {
        placed
            .path
            .last()
            .is_some_and(|section| section.kind == SectionKind::Abstract)
    };
    one.article.id == other.article.id
        && one.passage.language != other.passage.language
        && is_abstract(one)
        && is_abstract(other)
}

fn cut(hits: &[Hit], passage: &PlacedPassage) -> Option<Cut> {
    let last = hits.iter().rev().find(|hit| match &hit.found {
        Found::Passage(shown) => shown.passage.language == passage.passage.language,
        Found::Reference(_) => false,
    })?;
    Some(Cut {
        rank: last.rank,
        score: last.score,
        relevance: last.relevance,
    })
}

fn name(filter: &Filter) -> &'static str {
    match filter {
        Filter::Language(_) => "lang",
        Filter::Article(_) => "article",
        Filter::Section(_) => "section",
        Filter::Role(_) => "role",
        Filter::Year { .. } => "year",
    }
}
