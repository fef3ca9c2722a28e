//! Latin words the index lacks: the nearest words it has.

use std::collections::BTreeMap;

use super::edits::{distance, one_away};
use super::lookup::Lookup;
use super::sound::DICTIONARIES;
use crate::analysis::{Mode, general_share, in_general_use};
use crate::index::{EngineError, Field};
use crate::text::{Language, Span};

/// Words shorter than this are never changed.
const SHORTEST: usize = 4;
/// Longer ones are names of their own.
const LONGEST: usize = 32;
/// From this length on the first letter may be wrong too.
const FIRST_LETTER_FROM: usize = 6;
/// From this length on a word may have two slips.
const TWO_SLIPS_FROM: usize = 8;
/// From this length on a word may be one that the corpus lacks and a dictionary has: shorter ones are near too many.
const DICTIONARY_FROM: usize = 6;
/// How common such a word is at least, of all words: a rare one is no likelier than a term that no list has (`pyroptosis`
/// is not `proptosis`).
const COMMON: f32 = 5e-7;
/// Terms listed under one beginning.
const LISTED: usize = 200;
/// Replacements given for one word.
const REPLACEMENTS: usize = 5;
/// Where words stand as printed, without stemming.
const SURFACE: [Field; 2] = [Field::Grams(Language::En), Field::Grams(Language::Zh)];

/// The plain words of a stretch of a query that may be changed: letters only, no capitals inside, next to no digit or
/// sign.
pub fn plain_words(query: &str, stretch: Span) -> Vec<Span> {
    let mut words = Vec::new();
    let mut at = stretch.start;
    let is_part = |c: char| {
        c.is_alphanumeric() && !is_han(c) || matches!(c, '-' | '+' | '/' | '_' | '@' | '.' | '*' | '\'' | '’')
    };
    for run in stretch.of(query).split_inclusive(|c| !is_part(c)) {
        let token = run.trim_end_matches(|c| !is_part(c));
        let mut from = at;
        let plain = token
            .trim_end_matches(['.', '\'', '’', '-'])
            .chars()
            .all(|c| c.is_alphabetic() || c == '-');
        for part in token.split_inclusive(|c: char| !c.is_alphabetic()) {
            let letters = part.trim_end_matches(|c: char| !c.is_alphabetic());
            let capitals = letters.chars().skip(1).any(char::is_uppercase);
            let length = letters.chars().count();
            if plain && !capitals && (SHORTEST..=LONGEST).contains(&length) {
                words.push(Span::new(from, from + letters.len()));
            }
            from += part.len();
        }
        at += run.len();
    }
    words
}

fn is_han(character: char) -> bool {
    crate::text::Script::of(character) == crate::text::Script::Han
}

/// What a word may have been, by the words of the index or else by those in general use; none where the index or a
/// dictionary knows it, or where nothing is near.
pub fn nearest(lookup: &Lookup<'_>, word: &str) -> Result<Vec<String>, EngineError> {
    if lookup.knows(word)? || DICTIONARIES.contain_written(word) || in_general_use(word) {
        return Ok(Vec::new());
    }
    // It may be a rare form of a word, or a slip that happens to have its stem (inflamation, inflame): only a common
    // word is put in its place.
    let by_stem = DICTIONARIES.contain(word, Language::En);
    let Some(form) = surface(lookup, word) else {
        return Ok(Vec::new());
    };
    let mut found: BTreeMap<String, (usize, u64)> = BTreeMap::new();
    for other in one_away(&form) {
        if may_be(&form, &other) && !found.contains_key(&other) {
            let frequency = frequency(lookup, &other)?;
            if frequency > 0 {
                found.insert(other, (1, frequency));
            }
        }
    }
    if by_stem {
        found.retain(|other, _| is_common(other));
    }
    if found.is_empty() && form.len() >= TWO_SLIPS_FROM && !by_stem {
        two_slips(lookup, &form, &mut found)?;
    }
    if found.is_empty() && form.len() >= DICTIONARY_FROM {
        found = common(&form);
    }
    let first = form.chars().next();
    let mut ranked: Vec<(String, (usize, u64))> = found.into_iter().collect();
    ranked.sort_by(|(one, (near, common)), (other, (far, rare))| {
        near.cmp(far)
            .then_with(|| (one.chars().next() != first).cmp(&(other.chars().next() != first)))
            .then_with(|| rare.cmp(common))
            .then_with(|| one.cmp(other))
    });
    ranked.truncate(REPLACEMENTS);
    Ok(ranked.into_iter().map(|(word, _)| word).collect())
}

/// The one form of a word as the index prints it, where it is of the letters a to z.
fn surface(lookup: &Lookup<'_>, word: &str) -> Option<String> {
    let mut forms: Vec<String> = Vec::new();
    lookup
        .analyzer
        .grams(word, Mode::Query, |token| forms.push(token.term.to_owned()));
    let form = forms.pop()?;
    let plain = forms.is_empty() && form.len() >= SHORTEST && form.bytes().all(|byte| byte.is_ascii_lowercase());
    plain.then_some(form)
}

/// Words of general texts and of a dictionary at one slip, the first letter aside: an article in Chinese holds few of the
/// English words that it can be asked for by.
fn common(form: &str) -> BTreeMap<String, (usize, u64)> {
    let near = one_away(form)
        .into_iter()
        .filter(|other| other.get(..1) == form.get(..1));
    near.filter(|other| is_common(other) && DICTIONARIES.contain_written(other))
        .filter_map(|other| {
            let share = general_share(&other)?;
            Some((other, (1, (share * 1e9) as u64)))
        })
        .collect()
}

fn is_common(word: &str) -> bool {
    in_general_use(word) && general_share(word).is_some_and(|share| share >= COMMON)
}

fn may_be(form: &str, other: &str) -> bool {
    other.len() >= SHORTEST && (form.len() >= FIRST_LETTER_FROM || form.get(..1) == other.get(..1))
}

fn frequency(lookup: &Lookup<'_>, word: &str) -> Result<u64, EngineError> {
    let mut sum = 0;
    for field in SURFACE {
        sum += lookup.candidate(field, word)?;
    }
    Ok(sum)
}

/// Words at two slips of which at most one lies in the first half.
fn two_slips(lookup: &Lookup<'_>, form: &str, found: &mut BTreeMap<String, (usize, u64)>) -> Result<(), EngineError> {
    let half = form.get(..form.len() / 2).unwrap_or_default();
    let mut beginnings = vec![half.to_owned()];
    // A shorter beginning covers what is listed under a longer one: those with a letter more are not needed.
    beginnings.extend(one_away(half).into_iter().filter(|other| other.len() <= half.len()));
    beginnings.sort();
    beginnings.dedup();
    for beginning in beginnings {
        for field in SURFACE {
            if !lookup.spend(1) {
                return Ok(());
            }
            let listed = lookup.engine.terms(field, &beginning, LISTED)?;
            lookup.spend(listed.len());
            for (other, frequency) in listed {
                let plain = other.bytes().all(|byte| byte.is_ascii_lowercase());
                if plain && frequency > 0 && may_be(form, &other) && distance(form, &other, 2) == 2 {
                    let entry = found.entry(other).or_insert((2, 0));
                    entry.1 = entry.1.max(frequency);
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::plain_words;
    use crate::text::Span;

    fn words(query: &str) -> Vec<&str> {
        plain_words(query, Span::new(0, query.len()))
            .into_iter()
            .map(|span| span.of(query))
            .collect()
    }

    #[test]
    fn only_plain_words_may_be_changed() {
        assert_eq!(words("the diabetic foot, ulcers?"), ["diabetic", "foot", "ulcers"]);
        assert_eq!(words("细胞therapy治疗 Basalt"), ["therapy", "Basalt"]);
        assert_eq!(
            words("stem-like PD-1 CD34+ abc123 MSCs HbA1c IL6 file.name"),
            ["stem", "like"]
        );
        assert_eq!(words("end."), Vec::<&str>::new());
        assert_eq!(words("ends."), ["ends"]);
    }
}
