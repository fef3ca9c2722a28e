//! Near-duplicates, many articles, the passages around a hit, and counts of all matches.

use super::sample::{found, id, library, texts};
use crate::document::SectionRole;
use crate::query::{Comparison, Condition, Operation};
use crate::retrieve::{Expand, Filters, Search, SearchError, Searcher};
use crate::text::Language;

const LONG: &str =
    "The lamp of the lighthouse turns once in ten seconds and is seen from every ship that enters the harbour at night";

#[test]
fn nearly_the_same_text_is_one_hit_with_the_others_behind_it() {
    let (searcher, _folder) = library(&[
        format!("a|2000|s|{LONG}."),
        format!("b|2000|s|{}!", LONG.replace("every ship", "every ships")),
        format!("c|2000|s|{}.", LONG.replace("ten", "20")),
        "d|2000|s|A lamp.".to_owned(),
    ]);
    let results = searcher.search(&Search::new("lamp of the lighthouse")).unwrap();
    assert_eq!(results.total, 4);
    assert_eq!(results.hits.len(), 3, "{:?}", texts(&results));
    let behind: Vec<usize> = results.hits.iter().map(|hit| hit.duplicates.len()).collect();
    assert_eq!(behind.iter().sum::<usize>(), 1);
    let one_by_one: Vec<String> = (0..3)
        .flat_map(|offset| {
            found(
                &searcher,
                &Search {
                    offset,
                    limit: 1,
                    ..Search::new("lamp of the lighthouse")
                },
            )
        })
        .collect();
    assert_eq!(one_by_one, texts(&results), "page by page as in one");
}

fn cells() -> (Searcher, tempfile::TempDir) {
    library(&[
        "a|2001|Introduction|lamp",
        "a|2001|Results|lamp shade",
        "a|2001|Results|lamp shade glass",
        "a|2001|Results|the table beside it",
        "b|2002|Methods|lamp shade glass wire copper",
        "c|2002|结果|台灯。",
    ])
}

#[test]
fn hits_are_spread_over_articles() {
    let (searcher, _folder) = cells();
    let english = |diversify| Search {
        diversify,
        filters: Filters {
            language: crate::retrieve::LanguageFilter::Only(Language::En),
            ..Filters::default()
        },
        ..Search::new("lamp")
    };
    // Shorter passages score more: a, a, a, b. The second of a counts as number 4, as b does, and the third as 9.
    let plain = ["lamp", "lamp shade", "lamp shade glass", "lamp shade glass wire copper"];
    assert_eq!(found(&searcher, &english(false)), plain);
    let spread = [plain[0], plain[1], plain[3], plain[2]];
    assert_eq!(found(&searcher, &english(true)), spread);
    let paged: Vec<String> = (0..4)
        .flat_map(|offset| {
            found(
                &searcher,
                &Search {
                    offset,
                    limit: 1,
                    ..english(true)
                },
            )
        })
        .collect();
    assert_eq!(paged, spread, "page by page as in one");
}

#[test]
fn the_passages_around_a_hit_come_in_reading_order() {
    let (searcher, _folder) = cells();
    let around = |expand| {
        let results = searcher
            .search(&Search {
                expand,
                limit: 1,
                ..Search::new("+shade +glass -wire")
            })
            .unwrap();
        let around = results.hits[0].around.iter().map(|placed| placed.passage.text.clone());
        around.collect::<Vec<_>>()
    };
    assert_eq!(around(Expand::Nothing), Vec::<String>::new());
    assert_eq!(around(Expand::Neighbours), ["lamp shade", "the table beside it"]);
    assert_eq!(around(Expand::Section), ["lamp shade", "the table beside it"]);
    let first = searcher
        .search(&Search {
            expand: Expand::Section,
            limit: 1,
            ..Search::new("lamp")
        })
        .unwrap();
    assert_eq!(first.hits[0].found.text(), "lamp");
    assert!(first.hits[0].around.is_empty(), "alone in its section");
}

#[test]
fn all_matches_are_counted_whatever_the_page() -> Result<(), SearchError> {
    let (searcher, _folder) = cells();
    let asked = Search {
        facets: true,
        limit: 1,
        ..Search::new("lamp 台灯")
    };
    let counted = |search: &Search| Ok::<_, SearchError>(searcher.search(search)?.facets.expect("counts"));
    let facets = counted(&asked)?;
    let articles: Vec<(&str, usize)> = facets
        .articles
        .iter()
        .map(|article| (article.id.as_str(), article.count))
        .collect();
    assert_eq!(articles, [("a", 3), ("b", 1), ("c", 1)]);
    assert_eq!(
        facets.roles,
        [
            (SectionRole::Results, 3),
            (SectionRole::Introduction, 1),
            (SectionRole::Methods, 1)
        ]
    );
    assert_eq!(facets.languages, [(Language::En, 4), (Language::Zh, 1)]);
    assert_eq!(facets.years, [(2002, 2), (2001, 3)]);
    assert!(
        searcher
            .search(&Search {
                facets: false,
                ..asked.clone()
            })?
            .facets
            .is_none()
    );

    let condition = Condition::Not(Box::new(Condition::Compare(Comparison {
        field: "article_id".to_owned(),
        operation: Operation::Eq,
        values: vec![crate::document::Scalar::Text("a".to_owned())],
    })));
    let restricted = counted(&Search {
        filters: Filters {
            condition: Some(condition),
            ..Filters::default()
        },
        ..asked
    })?;
    assert_eq!(
        restricted.years,
        [(2002, 2)],
        "what does not meet the condition is not counted"
    );
    Ok(())
}

#[test]
fn the_hit_kept_is_the_better_one() {
    let (searcher, _folder) = library(&[format!("b|2000|s|{LONG}."), format!("a|2000|s|{LONG}.")]);
    let results = searcher.search(&Search::new("lighthouse")).unwrap();
    assert_eq!(results.hits.len(), 1);
    // Equal scores stand in the order of articles.
    assert_eq!(results.hits[0].duplicates.len(), 1);
    assert_ne!(results.hits[0].duplicates[0], id(&results.hits[0]));
}
