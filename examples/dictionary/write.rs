//! Writes the compact form of a dictionary: see `src/lexicon/cedict.rs` for the layout.

use std::collections::BTreeMap;
use std::error::Error;

use fst::MapBuilder;
use wenyuan::lexicon::stem_key;

/// The most translations kept of one entry.
const MOST: usize = 32;

/// What is known of one Chinese headword.
#[derive(Default)]
pub struct Headword {
    /// English phrases with their weights.
    pub phrases: BTreeMap<String, f32>,
    /// Toneless syllables; none where the source gives none.
    pub readings: Vec<Vec<String>>,
}

/// The bytes of the dictionary file. Phrases of up to `stemmed` words can be looked up by their stems.
pub fn write(
    headwords: &BTreeMap<String, Headword>,
    to_chinese: &BTreeMap<String, BTreeMap<String, f32>>,
    stemmed: usize,
) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut all: Vec<&str> = to_chinese.keys().map(String::as_str).collect();
    all.extend(
        headwords
            .values()
            .flat_map(|headword| headword.phrases.keys().map(String::as_str)),
    );
    all.sort_unstable();
    all.dedup();
    let phrase_number: BTreeMap<&str, usize> = all.iter().enumerate().map(|(number, &text)| (text, number)).collect();
    let headword_number: BTreeMap<&str, usize> = headwords
        .keys()
        .enumerate()
        .map(|(number, text)| (text.as_str(), number))
        .collect();
    let mut syllable_number: BTreeMap<&str, usize> = headwords
        .values()
        .flat_map(|headword| headword.readings.iter().flatten())
        .map(|s| (s.as_str(), 0))
        .collect();
    for (number, place) in syllable_number.values_mut().enumerate() {
        *place = number;
    }

    let (mut zh_places, mut zh_posts) = (Vec::new(), Vec::new());
    for headword in headwords.values() {
        zh_places.extend(u32::try_from(zh_posts.len())?.to_le_bytes());
        posts(&mut zh_posts, &headword.phrases, &phrase_number);
        number(&mut zh_posts, headword.readings.len());
        for reading in &headword.readings {
            number(&mut zh_posts, reading.len());
            reading
                .iter()
                .for_each(|syllable| number(&mut zh_posts, syllable_number[syllable.as_str()]));
        }
    }
    zh_places.extend(u32::try_from(zh_posts.len())?.to_le_bytes());

    let none = BTreeMap::new();
    let (mut en_places, mut en_posts) = (Vec::new(), Vec::new());
    let mut stems: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (ordinal, &phrase) in all.iter().enumerate() {
        en_places.extend(u32::try_from(en_posts.len())?.to_le_bytes());
        let translations = to_chinese.get(phrase).unwrap_or(&none);
        posts(&mut en_posts, translations, &headword_number);
        if !translations.is_empty() && phrase.split(' ').count() <= stemmed {
            stems.entry(stem_key(phrase)).or_default().push(ordinal);
        }
    }
    en_places.extend(u32::try_from(en_posts.len())?.to_le_bytes());

    let mut stem_posts = Vec::new();
    let mut stem_table = MapBuilder::memory();
    for (stem, phrases) in stems.iter().filter(|(stem, _)| !stem.is_empty()) {
        stem_table.insert(stem, stem_posts.len() as u64)?;
        number(&mut stem_posts, phrases.len());
        phrases.iter().for_each(|&phrase| number(&mut stem_posts, phrase));
    }

    let sections = [
        table(headwords.keys().map(String::as_str))?,
        table(all.iter().copied())?,
        stem_table.into_inner()?,
        zh_places,
        zh_posts,
        en_places,
        en_posts,
        stem_posts,
        syllable_number
            .keys()
            .copied()
            .collect::<Vec<_>>()
            .join(" ")
            .into_bytes(),
    ];
    let mut bytes = b"WYCEDICT".to_vec();
    bytes.extend(wenyuan::lexicon::LAYOUT.to_le_bytes());
    bytes.extend(u32::try_from(sections.len())?.to_le_bytes());
    let mut start = bytes.len() + sections.len() * 8;
    for section in &sections {
        bytes.extend(u32::try_from(start)?.to_le_bytes());
        bytes.extend(u32::try_from(section.len())?.to_le_bytes());
        println!("{:>9} bytes", section.len());
        start += section.len();
    }
    sections.iter().for_each(|section| bytes.extend(section));
    Ok(bytes)
}

fn table<'a>(words: impl Iterator<Item = &'a str>) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut table = MapBuilder::memory();
    for (ordinal, word) in words.enumerate() {
        table.insert(word, ordinal as u64)?;
    }
    Ok(table.into_inner()?)
}

/// Weights are kept relative to the highest of the entry, in 255 steps.
fn posts(out: &mut Vec<u8>, weighted: &BTreeMap<String, f32>, numbers: &BTreeMap<&str, usize>) {
    let mut sorted: Vec<(&str, f32)> = weighted.iter().map(|(text, &weight)| (text.as_str(), weight)).collect();
    sorted.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    sorted.truncate(MOST);
    let highest = sorted.first().map_or(1.0, |first| first.1).max(f32::MIN_POSITIVE);
    number(out, sorted.len());
    for (text, weight) in sorted {
        number(out, numbers[text]);
        out.push((weight / highest * 255.0).round().clamp(1.0, 255.0) as u8);
    }
}

fn number(out: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        out.push((value & 0x7F) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
