//! Puts passages whose text is nearly the same as a better hit's behind that hit.
//!
//! Two passages of one language are near-duplicates where at least nine tenths of all runs of three letters or digits
//! that either holds are in both (Jaccard of their folded trigrams), and where both hold the same numbers in the same
//! order: a passage that differs in a dose is another passage.

use crate::text::fold;

use super::{Found, Hit};

/// The share of trigrams in common, of all, from which two texts are nearly the same.
const SAME: f32 = 0.9;

/// Keeps of near-duplicates the first, with the identifiers of the others.
pub(super) fn put_behind(hits: &mut Vec<Hit>) {
    let lengths: Vec<usize> = hits.iter().map(|hit| hit.found.text().len()).collect();
    let near = |one: usize, other: usize| {
        let (Some(&one), Some(&other)) = (lengths.get(one), lengths.get(other)) else {
            return false;
        };
        // Folding and white space move lengths a little; trigrams in common decide.
        one.min(other) * 10 >= one.max(other) * 7
    };
    let mut shapes: Vec<Option<Shape>> = vec![None; hits.len()];
    let mut behind: Vec<(usize, usize)> = Vec::new();
    for later in 1..hits.len() {
        for earlier in 0..later {
            let first = behind.iter().all(|(_, moved)| *moved != earlier);
            if first && near(earlier, later) && same(hits, &mut shapes, (earlier, later)) {
                behind.push((earlier, later));
                break;
            }
        }
    }
    for (kept, moved) in &behind {
        let id = match hits.get(*moved).map(|hit| &hit.found) {
            Some(Found::Passage(placed)) => placed.passage.id.clone(),
            _ => continue,
        };
        if let Some(kept) = hits.get_mut(*kept) {
            kept.duplicates.push(id);
        }
    }
    let mut place = 0;
    hits.retain(|_| {
        let keep = behind.iter().all(|(_, moved)| *moved != place);
        place += 1;
        keep
    });
}

/// What two texts are compared by.
#[derive(Debug, Clone, PartialEq)]
struct Shape {
    /// Each trigram once, in order.
    trigrams: Vec<[char; 3]>,
    numbers: Vec<String>,
}

fn same(hits: &[Hit], shapes: &mut [Option<Shape>], (one, other): (usize, usize)) -> bool {
    let (Some(first), Some(second)) = (hits.get(one), hits.get(other)) else {
        return false;
    };
    let (Found::Passage(one_placed), Found::Passage(other_placed)) = (&first.found, &second.found) else {
        return false;
    };
    if one_placed.passage.language != other_placed.passage.language {
        return false;
    }
    for (place, hit) in [(one, first), (other, second)] {
        if let Some(shape @ None) = shapes.get_mut(place) {
            *shape = Some(Shape::of(hit.found.text()));
        }
    }
    match (shapes.get(one), shapes.get(other)) {
        (Some(Some(one)), Some(Some(other))) => one.is_nearly(other),
        _ => false,
    }
}

impl Shape {
    fn of(text: &str) -> Self {
        let folded = fold(text);
        let letters: Vec<char> = folded
            .text()
            .chars()
            .filter(|letter| letter.is_alphanumeric())
            .collect();
        let mut trigrams: Vec<[char; 3]> = letters
            .windows(3)
            .filter_map(|window| <[char; 3]>::try_from(window).ok())
            .collect();
        trigrams.sort_unstable();
        trigrams.dedup();
        let numbers = folded
            .text()
            .split(|letter: char| !letter.is_numeric() && letter != '.')
            .map(|number| number.trim_matches('.'))
            .filter(|number| !number.is_empty())
            .map(str::to_owned)
            .collect();
        Self { trigrams, numbers }
    }

    fn is_nearly(&self, other: &Self) -> bool {
        if self.numbers != other.numbers {
            return false;
        }
        let (mut one, mut two) = (self.trigrams.iter().peekable(), other.trigrams.iter().peekable());
        let (mut both, mut either) = (0usize, 0usize);
        while let (Some(left), Some(right)) = (one.peek(), two.peek()) {
            let order = left.cmp(right);
            if order.is_le() {
                one.next();
            }
            if order.is_ge() {
                two.next();
            }
            both += usize::from(order.is_eq());
            either += 1;
        }
        either += one.count() + two.count();
        either > 0 && both as f32 >= SAME * either as f32
    }
}

#[cfg(test)]
mod tests {
    use super::Shape;

    fn nearly(one: &str, other: &str) -> bool {
        Shape::of(one).is_nearly(&Shape::of(other))
    }

    #[test]
    fn one_other_letter_in_a_long_text_is_nearly_the_same() {
        let long = "间充质干细胞来源广泛,易于获取,免疫原性低,因而在创面修复的研究中受到越来越多的重视,不过其长期安全性仍待更多的随访来证实。";
        assert!(nearly(long, long));
        assert!(nearly(long, &long.replace("证实", "验证")));
        assert!(nearly(
            long,
            "間充質幹細胞來源廣泛，易於獲取，免疫原性低，因而在創面修復的研究中受到越來越多的重視，不過其長期安全性仍待更多的隨訪來證實。"
        ));
        assert!(!nearly(long, &long.replace("免疫原性低", "价格低廉,操作简便")));
        assert!(!nearly("", ""));
    }

    #[test]
    fn another_number_makes_another_passage() {
        let text = |dose: &str| {
            format!(
                "The rats of the second group were given {dose} mg of the drug by mouth every morning for four weeks."
            )
        };
        assert!(nearly(&text("10"), &text("10")));
        assert!(!nearly(&text("10"), &text("1.0")));
        assert!(!nearly(&text("10"), &text("20")));
    }
}
