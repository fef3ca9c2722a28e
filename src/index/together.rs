//! Many small questions to an engine that is far away, asked at once.
//!
//! What reads a query asks for one document frequency after the other, and each answer decides little of what is asked
//! next. So it is run with guesses for what is not known, what it asked for is fetched together, and it is run again,
//! until it asks for nothing new: two or three rounds in place of hundreds of questions.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use super::{Account, Engine, EngineError, FacetCounts, Field, FoundSet, Kind, Request};
use crate::document::{ArticleId, ArticleOutline, ListedArticle, PassageId, PlacedPassage, PlacedReference};
use crate::text::Language;

/// The most rounds; then every question is asked as it comes.
const ROUNDS: usize = 12;

/// A list of terms: field, beginning, and at most how many.
pub type TermList = (Field, String, usize);

/// Runs `work` on an engine, which must do nothing but ask and always the same. Where the engine is far away its small
/// questions are asked together.
///
/// # Errors
/// Those of `work`, or of the engine.
pub fn asked_together<T, E: From<EngineError>>(
    engine: &dyn Engine,
    work: impl Fn(&dyn Engine) -> Result<T, E>,
) -> Result<T, E> {
    if !engine.is_far() {
        return work(engine);
    }
    let mut known = Known::default();
    for _ in 0..ROUNDS {
        let asking = Asking {
            engine,
            known,
            wanted: Mutex::default(),
        };
        let outcome = work(&asking);
        let Asking {
            known: so_far, wanted, ..
        } = asking;
        known = so_far;
        let Wanted { frequencies, lists } = wanted.into_inner().unwrap_or_else(PoisonError::into_inner);
        if frequencies.is_empty() && lists.is_empty() {
            return outcome;
        }
        let frequencies: Vec<(Field, String)> = frequencies.into_iter().collect();
        let lists: Vec<TermList> = lists.into_iter().collect();
        let found = engine.document_frequencies(&frequencies)?;
        known.frequencies.extend(frequencies.into_iter().zip(found));
        let found = engine.term_lists(&lists)?;
        known.lists.extend(lists.into_iter().zip(found));
    }
    work(engine)
}

#[derive(Default)]
struct Known {
    frequencies: HashMap<(Field, String), u64>,
    lists: HashMap<TermList, Vec<(String, u64)>>,
}

#[derive(Default)]
struct Wanted {
    frequencies: BTreeSet<(Field, String)>,
    lists: BTreeSet<TermList>,
}

/// An engine that guesses nothing where it does not know, and notes what it was asked.
struct Asking<'a> {
    engine: &'a dyn Engine,
    known: Known,
    wanted: Mutex<Wanted>,
}

impl Asking<'_> {
    fn note(&self, note: impl FnOnce(&mut Wanted)) {
        note(&mut self.wanted.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Whether anything asked so far was guessed: then what follows may never be asked.
    fn guesses(&self) -> bool {
        let wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        !wanted.frequencies.is_empty() || !wanted.lists.is_empty()
    }
}

impl Engine for Asking<'_> {
    fn search(&self, request: &Request) -> Result<FoundSet, EngineError> {
        if self.guesses() {
            return Ok(FoundSet {
                best: Vec::new(),
                total: 0,
                counted: true,
                partial: false,
            });
        }
        self.engine.search(request)
    }

    fn facets(&self, request: &Request) -> Result<FacetCounts, EngineError> {
        self.engine.facets(request)
    }

    fn explain(&self, request: &Request, key: u64) -> Result<Account, EngineError> {
        self.engine.explain(request, key)
    }

    fn document_frequency(&self, field: Field, term: &str) -> Result<u64, EngineError> {
        if let Some(known) = self.engine.remembered_frequency(field, term) {
            return Ok(known);
        }
        let key = (field, term.to_owned());
        if let Some(known) = self.known.frequencies.get(&key) {
            return Ok(*known);
        }
        self.note(|wanted| {
            wanted.frequencies.insert(key);
        });
        Ok(0)
    }

    fn count(&self, kind: Kind, language: Option<Language>) -> Result<u64, EngineError> {
        self.engine.count(kind, language)
    }

    fn terms(&self, field: Field, prefix: &str, limit: usize) -> Result<Vec<(String, u64)>, EngineError> {
        let key = (field, prefix.to_owned(), limit);
        if let Some(known) = self.known.lists.get(&key) {
            return Ok(known.clone());
        }
        self.note(|wanted| {
            wanted.lists.insert(key);
        });
        Ok(Vec::new())
    }

    fn passages(&self, keys: &[u64]) -> Result<Vec<PlacedPassage>, EngineError> {
        self.engine.passages(keys)
    }

    fn references(&self, keys: &[u64]) -> Result<Vec<PlacedReference>, EngineError> {
        self.engine.references(keys)
    }

    fn passage(&self, id: &PassageId) -> Result<Option<PlacedPassage>, EngineError> {
        self.engine.passage(id)
    }

    fn passage_key(&self, id: &PassageId) -> Result<Option<u64>, EngineError> {
        self.engine.passage_key(id)
    }

    fn article(&self, id: &ArticleId) -> Result<Option<ArticleOutline>, EngineError> {
        self.engine.article(id)
    }

    fn article_passages(&self, id: &ArticleId) -> Result<Vec<PlacedPassage>, EngineError> {
        self.engine.article_passages(id)
    }

    fn article_references(&self, id: &ArticleId) -> Result<Vec<PlacedReference>, EngineError> {
        self.engine.article_references(id)
    }

    fn articles(&self, offset: usize, limit: usize) -> Result<(Vec<ListedArticle>, usize), EngineError> {
        self.engine.articles(offset, limit)
    }
}
