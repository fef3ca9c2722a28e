//! What a search finds, in which order, and with which scores.

use super::super::sample::{Sample, settings, update, words};
use super::super::{Engine, Field, Filter, Kind, Match, Recipe, Request, Snapshot, open};
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
fn scores_are_bm25_over_the_passages_of_the_language_with_each_length_judged_alone() {
    let snapshot = three();
    let found = snapshot.search(&words("red")).expect("an answer");
    // Three English passages, two with the word: N = 3, n = 2. Two words count as four, the shortest length there is.
    let rarity = (1.0f32 + (3.0 - 2.0 + 0.5) / (2.0 + 0.5)).ln();
    let score = |frequency: f32, words: f32| {
        let length = words / 200.0;
        rarity * 1.6 * length.powf(-0.2) * frequency / (frequency + 0.6 * length.powf(0.6))
    };
    let scores: Vec<f32> = found.best.iter().map(|candidate| candidate.score).collect();
    let mut expected = [score(1.0, 4.0), score(2.0, 5.0)];
    expected.sort_by(|one, other| other.total_cmp(one));
    assert_eq!(scores.len(), 2);
    for (score, expected) in scores.iter().zip(expected) {
        assert!((score - expected).abs() < 1e-5, "{scores:?} is not {expected:?}");
    }
}

#[test]
fn a_score_does_not_depend_on_the_length_of_other_passages() {
    let score = |lines: &[&str]| {
        let snapshot = opened(&Sample::of(&[("a.md", lines)]));
        let found = snapshot.search(&words("red")).expect("an answer");
        found.best.first().map(|best| best.score)
    };
    let long = format!("two|2001|{}", "white ".repeat(300));
    assert_eq!(
        score(&["one|2001|red cells", "two|2001|white"]),
        score(&["one|2001|red cells", &long])
    );
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
            length: Field::Words(Language::En),
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
