//! An open index that answers queries.

use std::sync::Arc;

use crate::analysis::Analyzer;
use crate::document::{ArticleId, ArticleOutline, PassageId, PlacedPassage, PlacedReference};
use crate::index::{Candidate, Engine, Filter, Kind, Request};
use crate::lexicon::Lexicon;
use crate::query::{Query, read_plain};
use crate::text::Language;

use super::highlight::Highlighter;
use super::matching::{Passages, References};
use super::{Found, Hit, PassageView, Results, Scope, Search, SearchError, Status};

/// Answers queries from one consistent snapshot of an index. Cheap to clone.
#[derive(Clone)]
pub struct Searcher {
    engine: Arc<dyn Engine>,
    analyzer: Analyzer,
    lexicon: Lexicon,
}

impl Searcher {
    /// A searcher over one snapshot. The analyzer must be the one the index was built with.
    pub fn new(engine: Arc<dyn Engine>, analyzer: Analyzer, lexicon: Lexicon) -> Self {
        Self {
            engine,
            analyzer,
            lexicon,
        }
    }

    /// What means the same.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Answers one search.
    ///
    /// # Errors
    /// A query that is empty or too long, a number out of range, or an engine that failed.
    pub fn search(&self, search: &Search) -> Result<Results, SearchError> {
        search.check()?;
        let mut query = read_plain(&search.query);
        let (mut found, mut total) = self.find(search, &query)?;
        if found.is_empty() && matches!(query, Query::Boolean(_)) {
            // What is required stands nowhere: the words alone may still lead somewhere.
            query = Query::Words(query.wanted_text());
            (found, total) = self.find(search, &query)?;
        }
        let highlighter = Highlighter::new(&self.analyzer, &query.wanted_text());
        let hits = found
            .into_iter()
            .enumerate()
            .skip(search.offset)
            .map(|(place, (found, score))| self.hit(place, found, score, &highlighter))
            .collect();
        Ok(Results {
            search: search.clone(),
            total,
            hits,
        })
    }

    fn find(&self, search: &Search, query: &Query) -> Result<(Vec<(Found, f32)>, usize), SearchError> {
        let depth = search.offset + search.limit;
        match search.scope {
            Scope::Passages => self.find_passages(search, query, depth),
            Scope::References => self.find_references(search, query, depth),
        }
    }

    fn find_passages(
        &self,
        search: &Search,
        query: &Query,
        depth: usize,
    ) -> Result<(Vec<(Found, f32)>, usize), SearchError> {
        let mut best: Vec<Candidate> = Vec::new();
        let mut total = 0;
        for language in search.languages() {
            let passages = Passages {
                analyzer: &self.analyzer,
                lexicon: &self.lexicon,
                engine: self.engine.as_ref(),
                language,
            };
            let Some(matching) = passages.matching(query)? else {
                continue;
            };
            let mut filters = search.engine_filters();
            filters.push(Filter::Language(language));
            let found = self.engine.search(&Request {
                kind: Kind::Passage,
                matching,
                filters,
                statistics: Some(language),
                limit: depth,
            })?;
            total += found.total;
            best.extend(found.best);
        }
        // Stable: equal scores keep the engine's order, Chinese before English.
        best.sort_by(|one, other| other.score.total_cmp(&one.score));
        best.truncate(depth);
        let keys: Vec<u64> = best.iter().map(|candidate| candidate.key).collect();
        let passages = self.engine.passages(&keys)?;
        let found = passages.into_iter().map(|placed| Found::Passage(Box::new(placed)));
        Ok((found.zip(best.iter().map(|candidate| candidate.score)).collect(), total))
    }

    fn find_references(
        &self,
        search: &Search,
        query: &Query,
        depth: usize,
    ) -> Result<(Vec<(Found, f32)>, usize), SearchError> {
        let references = References {
            analyzer: &self.analyzer,
        };
        let Some(matching) = references.matching(query) else {
            return Ok((Vec::new(), 0));
        };
        let found = self.engine.search(&Request {
            kind: Kind::Reference,
            matching,
            filters: search.engine_filters(),
            statistics: None,
            limit: depth,
        })?;
        let keys: Vec<u64> = found.best.iter().map(|candidate| candidate.key).collect();
        let references = self.engine.references(&keys)?;
        let hits = references.into_iter().map(|placed| Found::Reference(Box::new(placed)));
        Ok((
            hits.zip(found.best.iter().map(|candidate| candidate.score)).collect(),
            found.total,
        ))
    }

    fn hit(&self, place: usize, found: Found, score: f32, highlighter: &Highlighter) -> Hit {
        let text = found.text();
        let highlights = highlighter.highlights(&self.analyzer, text);
        let language = match &found {
            Found::Passage(placed) => placed.passage.language,
            Found::Reference(_) => Language::detect(text),
        };
        let snippet = highlighter.snippet(text, language, &highlights);
        Hit {
            rank: place + 1,
            score,
            highlights,
            snippet,
            found,
        }
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
