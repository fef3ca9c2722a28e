//! An open index that answers queries.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use crate::analysis::Analyzer;
use crate::dense::Models;
use crate::document::{
    ArticleId, ArticleOutline, ListedArticle, PassageId, PlacedPassage, PlacedReference, SectionKind,
};
use crate::index::{Engine, Filter, Kind, LARGEST_LIMIT, Match, Request, asked_together};
use crate::lexicon::Lexicon;
use crate::query::{Query, read_plain};
use crate::text::Language;

use super::cited_work::{CitedWork, cited_work};
use super::conversation::Conversation;
use super::correct::{Correction, Corrector};
use super::explain::Explainer;
use super::facets::Counting;
use super::findings::Finder;
use super::leg::{Gathered, Gathering};
use super::matching::{Passages, References};
use super::merge::merged;
use super::near::Near;
use super::rerank::{self, rerank};
use super::second_look::LOOKED_AT;
use super::wording::Wording;
use super::{
    Answerable, Facets, Found, Hit, ModelStatus, PassageView, Recent, Results, Scope, Search, SearchError, Sort,
    Status, Suggestion, Suggestions, Why, apart, around, duplicates, order,
};

/// How many of the best in each language are put in another order than by relevance.
const MOST_SORTED: usize = 1000;

/// The hits in order, with what is said of all that match.
pub(super) struct Ranking {
    pub(super) hits: Vec<Hit>,
    total: usize,
    complete: bool,
    partial: bool,
    facets: Option<Facets>,
    pub(super) conversation: Conversation,
    dense: Option<ModelStatus>,
    rerank: Option<ModelStatus>,
}

/// Answers queries from one consistent snapshot of an index. Cheap to clone.
#[derive(Clone)]
pub struct Searcher {
    pub(super) engine: Arc<dyn Engine>,
    pub(super) analyzer: Analyzer,
    pub(super) lexicon: Lexicon,
    suggestions: Arc<Suggestions>,
    models: Option<Arc<Models>>,
    recent: Option<Arc<Recent>>,
}

impl Searcher {
    /// A searcher over one snapshot. The analyzer must be the one the index was built with.
    pub fn new(engine: Arc<dyn Engine>, analyzer: Analyzer, lexicon: Lexicon) -> Self {
        Self {
            engine,
            analyzer,
            lexicon,
            suggestions: Arc::default(),
            models: None,
            recent: None,
        }
    }

    /// The same with completions of what is typed.
    pub fn with_suggestions(self, suggestions: Arc<Suggestions>) -> Self {
        Self { suggestions, ..self }
    }

    /// The best completions of what was typed so far, at most `limit`; none as long as they are not gathered.
    pub fn suggest(&self, typed: &str, limit: usize) -> Vec<Suggestion> {
        self.suggestions.complete(typed, limit)
    }

    /// The same with the models of the dense leg and of reranking.
    pub fn with_models(self, models: Option<Arc<Models>>) -> Self {
        Self { models, ..self }
    }

    /// The same with the answers given lately over this very index and lexicon.
    pub fn with_recent(self, recent: Arc<Recent>) -> Self {
        Self {
            recent: Some(recent),
            ..self
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
        let Some(recent) = &self.recent else {
            return self.searched(search);
        };
        if let Some(answer) = recent.answer(search) {
            return Ok(answer);
        }
        let results = self.searched(search)?;
        recent.keep(&results);
        Ok(results)
    }

    /// The same with so many hits, at most [`LARGEST_LIMIT`] and more than a page may hold: for who judges rankings.
    ///
    /// # Errors
    /// As for [`Searcher::search`].
    pub fn search_to(&self, depth: usize, search: &Search) -> Result<Results, SearchError> {
        search.check()?;
        self.searched(&Search {
            limit: depth.clamp(1, LARGEST_LIMIT),
            ..search.clone()
        })
    }

    fn searched(&self, search: &Search) -> Result<Results, SearchError> {
        let (mut ranking, correction) = self.ranked(search)?;
        let best = ranking.hits.iter().map(|hit| hit.relevance).fold(0.0, f32::max);
        ranking.hits.retain(|hit| hit.relevance >= search.min_relevance);
        let mut hits = ranking.hits.split_off(search.offset.min(ranking.hits.len()));
        around::add(self.engine.as_ref(), search.expand, &mut hits)?;
        if search.explain {
            let explainer = Explainer::new(self, search, &ranking.conversation)?;
            for hit in &mut hits {
                hit.explanation = explainer.explain_hit(&hit.found)?;
                if let Some(explanation) = &mut hit.explanation {
                    explanation.add_lift(hit.lift);
                    if hit.cosine.is_some() {
                        explanation.add_nearness(hit.score);
                    }
                }
            }
        }
        Ok(Results {
            search: search.clone(),
            answerable: Answerable::of(best),
            correction,
            understood: ranking.conversation.understood(),
            dense: ranking.dense,
            rerank: ranking.rerank,
            total: ranking.total,
            complete: ranking.complete,
            partial: ranking.partial,
            facets: ranking.facets,
            hits,
        })
    }

    /// Why a passage is a hit of a search, or none; nothing where there is no such passage.
    ///
    /// # Errors
    /// As for [`Searcher::search`].
    pub fn explain(&self, search: &Search, id: &PassageId) -> Result<Option<Why>, SearchError> {
        Why::of(self, search, id)
    }

    /// The ranking of a search that was checked to the end of the page asked for, and what the query was read as.
    pub(super) fn ranked(&self, search: &Search) -> Result<(Ranking, Option<Correction>), SearchError> {
        let text = self.with_names_whole(search)?;
        let mut query = read_plain(&text);
        let mut correction = None;
        if matches!(query, Query::Words(_)) && !search.as_typed {
            correction = self.correction(&text)?;
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
        Ok((ranking, correction))
    }

    /// The query with the names together that the corpus knows, unless it is to be read as typed.
    fn with_names_whole<'search>(&self, search: &'search Search) -> Result<Cow<'search, str>, SearchError> {
        if search.as_typed {
            return Ok(Cow::Borrowed(&search.query));
        }
        Ok(asked_together(self.engine.as_ref(), |engine| {
            apart::with_names_whole(engine, &self.analyzer, &search.query)
        })?)
    }

    /// What a query typed in pinyin or with slips is read as.
    fn correction(&self, query: &str) -> Result<Option<Correction>, SearchError> {
        asked_together(self.engine.as_ref(), |engine| {
            let corrector = Corrector::new(engine, &self.analyzer);
            Ok(match corrector.readings_of(query)? {
                Some(reading) => Some(reading),
                None => corrector.repair(query)?,
            })
        })
    }

    /// The hits of every language asked for, those to be skipped too. Where near-duplicates or twins leave too few, or
    /// other articles could still come before, more is looked at.
    fn ranking(&self, search: &Search, query: &Query) -> Result<Ranking, SearchError> {
        let conversation = Conversation::read(&self.analyzer, &self.lexicon, search, query);
        let sought = asked_together(self.engine.as_ref(), |engine| {
            conversation.sought(&self.analyzer, engine)
        })?;
        let finder = Finder::new(&self.analyzer, &sought);
        let wording = Wording::of(&self.analyzer, conversation.text());
        let asked = Language::detect(conversation.text());
        let page = search.offset + search.limit;
        let models = self.models.as_deref();
        let (near, dense) = match search.scope {
            Scope::Passages => {
                let adds = matches!(query, Query::Words(_));
                Near::ask(models, self.engine.as_ref(), (conversation.text(), adds))
            }
            Scope::References => (None, None),
        };
        // What asks for an order of its own is not reranked.
        let reranks = search.sort == Sort::Relevance && !search.diversify;
        // The order of the best must not depend on the page.
        let looked_at = match search.scope {
            Scope::Passages => LOOKED_AT,
            Scope::References => 0,
        };
        let deepest = if search.sort == Sort::Relevance {
            LARGEST_LIMIT
        } else {
            MOST_SORTED
        };
        let mut depth = if search.sort != Sort::Relevance {
            deepest
        } else if reranks {
            page.max(looked_at).max(rerank::depth(models))
        } else {
            page.max(looked_at)
        };
        loop {
            let gathering = Gathering {
                engine: self.engine.as_ref(),
                analyzer: &self.analyzer,
                near: near.as_ref(),
                finder: &finder,
                wording: &wording,
                condition: search.filters.condition.as_ref(),
                facets: search.facets,
            };
            let legs = self.legs(search, &conversation, (&gathering, depth))?;
            let complete = legs.iter().all(|(_, leg)| leg.complete);
            let partial = legs.iter().any(|(_, leg)| leg.partial);
            let counted = legs.iter().all(|(_, leg)| leg.counted);
            let mut total = legs.iter().map(|(_, leg)| leg.total).sum();
            let mut counting = Counting::default();
            let mut lists = Vec::new();
            for (language, leg) in legs {
                if let Some(counts) = leg.facets {
                    counting.add(language, counts);
                }
                lists.push(leg.hits);
            }
            let mut hits = merged(lists, asked);
            drop_twins(&mut hits, asked);
            duplicates::put_behind(&mut hits);
            let mut settled = hits.len();
            if search.sort != Sort::Relevance {
                hits.retain(|hit| Answerable::of(hit.relevance) != Answerable::No);
                total = hits.len();
                order::by_year(&mut hits, search.sort);
            }
            if search.diversify {
                settled = order::diversify(&mut hits);
            }
            if settled < page && !complete && !partial && depth < deepest {
                depth = (depth * 2).min(deepest);
                continue;
            }
            let rerank = reranks
                .then(|| rerank(models, conversation.text(), &mut hits))
                .flatten();
            hits.truncate(page);
            for (place, hit) in hits.iter_mut().enumerate() {
                hit.rank = place + 1;
            }
            let whole = search.sort == Sort::Relevance && search.filters.condition.is_none();
            return Ok(Ranking {
                hits,
                total,
                complete: !partial && (complete || whole && counted),
                partial,
                facets: search
                    .facets
                    .then(|| counting.finish(self.engine.as_ref()))
                    .transpose()?,
                conversation,
                dense,
                rerank,
            });
        }
    }

    /// The list of each language asked for, or of the references.
    fn legs(
        &self,
        search: &Search,
        conversation: &Conversation,
        (gathering, limit): (&Gathering<'_>, usize),
    ) -> Result<Vec<(Option<Language>, Gathered)>, SearchError> {
        let mut legs = Vec::new();
        for (language, request) in self.requests(search, conversation, limit)? {
            legs.push((language, gathering.gather(request)?));
        }
        Ok(legs)
    }

    /// What the engine is asked, for each language or for the references; nothing where the query holds no term.
    pub(super) fn requests(
        &self,
        search: &Search,
        conversation: &Conversation,
        limit: usize,
    ) -> Result<Vec<(Option<Language>, Request)>, SearchError> {
        let request = |kind, language: Option<Language>, matching: Option<Match>| {
            let mut filters = search.engine_filters();
            filters.extend(language.map(Filter::Language));
            let request = matching.map(|matching| Request {
                kind,
                matching,
                filters,
                limit,
            });
            request.map(|request| (language, request))
        };
        if search.scope == Scope::References {
            let references = References {
                analyzer: &self.analyzer,
            };
            let matching = conversation.matching(|query, _| Ok(references.matching(query)))?;
            return Ok(request(Kind::Reference, None, matching).into_iter().collect());
        }
        let mut requests = Vec::new();
        for language in search.languages() {
            let matching = asked_together(self.engine.as_ref(), |engine| {
                conversation.matching(|query, known| {
                    let passages = Passages {
                        analyzer: &self.analyzer,
                        lexicon: &self.lexicon,
                        engine,
                        language,
                        known,
                    };
                    passages.matching(query)
                })
            })?;
            requests.extend(request(Kind::Passage, Some(language), matching));
        }
        Ok(requests)
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
    pub fn articles(&self, offset: usize, limit: usize) -> Result<(Vec<ListedArticle>, usize), SearchError> {
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

    /// The work that the reference with this number in the list of an article describes, with everything that cites it;
    /// nothing where there is no such article or number.
    ///
    /// # Errors
    /// Only where the engine failed.
    pub fn cited_work(&self, article: &ArticleId, number: u32) -> Result<Option<CitedWork>, SearchError> {
        cited_work(self, article, number)
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
