//! What a query that found nothing, or little, may have meant.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::correction::{Change, Correction, CorrectionKind};
use super::lookup::Lookup;
use super::sound::SOUNDS;
use super::{han, latin, open_text, pinyin};
use crate::analysis::Analyzer;
use crate::index::{Engine, EngineError};
use crate::text::Span;

/// The longest query, in characters, that is corrected; longer ones are passages pasted in.
const LONGEST_QUERY: usize = 512;
/// The most words and characters changed in one query.
const MOST_CHANGES: usize = 4;
/// The most words of one query that are looked for near words.
const MOST_WORDS: usize = 8;
/// The most characters changed in one run of Han.
const MOST_IN_RUN: usize = 2;
/// Other queries given.
const ALTERNATIVES: usize = 4;

/// Proposes queries in place of ones that find nothing or little, from what the index has.
///
/// It is bounded: some thousand look-ups and a few phrase searches whatever the query.
pub struct Corrector<'a> {
    engine: &'a dyn Engine,
    analyzer: &'a Analyzer,
}

/// A stretch to replace, with what may stand there, best first.
struct Repair {
    span: Span,
    kind: CorrectionKind,
    replacements: Vec<String>,
}

impl<'a> Corrector<'a> {
    /// A corrector over one snapshot. The analyzer must be the one the index was built with.
    pub fn new(engine: &'a dyn Engine, analyzer: &'a Analyzer) -> Self {
        Self { engine, analyzer }
    }

    /// Reads the table of sounds, which the first correction in Chinese would otherwise wait for (some ten
    /// milliseconds). For a thread of its own at the start of a server.
    pub fn preload() {
        LazyLock::force(&SOUNDS);
    }

    /// The Chinese a query in pinyin stands for: whole syllables, initials (`tnb`, at least three), or both
    /// (`tang nb`), with or without spaces, tones as marks or digits. None where the query is not pinyin as a whole,
    /// where the index knows most of it as it is, or where the corpus has nothing that sounds so.
    ///
    /// # Errors
    /// Only where the engine failed.
    pub fn readings_of(&self, query: &str) -> Result<Option<Correction>, EngineError> {
        if is_long(query) {
            return Ok(None);
        }
        pinyin::read(&Lookup::new(self.engine, self.analyzer), query)
    }

    /// The query with its misspelt words and mistyped Han characters put right. None where the index or a dictionary
    /// knows all its words, or has nothing near. Quoted phrases, excluded words, symbols, and words of three letters or
    /// fewer stay as they are.
    ///
    /// # Errors
    /// Only where the engine failed.
    pub fn repair(&self, query: &str) -> Result<Option<Correction>, EngineError> {
        if is_long(query) {
            return Ok(None);
        }
        let lookup = Lookup::new(self.engine, self.analyzer);
        let open = open_text::open_stretches(query);
        let mut repairs = Vec::new();
        let mut seen = HashSet::new();
        for span in open.iter().flat_map(|stretch| latin::plain_words(query, *stretch)) {
            if !seen.contains(span.of(query)) && seen.len() >= MOST_WORDS {
                break;
            }
            if lookup.knows(span.of(query))? {
                continue;
            }
            seen.insert(span.of(query));
            let replacements = latin::nearest(&lookup, span.of(query))?;
            if !replacements.is_empty() {
                repairs.push(Repair {
                    span,
                    kind: CorrectionKind::Spelling,
                    replacements,
                });
            }
        }
        for mut run in han::runs(&lookup, query, &open) {
            for _ in 0..MOST_IN_RUN {
                let Some(misprint) = han::misprint(&lookup, &run)? else {
                    break;
                };
                for placed in run.iter_mut().filter(|placed| placed.span == misprint.span) {
                    placed.character = misprint.characters.first().copied().unwrap_or(placed.character);
                }
                if !repairs.iter().any(|repair: &Repair| repair.span == misprint.span) {
                    repairs.push(Repair {
                        span: misprint.span,
                        kind: CorrectionKind::Homophone,
                        replacements: misprint.characters.iter().map(char::to_string).collect(),
                    });
                }
            }
        }
        repairs.sort_by_key(|repair| repair.span);
        repairs.truncate(MOST_CHANGES);
        Ok(correction(query, &repairs))
    }
}

fn is_long(query: &str) -> bool {
    query.chars().nth(LONGEST_QUERY).is_some()
}

fn correction(query: &str, repairs: &[Repair]) -> Option<Correction> {
    let first = repairs.first()?;
    let mut alternatives = Vec::new();
    for (place, repair) in repairs.iter().enumerate() {
        for choice in 1..repair.replacements.len() {
            alternatives.push(apply(query, repairs, Some((place, choice)))?);
        }
    }
    alternatives.truncate(ALTERNATIVES);
    let changes = repairs
        .iter()
        .filter_map(|repair| {
            Some(Change {
                from: repair.span.of(query).to_owned(),
                to: repair.replacements.first()?.clone(),
            })
        })
        .collect();
    Some(Correction {
        kind: first.kind,
        query: apply(query, repairs, None)?,
        alternatives,
        changes,
    })
}

/// The query with every repair made: the best of each, but at one place another choice.
fn apply(query: &str, repairs: &[Repair], other: Option<(usize, usize)>) -> Option<String> {
    let mut text = String::with_capacity(query.len());
    let mut at = 0;
    for (place, repair) in repairs.iter().enumerate() {
        let choice = other.map_or(0, |(other, choice)| if other == place { choice } else { 0 });
        text.push_str(query.get(at..repair.span.start)?);
        text.push_str(repair.replacements.get(choice)?);
        at = repair.span.end;
    }
    text.push_str(query.get(at..)?);
    Some(text)
}
