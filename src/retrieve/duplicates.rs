//! Puts passages whose text is nearly the same as a better hit's behind that hit.
//!
//! Two passages of one language are near-duplicates where at least nine tenths of all runs of three letters or digits
//! that either holds are in both (Jaccard of their folded trigrams), and where both hold the same numbers in the same
//! order: a passage that differs in a dose is another passage.

use crate::text::{fold, simplified_one};

use super::{Found, Hit};

/// The share of trigrams in common, of all, from which two texts are nearly the same.
const SAME: f32 = 0.9;
/// Words of 64 bits in an [`Outline`]; a power of two.
const OUTLINE: usize = 32;
/// So many bits differ at most where folding makes another letter of one, or up to five (¾, ﬃ, ㎎): the trigrams it stood
/// in, three, and those that its letters stand in, two more than there are of them.
const OF_ONE: usize = 10;

/// Keeps of near-duplicates the first, with the identifiers of the others.
pub(super) fn put_behind(hits: &mut Vec<Hit>) {
    let sketches: Vec<Sketch> = hits.iter().map(|hit| Sketch::of(hit.found.text())).collect();
    let near = |one: usize, other: usize| match (sketches.get(one), sketches.get(other)) {
        (Some(one), Some(other)) => one.may_be(other),
        _ => false,
    };
    let mut outlines: Vec<Option<Outline>> = vec![None; hits.len()];
    let mut shapes: Vec<Option<Shape>> = vec![None; hits.len()];
    let mut behind: Vec<(usize, usize)> = Vec::new();
    for later in 1..hits.len() {
        for earlier in 0..later {
            let first = behind.iter().all(|(_, moved)| *moved != earlier);
            let pair = (earlier, later);
            if first && near(earlier, later) && alike(hits, &mut outlines, pair) && same(hits, &mut shapes, pair) {
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

/// A quick look at a text: most pairs that are not nearly the same are told apart by it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Sketch {
    letters: usize,
    /// A digest of its digits; none where it has numerals of other kinds.
    digits: Option<u64>,
}

impl Sketch {
    fn of(text: &str) -> Self {
        let (mut letters, mut digits) = (0, Some(0u64));
        for letter in text.chars() {
            // Most letters of Chinese text: no numerals are among them.
            if ('\u{4E00}'..='\u{9FFF}').contains(&letter) {
                letters += 1;
                continue;
            }
            if !letter.is_alphanumeric() {
                continue;
            }
            letters += 1;
            if letter.is_numeric() {
                let value = letter.to_digit(10).map(|digit| u64::from(digit) + 1);
                digits = digits
                    .zip(value)
                    .map(|(digest, value)| digest.wrapping_mul(31).wrapping_add(value));
            }
        }
        Self { letters, digits }
    }

    /// Whether the texts may be nearly the same: folding moves lengths a little.
    fn may_be(&self, other: &Self) -> bool {
        let (short, long) = (self.letters.min(other.letters), self.letters.max(other.letters));
        let digits = self.digits.zip(other.digits).is_none_or(|(one, two)| one == two);
        digits && short * 100 >= long * 85
    }
}

/// A second look: the trigrams of a text folded letter by letter, each as one of many bits.
#[derive(Debug, Clone, PartialEq)]
struct Outline {
    bits: [u64; OUTLINE],
    /// How many trigrams it has at most.
    trigrams: usize,
    /// How many of its letters folding may make another of, or several.
    doubtful: usize,
}

impl Outline {
    fn of(text: &str) -> Self {
        let mut outline = Self {
            bits: [0; OUTLINE],
            trigrams: 0,
            doubtful: 0,
        };
        let (mut seen, mut last) = (0usize, 0u64);
        for letter in text.chars() {
            let (letter, doubtful) = match letter {
                '0'..='9' | 'a'..='z' => (letter, false),
                'A'..='Z' => (letter.to_ascii_lowercase(), false),
                '\u{4E00}'..='\u{9FFF}' => simplified_one(letter),
                _ if letter.is_alphanumeric() => (letter, true),
                // Signs that fold into letters: ℃, №, ㎎, 🄰.
                '\u{2100}'..='\u{214F}' | '\u{3200}'..='\u{33FF}' | '\u{1F100}'..='\u{1F2FF}' => {
                    outline.doubtful += 1;
                    continue;
                }
                _ => continue,
            };
            outline.doubtful += usize::from(doubtful);
            // Three characters of 21 bits.
            last = ((last << 21) | u64::from(u32::from(letter))) & (u64::MAX >> 1);
            seen += 1;
            if seen < 3 {
                continue;
            }
            outline.trigrams += 1;
            let mixed = last.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
            if let Some(word) = outline.bits.get_mut((mixed as usize >> 6) & (OUTLINE - 1)) {
                *word |= 1 << (mixed & 63);
            }
        }
        outline
    }

    /// Whether the texts may be nearly the same. Of all trigrams that either holds at most a tenth is in one only, so
    /// both together hold 1.9 of them, and no more bits differ than trigrams do, but for those of doubtful letters.
    fn may_be(&self, other: &Self) -> bool {
        let differ: u32 = self
            .bits
            .iter()
            .zip(&other.bits)
            .map(|(one, two)| (one ^ two).count_ones())
            .sum();
        let doubtful = OF_ONE * (self.doubtful + other.doubtful);
        let trigrams = self.trigrams + other.trigrams + doubtful;
        differ as f32 <= (1.0 - SAME) / (1.0 + SAME) * trigrams as f32 + doubtful as f32 + 0.5
    }
}

fn alike(hits: &[Hit], outlines: &mut [Option<Outline>], (one, other): (usize, usize)) -> bool {
    for place in [one, other] {
        if let (Some(outline @ None), Some(hit)) = (outlines.get_mut(place), hits.get(place)) {
            *outline = Some(Outline::of(hit.found.text()));
        }
    }
    match (outlines.get(one), outlines.get(other)) {
        (Some(Some(one)), Some(Some(other))) => one.may_be(other),
        _ => false,
    }
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
    use proptest::prelude::{any, prop, prop_assert, proptest};

    use super::{Outline, Shape, Sketch};

    /// Two spellings of the same.
    const SPELLINGS: [(&str, &str); 12] = [
        ("㎎", "mg"),
        ("℃", "°C"),
        ("№", "No"),
        ("ﬃ", "ffi"),
        ("細胞", "细胞"),
        ("瞭解", "了解"),
        ("Ｔ", "t"),
        ("é", "e"),
        ("¾", "3/4"),
        ("，", ","),
        ("愈合", "愈合"),
        (" wound ", " WOUND "),
    ];

    fn nearly(one: &str, other: &str) -> bool {
        let nearly = Shape::of(one).is_nearly(&Shape::of(other));
        // The quick looks never tell apart what is nearly the same.
        let may_be = Sketch::of(one).may_be(&Sketch::of(other)) && Outline::of(one).may_be(&Outline::of(other));
        assert!(!nearly || may_be, "{one} {other}");
        nearly
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

    /// They were not thought of: the bits of these two differed too much.
    #[test]
    fn signs_that_fold_into_letters_leave_an_outline_in_doubt() {
        let (one, other) = ("甲㎎乙℃丙№丁㎏戊㎝己", "甲mg乙°C丙No丁kg戊cm己");
        assert!(Shape::of(one).is_nearly(&Shape::of(other)));
        assert!(Outline::of(one).may_be(&Outline::of(other)));
    }

    proptest! {
        #[test]
        fn spellings_that_fold_into_one_are_never_told_apart_by_their_outlines(
            parts in prop::collection::vec((0..SPELLINGS.len(), any::<bool>(), any::<bool>()), 1..40)
        ) {
            let text = |second: bool| -> String {
                let spelt = |(place, one, other): &(usize, bool, bool)| {
                    let (left, right) = SPELLINGS[*place];
                    if *(if second { other } else { one }) { left } else { right }
                };
                parts.iter().map(spelt).collect()
            };
            let (one, other) = (text(false), text(true));
            let nearly = Shape::of(&one).is_nearly(&Shape::of(&other));
            prop_assert!(!nearly || Outline::of(&one).may_be(&Outline::of(&other)), "{} {}", one, other);
        }
    }

    #[test]
    fn another_number_makes_another_passage() {
        let text = |dose: &str| {
            format!(
                "The rats of the second group were given {dose} mg of the drug by mouth every morning for four weeks."
            )
        };
        assert!(nearly(&text("10"), &text("10")));
        assert!(nearly(&text("10"), &text("１０")), "full width");
        assert!(nearly(&text("10"), &text("1⁰")), "raised");
        assert!(!nearly(&text("10"), &text("1.0")));
        assert!(!nearly(&text("10"), &text("20")));
    }
}
