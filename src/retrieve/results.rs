//! What a search gives back.

use crate::document::{PassageId, PlacedPassage, PlacedReference};
use crate::text::{Language, Span};

use super::correct::Correction;
use super::snippet::snippet;
use super::{Answerable, Explanation, Facets, ModelStatus, Search, SearchError, Understood};

/// The ordered hits for one search.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// What was asked.
    pub search: Search,
    /// Whether anything found answers, as the most relevant hit says.
    pub answerable: Answerable,
    /// What the query was read as where it was typed in pinyin or with slips.
    pub correction: Option<Correction>,
    /// The query as it was understood.
    pub understood: Understood,
    /// What became of the dense leg, where it is on and passages were searched.
    pub dense: Option<ModelStatus>,
    /// What became of the reranking, where it is on.
    pub rerank: Option<ModelStatus>,
    /// How many documents match in all; where a condition or an order was asked for, how many of those looked at.
    pub total: usize,
    /// Whether `total` is all there are. It is not where more than ten thousand match and the rest were not counted, or
    /// where a condition or an order was asked for and the bound on how many documents are looked at for it was reached.
    pub complete: bool,
    /// Whether a part of the index did not answer: there may be more hits, and better ones.
    pub partial: bool,
    /// All matches counted, where asked for.
    pub facets: Option<Facets>,
    /// The hits asked for, in the order asked for.
    pub hits: Vec<Hit>,
}

/// One passage or reference in a result.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Place in the whole ranking, from 1.
    pub rank: usize,
    /// The ranking's own figure; comparable only within one result.
    pub score: f32,
    /// What of the score is for how much of the query the text holds, how close together, and with how little else.
    pub lift: f32,
    /// How sure it is that the hit answers, 0 to 1; the same meaning for every query.
    pub relevance: f32,
    /// Cosine between the vectors of the query and the passage, where the dense leg found it.
    pub cosine: Option<f32>,
    /// What was found.
    pub found: Found,
    /// Where query terms occur in the text, in reading order, not overlapping.
    pub highlights: Vec<Span>,
    /// Passages with nearly the same text that stand behind this one, best first.
    pub duplicates: Vec<PassageId>,
    /// The passages around it that were asked for, in reading order, without itself.
    pub around: Vec<PlacedPassage>,
    /// The account of its score, where asked for; references have none.
    pub explanation: Option<Explanation>,
}

impl Hit {
    /// The extract to show.
    pub fn snippet(&self) -> Snippet {
        let text = self.found.text();
        let language = match &self.found {
            Found::Passage(placed) => placed.passage.language,
            Found::Reference(_) => Language::detect(text),
        };
        snippet(text, language, &self.highlights)
    }
}

/// What a hit is of.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// A passage.
    Passage(Box<PlacedPassage>),
    /// An entry of a reference list.
    Reference(Box<PlacedReference>),
}

impl Found {
    /// The text that was searched and is shown.
    pub fn text(&self) -> &str {
        match self {
            Self::Passage(placed) => &placed.passage.text,
            Self::Reference(placed) => &placed.reference.text,
        }
    }
}

/// The extract of a text shown to a reader: whole sentences around the best matches where they fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Snippet {
    /// Where it stands in the text.
    pub span: Span,
}

impl Results {
    /// The same for who can't be told that a part of the index did not answer.
    ///
    /// # Errors
    /// A part did not answer.
    pub fn whole(self) -> Result<Self, SearchError> {
        if self.partial {
            return Err(SearchError::Unreachable("not every part of it answered".to_owned()));
        }
        Ok(self)
    }
}

/// A passage with its neighbours.
#[derive(Debug, Clone, PartialEq)]
pub struct PassageView {
    /// The passage.
    pub passage: PlacedPassage,
    /// The passage before it in its article.
    pub previous: Option<PlacedPassage>,
    /// The passage after it in its article.
    pub next: Option<PlacedPassage>,
}

/// What is indexed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Number of articles.
    pub articles: u64,
    /// Number of Chinese passages.
    pub passages_zh: u64,
    /// Number of English passages.
    pub passages_en: u64,
    /// Number of reference list entries.
    pub references: u64,
}
