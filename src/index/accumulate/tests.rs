use tantivy::query::{Query, TermQuery};
use tantivy::schema::{Field as Column, INDEXED, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::{DocAddress, Index, Searcher, TantivyDocument, Term};

use super::{Bag, COUNTED, Filtering, Part, Remembered};
use crate::index::statistics::Numbers;
use crate::index::synonyms::SynonymsQuery;
use crate::text::Language;

/// Words of a made-up language: `w2` stands in every second text, `w3` in every third, and so on.
const WORDS: u64 = 40;
const TEXTS: u64 = 24_000;

struct Texts {
    searcher: Searcher,
    words: Column,
    kind: Column,
}

/// Texts in two segments; every eleventh is deleted.
fn texts() -> Texts {
    let mut schema = Schema::builder();
    let frequencies = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqs);
    let words = schema.add_text_field("words", TextOptions::default().set_indexing_options(frequencies));
    let kind = schema.add_text_field("kind", STRING);
    let number = schema.add_u64_field("number", INDEXED);
    let index = Index::create_in_ram(schema.build());
    let mut writer = index.writer_with_num_threads(1, 20_000_000).expect("a writer");
    writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
    let mut state: u64 = 7;
    for text in 0..TEXTS {
        let mut document = TantivyDocument::default();
        let mut said = String::new();
        for word in 2..WORDS {
            // An old and small generator is random enough (Knuth's MMIX).
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            if (state >> 33).is_multiple_of(word) {
                said.push_str(&format!("w{word} ").repeat(1 + (state >> 60) as usize % 3));
            }
        }
        document.add_text(words, said);
        document.add_text(kind, if text % 3 == 0 { "zh" } else { "en" });
        document.add_u64(number, text % 11);
        writer.add_document(document).expect("added");
        if text == TEXTS / 2 {
            writer.commit().expect("committed");
        }
    }
    writer.delete_term(Term::from_field_u64(number, 5));
    writer.commit().expect("committed");
    let searcher = index.reader().expect("a reader").searcher();
    assert_eq!(searcher.segment_readers().len(), 2);
    Texts { searcher, words, kind }
}

impl Texts {
    fn set(&self, members: &[(u64, f32)], boost: f32) -> Part {
        let members: Vec<_> = members
            .iter()
            .map(|(word, weight)| {
                (
                    self.words,
                    Term::from_field_text(self.words, &format!("w{word}")),
                    *weight,
                )
            })
            .collect();
        let frequencies: Vec<u64> = members
            .iter()
            .map(|(_, term, _)| self.searcher.doc_freq(term).expect("a frequency"))
            .collect();
        let numbers = Numbers {
            documents: TEXTS,
            frequency: frequencies.iter().copied().max().unwrap_or(1),
        };
        let postings = frequencies.iter().sum();
        Part::Set(
            SynonymsQuery::new(Some(self.words), members, (numbers, postings)),
            boost,
        )
    }

    fn term(&self, column: Column, text: &str) -> Box<dyn Query> {
        Box::new(TermQuery::new(
            Term::from_field_text(column, text),
            IndexRecordOption::Basic,
        ))
    }

    /// Rare words that count much, two sets, common words that count little.
    fn bag(&self, filters: Vec<Filtering>) -> Bag {
        let mut parts: Vec<Part> = [2, 3, 4, 5, 6, 7, 8, 9, 31, 37, 39]
            .map(|word| self.set(&[(word, 1.0)], 1.0))
            .into();
        parts.push(self.set(&[(33, 0.7), (34, 1.0), (10, 0.2)], 2.0));
        parts.push(self.set(&[(2, 0.5), (3, 1.0)], 0.1));
        parts.push(Part::Other(self.term(self.words, "w38"), f32::INFINITY, 0));
        Bag::new(parts, filters)
    }
}

fn said(found: &[(f32, DocAddress)]) -> Vec<(u32, DocAddress)> {
    found
        .iter()
        .map(|(score, address)| (score.to_bits(), *address))
        .collect()
}

#[test]
fn what_is_not_read_changes_neither_the_best_nor_their_scores() {
    let texts = texts();
    let remembered = Remembered::default();
    for (language, kind) in [(None, None), (Some(Language::Zh), Some("zh")), (None, Some("en"))] {
        let filters = || {
            let query = kind.map(|kind| texts.term(texts.kind, kind));
            query.map(|query| Filtering { query, language }).into_iter().collect()
        };
        // Where as many are wanted as there are, nothing can be left out.
        let all = texts
            .bag(filters())
            .best(&texts.searcher, &remembered, TEXTS as usize)
            .expect("found");
        assert!(all.counted);
        assert_eq!(all.total, all.found.len());
        for limit in [1, 10, 200] {
            for run in 0..2 {
                let best = texts
                    .bag(filters())
                    .best(&texts.searcher, &remembered, limit)
                    .expect("found");
                assert!(best.found.len() >= limit);
                let expected = all.found.get(..best.found.len()).expect("as many");
                assert_eq!(said(&best.found), said(expected), "{kind:?} {limit} {run}");
                assert!(best.total <= all.total && best.total >= COUNTED.min(all.total));
                assert!(!best.counted || best.total == all.total);
            }
        }
    }
}

#[test]
fn most_lists_of_common_words_are_not_read_to_the_end() {
    let texts = texts();
    let remembered = Remembered::default();
    let best = |bag: Bag| bag.best(&texts.searcher, &remembered, 10).expect("found");
    assert!(!best(texts.bag(Vec::new())).counted);
    // Few match: all are counted.
    let few = best(Bag::new(
        vec![texts.set(&[(39, 1.0)], 1.0), texts.set(&[(38, 1.0)], 1.0)],
        Vec::new(),
    ));
    assert!(few.counted && few.total < COUNTED);
}

/// What a list counted at most was remembered though its end, where one text says the word fifty times, had not been
/// read; the next search then did not look there.
#[test]
fn what_a_list_counts_at_most_is_not_remembered_of_a_part_of_it() {
    let mut schema = Schema::builder();
    let frequencies = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqs);
    let words = schema.add_text_field("words", TextOptions::default().set_indexing_options(frequencies));
    let index = Index::create_in_ram(schema.build());
    let mut writer = index.writer_with_num_threads(1, 20_000_000).expect("a writer");
    let last = super::board::WINDOW as u64 * 2 + 100;
    for text in 0..=last {
        let mut document = TantivyDocument::default();
        let said = match text {
            0 => "rare common other".to_owned(),
            _ if text == last => "common ".repeat(50),
            _ => "common other".to_owned(),
        };
        document.add_text(words, said);
        writer.add_document(document).expect("added");
    }
    writer.commit().expect("committed");
    let searcher = index.reader().expect("a reader").searcher();
    let part = |word: &str, weight: f32, frequency: u64| {
        let numbers = Numbers {
            documents: 100_000,
            frequency,
        };
        let members = vec![(words, Term::from_field_text(words, word), weight)];
        Part::Set(SynonymsQuery::new(None, members, (numbers, frequency)), 1.0)
    };
    let best = |parts: Vec<Part>, remembered: &Remembered| {
        let best = Bag::new(parts, Vec::new()).best(&searcher, remembered, 1);
        said(&best.expect("found").found)
    };
    let remembered = Remembered::default();
    // The rare word decides: the end of the common one's list is not read.
    best(vec![part("rare", 1.0, 1), part("common", 1.0, 50_000)], &remembered);
    // Fifty times the one word, 50 / 50.6, is more than both words once, 1 / 1.6 and 0.1 / 0.7.
    let found = best(
        vec![part("other", 0.1, 50_000), part("common", 1.0, 50_000)],
        &remembered,
    );
    let places: Vec<u32> = found.iter().map(|(_, address)| address.doc_id).collect();
    assert_eq!(places, [last as u32]);
}

#[test]
fn a_part_that_counts_nothing_finds_nothing() {
    let texts = texts();
    let bag = Bag::new(vec![texts.set(&[(2, 1.0)], 0.0)], Vec::new());
    let best = bag.best(&texts.searcher, &Remembered::default(), 10).expect("found");
    assert!(best.found.is_empty() && best.total == 0);
}
