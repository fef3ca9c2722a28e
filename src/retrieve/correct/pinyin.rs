//! Chinese typed as pinyin: the Han text of the corpus it most likely stands for.

use super::correction::{Change, Correction, CorrectionKind};
use super::lattice::{Reading, readings};
use super::lookup::Lookup;
use super::sound::DICTIONARIES;
use super::typed::Typed;
use crate::index::EngineError;
use crate::text::Language;

/// How many readings are looked for as phrases.
const TRIED: usize = 8;
/// The longest reading, in characters, that is looked for as a phrase.
const LONGEST_PHRASE: usize = 8;
/// How many readings are given besides the best.
const ALTERNATIVES: usize = 4;

/// So many characters may be meant although the index knows the words: most syllables are a surname, too.
const CHARACTERS: usize = 3;

/// What a query in pinyin most likely says; none where it is not pinyin, where the index knows its words as they are,
/// or where the corpus has nothing for it. Words that the index knows one by one, but never in a row, are pinyin of three
/// characters and more where the corpus has these whole.
pub fn read(lookup: &Lookup<'_>, query: &str) -> Result<Option<Correction>, EngineError> {
    let Some(typed) = Typed::read(query) else {
        return Ok(None);
    };
    let mut known = 0;
    for word in query.split_whitespace() {
        if lookup.knows(word)? {
            known += word.len();
        }
    }
    let letters: usize = query.split_whitespace().map(str::len).sum();
    let familiar = known * 2 > letters;
    if familiar && (typed.most_characters() < CHARACTERS || lookup.stands_as_typed(query)?) {
        return Ok(None);
    }
    let mut found = Vec::new();
    for reading in readings(lookup, &typed, TRIED)? {
        let characters = reading.text.chars().filter(|c| *c != ' ').count();
        let whole = !reading.text.contains(' ') && characters <= LONGEST_PHRASE;
        let occurs = if whole { lookup.phrase(&reading.text)? } else { 0 };
        found.push((occurs, reading));
    }
    // An English word that happens to split, and initials, stand for Han only where the corpus has it whole.
    let strict = familiar || typed.initials || DICTIONARIES.contain(query.trim(), Language::En);
    found.retain(|(occurs, reading)| *occurs > 0 || (!strict && is_connected(reading)));
    if typed.initials {
        found.sort_by(|(one, _), (other, _)| other.cmp(one));
    } else {
        found.sort_by_key(|(occurs, _)| *occurs == 0);
    }
    let mut texts = found.into_iter().map(|(_, reading)| reading.text);
    let Some(best) = texts.next() else {
        return Ok(None);
    };
    Ok(Some(Correction {
        kind: CorrectionKind::Pinyin,
        query: best.clone(),
        alternatives: texts.take(ALTERNATIVES).collect(),
        changes: vec![Change {
            from: query.trim().to_owned(),
            to: best,
        }],
    }))
}

/// Whether most characters stand in pairs the index has.
fn is_connected(reading: &Reading) -> bool {
    let pieces = reading.text.split(' ').map(|piece| piece.chars().count());
    let (mut alone, mut all) = (0, 0);
    for piece in pieces {
        alone += usize::from(piece == 1);
        all += piece;
    }
    alone * 3 <= all
}
