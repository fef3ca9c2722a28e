//! Makes `data/jieba/words.fst` from jieba's dictionary: `cargo run --release --example word_list -- DICT WORDS`.
//!
//! Only words of Han characters are kept; the empty key holds the sum of all frequencies, of the others too.

use std::collections::BTreeMap;
use std::error::Error;
use std::{env, fs};

use wenyuan::text::Script;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(dictionary), Some(output)) = (arguments.next(), arguments.next()) else {
        return Err("usage: word_list DICT WORDS".into());
    };
    let text = fs::read_to_string(dictionary)?;
    let mut words = BTreeMap::new();
    let mut total = 0u64;
    for line in text.lines() {
        let mut parts = line.split_whitespace();
        let (Some(word), Some(frequency)) = (parts.next(), parts.next()) else {
            continue;
        };
        let frequency: u64 = frequency.parse()?;
        total += frequency;
        if word.chars().all(|character| Script::of(character) == Script::Han) {
            words.insert(word, frequency);
        }
    }
    words.insert("", total);
    let count = words.len() - 1;
    let map = fst::Map::from_iter(words)?;
    fs::write(&output, map.as_fst().as_bytes())?;
    println!(
        "{count} words, total frequency {total}, {} bytes",
        map.as_fst().as_bytes().len()
    );
    Ok(())
}
