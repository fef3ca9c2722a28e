//! One opened index, frozen: what a search finds in it, a later fetch returns.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use tantivy::collector::TopDocs;
use tantivy::query::{EnableScoring, Query, TermQuery};
use tantivy::schema::{Field as Column, IndexRecordOption};
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, TantivyDocument, Term};

use super::manifest::Manifest;
use super::record::decode;
use super::schema::{Columns, named_term};
use super::translate::{Translator, count, unreadable};
use super::{Candidate, Engine, EngineError, Field, FoundSet, Kind, Request};
use crate::document::{ArticleId, ArticleOutline, PassageId, PlacedPassage, PlacedReference};
use crate::text::Language;

/// The most documents one search returns.
pub const LARGEST_LIMIT: usize = 2000;

/// How many more than asked are collected, so that equal scores at the end can be put in order.
const MARGIN: usize = 32;

/// The most that are collected to put equal scores in order. Where more than this have the same score, those with the
/// smallest addresses are ordered among themselves.
const MOST_TIED: usize = 8192;

/// One opened index, frozen.
pub struct Snapshot {
    searcher: Searcher,
    columns: Columns,
    tokens: BTreeMap<Column, u64>,
    manifest: Manifest,
}

impl Snapshot {
    /// Takes an opened index.
    pub(super) fn new(searcher: Searcher, columns: Columns, manifest: Manifest) -> Self {
        let tokens = columns
            .all_text()
            .filter_map(|column| Some((column, *manifest.tokens.get(columns.schema.get_field_name(column))?)))
            .collect();
        Self {
            searcher,
            columns,
            tokens,
            manifest,
        }
    }

    /// What the index says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    fn translator(&self, kind: Kind) -> Translator<'_> {
        Translator {
            searcher: &self.searcher,
            columns: &self.columns,
            tokens: &self.tokens,
            kind,
        }
    }

    /// Collects the best documents, and more where the last score is shared by documents left out.
    fn collect(&self, query: &dyn Query, limit: usize) -> Result<Vec<(f32, DocAddress)>, EngineError> {
        let mut asked = limit + MARGIN;
        loop {
            let found = self
                .searcher
                .search(query, &TopDocs::with_limit(asked).order_by_score())
                .map_err(unreadable)?;
            let last_wanted = found.get(limit - 1).map(|(score, _)| *score);
            let complete = found.len() < asked || found.last().map(|(score, _)| *score) != last_wanted;
            if complete || asked >= MOST_TIED {
                return Ok(found);
            }
            asked = (asked * 4).min(MOST_TIED);
        }
    }

    /// Orders equal scores by article and place.
    fn order_ties(&self, found: Vec<(f32, DocAddress)>) -> Result<Vec<(f32, DocAddress)>, EngineError> {
        let mut ordered = Vec::with_capacity(found.len());
        for tied in found.chunk_by(|left, right| left.0 == right.0) {
            if tied.len() == 1 {
                ordered.extend_from_slice(tied);
                continue;
            }
            let mut keyed = tied
                .iter()
                .map(|&(score, address)| Ok((self.place(address)?, score, address)))
                .collect::<Result<Vec<_>, EngineError>>()?;
            keyed.sort_by(|left, right| left.0.cmp(&right.0));
            ordered.extend(keyed.into_iter().map(|(_, score, address)| (score, address)));
        }
        Ok(ordered)
    }

    fn place(&self, address: DocAddress) -> Result<(String, u64), EngineError> {
        let reader = self.reader(address)?;
        let mut article = String::new();
        if let Some(column) = reader.fast_fields().str("article").map_err(unreadable)?
            && let Some(ordinal) = column.term_ords(address.doc_id).next()
        {
            column
                .ord_to_str(ordinal, &mut article)
                .map_err(|error| EngineError::Unreadable(error.to_string()))?;
        }
        let ordinals = reader.fast_fields().column_opt::<u64>("ordinal").map_err(unreadable)?;
        let ordinal = ordinals
            .and_then(|ordinals| ordinals.first(address.doc_id))
            .unwrap_or(0);
        Ok((article, ordinal))
    }

    fn reader(&self, address: DocAddress) -> Result<&tantivy::SegmentReader, EngineError> {
        self.searcher
            .segment_readers()
            .get(address.segment_ord as usize)
            .filter(|reader| address.doc_id < reader.max_doc())
            .ok_or_else(|| EngineError::Unreadable("a document address of another snapshot".to_owned()))
    }

    fn fetch<T: DeserializeOwned>(&self, keys: &[u64]) -> Result<Vec<T>, EngineError> {
        let mut order: Vec<(u64, usize)> = keys.iter().copied().zip(0..).collect();
        order.sort_unstable();
        let mut fetched = Vec::with_capacity(keys.len());
        for (key, place) in order {
            let address = address(key);
            self.reader(address)?;
            let document: TantivyDocument = self.searcher.doc(address).map_err(unreadable)?;
            fetched.push((place, decode(&self.columns, &document)?));
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

    fn of_article<T: DeserializeOwned>(&self, id: &ArticleId, kind: Kind) -> Result<Vec<T>, EngineError> {
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
        self.fetch(&keys)
    }

    /// Terms of a column that begin with `prefix`, from all segments, with their frequencies.
    fn column_terms(&self, column: Column, prefix: &str, most: usize) -> Result<BTreeMap<String, u64>, EngineError> {
        let failed = |error: std::io::Error| EngineError::Unreadable(error.to_string());
        let mut terms: BTreeMap<String, u64> = BTreeMap::new();
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for reader in self.searcher.segment_readers() {
            let index = reader.inverted_index(column).map_err(unreadable)?;
            let mut stream = index
                .terms()
                .range()
                .ge(prefix.as_bytes())
                .into_stream()
                .map_err(failed)?;
            let mut taken = 0;
            while taken < most && stream.advance() {
                let Ok(term) = std::str::from_utf8(stream.key()) else {
                    continue;
                };
                if !term.starts_with(prefix) {
                    break;
                }
                seen.insert(term.to_owned());
                taken += 1;
            }
        }
        for term in seen.into_iter().take(most) {
            let frequency = self
                .searcher
                .doc_freq(&Term::from_field_text(column, &term))
                .map_err(unreadable)?;
            terms.insert(term, frequency);
        }
        Ok(terms)
    }
}

impl Engine for Snapshot {
    fn search(&self, request: &Request) -> Result<FoundSet, EngineError> {
        let limit = request.limit.clamp(1, LARGEST_LIMIT);
        let query = self.translator(request.kind).request(request)?;
        let found = self.order_ties(self.collect(query.as_ref(), limit)?)?;
        // Counting apart costs less than it would in one pass, which could not skip documents that can't be among the best.
        let total = if found.len() < limit {
            found.len()
        } else {
            query.count(&self.searcher).map_err(unreadable)?
        };
        let best = found
            .into_iter()
            .take(limit)
            .map(|(score, address)| Candidate {
                key: key(address),
                score,
            })
            .collect();
        Ok(FoundSet { best, total })
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
        count(&self.searcher, &self.columns, kind, language)
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
        self.fetch(keys)
    }

    fn references(&self, keys: &[u64]) -> Result<Vec<PlacedReference>, EngineError> {
        self.fetch(keys)
    }

    fn passage(&self, id: &PassageId) -> Result<Option<PlacedPassage>, EngineError> {
        match self.passage_key(id)? {
            Some(key) => Ok(self.fetch(&[key])?.pop()),
            None => Ok(None),
        }
    }

    fn passage_key(&self, id: &PassageId) -> Result<Option<u64>, EngineError> {
        self.find(self.columns.id, &named_term(Kind::Passage, id.as_str()))
    }

    fn article(&self, id: &ArticleId) -> Result<Option<ArticleOutline>, EngineError> {
        match self.find(self.columns.id, &named_term(Kind::Article, id.as_str()))? {
            Some(key) => Ok(self.fetch(&[key])?.pop()),
            None => Ok(None),
        }
    }

    fn article_passages(&self, id: &ArticleId) -> Result<Vec<PlacedPassage>, EngineError> {
        self.of_article(id, Kind::Passage)
    }

    fn article_references(&self, id: &ArticleId) -> Result<Vec<PlacedReference>, EngineError> {
        self.of_article(id, Kind::Reference)
    }

    fn articles(&self, offset: usize, limit: usize) -> Result<(Vec<ArticleOutline>, usize), EngineError> {
        let total = self.count(Kind::Article, None)? as usize;
        let end = offset.saturating_add(limit.min(LARGEST_LIMIT)).min(total);
        let mut keys = Vec::new();
        for (term, _) in self
            .column_terms(self.columns.article, &named_term(Kind::Article, ""), end)?
            .into_iter()
            .skip(offset)
        {
            keys.extend(self.find(self.columns.article, &term)?);
        }
        Ok((self.fetch(&keys)?, total))
    }
}

fn key(address: DocAddress) -> u64 {
    u64::from(address.segment_ord) << 32 | u64::from(address.doc_id)
}

fn address(key: u64) -> DocAddress {
    DocAddress::new((key >> 32) as u32, key as u32)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, settings, update, words};
    use super::super::{Engine, Field, Filter, Kind, Match, Recipe, Request, open};
    use super::Snapshot;
    use crate::document::ArticleId;
    use crate::text::Language;

    fn opened(sample: &Sample) -> Snapshot {
        let folder = tempfile::tempdir().expect("a folder");
        update(folder.path(), sample).expect("an index");
        open(&settings(folder.path()), &Recipe::default()).expect("a snapshot")
    }

    fn three() -> Snapshot {
        opened(&Sample::of(&[
            ("a.md", &["one|2001|red cells|red red blood cells grow"]),
            ("b.md", &["two|2010|white cells", "zh|2020|干 细胞|cells 干 细胞"]),
        ]))
    }

    fn texts(snapshot: &Snapshot, request: &Request) -> Vec<String> {
        let found = snapshot.search(request).expect("an answer");
        assert_eq!(found.total, found.best.len());
        let keys: Vec<u64> = found.best.iter().map(|candidate| candidate.key).collect();
        snapshot
            .passages(&keys)
            .expect("passages")
            .into_iter()
            .map(|placed| placed.passage.text)
            .collect()
    }

    #[test]
    fn scores_are_bm25_over_the_passages_of_the_language() {
        let snapshot = three();
        let found = snapshot.search(&words("red")).expect("an answer");
        // Three English passages of 2, 5 and 2 words: N = 3, n = 2, average 3.
        let rarity = (1.0f32 + (3.0 - 2.0 + 0.5) / (2.0 + 0.5)).ln();
        let score =
            |frequency: f32, length: f32| rarity * 2.2 * frequency / (frequency + 1.2 * (0.25 + 0.75 * length / 3.0));
        let scores: Vec<f32> = found.best.iter().map(|candidate| candidate.score).collect();
        let expected = [score(1.0, 2.0), score(2.0, 5.0)];
        assert_eq!(scores.len(), 2);
        for (score, expected) in scores.iter().zip(expected) {
            assert!((score - expected).abs() < 1e-6, "{scores:?} is not {expected:?}");
        }
    }

    #[test]
    fn equal_scores_come_in_the_order_of_article_and_place() {
        let lines: Vec<String> = (0..100)
            .rev()
            .map(|place| format!("a{place:03}|2000|same text|same text"))
            .collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let snapshot = opened(&Sample::of(&[("a.md", &lines)]));
        let found = snapshot
            .search(&Request {
                limit: 3,
                ..words("same")
            })
            .expect("an answer");
        assert_eq!(found.total, 200);
        let keys: Vec<u64> = found.best.iter().map(|candidate| candidate.key).collect();
        let placed = snapshot.passages(&keys).expect("passages");
        let places: Vec<(&str, u32)> = placed
            .iter()
            .map(|placed| (placed.article.id.as_str(), placed.ordinal))
            .collect();
        assert_eq!(places, [("a000", 0), ("a000", 1), ("a001", 0)]);
    }

    #[test]
    fn filters_hold_besides_the_match() {
        let snapshot = three();
        let with = |filter| {
            texts(
                &snapshot,
                &Request {
                    filters: vec![filter],
                    ..words("cells red")
                },
            )
        };
        assert_eq!(
            with(Filter::Year {
                from: Some(2010),
                to: None
            }),
            ["white cells"]
        );
        assert_eq!(
            with(Filter::Article(vec![ArticleId::parse("two").expect("an identifier")])),
            ["white cells"]
        );
        assert_eq!(with(Filter::Section("CELLS".to_owned())), ["red red blood cells grow"]);
        assert_eq!(with(Filter::Section("1".to_owned())).len(), 3);
        assert_eq!(with(Filter::Language(Language::Zh)), Vec::<String>::new());
    }

    #[test]
    fn phrases_keep_their_distances() {
        let snapshot = three();
        let phrase = |terms: &[(usize, &str)]| Request {
            matching: Match::Phrase {
                field: Field::Grams(Language::En),
                terms: terms.iter().map(|(at, term)| (*at, (*term).to_owned())).collect(),
                boost: 1.0,
            },
            ..words("")
        };
        assert_eq!(texts(&snapshot, &phrase(&[(0, "red"), (1, "cells")])), ["red cells"]);
        assert_eq!(
            texts(&snapshot, &phrase(&[(5, "red"), (7, "cells")])),
            ["red red blood cells grow"]
        );
        assert!(
            snapshot
                .search(&Request {
                    matching: Match::Phrase {
                        field: Field::Words(Language::En),
                        terms: Vec::new(),
                        boost: 1.0
                    },
                    ..words("")
                })
                .is_err()
        );
    }

    #[test]
    fn a_set_of_one_term_scores_as_the_term() {
        let snapshot = three();
        let set = |members: &[(&str, f32)]| Request {
            matching: Match::Synonyms {
                members: members
                    .iter()
                    .map(|(term, weight)| (Field::Words(Language::En), (*term).to_owned(), *weight))
                    .collect(),
                boost: 1.0,
            },
            ..words("")
        };
        let as_term = snapshot.search(&words("red")).expect("an answer");
        let as_set = snapshot.search(&set(&[("red", 1.0)])).expect("an answer");
        assert_eq!(as_term.total, as_set.total);
        for (term, set) in as_term.best.iter().zip(&as_set.best) {
            assert_eq!(term.key, set.key);
            assert!((term.score - set.score).abs() < 1e-6);
        }
        assert_eq!(
            texts(&snapshot, &set(&[("white", 1.0), ("blood", 0.5)])),
            ["white cells", "red red blood cells grow"]
        );
    }

    #[test]
    fn nothing_but_the_kind_asked_for_is_found() {
        let snapshot = three();
        let everything = |kind| {
            snapshot
                .search(&Request {
                    kind,
                    matching: Match::Everything,
                    ..words("")
                })
                .expect("an answer")
                .total
        };
        assert_eq!(
            [Kind::Passage, Kind::Reference, Kind::Article].map(everything),
            [5, 3, 3]
        );
        let authors = |kind| {
            let matching = Match::Term {
                field: Field::Authors,
                term: "smith".to_owned(),
                boost: 1.0,
            };
            snapshot
                .search(&Request {
                    kind,
                    matching,
                    ..words("")
                })
                .expect("an answer")
                .total
        };
        assert_eq!([Kind::Passage, Kind::Reference].map(authors), [0, 3]);
    }

    #[test]
    fn what_is_excluded_is_not_found_and_what_is_welcome_ranks_higher() {
        let snapshot = three();
        let word = |word: &str| words(word).matching;
        let without = Match::Without(Box::new(word("cells")), vec![word("red")]);
        assert_eq!(
            texts(
                &snapshot,
                &Request {
                    matching: without,
                    ..words("")
                }
            ),
            ["white cells"]
        );
        let boosted = Match::Boosted(Box::new(word("cells")), vec![word("grow")]);
        assert_eq!(
            texts(
                &snapshot,
                &Request {
                    matching: boosted,
                    ..words("")
                }
            )[0],
            "red red blood cells grow"
        );
        let all = Match::All(vec![word("cells"), word("blood")]);
        assert_eq!(
            texts(
                &snapshot,
                &Request {
                    matching: all,
                    ..words("")
                }
            ),
            ["red red blood cells grow"]
        );
    }

    #[test]
    fn articles_and_passages_are_found_by_name() {
        let snapshot = three();
        let (articles, total) = snapshot.articles(1, 5).expect("articles");
        assert_eq!(total, 3);
        assert_eq!(
            articles.iter().map(|article| article.id.as_str()).collect::<Vec<_>>(),
            ["two", "zh"]
        );
        let one = ArticleId::parse("one").expect("an identifier");
        let passages = snapshot.article_passages(&one).expect("passages");
        assert_eq!(passages.iter().map(|placed| placed.ordinal).collect::<Vec<_>>(), [0, 1]);
        let id = &passages[1].passage.id;
        assert_eq!(snapshot.passage(id).expect("a passage").as_ref(), passages.get(1));
        assert_eq!(
            snapshot.article_references(&one).expect("references")[0].reference.text,
            "Work of one"
        );
        assert_eq!(
            snapshot.terms(Field::Words(Language::En), "b", 5).expect("terms"),
            [("blood".to_owned(), 1)]
        );
        assert_eq!(snapshot.count(Kind::Passage, Some(Language::Zh)).expect("a count"), 2);
    }

    #[test]
    fn limits_and_nesting_are_bounded() {
        let snapshot = three();
        assert_eq!(
            snapshot
                .search(&Request {
                    limit: 0,
                    ..words("cells")
                })
                .expect("an answer")
                .best
                .len(),
            1
        );
        assert_eq!(
            snapshot
                .search(&Request {
                    limit: usize::MAX,
                    ..words("cells")
                })
                .expect("an answer")
                .best
                .len(),
            3
        );
        let deep = (0..1000).fold(words("cells").matching, |inner, _| Match::All(vec![inner]));
        assert!(
            snapshot
                .search(&Request {
                    matching: deep,
                    ..words("")
                })
                .is_err()
        );
    }
}
