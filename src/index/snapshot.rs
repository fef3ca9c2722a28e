//! One opened index, frozen: what a search finds in it, a later fetch returns.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use tantivy::columnar::{Column as FastColumn, StrColumn};
use tantivy::query::{EnableScoring, Query, TermQuery};
use tantivy::schema::{Field as Column, IndexRecordOption};
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, Term};

use super::account::account;
use super::accumulate::{Best, Remembered};
use super::documents::Documents;
use super::facets::FacetCollector;
use super::listing::article_documents;
use super::manifest::Manifest;
use super::mining::read_mined;
use super::schema::{Columns, named_term};
use super::scored::Scored;
use super::stored::{Records, Stored, StoredListing, StoredOutline, StoredPassage, StoredReference, segment_of};
use super::translate::{Translator, unreadable};
use super::vectors::{VectorCounts, Vectors};
use super::{
    Account, Candidate, Engine, EngineError, FacetCounts, Field, FoundSet, Kind, Match, Nearest, Published, Request,
};
use crate::document::{ArticleId, ArticleOutline, ListedArticle, PassageId, PlacedPassage, PlacedReference};
use crate::lexicon::TermTable;
use crate::text::Language;

/// The most documents one search returns.
pub const LARGEST_LIMIT: usize = 2000;

/// The most that are put in order where scores are equal. Where more than this have the same score, those with the
/// smallest addresses are ordered among themselves.
const MOST_TIED: usize = 8192;

/// One opened index, frozen.
pub struct Snapshot {
    searcher: Searcher,
    documents: Documents,
    columns: Columns,
    manifest: Arc<Manifest>,
    terms: Arc<TermTable>,
    folder: PathBuf,
    vectors: Option<Vectors>,
    remembered: Remembered,
    articles: OnceLock<Vec<u64>>,
}

impl Snapshot {
    /// Takes an opened index.
    pub(super) fn new(
        (searcher, documents): (Searcher, Documents),
        columns: Columns,
        (manifest, terms): (Manifest, TermTable),
        folder: PathBuf,
    ) -> Self {
        Self {
            searcher,
            documents,
            columns,
            manifest: Arc::new(manifest),
            terms: Arc::new(terms),
            folder,
            vectors: None,
            remembered: Remembered::default(),
            articles: OnceLock::new(),
        }
    }

    /// The same with the vectors of its passages.
    pub(super) fn with_vectors(self, vectors: Option<Vectors>) -> Self {
        Self { vectors, ..self }
    }

    /// What the index says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The same as what a program serves.
    pub(super) fn published(self) -> Published {
        let folder = self.folder.clone();
        Published {
            manifest: Arc::clone(&self.manifest),
            terms: Arc::clone(&self.terms),
            mined: Arc::new(move || read_mined(&folder)),
            engine: Arc::new(self),
        }
    }

    fn translator(&self, kind: Kind) -> Translator<'_> {
        Translator {
            searcher: &self.searcher,
            columns: &self.columns,
            counts: &self.manifest.counts,
            kind,
        }
    }

    /// Orders equal scores by article and place.
    fn order_ties(&self, mut found: Vec<(f32, DocAddress)>) -> Result<Vec<(f32, DocAddress)>, EngineError> {
        let mut places = Places {
            snapshot: self,
            opened: BTreeMap::new(),
        };
        for tied in found.chunk_by_mut(|left, right| left.0 == right.0) {
            let Some((_, first)) = tied.first() else { continue };
            let segment = first.segment_ord;
            if tied.len() == 1 {
                continue;
            }
            if tied.iter().all(|(_, address)| address.segment_ord == segment) {
                // A segment numbers its articles in their order: then their names need not be read.
                let mut keyed = keyed(tied, |address| places.numbered(address))?;
                put_in_order(tied, &mut keyed);
            } else {
                let mut keyed = keyed(tied, |address| places.named(address))?;
                put_in_order(tied, &mut keyed);
            }
        }
        Ok(found)
    }

    fn fetch<T: Stored>(&self, keys: &[u64]) -> Result<Vec<T::Whole>, EngineError> {
        let records = Records::new(&self.searcher, &self.columns, &self.documents);
        let mut order: Vec<(u64, usize)> = keys.iter().copied().zip(0..).collect();
        order.sort_unstable();
        let mut fetched = Vec::with_capacity(keys.len());
        for (key, place) in order {
            fetched.push((place, records.read::<T>(address(key))?));
        }
        fetched.sort_by_key(|(place, _)| *place);
        Ok(fetched.into_iter().map(|(_, record)| record).collect())
    }

    fn find(&self, column: Column, text: &str) -> Result<Option<u64>, EngineError> {
        let term = Term::from_field_text(column, text);
        for (segment, reader) in (0u32..).zip(self.searcher.segment_readers()) {
            let index = reader.inverted_index(column).map_err(unreadable)?;
            let postings = index
                .read_postings(&term, IndexRecordOption::Basic)
                .map_err(|error| EngineError::Unreadable(error.to_string()))?;
            if let Some(mut postings) = postings {
                let mut document = postings.doc();
                while document != TERMINATED && reader.is_deleted(document) {
                    document = postings.advance();
                }
                if document != TERMINATED {
                    return Ok(Some(key(DocAddress::new(segment, document))));
                }
            }
        }
        Ok(None)
    }

    /// The documents of all articles in the order of their identifiers, read when they are first asked for: pages far
    /// into a long list must not cost more than its first.
    fn articles_in_order(&self) -> Result<&[u64], EngineError> {
        if let Some(known) = self.articles.get() {
            return Ok(known);
        }
        let found = article_documents(&self.searcher, self.columns.article)?;
        Ok(self.articles.get_or_init(|| found))
    }

    fn of_article<T: Stored>(&self, id: &ArticleId, kind: Kind) -> Result<Vec<T::Whole>, EngineError> {
        let term = Term::from_field_text(self.columns.article, &named_term(kind, id.as_str()));
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let mut placed = Vec::new();
        let weight = query
            .weight(EnableScoring::disabled_from_searcher(&self.searcher))
            .map_err(unreadable)?;
        for (segment, reader) in (0u32..).zip(self.searcher.segment_readers()) {
            let ordinals = reader.fast_fields().column_opt::<u64>("ordinal").map_err(unreadable)?;
            let mut documents = weight.scorer(reader, 1.0).map_err(unreadable)?;
            let mut document = documents.doc();
            while document != TERMINATED {
                if !reader.is_deleted(document) {
                    let ordinal = ordinals
                        .as_ref()
                        .and_then(|ordinals| ordinals.first(document))
                        .unwrap_or(0);
                    placed.push((ordinal, key(DocAddress::new(segment, document))));
                }
                document = documents.advance();
            }
        }
        placed.sort_unstable();
        let keys: Vec<u64> = placed.into_iter().map(|(_, key)| key).collect();
        self.fetch::<T>(&keys)
    }

    /// Terms of a column that begin with `prefix`, from all segments, with their frequencies.
    fn column_terms(&self, column: Column, prefix: &str, most: usize) -> Result<BTreeMap<String, u64>, EngineError> {
        let failed = |error: std::io::Error| EngineError::Unreadable(error.to_string());
        let mut terms: BTreeMap<String, u64> = BTreeMap::new();
        for reader in self.searcher.segment_readers() {
            let index = reader.inverted_index(column).map_err(unreadable)?;
            let range = index.terms().range().ge(prefix.as_bytes());
            let mut stream = range.into_stream().map_err(failed)?;
            let mut taken = 0;
            // What is among the first of all segments is among the first of each that has it.
            while taken < most && stream.advance() {
                let Ok(term) = std::str::from_utf8(stream.key()) else {
                    continue;
                };
                if !term.starts_with(prefix) {
                    break;
                }
                let frequency = u64::from(stream.value().doc_freq);
                match terms.get_mut(term) {
                    Some(known) => *known += frequency,
                    None => {
                        terms.insert(term.to_owned(), frequency);
                    }
                }
                taken += 1;
            }
        }
        while terms.len() > most {
            terms.pop_last();
        }
        Ok(terms)
    }
}

/// A segment's columns of articles and of places in them.
type Opened = (Option<StrColumn>, Option<FastColumn<u64>>);

/// Where documents stand in the corpus. Each segment's columns are opened once: opening them reads all their blocks.
struct Places<'a> {
    snapshot: &'a Snapshot,
    opened: BTreeMap<u32, Opened>,
}

impl Places<'_> {
    fn opened(&mut self, segment: DocAddress) -> Result<&Opened, EngineError> {
        Ok(match self.opened.entry(segment.segment_ord) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let fast = segment_of(&self.snapshot.searcher, segment)?.fast_fields();
                unknown.insert((
                    fast.str("article").map_err(unreadable)?,
                    fast.column_opt::<u64>("ordinal").map_err(unreadable)?,
                ))
            }
        })
    }

    /// The number of a document's article in its segment, in the order of names, and its place in the article.
    fn numbered(&mut self, address: DocAddress) -> Result<(Option<u64>, u64), EngineError> {
        let (articles, ordinals) = self.opened(address)?;
        let number = articles
            .as_ref()
            .and_then(|articles| articles.term_ords(address.doc_id).next());
        let ordinal = ordinals.as_ref().and_then(|ordinals| ordinals.first(address.doc_id));
        Ok((number, ordinal.unwrap_or(0)))
    }

    /// The article of a document and its place in it.
    fn named(&mut self, address: DocAddress) -> Result<(String, u64), EngineError> {
        let (number, ordinal) = self.numbered(address)?;
        let (articles, _) = self.opened(address)?;
        let mut article = String::new();
        if let (Some(articles), Some(number)) = (articles, number) {
            articles
                .ord_to_str(number, &mut article)
                .map_err(|error| EngineError::Unreadable(error.to_string()))?;
        }
        Ok((article, ordinal))
    }
}

/// A found document with what it is ordered by.
type Keyed<K> = (K, (f32, DocAddress));

/// Each of the documents with what it is ordered by.
fn keyed<K>(
    tied: &[(f32, DocAddress)],
    mut key: impl FnMut(DocAddress) -> Result<K, EngineError>,
) -> Result<Vec<Keyed<K>>, EngineError> {
    tied.iter().map(|found| Ok((key(found.1)?, *found))).collect()
}

fn put_in_order<K: Ord>(tied: &mut [(f32, DocAddress)], keyed: &mut [Keyed<K>]) {
    keyed.sort_by(|left, right| left.0.cmp(&right.0));
    for (place, (_, found)) in tied.iter_mut().zip(keyed) {
        *place = *found;
    }
}

impl Engine for Snapshot {
    fn search(&self, request: &Request) -> Result<FoundSet, EngineError> {
        let limit = request.limit.clamp(1, LARGEST_LIMIT);
        let bag = self.translator(request.kind).bag(request)?;
        let Best {
            mut found,
            total,
            counted,
        } = bag.best(&self.searcher, &self.remembered, limit).map_err(unreadable)?;
        found.truncate(limit.max(MOST_TIED));
        let found = self.order_ties(found)?;
        let best = found
            .into_iter()
            .take(limit)
            .map(|(score, address)| Candidate {
                key: key(address),
                score,
            })
            .collect();
        Ok(FoundSet {
            best,
            total,
            counted,
            partial: false,
        })
    }

    fn facets(&self, request: &Request) -> Result<FacetCounts, EngineError> {
        let query = self.translator(request.kind).request(request)?;
        self.searcher
            .search(query.as_ref(), &FacetCollector)
            .map_err(unreadable)
    }

    fn explain(&self, request: &Request, key: u64) -> Result<Account, EngineError> {
        let address = address(key);
        let scored = Scored {
            searcher: &self.searcher,
            reader: segment_of(&self.searcher, address)?,
            address,
            translator: self.translator(request.kind),
        };
        let mut parts = Vec::new();
        let matches = account(&request.matching, &mut |part| scored.part(part), &mut parts)?;
        let filters = request.filters.iter();
        Ok(Account {
            matches,
            filters: filters
                .map(|filter| Ok(scored.score(scored.translator.filter(filter).as_ref())?.is_some()))
                .collect::<Result<_, EngineError>>()?,
            parts,
        })
    }

    fn vectors(&self) -> Option<&VectorCounts> {
        self.manifest.vectors.as_ref()
    }

    fn nearest(&self, nearest: &Nearest) -> Result<Vec<Candidate>, EngineError> {
        let Some(vectors) = &self.vectors else {
            return Ok(Vec::new());
        };
        let limit = nearest.limit.clamp(1, LARGEST_LIMIT);
        let nearest = Nearest {
            limit,
            ..nearest.clone()
        };
        let among = || {
            self.translator(Kind::Passage).request(&Request {
                kind: Kind::Passage,
                matching: Match::Everything,
                filters: nearest.filters.clone(),
                limit,
            })
        };
        let found = vectors.nearest(&self.searcher, &nearest, &among)?;
        let candidates = self.order_ties(found)?.into_iter();
        Ok(candidates
            .map(|(score, address)| Candidate {
                key: key(address),
                score,
            })
            .collect())
    }

    fn document_frequency(&self, field: Field, term: &str) -> Result<u64, EngineError> {
        let kind = if matches!(field, Field::ReferenceWords | Field::ReferenceGrams) {
            Kind::Reference
        } else {
            Kind::Passage
        };
        let Some(column) = self.columns.text(field, kind) else {
            return Ok(0);
        };
        self.searcher
            .doc_freq(&Term::from_field_text(column, term))
            .map_err(unreadable)
    }

    fn count(&self, kind: Kind, language: Option<Language>) -> Result<u64, EngineError> {
        Ok(self.manifest.counts.of(kind, language))
    }

    fn terms(&self, field: Field, prefix: &str, limit: usize) -> Result<Vec<(String, u64)>, EngineError> {
        let kind = if matches!(field, Field::ReferenceWords | Field::ReferenceGrams) {
            Kind::Reference
        } else {
            Kind::Passage
        };
        let Some(column) = self.columns.text(field, kind) else {
            return Ok(Vec::new());
        };
        Ok(self.column_terms(column, prefix, limit)?.into_iter().collect())
    }

    fn passages(&self, keys: &[u64]) -> Result<Vec<PlacedPassage>, EngineError> {
        self.fetch::<StoredPassage>(keys)
    }

    fn references(&self, keys: &[u64]) -> Result<Vec<PlacedReference>, EngineError> {
        self.fetch::<StoredReference>(keys)
    }

    fn passage(&self, id: &PassageId) -> Result<Option<PlacedPassage>, EngineError> {
        match self.passage_key(id)? {
            Some(key) => Ok(self.fetch::<StoredPassage>(&[key])?.pop()),
            None => Ok(None),
        }
    }

    fn passage_key(&self, id: &PassageId) -> Result<Option<u64>, EngineError> {
        self.find(self.columns.id, &named_term(Kind::Passage, id.as_str()))
    }

    fn article(&self, id: &ArticleId) -> Result<Option<ArticleOutline>, EngineError> {
        match self.find(self.columns.id, &named_term(Kind::Article, id.as_str()))? {
            Some(key) => Ok(self.fetch::<StoredOutline>(&[key])?.pop()),
            None => Ok(None),
        }
    }

    fn article_passages(&self, id: &ArticleId) -> Result<Vec<PlacedPassage>, EngineError> {
        self.of_article::<StoredPassage>(id, Kind::Passage)
    }

    fn article_references(&self, id: &ArticleId) -> Result<Vec<PlacedReference>, EngineError> {
        self.of_article::<StoredReference>(id, Kind::Reference)
    }

    fn articles(&self, offset: usize, limit: usize) -> Result<(Vec<ListedArticle>, usize), EngineError> {
        let total = self.count(Kind::Article, None)? as usize;
        if limit == 0 {
            return Ok((Vec::new(), total));
        }
        let articles = self.articles_in_order()?.get(offset..).unwrap_or_default();
        let wanted = articles.get(..limit.min(LARGEST_LIMIT)).unwrap_or(articles);
        Ok((self.fetch::<StoredListing>(wanted)?, total))
    }
}

/// The address of a document as one number, ascending with it.
pub fn key(address: DocAddress) -> u64 {
    u64::from(address.segment_ord) << 32 | u64::from(address.doc_id)
}

/// The address that a number stands for.
pub fn address(key: u64) -> DocAddress {
    DocAddress::new((key >> 32) as u32, key as u32)
}
