//! An open index that answers queries.

use std::collections::HashSet;
use std::sync::Arc;

use crate::analysis::Analyzer;
use crate::document::{ArticleId, ArticleOutline, PassageId, PlacedPassage, PlacedReference, SectionKind};
use crate::index::{Engine, Filter, Kind, Request};
use crate::lexicon::Lexicon;
use crate::query::{Query, read_plain};
use crate::text::Language;

use super::correct::{Correction, Corrector};
use super::findings::Finder;
use super::matching::{Passages, References};
use super::snippet::snippet;
use super::units::Unit;
use super::{Answerable, Found, Hit, PassageView, Results, Scope, Search, SearchError, Status, relevance, units};

/// What a hit in another language than the query's counts where both are as relevant.
const OTHER_LANGUAGE: f32 = 0.9;

/// What matches, best first, with the engine's scores, and how many match in all.
type Matches = (Vec<(Found, f32)>, usize);

/// The best hits, and how many match in all.
struct Ranking {
    hits: Vec<Hit>,
    total: usize,
}

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
        let mut correction = None;
        if matches!(query, Query::Words(_)) {
            correction = self.correction(&search.query)?;
            if let Some(correction) = &correction {
                query = Query::Words(correction.query.clone());
            }
        }
        let mut ranking = self.ranking(search, &query)?;
        if ranking.hits.is_empty() && matches!(query, Query::Boolean(_)) {
            // What is required stands nowhere: the words alone may still lead somewhere.
            query = Query::Words(query.wanted_text());
            ranking = self.ranking(search, &query)?;
        }
        let best = ranking.hits.iter().map(|hit| hit.relevance).fold(0.0, f32::max);
        ranking.hits.retain(|hit| hit.relevance >= search.min_relevance);
        Ok(Results {
            search: search.clone(),
            answerable: Answerable::of(best),
            correction,
            total: ranking.total,
            hits: ranking.hits.split_off(search.offset.min(ranking.hits.len())),
        })
    }

    /// What a query typed in pinyin or with slips is read as.
    fn correction(&self, query: &str) -> Result<Option<Correction>, SearchError> {
        let corrector = Corrector::new(self.engine.as_ref(), &self.analyzer);
        Ok(match corrector.readings_of(query)? {
            Some(reading) => Some(reading),
            None => corrector.repair(query)?,
        })
    }

    /// The best hits of every language asked for, best first, those to be skipped too.
    fn ranking(&self, search: &Search, query: &Query) -> Result<Ranking, SearchError> {
        let wanted = query.wanted_text();
        let units = units::units(&self.analyzer, &self.lexicon, &wanted);
        let sought = relevance::sought(&self.analyzer, self.engine.as_ref(), &wanted, &units)?;
        let finder = Finder::new(&self.analyzer, &sought);
        let asked = Language::detect(&wanted);
        let depth = search.offset + search.limit;
        let mut total = 0;
        let mut lists = Vec::new();
        match search.scope {
            Scope::Passages => {
                for language in search.languages() {
                    let found = self.passages(search, query, (language, depth), (&wanted, &units))?;
                    total += found.1;
                    lists.push(found.0);
                }
            }
            Scope::References => {
                let found = self.references(search, query, depth)?;
                total += found.1;
                lists.push(found.0);
            }
        }
        let lists = lists.into_iter().map(|list| {
            list.into_iter()
                .map(|(found, score)| self.hit(found, score, &finder))
                .collect()
        });
        let mut hits = merged(lists.collect(), asked);
        drop_twins(&mut hits, asked);
        hits.truncate(depth);
        for (place, hit) in hits.iter_mut().enumerate() {
            hit.rank = place + 1;
        }
        Ok(Ranking { hits, total })
    }

    fn passages(
        &self,
        search: &Search,
        query: &Query,
        (language, depth): (Language, usize),
        known: (&str, &[Unit]),
    ) -> Result<Matches, SearchError> {
        let passages = Passages {
            analyzer: &self.analyzer,
            lexicon: &self.lexicon,
            engine: self.engine.as_ref(),
            language,
            known,
        };
        let Some(matching) = passages.matching(query)? else {
            return Ok((Vec::new(), 0));
        };
        let mut filters = search.engine_filters();
        filters.push(Filter::Language(language));
        let found = self.engine.search(&Request {
            kind: Kind::Passage,
            matching,
            filters,
            limit: depth,
        })?;
        let keys: Vec<u64> = found.best.iter().map(|candidate| candidate.key).collect();
        let placed = self
            .engine
            .passages(&keys)?
            .into_iter()
            .map(|placed| Found::Passage(Box::new(placed)));
        Ok((
            placed.zip(found.best.iter().map(|candidate| candidate.score)).collect(),
            found.total,
        ))
    }

    fn references(&self, search: &Search, query: &Query, depth: usize) -> Result<Matches, SearchError> {
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
            limit: depth,
        })?;
        let keys: Vec<u64> = found.best.iter().map(|candidate| candidate.key).collect();
        let placed = self
            .engine
            .references(&keys)?
            .into_iter()
            .map(|placed| Found::Reference(Box::new(placed)));
        Ok((
            placed.zip(found.best.iter().map(|candidate| candidate.score)).collect(),
            found.total,
        ))
    }

    fn hit(&self, found: Found, score: f32, finder: &Finder) -> Hit {
        let text = found.text();
        let findings = finder.find(&self.analyzer, text, &above(&found));
        let language = match &found {
            Found::Passage(placed) => placed.passage.language,
            Found::Reference(_) => Language::detect(text),
        };
        Hit {
            rank: 0,
            score,
            relevance: relevance::relevance(&findings),
            snippet: snippet(text, language, &findings.highlights),
            highlights: findings.highlights,
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

/// What stands over a text or is said of it: the titles of its sections and of its article.
fn above(found: &Found) -> String {
    match found {
        Found::Passage(placed) => {
            let sections = placed.path.iter().filter_map(|section| section.title.as_deref());
            let titles = [&placed.article.title.zh, &placed.article.title.en]
                .into_iter()
                .flatten()
                .map(String::as_str);
            sections.chain(titles).collect::<Vec<_>>().join("\n")
        }
        Found::Reference(_) => String::new(),
    }
}

/// One list of several, each of which keeps its order: at every place the list goes on whose next hit is the more
/// relevant. Scores of different languages can't be compared; relevance means the same in each.
fn merged(lists: Vec<Vec<Hit>>, asked: Language) -> Vec<Hit> {
    let pull = |hit: &Hit| match &hit.found {
        Found::Passage(placed) if placed.passage.language != asked => hit.relevance * OTHER_LANGUAGE,
        _ => hit.relevance,
    };
    let mut lists: Vec<_> = lists.into_iter().map(|list| list.into_iter().peekable()).collect();
    let mut merged = Vec::new();
    loop {
        let mut next: Option<(usize, f32)> = None;
        for (place, list) in lists.iter_mut().enumerate() {
            if let Some(hit) = list.peek()
                && next.is_none_or(|(_, best)| pull(hit) > best)
            {
                next = Some((place, pull(hit)));
            }
        }
        let Some(hit) = next
            .and_then(|(place, _)| lists.get_mut(place))
            .and_then(Iterator::next)
        else {
            return merged;
        };
        merged.push(hit);
    }
}

/// Shows an abstract that is printed in both languages once, in the language asked, at the place of the better one.
fn drop_twins(hits: &mut Vec<Hit>, asked: Language) {
    let abstract_of = |hit: &Hit| match &hit.found {
        Found::Passage(placed)
            if placed
                .path
                .last()
                .is_some_and(|section| section.kind == SectionKind::Abstract) =>
        {
            Some((placed.article.id.clone(), placed.passage.language))
        }
        _ => None,
    };
    let kept: HashSet<ArticleId> = hits
        .iter()
        .filter_map(abstract_of)
        .filter(|(_, language)| *language == asked)
        .map(|(article, _)| article)
        .collect();
    let mut place = 0;
    while let Some(hit) = hits.get(place) {
        let twin = abstract_of(hit).filter(|(article, language)| *language != asked && kept.contains(article));
        match twin {
            Some((article, _)) => {
                let better = hits.iter().skip(place).position(|other| {
                    abstract_of(other).is_some_and(|(id, language)| id == article && language == asked)
                });
                match better {
                    // The one in the language asked comes later: it takes this place.
                    Some(later) => {
                        let moved = hits.remove(place + later);
                        if let Some(here) = hits.get_mut(place) {
                            *here = moved;
                        }
                        place += 1;
                    }
                    None => {
                        hits.remove(place);
                    }
                }
            }
            None => place += 1,
        }
    }
}
