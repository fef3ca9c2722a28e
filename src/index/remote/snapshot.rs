//! One generation of the index on the cluster: it never changes, so what a search finds in it a later fetch returns.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::super::account::account;
use super::super::schema::{Columns, kind_term, named_term};
use super::super::{
    Account, Candidate, Engine, EngineError, FacetCounts, Field, FoundSet, Kind, LARGEST_LIMIT, Manifest, Match,
    Request,
};
use super::address::{document_key, read, stored};
use super::client::Client;
use super::documents::{Documents, unavailable};
use super::forward::Forward;
use super::frequencies::{Frequencies, Term};
use super::plan::{Plan, Planner};
use super::query::{Asked, filter, of_kind};
use super::response::Hit;
use super::{scoring, vocabulary};
use crate::document::{
    ArticleId, ArticleOutline, ListedArticle, PassageId, PlacedPassage, PlacedReference, SectionRole,
};
use crate::text::Language;

/// The fewest candidates that are scored.
const FEWEST: usize = 100;
/// How many times the documents wanted are scored.
const FOR_ONE: usize = 4;
/// Beyond this many wanted, only so many more are scored.
const MANY: usize = 200;
/// How often more candidates are looked at.
const ROUNDS: usize = 3;
/// The most articles that are counted one by one; the most frequent ones of each shard, and an article lies in one shard.
const MOST_COUNTED: usize = 10_000;
/// The most documents of one article fetched at a time.
const PAGE: usize = 1000;

/// One generation of the index on the cluster.
pub struct RemoteSnapshot {
    client: Arc<Client>,
    terms: String,
    columns: Columns,
    manifest: Arc<Manifest>,
    deadline: Duration,
    frequencies: Frequencies,
    documents: Documents,
}

/// Candidates with their own scores, and what the cluster said of them.
struct Scored {
    key: u64,
    article: String,
    ordinal: u64,
    native: f32,
    score: f32,
}

impl RemoteSnapshot {
    /// The generation kept in an index, whose terms are listed in another.
    pub fn new(
        client: Arc<Client>,
        (index, terms): (String, String),
        manifest: Arc<Manifest>,
        deadline: Duration,
    ) -> Self {
        Self {
            frequencies: Frequencies::new(&index, deadline),
            documents: Documents::new(Arc::clone(&client), &index, deadline),
            client,
            terms,
            columns: Columns::new(),
            manifest,
            deadline,
        }
    }

    fn planner(&self, kind: Kind) -> Planner<'_> {
        Planner {
            columns: &self.columns,
            counts: &self.manifest.counts,
            kind,
        }
    }

    fn plan(&self, request: &Request) -> Result<Plan, EngineError> {
        let planner = self.planner(request.kind);
        let terms = planner.terms(&request.matching);
        let found = self.frequencies.of(&self.client, &terms).map_err(unavailable)?;
        let known: HashMap<Term, u64> = terms.into_iter().zip(found).collect();
        planner.plan(&request.matching, &known)
    }

    fn scored(&self, plan: &Plan, hits: &[Hit]) -> Result<Vec<Scored>, EngineError> {
        let mut scored = Vec::with_capacity(hits.len());
        for hit in hits {
            let forward = forward(hit)?;
            let phrases = |number: usize| hit.named(&number.to_string());
            let candidate = scoring::Candidate {
                forward: &forward,
                phrases: &phrases,
            };
            let native = hit.score.unwrap_or(0.0);
            scored.push(Scored {
                // By a digest that two terms share a document can be found which ours does not know.
                score: plan.score(&candidate).unwrap_or(0.0),
                key: forward.key,
                article: forward.article,
                ordinal: forward.ordinal,
                native,
            });
        }
        Ok(scored)
    }

    fn fetch<T: DeserializeOwned>(&self, keys: &[u64]) -> Result<Vec<T>, EngineError> {
        let mut records: HashMap<u64, Vec<u8>> = HashMap::new();
        for keys in keys.chunks(PAGE) {
            let stored: Vec<i64> = keys.iter().map(|&key| stored(key)).collect();
            let searched = self.documents.ask_for(
                keys.len(),
                json!({
                    "size": keys.len(), "track_total_hits": false,
                    "query": {"bool": {"filter": [{"terms": {"key": stored}}]}},
                    "stored_fields": ["record"], "docvalue_fields": ["key"],
                }),
            )?;
            for hit in &searched.hits.hits {
                records.insert(read(hit.number("key").unwrap_or(0)), hit.binary("record")?);
            }
        }
        keys.iter()
            .map(|key| {
                let bytes = records.get(key);
                let bytes = bytes.ok_or_else(|| EngineError::Record("a document is gone".to_owned()))?;
                decode(bytes)
            })
            .collect()
    }

    fn find<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, EngineError> {
        let searched = self.documents.ask_for(
            1,
            json!({
                "size": 1, "track_total_hits": false,
                "query": {"bool": {"filter": [{"term": {"key": stored(document_key(name))}}]}},
                "stored_fields": ["record"],
            }),
        )?;
        searched
            .hits
            .hits
            .first()
            .map(|hit| decode(&hit.binary("record")?))
            .transpose()
    }

    fn of_article<T: DeserializeOwned>(&self, id: &ArticleId, kind: Kind) -> Result<Vec<T>, EngineError> {
        let mut records = Vec::new();
        let mut after: Option<Value> = None;
        loop {
            let mut body = json!({
                "size": PAGE, "track_total_hits": false,
                "query": {"bool": {"filter": [{"term": {"article": id.as_str()}}, of_kind(kind, None)]}},
                "stored_fields": ["record"], "sort": [{"ordinal": "asc"}],
            });
            if let (Some(after), Some(body)) = (after.take(), body.as_object_mut()) {
                body.insert("search_after".to_owned(), after);
            }
            let searched = self.documents.ask_whole(body)?;
            for hit in &searched.hits.hits {
                records.push(decode(&hit.binary("record")?)?);
            }
            match searched.hits.hits.last() {
                Some(last) if searched.hits.hits.len() == PAGE => after = Some(Value::Array(last.sort.clone())),
                _ => return Ok(records),
            }
        }
    }

    fn list_kind(field: Field) -> Kind {
        if matches!(field, Field::ReferenceWords | Field::ReferenceGrams) {
            Kind::Reference
        } else {
            Kind::Passage
        }
    }
}

impl Engine for RemoteSnapshot {
    fn search(&self, request: &Request) -> Result<FoundSet, EngineError> {
        let limit = request.limit.clamp(1, LARGEST_LIMIT);
        let plan = self.plan(request)?;
        let query = Asked::new(&plan).query(request.kind, &request.filters);
        let mut size = if limit > MANY {
            limit + MANY * (FOR_ONE - 1)
        } else {
            (limit * FOR_ONE).max(FEWEST)
        };
        for round in 1.. {
            let searched = self.documents.ask(json!({
                "size": size, "track_total_hits": true, "query": query, "_source": false,
                "stored_fields": "_none_", "docvalue_fields": ["forward"],
                "sort": [{"_score": "desc"}, {"article": "asc"}, {"ordinal": "asc"}],
            }))?;
            let mut scored = self.scored(&plan, &searched.hits.hits)?;
            let all = scored.len() < size;
            let last = scored.last().map_or(0.0, |last| last.native);
            let gain = scored
                .iter()
                .map(|each| {
                    if each.native > 0.0 {
                        each.score / each.native
                    } else {
                        1.0
                    }
                })
                .fold(1.0f32, f32::max);
            scored.sort_by(order);
            let reached = scored.get(limit - 1).map_or(0.0, |worst| worst.score);
            // Nothing further down would come among the best even if it gained as much by our scores as any did.
            let settled = all || last * gain <= reached;
            if settled || round >= ROUNDS || size >= LARGEST_LIMIT {
                let best = scored.into_iter().take(limit);
                return Ok(FoundSet {
                    best: best.map(|Scored { key, score, .. }| Candidate { key, score }).collect(),
                    total: searched.total() as usize,
                    counted: true,
                    partial: searched.partial(),
                });
            }
            size = (size * 3).min(LARGEST_LIMIT);
        }
        Err(EngineError::Request("more rounds than there are".to_owned()))
    }

    fn facets(&self, request: &Request) -> Result<FacetCounts, EngineError> {
        let plan = self.plan(request)?;
        let query = Asked::new(&plan).query(request.kind, &request.filters);
        let terms = |field: &str, size: usize| json!({"terms": {"field": field, "size": size, "shard_size": size}});
        let searched = self.documents.ask(
            json!({
                "size": 0, "track_total_hits": true, "query": query,
                "aggs": {"article": terms("article", MOST_COUNTED), "role": terms("role", 100), "year": terms("year", 2000)},
            }),
        )?;
        let buckets = |name: &str| {
            let buckets = searched.aggregations[name]["buckets"].as_array();
            buckets.cloned().unwrap_or_default().into_iter().map(|bucket| {
                let count = bucket["doc_count"].as_u64().unwrap_or(0) as usize;
                (bucket["key"].clone(), count)
            })
        };
        let named = |name| buckets(name).filter_map(|(key, count)| Some((key.as_str()?.to_owned(), count)));
        Ok(FacetCounts {
            total: searched.total() as usize,
            partial: searched.partial(),
            articles: named("article")
                .filter_map(|(name, count)| Some((ArticleId::parse(&name).ok()?, count)))
                .collect(),
            roles: named("role")
                .filter_map(|(name, count)| Some((SectionRole::named(&name)?, count)))
                .collect(),
            years: buckets("year")
                .filter_map(|(year, count)| Some((u16::try_from(year.as_u64()?).ok()?, count)))
                .collect(),
        })
    }

    fn explain(&self, request: &Request, key: u64) -> Result<Account, EngineError> {
        let plan = self.plan(request)?;
        let asked = Asked::new(&plan).query(request.kind, &[]);
        let mut should = vec![asked];
        for (number, each) in request.filters.iter().enumerate() {
            should.push(json!({"constant_score": {"filter": filter(each), "_name": format!("filter {number}")}}));
        }
        let searched = self.documents.ask_for(
            1,
            json!({
                "size": 1, "track_total_hits": false, "stored_fields": "_none_", "docvalue_fields": ["forward"],
                "query": {"bool": {"filter": [{"term": {"key": stored(key)}}], "should": should}},
            }),
        )?;
        let hit = searched.hits.hits.first();
        let hit = hit.ok_or_else(|| EngineError::Record("a document is gone".to_owned()))?;
        let forward = forward(hit)?;
        let phrases = |number: usize| hit.named(&number.to_string());
        let candidate = scoring::Candidate {
            forward: &forward,
            phrases: &phrases,
        };
        let mut parts = Vec::new();
        let mut number = 0;
        // A plan's leaves stand in the order in which an account goes through a match.
        let mut part = |_: &Match| {
            let score = plan.leaf(number, &candidate);
            number += 1;
            Ok(score)
        };
        let matches = account(&request.matching, &mut part, &mut parts)?;
        let filters = 0..request.filters.len();
        Ok(Account {
            matches,
            filters: filters
                .map(|number| hit.named(&format!("filter {number}")).is_some())
                .collect(),
            parts,
        })
    }

    fn document_frequency(&self, field: Field, term: &str) -> Result<u64, EngineError> {
        let Some(term) = self.planner(Self::list_kind(field)).term(field, term) else {
            return Ok(0);
        };
        let found = self.frequencies.of(&self.client, &[term]).map_err(unavailable)?;
        Ok(found.first().copied().unwrap_or(0))
    }

    fn document_frequencies(&self, terms: &[(Field, String)]) -> Result<Vec<u64>, EngineError> {
        let placed: Vec<Option<Term>> = terms
            .iter()
            .map(|(field, term)| self.planner(Self::list_kind(*field)).term(*field, term))
            .collect();
        let asked: Vec<Term> = placed.iter().flatten().cloned().collect();
        let mut found = self
            .frequencies
            .of(&self.client, &asked)
            .map_err(unavailable)?
            .into_iter();
        Ok(placed
            .iter()
            .map(|term| term.as_ref().and_then(|_| found.next()).unwrap_or(0))
            .collect())
    }

    fn remembered_frequency(&self, field: Field, term: &str) -> Option<u64> {
        match self.planner(Self::list_kind(field)).term(field, term) {
            Some(term) => self.frequencies.remembered(&term),
            None => Some(0),
        }
    }

    fn is_far(&self) -> bool {
        true
    }

    fn count(&self, kind: Kind, language: Option<Language>) -> Result<u64, EngineError> {
        Ok(self.manifest.counts.of(kind, language))
    }

    fn terms(&self, field: Field, prefix: &str, limit: usize) -> Result<Vec<(String, u64)>, EngineError> {
        let mut lists = self.term_lists(&[(field, prefix.to_owned(), limit)])?;
        Ok(lists.pop().unwrap_or_default())
    }

    fn term_lists(&self, lists: &[(Field, String, usize)]) -> Result<Vec<Vec<(String, u64)>>, EngineError> {
        let asked: Vec<(Term, usize)> = lists
            .iter()
            .filter_map(|(field, prefix, limit)| {
                let term = self.planner(Self::list_kind(*field)).term(*field, prefix)?;
                Some((term, *limit))
            })
            .collect();
        if asked.len() < lists.len() {
            return Err(EngineError::Request("the terms of a field that has none".to_owned()));
        }
        let listed = vocabulary::listed(&self.client, &self.terms, &asked, self.deadline).map_err(unavailable)?;
        let flat: Vec<Term> = listed.iter().flatten().cloned().collect();
        let mut found = self
            .frequencies
            .of(&self.client, &flat)
            .map_err(unavailable)?
            .into_iter();
        Ok(listed
            .into_iter()
            .map(|terms| {
                let counted = terms.into_iter().map(|term| (term.text, found.next().unwrap_or(0)));
                // What stood only in articles that are gone is still listed.
                counted.filter(|(_, frequency)| *frequency > 0).collect()
            })
            .collect())
    }

    fn passages(&self, keys: &[u64]) -> Result<Vec<PlacedPassage>, EngineError> {
        self.fetch(keys)
    }

    fn references(&self, keys: &[u64]) -> Result<Vec<PlacedReference>, EngineError> {
        self.fetch(keys)
    }

    fn passage(&self, id: &PassageId) -> Result<Option<PlacedPassage>, EngineError> {
        self.find(&named_term(Kind::Passage, id.as_str()))
    }

    fn passage_key(&self, id: &PassageId) -> Result<Option<u64>, EngineError> {
        let key = document_key(&named_term(Kind::Passage, id.as_str()));
        let searched = self
            .documents
            .ask_whole(json!({"size": 0, "track_total_hits": true, "query": {"term": {"key": stored(key)}}}))?;
        Ok((searched.total() > 0).then_some(key))
    }

    fn article(&self, id: &ArticleId) -> Result<Option<ArticleOutline>, EngineError> {
        self.find(&named_term(Kind::Article, id.as_str()))
    }

    fn article_passages(&self, id: &ArticleId) -> Result<Vec<PlacedPassage>, EngineError> {
        self.of_article(id, Kind::Passage)
    }

    fn article_references(&self, id: &ArticleId) -> Result<Vec<PlacedReference>, EngineError> {
        self.of_article(id, Kind::Reference)
    }

    fn articles(&self, offset: usize, limit: usize) -> Result<(Vec<ListedArticle>, usize), EngineError> {
        let total = self.count(Kind::Article, None)? as usize;
        let limit = limit.min(LARGEST_LIMIT).min(total.saturating_sub(offset));
        if limit == 0 {
            return Ok((Vec::new(), total));
        }
        let searched = self.documents.ask_whole(json!({
            "from": offset, "size": limit, "track_total_hits": false, "stored_fields": ["record"],
            "query": {"bool": {"filter": [{"term": {"kind": kind_term(Kind::Article, None)}}]}},
            "sort": [{"article": "asc"}],
        }))?;
        let listed = searched.hits.hits.iter().map(|hit| {
            let outline: ArticleOutline = decode(&hit.binary("record")?)?;
            Ok(outline.into())
        });
        Ok((listed.collect::<Result<_, EngineError>>()?, total))
    }
}

/// Best first; equal scores in the order of article and place.
fn order(left: &Scored, right: &Scored) -> Ordering {
    right
        .score
        .total_cmp(&left.score)
        .then_with(|| left.article.cmp(&right.article))
        .then_with(|| left.ordinal.cmp(&right.ordinal))
}

fn forward(hit: &Hit) -> Result<Forward, EngineError> {
    Forward::decode(&hit.binary("forward")?)
        .ok_or_else(|| EngineError::Record("a document whose terms can't be read".to_owned()))
}

fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, EngineError> {
    postcard::from_bytes(bytes).map_err(|error| EngineError::Record(error.to_string()))
}
