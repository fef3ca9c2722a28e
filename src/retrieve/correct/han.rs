//! Chinese with one character in place of another of the same sound or look: what the corpus has instead.

use super::lookup::Lookup;
use super::shape::look_alikes;
use super::sound::{DICTIONARIES, SOUNDS};
use super::syllable::near;
use crate::analysis::Mode;
use crate::index::{EngineError, Field};
use crate::lexicon::is_stop_word;
use crate::text::{Language, Span};

const PAIRS: Field = Field::Grams(Language::Zh);
/// The longest run of Han, in characters, that is looked at; longer ones are passages pasted in.
const LONGEST_RUN: usize = 64;
/// The most doubtful characters tried in a run.
const MOST_DOUBTFUL: usize = 8;
/// Replacements that are looked for with their neighbours.
const TRIED: usize = 4;

/// A Han character of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Simplified.
    pub character: char,
    /// Where it stands in the query.
    pub span: Span,
}

/// A character of a run with what should stand there, best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misprint {
    /// Where it stands in the query.
    pub span: Span,
    /// What may stand there.
    pub characters: Vec<char>,
}

/// How near a replacement is to the character typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    SameSound,
    SameLook,
    NearSound,
}

/// The runs of Han of a query that lie in stretches that may be changed.
pub fn runs(lookup: &Lookup<'_>, query: &str, open: &[Span]) -> Vec<Vec<Placed>> {
    let mut runs: Vec<Vec<Placed>> = Vec::new();
    lookup.analyzer.chars(query, |token| {
        let mut characters = token.term.chars();
        let (Some(character), None) = (characters.next(), characters.next()) else {
            return;
        };
        let span = token.span;
        let stretch = |at: usize| open.iter().position(|open| open.start <= at && at < open.end);
        let Some(here) = stretch(span.start) else { return };
        let placed = Placed { character, span };
        match runs.last_mut() {
            Some(run)
                if run
                    .last()
                    .is_some_and(|last| last.span.end == span.start && stretch(last.span.start) == Some(here)) =>
            {
                run.push(placed);
            }
            _ => runs.push(vec![placed]),
        }
    });
    runs
}

/// The one character of a run that is most likely mistyped; none where the run's words are known.
pub fn misprint(lookup: &Lookup<'_>, run: &[Placed]) -> Result<Option<Misprint>, EngineError> {
    if run.len() < 2 || run.len() > LONGEST_RUN {
        return Ok(None);
    }
    let characters: Vec<char> = run.iter().map(|placed| placed.character).collect();
    let known = known_characters(lookup, &characters)?;
    let mut best: Option<(Score, Misprint)> = None;
    let doubtful = known.iter().enumerate().filter(|(_, known)| !**known).map(|(at, _)| at);
    for at in doubtful.take(MOST_DOUBTFUL) {
        let ranked = replacements(lookup, &characters, at)?;
        let (Some((score, _)), Some(placed)) = (ranked.first(), run.get(at)) else {
            continue;
        };
        if best.as_ref().is_none_or(|(known, _)| score > known) {
            let found = Misprint {
                span: placed.span,
                characters: ranked.iter().map(|(_, character)| *character).collect(),
            };
            best = Some((*score, found));
        }
    }
    Ok(best.map(|(_, misprint)| misprint))
}

/// How good a replacement is: pairs the index has then, nearness, and how often the rarer pair occurs.
type Score = (usize, std::cmp::Reverse<Nearness>, u64);

/// Which characters stand in a pair the index has, in a word of a dictionary or of the index, or are function words.
fn known_characters(lookup: &Lookup<'_>, characters: &[char]) -> Result<Vec<bool>, EngineError> {
    let mut known = vec![false; characters.len()];
    let text: String = characters.iter().collect();
    let mut mark = |from: usize, to: usize| {
        for place in known.get_mut(from..to).into_iter().flatten() {
            *place = true;
        }
    };
    let mut buffer = [0; 4];
    for (at, character) in characters.iter().enumerate() {
        if is_stop_word(character.encode_utf8(&mut buffer), Language::Zh) {
            mark(at, at + 1);
        }
    }
    for (at, pair) in characters.windows(2).enumerate() {
        if lookup.knows_pair(&pair.iter().collect::<String>())? {
            mark(at, at + 2);
        }
    }
    let count = |end: usize| text.get(..end).map_or(0, |head| head.chars().count());
    for span in DICTIONARIES.headwords(&text) {
        mark(count(span.start), count(span.end));
    }
    let mut words: Vec<(Span, String)> = Vec::new();
    lookup.analyzer.words(&text, Mode::Query, |token| {
        words.push((token.span, token.term.to_owned()))
    });
    for (span, word) in words {
        if word.chars().count() > 1 && lookup.knows_word(&word)? {
            mark(count(span.start), count(span.end));
        }
    }
    Ok(known)
}

/// What may stand at a place, best first.
fn replacements(lookup: &Lookup<'_>, characters: &[char], at: usize) -> Result<Vec<(Score, char)>, EngineError> {
    let Some(&typed) = characters.get(at) else {
        return Ok(Vec::new());
    };
    let before = at.checked_sub(1).and_then(|at| characters.get(at));
    let after = characters.get(at + 1);
    let mut found: Vec<(Score, char)> = Vec::new();
    for (character, nearness) in confusable(typed) {
        let mut frequencies = Vec::new();
        for (first, second) in [(before, Some(&character)), (Some(&character), after)] {
            if let (Some(first), Some(second)) = (first, second) {
                let pair: String = [*first, *second].iter().collect();
                let frequency = lookup.candidate(PAIRS, &pair)?;
                if frequency > 0 {
                    frequencies.push(frequency);
                }
            }
        }
        if let Some(&rarer) = frequencies.iter().min() {
            let score = (frequencies.len(), std::cmp::Reverse(nearness), rarer);
            found.push((score, character));
        }
    }
    found.sort_by(|one, other| other.cmp(one));
    found.truncate(TRIED);
    let mut sure = Vec::new();
    for (score, character) in found {
        if fits(lookup, characters, at, character)? {
            sure.push((score, character));
        }
    }
    Ok(sure)
}

/// Whether the corpus has the replacement with two neighbours in a row; in a run of two characters, whether they are a
/// word.
fn fits(lookup: &Lookup<'_>, characters: &[char], at: usize, character: char) -> Result<bool, EngineError> {
    let mut repaired = characters.to_vec();
    if let Some(place) = repaired.get_mut(at) {
        *place = character;
    }
    if repaired.len() == 2 {
        return Ok(DICTIONARIES.contain(&repaired.iter().collect::<String>(), Language::Zh));
    }
    for from in at.saturating_sub(2)..=at {
        if let Some(three) = repaired.get(from..from + 3)
            && lookup.phrase(&three.iter().collect::<String>())? > 0
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The characters one may have been taken for, nearest first, each once.
fn confusable(typed: char) -> Vec<(char, Nearness)> {
    let mut found: Vec<(char, Nearness)> = Vec::new();
    let mut add = |character: char, nearness: Nearness| {
        if character != typed && !found.iter().any(|(known, _)| *known == character) {
            found.push((character, nearness));
        }
    };
    let syllables = SOUNDS.syllables(typed);
    for syllable in syllables {
        for &character in SOUNDS.characters(syllable) {
            add(character, Nearness::SameSound);
        }
    }
    for &character in look_alikes(typed) {
        add(character, Nearness::SameLook);
    }
    for syllable in syllables {
        for near in near(syllable) {
            for &character in SOUNDS.characters(&near) {
                add(character, Nearness::NearSound);
            }
        }
    }
    found
}
