//! What is told with the text at hand puts the first hits in another order.

use super::sample::{library, texts};
use crate::retrieve::{Hit, Leg, Search, Searcher};

/// What the words alone count.
fn by_words(hit: &Hit) -> f32 {
    hit.score - hit.lift
}

fn hits(searcher: &Searcher, query: &str) -> Vec<Hit> {
    let search = Search {
        explain: true,
        ..Search::new(query)
    };
    searcher.search(&search).expect("an answer").hits
}

#[test]
fn words_that_stand_together_come_before_words_strewn_over_a_shorter_text() {
    let (searcher, _folder) = library(&[
        "a|2000|s|Straw is dry. Rain fell all day. Birds sang. Nitrate is a salt.",
        "b|2000|s|In the long and wet autumn of that year the straw on the field kept the nitrate in the soil for the \
         crops of the next spring.",
    ]);
    let found = hits(&searcher, "straw nitrate");
    assert!(found[0].found.text().starts_with("In the long"), "{found:?}");
    assert!(
        by_words(&found[1]) > by_words(&found[0]),
        "by words alone the shorter is first"
    );
    // 0.3 for all of the query, and 0.9 for all of it in two neighbouring sentences, or for half of it.
    let share = |hit: &Hit| hit.lift / by_words(hit);
    assert!((share(&found[0]) - 1.2).abs() < 1e-3, "{}", share(&found[0]));
    assert!((share(&found[1]) - 0.75).abs() < 0.1, "{}", share(&found[1]));
    for hit in &found {
        let account = hit.explanation.as_ref().expect("an explanation");
        let evidence = account.shares.iter().find(|share| share.leg == Leg::Evidence);
        assert_eq!(evidence.map(|share| share.score), Some(hit.lift));
    }
}

#[test]
fn a_question_that_asks_for_more_is_lifted_less_than_the_same_question() {
    let (searcher, _folder) = library(&[
        "a|2000|s|剧烈运动咯血怎么办?",
        "b|2000|s|剧烈运动怎么办?",
        "c|2000|s|The table beside it.",
    ]);
    let found = hits(&searcher, "剧烈运动怎么办");
    assert_eq!(found[0].found.text(), "剧烈运动怎么办?");
    let share = |hit: &Hit| hit.lift / by_words(hit);
    // All of it (0.3), in two neighbouring sentences (0.9), and nothing else (0.8).
    assert!((share(&found[0]) - 2.0).abs() < 1e-3, "{}", share(&found[0]));
    assert!(share(&found[1]) > 1.2 && share(&found[1]) < 1.9, "{}", share(&found[1]));
}

#[test]
fn the_order_does_not_depend_on_how_many_are_asked_for() {
    // Forty passages: one word in some, both in others, near and far, in texts of many lengths.
    let lines: Vec<String> = (0..40)
        .map(|number| {
            let between = "Rain fell on the roof. ".repeat(number % 7);
            let second = if number % 3 == 0 { "salt" } else { "nitrate" };
            format!(
                "a{number}|2000|s|Field {number} had straw. {between}It kept its {second} {}.",
                "long ".repeat(number % 5)
            )
        })
        .collect();
    let (searcher, _folder) = library(&lines);
    let page = |offset, limit| {
        let search = Search {
            offset,
            limit,
            ..Search::new("straw nitrate")
        };
        let results = searcher.search(&search).expect("an answer");
        texts(&results).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let all = page(0, 40);
    assert_eq!(all.len(), 40);
    let by_pages: Vec<String> = (0..40).step_by(8).flat_map(|offset| page(offset, 8)).collect();
    assert_eq!(by_pages, all);
    assert_eq!(page(0, 3), all[..3]);
    let scores: Vec<f32> = {
        let search = Search {
            limit: 40,
            ..Search::new("straw nitrate")
        };
        let results = searcher.search(&search).expect("an answer");
        results.hits.iter().map(|hit| hit.score).collect()
    };
    assert!(scores.is_sorted_by(|one, next| one >= next), "{scores:?}");
}
