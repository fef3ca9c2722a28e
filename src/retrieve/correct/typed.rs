//! A query read as pinyin: every way its letters split into syllables, and into initials where they do not.

use unicode_normalization::UnicodeNormalization;

use super::syllable::{LONGEST, syllable};

/// The most letters of a query that is read as pinyin.
const MOST_LETTERS: usize = 64;
/// The fewest syllables of a query of which some are given by their initials alone.
const FEWEST_WITH_INITIALS: usize = 3;
/// The most letters of a word of which some are initials.
const MOST_INITIALS: usize = 8;
/// The fewest letters of a syllable beside initials: shorter ones are found in any English word.
const SYLLABLE_BESIDE_INITIALS: usize = 3;

/// What stands for one character.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Sound {
    /// A whole syllable.
    Syllable(String),
    /// Its first letters.
    Initial(String),
}

/// A stretch of the letters that stands for one character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// The first letter, counted over the whole query.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What it stands for.
    pub sound: Sound,
}

/// A query that is pinyin from beginning to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// The words as typed, without tones and marks.
    pub words: Vec<String>,
    /// How many letters there are.
    pub letters: usize,
    /// Where words begin.
    pub starts: Vec<usize>,
    /// Every stretch that lies on a way through the whole query, in the order of their starts.
    pub edges: Vec<Edge>,
    /// Whether some characters are given by their initials alone.
    pub initials: bool,
}

impl Typed {
    /// Reads a query; none where it is not pinyin as a whole.
    pub fn read(query: &str) -> Option<Self> {
        let mut typed = Self {
            words: Vec::new(),
            letters: 0,
            starts: Vec::new(),
            edges: Vec::new(),
            initials: false,
        };
        for word in query.split_whitespace() {
            let (letters, breaks) = letters(word)?;
            if typed.letters + letters.len() > MOST_LETTERS {
                return None;
            }
            let mut edges = on_a_way(syllables(&letters, &breaks, 1), letters.len());
            if edges.is_empty() {
                edges = with_initials(word, &letters, &breaks);
                typed.initials = true;
            }
            if edges.is_empty() {
                return None;
            }
            let at = typed.letters;
            typed.starts.push(at);
            typed.edges.extend(edges.into_iter().map(|edge| Edge {
                start: edge.start + at,
                end: edge.end + at,
                sound: edge.sound,
            }));
            typed.letters += letters.len();
            typed.words.push(letters);
        }
        let least = if typed.initials { FEWEST_WITH_INITIALS } else { 2 };
        (typed.most_characters() >= least).then_some(typed)
    }

    /// How many characters it stands for at most.
    pub fn most_characters(&self) -> usize {
        let mut most = vec![0usize; self.letters + 1];
        for edge in &self.edges {
            let here = most.get(edge.start).copied().unwrap_or(0) + 1;
            if let Some(there) = most.get_mut(edge.end) {
                *there = here.max(*there);
            }
        }
        most.last().copied().unwrap_or(0)
    }
}

/// The letters of a word in lower case without tones, and where a syllable must end.
fn letters(word: &str) -> Option<(String, Vec<usize>)> {
    let mut letters = String::new();
    let mut breaks = Vec::new();
    for character in word.nfc() {
        match character {
            'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'Ü' => letters.push('v'),
            '\'' | '’' | '‘' | '-' | '·' if !letters.is_empty() => breaks.push(letters.len()),
            '0'..='5'
                if letters.ends_with(|c: char| c.is_ascii_alphabetic()) && breaks.last() != Some(&letters.len()) =>
            {
                breaks.push(letters.len());
            }
            _ => {
                let plain = character.nfd().next()?;
                if !plain.is_ascii_alphabetic() {
                    return None;
                }
                letters.push(plain.to_ascii_lowercase());
            }
        }
    }
    (!letters.is_empty()).then_some((letters, breaks))
}

/// Every syllable of at least so many letters that crosses no break.
fn syllables(letters: &str, breaks: &[usize], shortest: usize) -> Vec<Edge> {
    let mut edges = Vec::new();
    for start in 0..letters.len() {
        for end in start + shortest..=letters.len().min(start + LONGEST) {
            let crossed = breaks.iter().any(|&at| start < at && at < end);
            // A syllable of one vowel belongs to the one before, and so does any vowel behind an initial.
            let begins = start == 0 || breaks.contains(&start);
            let vowel = letters
                .get(start..)
                .is_some_and(|rest| rest.starts_with(['a', 'e', 'o']));
            let loose = !begins && vowel && (end == start + 1 || shortest > 1);
            if !crossed
                && !loose
                && let Some(said) = letters.get(start..end).and_then(syllable)
            {
                let sound = Sound::Syllable(said.to_owned());
                edges.push(Edge { start, end, sound });
            }
        }
    }
    edges
}

/// The ways through a word of which some characters are given by their first letters. Words with capitals inside are
/// abbreviations of another kind.
fn with_initials(word: &str, letters: &str, breaks: &[usize]) -> Vec<Edge> {
    if word.chars().any(char::is_uppercase) || word.chars().any(|c| c.is_ascii_digit()) {
        return Vec::new();
    }
    let mut edges = syllables(letters, breaks, SYLLABLE_BESIDE_INITIALS);
    for (start, first) in letters.char_indices() {
        if matches!(first, 'a' | 'e' | 'i' | 'o' | 'u' | 'v') {
            continue;
        }
        let twice = matches!(letters.get(start..start + 2), Some("zh" | "ch" | "sh"));
        for length in 1..=1 + usize::from(twice) {
            let end = start + length;
            let sound = Sound::Initial(letters.get(start..end).unwrap_or_default().to_owned());
            edges.push(Edge { start, end, sound });
        }
    }
    edges.sort_by_key(|edge| (edge.start, edge.end));
    let edges = on_a_way(edges, letters.len());
    let initials = edges.iter().filter(|edge| matches!(edge.sound, Sound::Initial(_)));
    if initials.count() > MOST_INITIALS {
        return Vec::new();
    }
    edges
}

/// The edges that lie on a way from the first letter to the last.
fn on_a_way(edges: Vec<Edge>, letters: usize) -> Vec<Edge> {
    let mut forward = vec![false; letters + 1];
    let mut backward = vec![false; letters + 1];
    let get = |reached: &[bool], at: usize| reached.get(at).copied().unwrap_or(false);
    let set = |reached: &mut [bool], at: usize| {
        if let Some(place) = reached.get_mut(at) {
            *place = true;
        }
    };
    set(&mut forward, 0);
    set(&mut backward, letters);
    for edge in &edges {
        if get(&forward, edge.start) {
            set(&mut forward, edge.end);
        }
    }
    for edge in edges.iter().rev() {
        if get(&backward, edge.end) {
            set(&mut backward, edge.start);
        }
    }
    edges
        .into_iter()
        .filter(|edge| get(&forward, edge.start) && get(&backward, edge.end))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Sound, Typed};

    fn sounds(query: &str) -> Option<Vec<String>> {
        let typed = Typed::read(query)?;
        let sounds = typed.edges.into_iter().map(|edge| match edge.sound {
            Sound::Syllable(syllable) => syllable,
            Sound::Initial(initial) => format!("{initial}-"),
        });
        Some(sounds.collect())
    }

    #[test]
    fn every_split_is_considered() {
        assert_eq!(sounds("xian").unwrap(), ["xi", "xian", "an"]);
        assert_eq!(sounds("xi'an").unwrap(), ["xi", "an"]);
        assert_eq!(sounds("gan4xi4bao1").unwrap(), ["gan", "xi", "bao"]);
        assert_eq!(sounds("Lǜ sè").unwrap(), ["lv", "se"]);
        assert_eq!(sounds("nu:er"), None);
    }

    #[test]
    fn initials_and_mixed_words_are_read() {
        assert_eq!(sounds("tnb").unwrap(), ["t-", "n-", "b-"]);
        assert_eq!(sounds("tang nb").unwrap(), ["tang", "n-", "b-"]);
        assert_eq!(sounds("tangnb").unwrap(), ["tan", "tang", "g-", "n-", "b-"]);
        assert_eq!(sounds("zhl").unwrap(), ["z-", "zh-", "h-", "l-"]);
    }

    #[test]
    fn what_is_not_pinyin_is_refused() {
        for other in [
            "",
            "tb",
            "bao",
            "PRP",
            "diabtes",
            "hydrogel",
            "干细胞",
            "ganxibao?",
            "cd34",
            "zhou 2",
        ] {
            assert_eq!(sounds(other), None, "{other}");
        }
        assert_eq!(sounds(&"ba ".repeat(33)), None);
    }
}
