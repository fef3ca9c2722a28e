//! The seam between retrieval and the engine that keeps the postings.

use std::collections::BTreeMap;
use std::sync::Arc;

use thiserror::Error;

use super::{Account, Field, VectorCounts};
use crate::document::{
    ArticleId, ArticleOutline, ListedArticle, PassageId, PlacedPassage, PlacedReference, SectionRole,
};
use crate::text::Language;

/// What an index document is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A passage.
    Passage,
    /// An entry of a reference list.
    Reference,
    /// An article without its passages' text.
    Article,
}

/// What an engine is asked to match, in terms that are already analysed. The score of a document is the sum of the
/// scores of the parts that match it (BM25 for a term and for a phrase), each times its boost.
#[derive(Debug, Clone, PartialEq)]
pub enum Match {
    /// A term in a field.
    Term {
        /// Where.
        field: Field,
        /// The indexed form.
        term: String,
        /// Multiplier of the score.
        boost: f32,
    },
    /// Terms that mean the same, scored as ONE term (Pirkola's structured query): frequencies are added, each times
    /// its weight, and the document frequency is that of the set. Members may stand in different fields of one language.
    Synonyms {
        /// Field, indexed form and weight (0..1] of each member.
        members: Vec<(Field, String, f32)>,
        /// The field by whose length a document's score is normalised.
        length: Field,
        /// Multiplier of the score.
        boost: f32,
    },
    /// Terms at given distances from each other.
    Phrase {
        /// Where; the field must have positions.
        field: Field,
        /// Position relative to the first, and the indexed form. At least two.
        terms: Vec<(usize, String)>,
        /// Multiplier of the score.
        boost: f32,
    },
    /// At least one must match; scores are added.
    Any(Vec<Match>),
    /// All must match; scores are added.
    All(Vec<Match>),
    /// The first must match, the others must not.
    Without(Box<Match>, Vec<Match>),
    /// The first must match; the others add to the score where they match.
    Boosted(Box<Match>, Vec<Match>),
    /// Every document of the kind asked for, with score 1.
    Everything,
}

impl Match {
    /// The indexed forms of a term, a set of synonyms or a phrase.
    pub fn forms(&self) -> Vec<String> {
        match self {
            Self::Term { term, .. } => vec![term.clone()],
            Self::Synonyms { members, .. } => members.iter().map(|(_, term, _)| term.clone()).collect(),
            Self::Phrase { terms, .. } => terms.iter().map(|(_, term)| term.clone()).collect(),
            Self::Any(_) | Self::All(_) | Self::Without(..) | Self::Boosted(..) | Self::Everything => Vec::new(),
        }
    }

    /// The same with every score times `factor`.
    pub fn times(self, factor: f32) -> Self {
        let each = |parts: Vec<Self>| parts.into_iter().map(|part| part.times(factor)).collect();
        match self {
            Self::Term { field, term, boost } => Self::Term {
                field,
                term,
                boost: boost * factor,
            },
            Self::Synonyms { members, length, boost } => Self::Synonyms {
                members,
                length,
                boost: boost * factor,
            },
            Self::Phrase { field, terms, boost } => Self::Phrase {
                field,
                terms,
                boost: boost * factor,
            },
            Self::Any(parts) => Self::Any(each(parts)),
            Self::All(parts) => Self::All(each(parts)),
            Self::Without(wanted, unwanted) => Self::Without(Box::new(wanted.times(factor)), unwanted),
            Self::Boosted(needed, welcome) => Self::Boosted(Box::new(needed.times(factor)), each(welcome)),
            Self::Everything => Self::Everything,
        }
    }
}

/// A restriction that does not score. Filters of one request must all hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// The passage's language.
    Language(Language),
    /// In one of these articles.
    Article(Vec<ArticleId>),
    /// In a section with this id or title (compared folded), or below one.
    Section(String),
    /// In a section that plays one of these parts.
    Role(Vec<SectionRole>),
    /// The article's year of publication, both ends included.
    Year {
        /// Not before.
        from: Option<u16>,
        /// Not after.
        to: Option<u16>,
    },
}

/// One search, as an engine is asked it.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Which documents.
    pub kind: Kind,
    /// What must match and score.
    pub matching: Match,
    /// What must hold besides.
    pub filters: Vec<Filter>,
    /// How many of the best to return. At least 1.
    pub limit: usize,
}

/// A search for passages by their vectors.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearest {
    /// The query's vector, of length 1 and of the model that the index names.
    pub vector: Arc<[f32]>,
    /// What must hold.
    pub filters: Vec<Filter>,
    /// How many of the nearest to return. At least 1.
    pub limit: usize,
}

/// A document found, not yet fetched.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The engine's own address of the document; meaningless in another snapshot.
    pub key: u64,
    /// The engine's score.
    pub score: f32,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundSet {
    /// Best first; equal scores in the order of article and place, the same on every engine.
    pub best: Vec<Candidate>,
    /// How many match in all, or where not all were counted, a number that do at least.
    pub total: usize,
    /// Whether all were counted.
    pub counted: bool,
    /// Whether a part of the index did not answer: there may be more, and better ones.
    pub partial: bool,
}

/// All that a request matches, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FacetCounts {
    /// How many match in all.
    pub total: usize,
    /// Whether a part of the index did not answer.
    pub partial: bool,
    /// By article.
    pub articles: BTreeMap<ArticleId, usize>,
    /// By the part that the section plays; passages only.
    pub roles: BTreeMap<SectionRole, usize>,
    /// By the article's year of publication, where it has one.
    pub years: BTreeMap<u16, usize>,
}

/// Why an engine did not answer.
#[derive(Debug, Error)]
pub enum EngineError {
    /// The index is damaged or unreadable.
    #[error("the index can't be read: {0}")]
    Unreadable(String),
    /// What is asked can't be answered by any index: a phrase without positions, a match nested too deep.
    #[error("the engine can't be asked for {0}")]
    Request(String),
    /// The engine can't be reached now, or has no whole answer where a part is none.
    #[error("the index can't be reached: {0}")]
    Unavailable(String),
    /// A stored record can't be read back.
    #[error("a stored record can't be read: {0}")]
    Record(String),
}

/// One consistent snapshot of an index: what a search finds, a later fetch returns.
pub trait Engine: Send + Sync {
    /// Finds the best documents for a request.
    fn search(&self, request: &Request) -> Result<FoundSet, EngineError>;

    /// Counts everything that a request matches, whatever its limit.
    fn facets(&self, request: &Request) -> Result<FacetCounts, EngineError>;

    /// The account of what a document scores for a request.
    fn explain(&self, request: &Request, key: u64) -> Result<Account, EngineError>;

    /// What is known of the vectors of passages; nothing where none were asked for.
    fn vectors(&self) -> Option<&VectorCounts> {
        None
    }

    /// The passages whose vectors are nearest, nearest first, with cosines for scores.
    fn nearest(&self, _: &Nearest) -> Result<Vec<Candidate>, EngineError> {
        Ok(Vec::new())
    }

    /// In how many documents a term occurs in a field.
    fn document_frequency(&self, field: Field, term: &str) -> Result<u64, EngineError>;

    /// The same for many terms at once, in their order.
    fn document_frequencies(&self, terms: &[(Field, String)]) -> Result<Vec<u64>, EngineError> {
        let each = |(field, term): &(Field, String)| self.document_frequency(*field, term);
        terms.iter().map(each).collect()
    }

    /// The document frequency of a term, where it is known without asking.
    fn remembered_frequency(&self, _: Field, _: &str) -> Option<u64> {
        None
    }

    /// Whether a question takes so long that many are better asked at once ([`super::asked_together`]).
    fn is_far(&self) -> bool {
        false
    }

    /// How many documents of a kind there are; passages of one language only where one is named.
    fn count(&self, kind: Kind, language: Option<Language>) -> Result<u64, EngineError>;

    /// The indexed terms of a field that begin with `prefix`, in order, at most `limit`, with document frequencies.
    fn terms(&self, field: Field, prefix: &str, limit: usize) -> Result<Vec<(String, u64)>, EngineError>;

    /// The same for many fields and beginnings at once, in their order.
    fn term_lists(&self, lists: &[(Field, String, usize)]) -> Result<Vec<Vec<(String, u64)>>, EngineError> {
        let each = |(field, prefix, limit): &(Field, String, usize)| self.terms(*field, prefix, *limit);
        lists.iter().map(each).collect()
    }

    /// Fetches found passages, in the order asked.
    fn passages(&self, keys: &[u64]) -> Result<Vec<PlacedPassage>, EngineError>;

    /// Fetches found references, in the order asked.
    fn references(&self, keys: &[u64]) -> Result<Vec<PlacedReference>, EngineError>;

    /// The passage with this identifier.
    fn passage(&self, id: &PassageId) -> Result<Option<PlacedPassage>, EngineError>;

    /// The engine's address of a passage, to be scored or explained.
    fn passage_key(&self, id: &PassageId) -> Result<Option<u64>, EngineError>;

    /// The article with this identifier.
    fn article(&self, id: &ArticleId) -> Result<Option<ArticleOutline>, EngineError>;

    /// The passages of an article in reading order.
    fn article_passages(&self, id: &ArticleId) -> Result<Vec<PlacedPassage>, EngineError>;

    /// The references of an article in printed order.
    fn article_references(&self, id: &ArticleId) -> Result<Vec<PlacedReference>, EngineError>;

    /// Articles in the order of their identifiers, skipping `offset`, at most `limit`, and how many there are in all.
    fn articles(&self, offset: usize, limit: usize) -> Result<(Vec<ListedArticle>, usize), EngineError>;
}
