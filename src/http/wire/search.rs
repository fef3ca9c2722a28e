//! The answer to a search.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::choices::{ExpandChoice, LangChoice, RoleChoice, ScopeChoice, SortChoice};
use super::condition::ConditionNode;
use super::explanation::Explanation;
use super::metadata::{self, Plain};
use super::passage::{self, Citation, Passage, PlacedSection};
use super::position::{self, Range};
use super::reference::{CitingPassage, Reference};
use super::understood::{FacetCounts, Understood};
use super::{ArticleHead, Lang};
use crate::document::{self, PlacedPassage, PlacedReference};
use crate::retrieve::{
    self, Answerable, Change, Correction, CorrectionKind, Filters, Found, ModelStatus, Results, Search,
};
use crate::server::Base;
use crate::text::{Language, Span};

/// The search as it was understood.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct QueryEcho {
    /// What was looked for.
    pub text: String,
    /// What was searched.
    pub scope: ScopeChoice,
    /// Which languages.
    pub lang: LangChoice,
    /// How many hits were asked for.
    pub limit: usize,
    /// How many were skipped.
    pub offset: usize,
    /// Articles searched, all where empty.
    pub article: Vec<String>,
    /// Section searched.
    pub section: Option<String>,
    /// Earliest year.
    pub year_from: Option<u16>,
    /// Latest year.
    pub year_to: Option<u16>,
    /// Hits of less relevance were left out.
    pub min_relevance: f32,
    /// Parts of articles searched, all where empty.
    pub role: Vec<RoleChoice>,
    /// The condition on facts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter: Option<ConditionNode>,
    /// The order of the hits.
    pub sort: SortChoice,
    /// Earlier questions.
    pub history: Vec<String>,
    /// Whether the query was taken as typed.
    pub as_typed: bool,
    /// Whether hits of many articles were wanted.
    pub diversify: bool,
    /// What comes with each hit.
    pub expand: ExpandChoice,
}

impl From<Search> for QueryEcho {
    fn from(search: Search) -> Self {
        let Search {
            query,
            scope,
            filters,
            limit,
            offset,
            min_relevance,
            sort,
            history,
            without: _,
            as_typed,
            diversify,
            expand,
            explain: _,
            facets: _,
        } = search;
        let Filters {
            language,
            articles,
            section,
            year_from,
            year_to,
            roles,
            condition,
        } = filters;
        Self {
            text: query,
            scope: scope.into(),
            lang: language.into(),
            limit,
            offset,
            article: articles.iter().map(ToString::to_string).collect(),
            section,
            year_from,
            year_to,
            min_relevance,
            role: roles.into_iter().map(RoleChoice::from).collect(),
            filter: condition.map(ConditionNode::from),
            sort: sort.into(),
            history,
            as_typed,
            diversify,
            expand: expand.into(),
        }
    }
}

/// A passage or reference found. Ranges are half-open and counted in Unicode code points.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Hit {
    /// Place in the whole ranking, from 1.
    pub rank: usize,
    /// The ranking's own figure; comparable only within one answer.
    pub score: f32,
    /// How sure it is that the hit answers, 0 to 1; the same meaning for every query.
    pub relevance: f32,
    /// Cosine between the vectors of the query and the passage, where the dense leg found it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cosine: Option<f32>,
    /// Identifier of the passage; for a reference, `ARTICLE:rN` with its place in the list.
    pub id: String,
    /// Article, section and paragraph.
    pub locator: String,
    /// Language of the text.
    pub lang: Lang,
    /// The whole passage or entry: plain text without citation marks.
    pub text: String,
    /// The part of `text` to show first.
    pub snippet: String,
    /// Where the query's terms occur in `text`, in Unicode code points of `text`.
    pub highlights: Vec<Range>,
    /// Where the query's terms occur in `snippet`, in Unicode code points of `snippet`.
    pub snippet_highlights: Vec<Range>,
    /// Where it stands.
    pub section: PlacedSection,
    /// The article it stands in.
    pub article: ArticleHead,
    /// The references the passage cites, in order of first citation; for a reference, itself.
    pub references: Vec<Reference>,
    /// The citation marks of the passage, with their places in `text`.
    pub citations: Vec<Citation>,
    /// Cited numbers that the reference list lacks.
    pub unresolved_citations: Vec<u32>,
    /// The passages that cite it; only where references were searched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cited_by: Option<Vec<CitingPassage>>,
    /// Identifiers of passages with nearly the same text that stand behind this one.
    pub duplicates: Vec<String>,
    /// The passages around it, in reading order, without itself; only where `expand` asked for them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub around: Vec<Passage>,
    /// The account of its score, where asked for; references have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
    /// Flat facts for front ends: text, number or true/false.
    pub metadata: BTreeMap<String, Plain>,
}

/// Whether the corpus answers a query.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AnswerableChoice {
    /// The best hit more likely does than not.
    Yes,
    /// Something near was found.
    Weak,
    /// Nothing does.
    No,
}

impl From<Answerable> for AnswerableChoice {
    fn from(answerable: Answerable) -> Self {
        match answerable {
            Answerable::Yes => Self::Yes,
            Answerable::Weak => Self::Weak,
            Answerable::No => Self::No,
        }
    }
}

/// What kind of slip was put right.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SlipChoice {
    /// Chinese typed as pinyin.
    Pinyin,
    /// Latin words with wrong letters.
    Spelling,
    /// Chinese with a character of the same sound or look in place of the right one.
    Homophone,
}

/// What a query was read as.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Reading {
    /// What kind of slip was put right.
    pub kind: SlipChoice,
    /// The query that was run.
    pub query: String,
    /// Other queries it may have been, best first.
    pub alternatives: Vec<String>,
    /// What was changed.
    pub changes: Vec<Replacement>,
}

/// A stretch of a query that was replaced.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Replacement {
    /// As typed.
    pub from: String,
    /// What was looked for in its place.
    pub to: String,
}

impl From<Correction> for Reading {
    fn from(correction: Correction) -> Self {
        let Correction {
            kind,
            query,
            alternatives,
            changes,
        } = correction;
        let kind = match kind {
            CorrectionKind::Pinyin => SlipChoice::Pinyin,
            CorrectionKind::Spelling => SlipChoice::Spelling,
            CorrectionKind::Homophone => SlipChoice::Homophone,
        };
        let changes = changes
            .into_iter()
            .map(|Change { from, to }| Replacement { from, to })
            .collect();
        Self {
            kind,
            query,
            alternatives,
            changes,
        }
    }
}

/// Whether a model took part in a search.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ModelStatusChoice {
    /// It did.
    Used,
    /// It did, but some passages have no vector yet.
    Partial,
    /// It could not.
    Unavailable,
}

/// What became of a model during a search.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ModelState {
    /// Whether it took part: `used`, `partial` or `unavailable`.
    pub status: ModelStatusChoice,
    /// Why it could not take part, or not wholly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl From<ModelStatus> for ModelState {
    fn from(status: ModelStatus) -> Self {
        let (status, reason) = match status {
            ModelStatus::Used => (ModelStatusChoice::Used, None),
            ModelStatus::Partial { missing } => (
                ModelStatusChoice::Partial,
                Some(format!("{missing} passages have no vector yet")),
            ),
            ModelStatus::Unavailable { reason } => (ModelStatusChoice::Unavailable, Some(reason)),
        };
        Self { status, reason }
    }
}

/// Ranked hits for one search.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SearchAnswer {
    /// The search as it was understood.
    pub query: QueryEcho,
    /// Whether the corpus answers the query, as the most relevant hit says: `yes`, `weak` or `no`.
    pub answerable: AnswerableChoice,
    /// What the query was read as, where it was typed in pinyin or with slips; the hits are those of this reading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub did_you_mean: Option<Reading>,
    /// The query as it was understood.
    pub understood: Understood,
    /// What became of the dense leg, where one is configured: without it the hits are those of the words alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dense: Option<ModelState>,
    /// What became of the reranking, where it is configured: without it the order is that of the search.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rerank: Option<ModelState>,
    /// How many match in all; where `complete` is false, at least so many. With a condition or another order than by
    /// relevance, how many of those looked at are shown.
    pub total: usize,
    /// Whether `total` is all there are: false where more than 10,000 match and the rest were not counted, and where a
    /// condition or an order reached the bound on what is looked at.
    pub complete: bool,
    /// Present and true where a part of the index did not answer: there may be more hits, and better ones.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub partial: bool,
    /// All matches counted, where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facets: Option<FacetCounts>,
    /// Time taken by the search, in milliseconds.
    pub took_ms: f64,
    /// Best first.
    pub hits: Vec<Hit>,
}

impl SearchAnswer {
    /// The answer of the API at `base`, after a search that took `took_ms` milliseconds.
    pub(crate) fn new(results: Results, took_ms: f64, base: &Base) -> Self {
        let Results {
            search,
            answerable,
            correction,
            understood,
            dense,
            rerank,
            total,
            complete,
            partial,
            facets,
            hits,
        } = results;
        Self {
            query: search.into(),
            answerable: answerable.into(),
            did_you_mean: correction.map(Into::into),
            understood: understood.into(),
            dense: dense.map(Into::into),
            rerank: rerank.map(Into::into),
            total,
            complete,
            partial,
            facets: facets.map(FacetCounts::from),
            took_ms,
            hits: hits.into_iter().map(|hit| Hit::new(hit, base)).collect(),
        }
    }
}

/// What a hit has whatever it is of.
struct Ranked {
    rank: usize,
    score: f32,
    relevance: f32,
    cosine: Option<f32>,
    highlights: Vec<Span>,
    snippet: Span,
    duplicates: Vec<String>,
    around: Vec<Passage>,
    explanation: Option<Explanation>,
}

impl Hit {
    fn new(hit: retrieve::Hit, base: &Base) -> Self {
        let snippet = hit.snippet().span;
        let retrieve::Hit {
            rank,
            score,
            lift: _,
            relevance,
            cosine,
            found,
            highlights,
            duplicates,
            around,
            explanation,
        } = hit;
        let ranked = Ranked {
            rank,
            score,
            relevance,
            cosine,
            highlights,
            snippet,
            duplicates: duplicates.iter().map(ToString::to_string).collect(),
            around: around.into_iter().map(|placed| Passage::new(placed, base)).collect(),
            explanation: explanation.map(Explanation::from),
        };
        match found {
            Found::Passage(placed) => Self::of_passage(*placed, ranked, base),
            Found::Reference(placed) => Self::of_reference(*placed, ranked, base),
        }
    }

    fn of_passage(placed: PlacedPassage, ranked: Ranked, base: &Base) -> Self {
        let locator = placed.locator();
        let facts = placed.facts();
        let PlacedPassage {
            article,
            path,
            passage,
            ordinal: _,
            previous: _,
            next: _,
            references,
            unresolved,
        } = placed;
        let document::Passage {
            id,
            section: _,
            paragraph: _,
            piece: _,
            language,
            text,
            span: _,
            citations,
            marks: _,
            lines: _,
        } = passage;
        let article = ArticleHead::new(article, language, base);
        let section = PlacedSection::at_end_of(path);
        Self {
            rank: ranked.rank,
            score: ranked.score,
            relevance: ranked.relevance,
            cosine: ranked.cosine,
            metadata: metadata::flat(facts, &article),
            id: id.to_string(),
            locator,
            lang: language.into(),
            snippet: ranked.snippet.of(&text).to_owned(),
            highlights: position::ranges(&text, &ranked.highlights),
            snippet_highlights: position::ranges_within(&text, ranked.snippet, &ranked.highlights),
            section,
            article,
            references: references.into_iter().map(Reference::from).collect(),
            citations: passage::citations(&text, citations),
            unresolved_citations: unresolved,
            cited_by: None,
            duplicates: ranked.duplicates,
            around: ranked.around,
            explanation: ranked.explanation,
            text,
        }
    }

    fn of_reference(placed: PlacedReference, ranked: Ranked, base: &Base) -> Self {
        let (id, facts) = (placed.name(), placed.facts());
        let PlacedReference {
            article,
            reference,
            ordinal: _,
            cited_by,
        } = placed;
        let language = Language::detect(&reference.text);
        let article = ArticleHead::new(article, language, base);
        let section = PlacedSection::references();
        Self {
            rank: ranked.rank,
            score: ranked.score,
            relevance: ranked.relevance,
            cosine: ranked.cosine,
            metadata: metadata::flat(facts, &article),
            id,
            locator: format!("{} [{}]", article.id, reference.number),
            lang: language.into(),
            text: reference.text.clone(),
            snippet: ranked.snippet.of(&reference.text).to_owned(),
            highlights: position::ranges(&reference.text, &ranked.highlights),
            snippet_highlights: position::ranges_within(&reference.text, ranked.snippet, &ranked.highlights),
            section,
            article,
            references: vec![reference.into()],
            citations: Vec::new(),
            unresolved_citations: Vec::new(),
            cited_by: Some(cited_by.into_iter().map(CitingPassage::from).collect()),
            duplicates: ranked.duplicates,
            around: ranked.around,
            explanation: ranked.explanation,
        }
    }
}
