//! What is asked again is answered from what was kept, and only that.

use std::sync::Arc;

use super::sample::{found, library};
use crate::retrieve::{Expand, Recent, Search};

fn asking(query: &str) -> Search {
    Search::new(query)
}

#[test]
fn the_same_search_is_answered_from_what_was_kept_and_any_other_is_not() {
    let (first, _one) = library(&["a|2020|Soil|Straw keeps soil warm."]);
    let (second, _two) = library(&["b|2020|Soil|Straw keeps soil wet."]);
    let recent = Arc::new(Recent::new(8));
    let (first, second) = (
        first.with_recent(Arc::clone(&recent)),
        second.with_recent(Arc::clone(&recent)),
    );
    assert_eq!(found(&first, &asking("straw")), ["Straw keeps soil warm."]);
    // Over another index, to see where the answer comes from.
    assert_eq!(found(&second, &asking("straw")), ["Straw keeps soil warm."]);
    for other in [
        asking("soil"),
        Search {
            limit: 7,
            ..asking("straw")
        },
        Search {
            min_relevance: 0.01,
            ..asking("straw")
        },
    ] {
        assert_eq!(found(&second, &other), ["Straw keeps soil wet."], "{other:?}");
    }
}

#[test]
fn large_answers_are_not_kept_and_none_where_none_are_asked_for() {
    let large = [
        Search {
            limit: 21,
            ..asking("straw")
        },
        Search {
            expand: Expand::Section,
            ..asking("straw")
        },
    ];
    for (most, searches) in [(8, large.to_vec()), (0, vec![asking("straw")])] {
        let (first, _one) = library(&["a|2020|Soil|Straw keeps soil warm."]);
        let (second, _two) = library(&["b|2020|Soil|Straw keeps soil wet."]);
        let recent = Arc::new(Recent::new(most));
        for search in searches {
            found(&first.clone().with_recent(Arc::clone(&recent)), &search);
            let again = found(&second.clone().with_recent(Arc::clone(&recent)), &search);
            assert_eq!(again, ["Straw keeps soil wet."], "{search:?}");
        }
    }
}
