//! From sounds to the characters the corpus has for them: the best ways through a lattice of character pairs.

use std::collections::HashMap;

use super::lookup::Lookup;
use super::sound::SOUNDS;
use super::typed::{Edge, Sound, Typed};
use crate::index::{EngineError, Field, Kind};
use crate::lexicon::is_stop_word;
use crate::text::Language;

/// What a pair costs that the index lacks, where nothing was typed between its characters.
const BREAK_INSIDE: f64 = 7.0;
/// The same where a space was typed.
const BREAK_AT_SPACE: f64 = 2.0;
/// Pairs looked up in one reading, roughly.
const PAIRS: usize = 4000;
/// How many ways to one character are kept.
const WAYS: usize = 3;
const CHARACTERS: Field = Field::Chars(Language::Zh);
const PAIRS_FIELD: Field = Field::Grams(Language::Zh);

/// A way to a character.
#[derive(Debug, Clone)]
struct Way {
    score: f64,
    text: String,
    last: char,
}

/// A reading of the whole query.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Han characters; a space where two neighbours never stand together in the index.
    pub text: String,
    /// Logarithm of how likely the characters follow one another in the corpus; larger is better.
    pub score: f64,
}

/// The best readings, best first, at most `most`.
pub fn readings(lookup: &Lookup<'_>, typed: &Typed, most: usize) -> Result<Vec<Reading>, EngineError> {
    let passages = lookup.engine.count(Kind::Passage, Some(Language::Zh))?;
    if passages == 0 {
        return Ok(Vec::new());
    }
    let width = PAIRS.checked_div(typed.edges.len()).unwrap_or(0).isqrt().clamp(6, 48);
    let mut candidates: HashMap<&Sound, Vec<(char, u64)>> = HashMap::new();
    for edge in &typed.edges {
        if !candidates.contains_key(&edge.sound) {
            candidates.insert(&edge.sound, characters(lookup, &edge.sound, width)?);
        }
    }
    let mut ways: Vec<Vec<Way>> = vec![Vec::new(); typed.letters + 1];
    for start in 0..typed.letters {
        let here = ways.get_mut(start).map(std::mem::take).unwrap_or_default();
        let here = best(here, width);
        if start > 0 && here.is_empty() {
            continue;
        }
        for edge in typed.edges.iter().filter(|edge| edge.start == start) {
            let characters = candidates.get(&edge.sound).map(Vec::as_slice).unwrap_or_default();
            let on = step(lookup, typed, edge, &here, characters, passages)?;
            if let Some(there) = ways.get_mut(edge.end) {
                there.extend(on);
            }
        }
    }
    let mut found: Vec<Reading> = Vec::new();
    let mut last = ways.pop().unwrap_or_default();
    last.sort_by(|one, other| {
        other
            .score
            .total_cmp(&one.score)
            .then_with(|| one.text.cmp(&other.text))
    });
    for way in last {
        if found.len() < most && !found.iter().any(|known| known.text == way.text) {
            found.push(Reading {
                text: way.text,
                score: way.score,
            });
        }
    }
    Ok(found)
}

/// The characters of a sound that the index has, the most frequent first.
fn characters(lookup: &Lookup<'_>, sound: &Sound, width: usize) -> Result<Vec<(char, u64)>, EngineError> {
    let all = match sound {
        Sound::Syllable(syllable) => SOUNDS.characters(syllable).to_vec(),
        Sound::Initial(letters) => SOUNDS.beginning_with(letters),
    };
    let mut found = Vec::new();
    let mut buffer = [0; 4];
    for character in all {
        let term: &str = character.encode_utf8(&mut buffer);
        let frequency = lookup.frequency(CHARACTERS, term)?;
        if frequency > 0 {
            found.push((character, frequency));
        }
    }
    found.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    found.truncate(width);
    Ok(found)
}

fn step(
    lookup: &Lookup<'_>,
    typed: &Typed,
    edge: &Edge,
    here: &[Way],
    characters: &[(char, u64)],
    passages: u64,
) -> Result<Vec<Way>, EngineError> {
    let mut on = Vec::new();
    let alone = |frequency: u64| (frequency as f64 / passages as f64).ln();
    if edge.start == 0 {
        // A term seldom begins with a function word, which would make a likely pair with anything.
        let begins = |character: char| {
            matches!(edge.sound, Sound::Syllable(_)) || !is_stop_word(&character.to_string(), Language::Zh)
        };
        let first = characters.iter().filter(|(character, _)| begins(*character));
        on.extend(first.map(|&(last, frequency)| Way {
            score: alone(frequency),
            text: last.to_string(),
            last,
        }));
        return Ok(on);
    }
    let penalty = if typed.starts.contains(&edge.start) {
        BREAK_AT_SPACE
    } else {
        BREAK_INSIDE
    };
    let mut pair = String::new();
    let mut buffer = [0; 4];
    for way in here {
        let before = lookup.frequency(CHARACTERS, way.last.encode_utf8(&mut buffer))?.max(1);
        for &(last, frequency) in characters {
            pair.clear();
            pair.push(way.last);
            pair.push(last);
            let together = lookup.candidate(PAIRS_FIELD, &pair)?;
            let (gain, between) = if together > 0 {
                ((together as f64 / before as f64).min(1.0).ln(), "")
            } else {
                (alone(frequency) - penalty, " ")
            };
            on.push(Way {
                score: way.score + gain,
                text: format!("{}{between}{last}", way.text),
                last,
            });
        }
    }
    Ok(on)
}

/// The best ways, at most [`WAYS`] to one character and `width` characters.
fn best(mut ways: Vec<Way>, width: usize) -> Vec<Way> {
    ways.sort_by(|one, other| {
        other
            .score
            .total_cmp(&one.score)
            .then_with(|| one.text.cmp(&other.text))
    });
    let mut counts: HashMap<char, usize> = HashMap::new();
    ways.retain(|way| {
        let room = counts.len() < width || counts.contains_key(&way.last);
        let count = if room {
            counts.entry(way.last).or_default()
        } else {
            return false;
        };
        *count += 1;
        *count <= WAYS
    });
    ways
}
