//! How many slips of the pen lie between two words, and the words one slip away.

/// The number of letters wrong, missing, added or exchanged with their neighbour (optimal string alignment); `most`
/// plus one where it is more than `most`.
pub fn distance(one: &str, other: &str, most: usize) -> usize {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    if one.len().abs_diff(other.len()) > most {
        return most + 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (i, &a) in one.iter().enumerate() {
        let mut row = Vec::with_capacity(above.len());
        row.push(i + 1);
        for (j, &b) in other.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX - 1);
            let mut best = at(&above, j) + usize::from(a != b);
            best = best.min(at(&above, j + 1) + 1).min(at(&row, j) + 1);
            let exchanged = i > 0 && j > 0 && one.get(i - 1) == Some(&b) && other.get(j - 1) == Some(&a);
            if exchanged {
                best = best.min(at(&before, j - 1) + 1);
            }
            row.push(best);
        }
        if row.iter().all(|&cost| cost > most) {
            return most + 1;
        }
        before = above;
        above = row;
    }
    above.last().copied().unwrap_or(0).min(most + 1)
}

/// Every string one slip away from a word of the letters a to z, without the word; some twice.
pub fn one_away(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let put = |parts: [&[char]; 3]| parts.concat().iter().collect::<String>();
    let mut found = Vec::new();
    for at in 0..=letters.len() {
        let (head, tail) = letters.split_at(at);
        if let Some((&first, rest)) = tail.split_first() {
            found.push(put([head, &[], rest]));
            if let Some((&second, rest)) = rest.split_first()
                && first != second
            {
                found.push(put([head, &[second, first], rest]));
            }
            for letter in ('a'..='z').filter(|&letter| letter != first) {
                found.push(put([head, &[letter], rest]));
            }
        }
        for letter in 'a'..='z' {
            found.push(put([head, &[letter], tail]));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{distance, one_away};

    #[test]
    fn slips_are_counted() {
        for (one, other, slips) in [
            ("ulcer", "ulcer", 0),
            ("ulcr", "ulcer", 1),
            ("uclers", "ulcers", 1),
            ("diabtis", "diabetes", 2),
            ("", "ab", 2),
            ("kitten", "sitting", 3),
            ("basalt", "granite", 3),
        ] {
            assert_eq!(distance(one, other, 2), slips, "{one} {other}");
            assert_eq!(distance(other, one, 2), slips, "{other} {one}");
        }
    }

    #[test]
    fn strings_one_away_are_at_distance_one() {
        let found = one_away("rock");
        // 4 without a letter, 3 exchanged, 4 × 25 changed, 5 × 26 with one more.
        assert_eq!(found.len(), 4 + 3 + 100 + 130);
        assert!(found.iter().all(|other| distance("rock", other, 2) == 1));
        for expected in ["ock", "orck", "lock", "rocks"] {
            assert!(found.iter().any(|other| other == expected));
        }
    }
}
