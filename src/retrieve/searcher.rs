//! An open index that answers queries.

use std::sync::Arc;

use crate::document::{ArticleId, ArticleOutline, PassageId, PlacedPassage, PlacedReference};
use crate::index::{Engine, Kind};
use crate::text::Language;

use super::{PassageView, Results, Search, SearchError, Status};

/// Answers queries from one consistent snapshot of an index. Cheap to clone.
#[derive(Clone)]
pub struct Searcher {
    engine: Arc<dyn Engine>,
}

impl Searcher {
    /// A searcher over one snapshot.
    pub fn new(engine: Arc<dyn Engine>) -> Self {
        Self { engine }
    }

    /// Answers one search.
    ///
    /// # Errors
    /// A query that is empty or too long, a number out of range, or an engine that failed.
    pub fn search(&self, search: &Search) -> Result<Results, SearchError> {
        let _ = search;
        Err(SearchError::EmptyQuery)
    }

    /// The passage with this identifier, with its neighbours.
    ///
    /// # Errors
    /// Only where the engine failed.
    pub fn passage(&self, id: &PassageId) -> Result<Option<PassageView>, SearchError> {
        let Some(passage) = self.engine.passage(id)? else {
            return Ok(None);
        };
        let neighbour = |id: &Option<PassageId>| match id {
            Some(id) => self.engine.passage(id),
            None => Ok(None),
        };
        Ok(Some(PassageView {
            previous: neighbour(&passage.previous)?,
            next: neighbour(&passage.next)?,
            passage,
        }))
    }

    /// Articles in the order of their identifiers, and how many there are in all.
    ///
    /// # Errors
    /// Only where the engine failed.
    pub fn articles(&self, offset: usize, limit: usize) -> Result<(Vec<ArticleOutline>, usize), SearchError> {
        Ok(self.engine.articles(offset, limit)?)
    }

    /// The article with this identifier.
    ///
    /// # Errors
    /// Only where the engine failed.
    pub fn article(&self, id: &ArticleId) -> Result<Option<ArticleOutline>, SearchError> {
        Ok(self.engine.article(id)?)
    }

    /// The passages of an article in reading order.
    ///
    /// # Errors
    /// Only where the engine failed.
    pub fn article_passages(&self, id: &ArticleId) -> Result<Vec<PlacedPassage>, SearchError> {
        Ok(self.engine.article_passages(id)?)
    }

    /// The references of an article in printed order, each with the passages that cite it.
    ///
    /// # Errors
    /// Only where the engine failed.
    pub fn article_references(&self, id: &ArticleId) -> Result<Vec<PlacedReference>, SearchError> {
        Ok(self.engine.article_references(id)?)
    }

    /// What is indexed.
    ///
    /// # Errors
    /// Only where the engine failed.
    pub fn status(&self) -> Result<Status, SearchError> {
        Ok(Status {
            articles: self.engine.count(Kind::Article, None)?,
            passages_zh: self.engine.count(Kind::Passage, Some(Language::Zh))?,
            passages_en: self.engine.count(Kind::Passage, Some(Language::En))?,
            references: self.engine.count(Kind::Reference, None)?,
        })
    }
}
