//! One list of what matches: the passages of one language, or the references.

use crate::analysis::Analyzer;
use crate::index::{Engine, EngineError, FacetCounts, Kind, LARGEST_LIMIT, Request};
use crate::query::Condition;

use super::facets::counted;
use super::findings::Finder;
use super::fusion::{self, Fused, FusedSet};
use super::near::Near;
use super::second_look;
use super::wording::Wording;
use super::{Found, Hit, condition, relevance};

/// How many candidates are looked at for one hit that is to meet a condition, to begin with.
const FOR_ONE: usize = 4;

/// One list of what matches, best first.
pub(super) struct Gathered {
    /// The hits, best first, with the engine's scores.
    pub(super) hits: Vec<Hit>,
    /// How many match in all, or of those looked at meet the condition.
    pub(super) total: usize,
    /// Whether all that match were counted; else there are at least so many.
    pub(super) counted: bool,
    /// Whether everything that matches was looked at.
    pub(super) complete: bool,
    /// Whether a part of the index did not answer.
    pub(super) partial: bool,
    /// All matches counted, where asked for.
    pub(super) facets: Option<FacetCounts>,
}

/// Candidates from some place on.
struct Round {
    found: Vec<(Found, Fused)>,
    total: usize,
    counted: bool,
    complete: bool,
    partial: bool,
}

/// How one list is to be gathered.
pub(super) struct Gathering<'a> {
    /// Finds and fetches.
    pub(super) engine: &'a dyn Engine,
    /// Reads texts as the query was read.
    pub(super) analyzer: &'a Analyzer,
    /// The dense leg, where it is on.
    pub(super) near: Option<&'a Near>,
    /// Finds the query in texts.
    pub(super) finder: &'a Finder,
    /// What the query says, to be compared with short texts.
    pub(super) wording: &'a Wording,
    /// What must hold besides what the engine knows of.
    pub(super) condition: Option<&'a Condition>,
    /// Whether all matches are counted.
    pub(super) facets: bool,
}

impl Gathering<'_> {
    /// The best hits for a request, as many as its limit where there are; where a condition is given, candidates are
    /// looked at in rounds until enough meet it, at most [`LARGEST_LIMIT`].
    pub(super) fn gather(&self, request: Request) -> Result<Gathered, EngineError> {
        let wanted = request.limit;
        let Some(condition) = self.condition else {
            let Round {
                found,
                total,
                counted,
                complete,
                partial,
            } = self.round(&request, 0)?;
            let facets = if self.facets {
                Some(self.engine.facets(&request)?)
            } else {
                None
            };
            return Ok(Gathered {
                hits: self.hits(found),
                total,
                counted,
                complete,
                partial: partial || facets.as_ref().is_some_and(|facets| facets.partial),
                facets,
            });
        };
        // To count what meets the condition, everything must be looked at.
        let enough = if self.facets { usize::MAX } else { wanted };
        let mut limit = if self.facets {
            LARGEST_LIMIT
        } else {
            wanted.saturating_mul(FOR_ONE).min(LARGEST_LIMIT)
        };
        let (mut kept, mut seen, mut lacking) = (Vec::new(), 0, false);
        loop {
            let asked = Request {
                limit,
                ..request.clone()
            };
            let Round {
                found,
                complete,
                partial,
                ..
            } = self.round(&asked, seen)?;
            lacking |= partial;
            seen += found.len();
            kept.extend(
                found
                    .into_iter()
                    .filter(|(found, _)| condition::holds(condition, found)),
            );
            if complete || kept.len() >= enough || limit >= LARGEST_LIMIT {
                let facets = self.facets.then(|| counted(kept.iter().map(|(found, _)| found)));
                let total = kept.len();
                kept.truncate(wanted);
                return Ok(Gathered {
                    hits: self.hits(kept),
                    total,
                    counted: true,
                    complete,
                    partial: lacking,
                    facets,
                });
            }
            limit = (limit * 4).min(LARGEST_LIMIT);
        }
    }

    /// The candidates from the given place on, how many match in all, and whether these were the last.
    fn round(&self, request: &Request, from: usize) -> Result<Round, EngineError> {
        let FusedSet {
            best,
            total,
            counted,
            partial,
        } = fusion::search(self.engine, request, self.near)?;
        let fresh = best.get(from..).unwrap_or_default();
        let keys: Vec<u64> = fresh.iter().map(|fused| fused.key).collect();
        let scores = fresh.iter().copied();
        let fetched = match request.kind {
            Kind::Reference => {
                let placed = self.engine.references(&keys)?.into_iter();
                placed
                    .map(|placed| Found::Reference(Box::new(placed)))
                    .zip(scores)
                    .collect()
            }
            Kind::Passage | Kind::Article => {
                let placed = self.engine.passages(&keys)?.into_iter();
                placed
                    .map(|placed| Found::Passage(Box::new(placed)))
                    .zip(scores)
                    .collect()
            }
        };
        Ok(Round {
            found: fetched,
            total,
            counted,
            complete: best.len() >= total && counted && !partial,
            partial,
        })
    }

    fn hits(&self, found: Vec<(Found, Fused)>) -> Vec<Hit> {
        let mut hits: Vec<Hit> = found
            .into_iter()
            .enumerate()
            .map(|(place, (found, fused))| self.hit(found, fused, place < second_look::LOOKED_AT))
            .collect();
        second_look::put_in_order(&mut hits);
        hits
    }

    fn hit(&self, found: Found, fused: Fused, looked_at: bool) -> Hit {
        let Fused {
            score, lexical, cosine, ..
        } = fused;
        let text = found.text();
        let findings = self.finder.find(self.analyzer, text, &above(&found));
        // The better of what the words show and what the cosine alone stands for.
        let evidence = relevance::relevance(&findings);
        let alone = self
            .near
            .zip(cosine)
            .map_or(0.0, |(near, cosine)| near.relevance(cosine));
        let lift = if looked_at {
            lexical * second_look::lift(self.analyzer, self.wording, &found, &findings)
        } else {
            0.0
        };
        Hit {
            rank: 0,
            score: score + lift,
            lift,
            relevance: evidence.max(alone),
            cosine,
            highlights: findings.highlights,
            found,
            duplicates: Vec::new(),
            around: Vec::new(),
            explanation: None,
        }
    }
}

/// What stands over a text or is said of it: the titles of its sections and of its article, who wrote what it cites and
/// what that is called.
pub(super) fn above(found: &Found) -> String {
    match found {
        Found::Passage(placed) => {
            let cited = placed.cited_names();
            let sections = placed.path.iter().filter_map(|section| section.title.as_deref());
            let titles = [&placed.article.title.zh, &placed.article.title.en]
                .into_iter()
                .flatten()
                .map(String::as_str);
            let works = placed.references.iter().filter_map(|work| work.title.as_deref());
            let lines: Vec<&str> = sections.chain(titles).chain([cited.as_str()]).chain(works).collect();
            lines.join("\n")
        }
        Found::Reference(_) => String::new(),
    }
}
