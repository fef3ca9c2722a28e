//! One list of several, each in another language.

use crate::text::Language;

use super::{Found, Hit};

/// What a hit in another language than the query's counts where both are as relevant.
const OTHER_LANGUAGE: f32 = 0.9;
/// How many hits ahead a list is looked at: one of little relevance does not hold up a better one behind it.
const AHEAD: usize = 3;
/// What any hit counts besides its relevance: where all are of little relevance, how little says next to nothing, and
/// the lists take turns.
const ANY: f32 = 0.03;

/// Merges lists, each of which keeps its order, as seats are given to parties (D'Hondt): every place goes to the list
/// whose next hits count the most, divided by one more than the places that it has already. A list has so the more
/// places the more relevant its hits are, and no list stands wholly behind another.
/// Scores of different languages can't be compared; relevance means the same in each.
pub(super) fn merged(lists: Vec<Vec<Hit>>, asked: Language) -> Vec<Hit> {
    let votes: Vec<Vec<f32>> = lists.iter().map(|list| votes(&counts(list, asked))).collect();
    let mut lists: Vec<_> = lists.into_iter().map(Vec::into_iter).collect();
    let order = seats(&votes);
    order
        .into_iter()
        .filter_map(|list| lists.get_mut(list).and_then(Iterator::next))
        .collect()
}

/// What each hit of a list counts.
fn counts(list: &[Hit], asked: Language) -> Vec<f32> {
    let counts = |hit: &Hit| match &hit.found {
        Found::Passage(placed) if placed.passage.language != asked => hit.relevance * OTHER_LANGUAGE,
        _ => hit.relevance,
    };
    list.iter().map(counts).collect()
}

/// What a list has to say for itself at each of its hits: what the best of the next few counts.
fn votes(counts: &[f32]) -> Vec<f32> {
    let next = |place| counts.iter().skip(place).take(AHEAD).copied().fold(0.0, f32::max);
    (0..counts.len()).map(|place| next(place) + ANY).collect()
}

/// Which list each place goes to; of two lists that are level, the first.
fn seats(votes: &[Vec<f32>]) -> Vec<usize> {
    let mut taken = vec![0usize; votes.len()];
    let mut seats = Vec::new();
    loop {
        let mut next: Option<(usize, f32)> = None;
        for (list, (votes, &taken)) in votes.iter().zip(&taken).enumerate() {
            if let Some(vote) = votes.get(taken) {
                let share = vote / (taken + 1) as f32;
                if next.is_none_or(|(_, most)| share > most) {
                    next = Some((list, share));
                }
            }
        }
        let Some((list, _)) = next else {
            return seats;
        };
        if let Some(taken) = taken.get_mut(list) {
            *taken += 1;
        }
        seats.push(list);
    }
}

#[cfg(test)]
mod tests {
    use super::{seats, votes};

    /// The order of two lists by what their hits count, the first list's hits in small letters from `a`, the second's
    /// in capitals.
    fn order(first: &[f32], second: &[f32]) -> String {
        let (mut small, mut capital) = ('a'..='z', 'A'..='Z');
        seats(&[votes(first), votes(second)])
            .into_iter()
            .filter_map(|list| if list == 0 { small.next() } else { capital.next() })
            .collect()
    }

    #[test]
    fn lists_have_places_by_the_relevance_of_their_hits() {
        // 0.63, then 0.63 / 2 = 0.315, 0.21 and 0.1575, against 0.23 and 0.23 / 2 = 0.115.
        assert_eq!(order(&[0.6; 4], &[0.2; 2]), "abAcdB");
        // 0.8, 0.4, 0.267, 0.2, 0.16 and 0.133 against 0.43, 0.215 and 0.143: about one place of three.
        assert_eq!(order(&[0.77; 6], &[0.4; 3]), "aAbcBdeCf");
    }

    #[test]
    fn hits_of_little_relevance_take_turns_however_little_it_is() {
        // 0.05, 0.025, 0.0167 and 0.0125 against 0.031, 0.0155, 0.0103 and 0.0078.
        assert_eq!(order(&[0.02; 4], &[0.001; 4]), "aAbcBdCD");
        assert_eq!(order(&[0.0; 3], &[0.0; 3]), "aAbBcC");
    }

    #[test]
    fn a_sure_hit_stands_before_unsure_ones_of_either_list() {
        assert_eq!(order(&[0.1, 0.1], &[0.9, 0.2]), "AaBb");
        assert_eq!(order(&[0.9, 0.1], &[0.1, 0.1]), "aAbB");
    }

    #[test]
    fn a_poor_hit_does_not_hold_up_what_stands_behind_it_and_order_is_kept() {
        // The first two are carried by the third: 0.93, 0.465 and 0.31 against 0.23.
        assert_eq!(order(&[0.0, 0.0, 0.9, 0.0], &[0.2, 0.2]), "abcABd");
        // A hit three places on is too far to be seen: 0.03 against 0.23 and 0.115.
        assert_eq!(order(&[0.0, 0.0, 0.0, 0.9], &[0.2, 0.2]), "ABabcd");
    }

    #[test]
    fn one_list_or_none_stays_as_it_is() {
        assert_eq!(order(&[0.1, 0.9], &[]), "ab");
        assert_eq!(order(&[], &[0.3, 0.2]), "AB");
        assert_eq!(order(&[], &[]), "");
    }
}
