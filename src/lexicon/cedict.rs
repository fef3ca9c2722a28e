//! Chinese-English dictionaries (CC-CEDICT and ECDICT) in a compact form that is read in place.
//!
//! A file (`data/cedict/cedict.bin`, `data/ecdict/ecdict.bin`, made by the examples of these names) is little-endian:
//!
//! ```text
//! "WYCEDICT" version:u32 sections:u32 (offset:u32 length:u32)*
//! 0 fst  simplified headword -> ordinal       1 fst  English phrase -> ordinal
//! 2 fst  stemmed phrase -> place in 7         3 u32s places in 4, one more than headwords
//! 4      per headword: n (phrase weight:u8)*n readings (n syllable*n)*readings
//! 5 u32s places in 6, one more than phrases   6      per phrase: n (headword weight:u8)*n
//! 7      per stem: n phrase*n                 8      pinyin syllables, blank between two
//! ```
//!
//! Numbers without a type are LEB128. Ordinals count in byte order, so an fst also gives the text of an ordinal back.

use std::fmt;

use fst::raw::{CompiledAddr, Fst};
use fst::{Map, Streamer};
use thiserror::Error;

use super::asked::Asked;
use super::key::{chinese_key, english_key, key, singular_key, stem_key};
use super::ordinal::text_of;
use crate::text::{Language, Span};

static CEDICT: &[u8] = include_bytes!("../../data/cedict/cedict.bin");
static ECDICT: &[u8] = include_bytes!("../../data/ecdict/ecdict.bin");
const MAGIC: &[u8] = b"WYCEDICT";
/// The version of the layout this program reads.
pub const LAYOUT: u32 = 1;
const SECTIONS: usize = 9;
/// What a translation found only by stem weighs beside one found as written.
const BY_STEM: f32 = 0.4;
/// The same where nothing was found as written.
const BY_STEM_ALONE: f32 = 0.8;
/// The most words an English entry is looked up with.
pub const LONGEST_PHRASE: usize = 5;

/// A dictionary file that can't be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DictionaryError {
    /// Not a dictionary file, or cut short.
    #[error("not a dictionary file, or cut short ({0} bytes)")]
    Malformed(usize),
    /// Made for another version of the layout.
    #[error("dictionary layout {found}, this program reads {LAYOUT}")]
    Layout {
        /// The version in the file.
        found: u32,
    },
    /// A word table is damaged.
    #[error("damaged word table {section} of the dictionary")]
    Table {
        /// Which section.
        section: usize,
    },
}

/// One translation of a dictionary entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Gloss {
    /// In the other language, in key form (lower case, simplified).
    pub text: String,
    /// How usual the translation is, above 0 to 1; 1 is the most usual of the entry.
    pub weight: f32,
}

/// A dictionary in both directions. A handle: opening it reads no more than its head.
pub struct Dictionary {
    bytes: &'static [u8],
    sections: [(usize, usize); SECTIONS],
    chinese: Map<&'static [u8]>,
    english: Map<&'static [u8]>,
    stems: Map<&'static [u8]>,
}

impl fmt::Debug for Dictionary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "Dictionary({} headwords, {} phrases)",
            self.chinese.len(),
            self.english.len()
        )
    }
}

impl Dictionary {
    /// CC-CEDICT, which ships with the program.
    pub fn cedict() -> Result<Self, DictionaryError> {
        Self::open(CEDICT)
    }

    /// ECDICT, which ships with the program: larger than CC-CEDICT, rich in terms of the sciences and in names, made
    /// from English entries and without readings.
    pub fn ecdict() -> Result<Self, DictionaryError> {
        Self::open(ECDICT)
    }

    /// Opens a dictionary that lies in memory.
    pub fn open(bytes: &'static [u8]) -> Result<Self, DictionaryError> {
        let malformed = || DictionaryError::Malformed(bytes.len());
        if !bytes.starts_with(MAGIC) {
            return Err(malformed());
        }
        let found = number_at(bytes, MAGIC.len()).ok_or_else(malformed)?;
        if found != LAYOUT {
            return Err(DictionaryError::Layout { found });
        }
        let mut sections = [(0, 0); SECTIONS];
        for (index, section) in sections.iter_mut().enumerate() {
            let head = MAGIC.len() + 8 + index * 8;
            let start = number_at(bytes, head).ok_or_else(malformed)? as usize;
            let length = number_at(bytes, head + 4).ok_or_else(malformed)? as usize;
            bytes.get(start..start.saturating_add(length)).ok_or_else(malformed)?;
            *section = (start, start + length);
        }
        let map = |section: usize| {
            let &(start, end) = sections.get(section).ok_or(DictionaryError::Table { section })?;
            let table = bytes.get(start..end).unwrap_or_default();
            Map::new(table).map_err(|_| DictionaryError::Table { section })
        };
        Ok(Self {
            bytes,
            sections,
            chinese: map(0)?,
            english: map(1)?,
            stems: map(2)?,
        })
    }

    /// How many Chinese headwords there are.
    pub fn headwords(&self) -> usize {
        self.chinese.len()
    }

    /// How many English phrases there are.
    pub fn phrases(&self) -> usize {
        self.english.len()
    }

    /// At most `limit` translations of `term` into the other language, most usual first.
    ///
    /// An English term is looked up as written, in the singular, and by its stems; the last weigh less.
    pub fn translate(&self, term: &str, from: Language, limit: usize) -> Vec<Gloss> {
        let asked = Asked {
            language: from,
            key: key(term, from),
            ..Asked::of(term)
        };
        self.translate_asked(&asked, limit)
    }

    /// The same for a term whose forms are made already.
    pub(super) fn translate_asked(&self, asked: &Asked<'_>, limit: usize) -> Vec<Gloss> {
        let (mut found, texts) = match asked.language {
            Language::Zh => (self.chinese_glosses(&asked.key), &self.english),
            Language::En => (self.english_glosses(&asked.key, &asked.spellings), &self.chinese),
        };
        // Ordinals count in the order of the texts.
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let glosses = found.into_iter().take(limit).filter_map(|(number, weight)| {
            let text = String::from_utf8(text_of(texts.as_fst(), number)?).ok()?;
            Some(Gloss { text, weight })
        });
        glosses.collect()
    }

    /// A walk along the Chinese headwords.
    pub(super) fn walk_chinese(&self) -> Walk {
        Walk::new(&self.chinese)
    }

    /// A walk along the English phrases.
    pub(super) fn walk_english(&self) -> Walk {
        Walk::new(&self.english)
    }

    /// A walk along the stems of English phrases.
    pub(super) fn walk_stems(&self) -> Walk {
        Walk::new(&self.stems)
    }

    /// Whether a term whose forms are made already is an entry: as written, in the singular or by its stems.
    pub(super) fn has(&self, asked: &Asked<'_>) -> bool {
        match asked.language {
            Language::Zh => self.chinese.contains_key(&asked.key),
            Language::En => {
                self.english.contains_key(&asked.key)
                    || self.english.contains_key(&asked.singular)
                    || asked.stem.as_ref().is_some_and(|stem| self.stems.contains_key(stem))
            }
        }
    }

    /// The Chinese headwords and the English phrases.
    #[cfg(test)]
    pub(super) fn tables(&self) -> [&Fst<&'static [u8]>; 2] {
        [self.chinese.as_fst(), self.english.as_fst()]
    }

    /// Whether `term` is an entry, an English one as written, in the singular or by its stems.
    pub fn contains(&self, term: &str, language: Language) -> bool {
        match language {
            Language::Zh => self.chinese.contains_key(chinese_key(term)),
            Language::En => self.contains_written(term) || self.stems.contains_key(stem_key(&english_key(term))),
        }
    }

    /// Whether an English term is an entry as written or in the singular.
    pub fn contains_written(&self, term: &str) -> bool {
        let key = english_key(term);
        self.english.contains_key(&key) || self.english.contains_key(singular_key(&key).as_ref())
    }

    /// The readings of a Chinese headword, most usual first: pinyin syllables in lower case without tones.
    pub fn readings(&self, headword: &str) -> Vec<Vec<&'static str>> {
        let Some(ordinal) = self.chinese.get(chinese_key(headword)) else {
            return Vec::new();
        };
        let Some(mut record) = self.record(3, 4, ordinal) else {
            return Vec::new();
        };
        for _ in 0..record.number().unwrap_or(0) {
            record.number();
            record.byte();
        }
        let syllables = self.section(8);
        let name = |number: usize| {
            syllables
                .split(|&byte| byte == b' ')
                .nth(number)
                .and_then(|bytes| std::str::from_utf8(bytes).ok())
        };
        let readings = record.number().unwrap_or(0);
        (0..readings)
            .map(|_| {
                let length = record.number().unwrap_or(0);
                (0..length).filter_map(|_| record.number().and_then(name)).collect()
            })
            .collect()
    }

    /// Where in `text` Chinese headwords of two characters and more stand: every one, also inside another.
    ///
    /// `text` is compared as it stands: fold it to simplified characters first.
    pub fn chinese_spans(&self, text: &str) -> Vec<Span> {
        let mut spans = Vec::new();
        for (start, first) in text.char_indices() {
            self.chinese_from(text, start, |end| {
                if end > start + first.len_utf8() {
                    spans.push(Span::new(start, end));
                }
            });
        }
        spans
    }

    /// Says where the Chinese headwords end that begin at byte `start` of `text`, every one, the shortest first.
    pub fn chinese_from(&self, text: &str, start: usize, mut found: impl FnMut(usize)) {
        let table: &Fst<&'static [u8]> = self.chinese.as_fst();
        let mut node = table.root();
        for (offset, &byte) in text.as_bytes().get(start..).unwrap_or_default().iter().enumerate() {
            let Some(index) = node.find_input(byte) else { return };
            node = table.node(node.transition_addr(index));
            if node.is_final() {
                found(start + offset + 1);
            }
        }
    }

    /// Goes through the entries of one language in the order of their bytes.
    pub fn each_entry(&self, language: Language, mut each: impl FnMut(&str)) {
        let table = match language {
            Language::Zh => &self.chinese,
            Language::En => &self.english,
        };
        let mut entries = table.keys();
        while let Some(entry) = entries.next() {
            if let Ok(entry) = std::str::from_utf8(entry) {
                each(entry);
            }
        }
    }

    /// Says how many words from the first on make an English entry of two to five words as written, for every such entry.
    pub fn english_runs(&self, words: &[&str], mut found: impl FnMut(usize)) {
        let table: &Fst<&'static [u8]> = self.english.as_fst();
        let mut node = table.root();
        for (place, word) in words.iter().enumerate().take(LONGEST_PHRASE) {
            let blank: &[u8] = if place > 0 { b" " } else { b"" };
            for &byte in blank.iter().chain(word.as_bytes()) {
                let Some(index) = node.find_input(byte) else { return };
                node = table.node(node.transition_addr(index));
            }
            if place > 0 && node.is_final() {
                found(place + 1);
            }
        }
    }

    fn chinese_glosses(&self, key: &str) -> Vec<Weighted> {
        let ordinal = self.chinese.get(key);
        ordinal.map(|ordinal| self.glosses(3, 4, ordinal)).unwrap_or_default()
    }

    fn english_glosses(&self, key: &str, spellings: &[String]) -> Vec<Weighted> {
        let singular = singular_key(key);
        let mut exact: Vec<u64> = Vec::new();
        let forms = [key, singular.as_ref()].into_iter();
        for form in forms.chain(spellings.iter().map(String::as_str)) {
            if let Some(ordinal) = self.english.get(form)
                && !exact.contains(&ordinal)
            {
                exact.push(ordinal);
            }
        }
        let mut found = Vec::new();
        for &ordinal in &exact {
            merge(&mut found, self.glosses(5, 6, ordinal), 1.0);
        }
        let factor = if exact.is_empty() { BY_STEM_ALONE } else { BY_STEM };
        for ordinal in self.phrases_of_stem(&stem_key(key)) {
            if !exact.contains(&ordinal) {
                merge(&mut found, self.glosses(5, 6, ordinal), factor);
            }
        }
        found
    }

    fn phrases_of_stem(&self, stem: &str) -> Vec<u64> {
        let Some(place) = self.stems.get(stem) else {
            return Vec::new();
        };
        let bytes = usize::try_from(place)
            .ok()
            .and_then(|place| self.section(7).get(place..))
            .unwrap_or_default();
        let mut record = Record(bytes);
        let count = record.number().unwrap_or(0);
        (0..count)
            .filter_map(|_| record.number().map(|number| number as u64))
            .collect()
    }

    fn glosses(&self, places: usize, posts: usize, ordinal: u64) -> Vec<Weighted> {
        let Some(mut record) = self.record(places, posts, ordinal) else {
            return Vec::new();
        };
        let count = record.number().unwrap_or(0);
        let mut glosses = Vec::new();
        for _ in 0..count {
            let (Some(number), Some(weight)) = (record.number(), record.byte()) else {
                break;
            };
            glosses.push((number as u64, f32::from(weight.max(1)) / 255.0));
        }
        glosses
    }

    fn section(&self, section: usize) -> &'static [u8] {
        let &(start, end) = self.sections.get(section).unwrap_or(&(0, 0));
        self.bytes.get(start..end).unwrap_or_default()
    }

    fn record(&self, places: usize, posts: usize, ordinal: u64) -> Option<Record> {
        let place = number_at(self.section(places), usize::try_from(ordinal).ok()?.checked_mul(4)?)?;
        self.section(posts).get(place as usize..).map(Record)
    }
}

/// A translation by its ordinal, and how usual it is.
type Weighted = (u64, f32);

/// Adds translations to `found`; one that is there already keeps the higher weight.
fn merge(found: &mut Vec<Weighted>, more: Vec<Weighted>, factor: f32) {
    for (number, weight) in more {
        let weight = weight * factor;
        match found.iter_mut().find(|(known, _)| *known == number) {
            Some((_, known)) => *known = known.max(weight),
            None => found.push((number, weight)),
        }
    }
}

/// A walk along the entries of a word table, letter by letter: once no entry begins so, it stays at no entry.
#[derive(Clone)]
pub(super) struct Walk {
    table: Fst<&'static [u8]>,
    at: Option<CompiledAddr>,
}

impl Walk {
    fn new(table: &Map<&'static [u8]>) -> Self {
        let table = table.as_fst().clone();
        Self {
            at: Some(table.root().addr()),
            table,
        }
    }

    /// Goes on by a part of a key.
    pub(super) fn feed(&mut self, key: &str) {
        for &byte in key.as_bytes() {
            let Some(at) = self.at else { return };
            let node = self.table.node(at);
            self.at = node.find_input(byte).map(|place| node.transition_addr(place));
        }
    }

    /// Whether what was fed is an entry.
    pub(super) fn at_entry(&self) -> bool {
        self.at.is_some_and(|at| self.table.node(at).is_final())
    }
}

fn number_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes
        .get(at..at.checked_add(4)?)?
        .try_into()
        .ok()
        .map(u32::from_le_bytes)
}

/// Reads a record from its beginning.
struct Record(&'static [u8]);

impl Record {
    fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }

    fn number(&mut self) -> Option<usize> {
        let mut number = 0usize;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7F).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(term: &str, from: Language) -> Vec<String> {
        Dictionary::cedict()
            .unwrap()
            .translate(term, from, 8)
            .into_iter()
            .map(|gloss| gloss.text)
            .collect()
    }

    #[test]
    fn plain_words_go_both_ways() {
        assert_eq!(texts("cell", Language::En)[0], "细胞");
        assert_eq!(texts("糖尿病", Language::Zh)[0], "diabetes");
        assert_eq!(texts("幹細胞", Language::Zh)[0], "stem cell");
    }

    #[test]
    fn plurals_and_stems_find_the_entry() {
        assert!(texts("cells", Language::En).contains(&"细胞".to_owned()));
        assert!(texts("therapies", Language::En).contains(&"疗法".to_owned()));
        assert!(texts("stem cells", Language::En).contains(&"干细胞".to_owned()));
    }

    #[test]
    fn weights_are_above_zero_and_at_most_one_and_fall() {
        let dictionary = Dictionary::cedict().unwrap();
        for (term, from) in [
            ("treatment", Language::En),
            ("water", Language::En),
            ("治疗", Language::Zh),
        ] {
            let glosses = dictionary.translate(term, from, 50);
            assert!(!glosses.is_empty());
            assert!(glosses.iter().all(|gloss| gloss.weight > 0.0 && gloss.weight <= 1.0));
            assert!(glosses.windows(2).all(|pair| pair[0].weight >= pair[1].weight));
        }
    }

    #[test]
    fn an_unknown_term_has_no_translation() {
        assert!(texts("zzyzzxq", Language::En).is_empty());
        assert!(texts("", Language::En).is_empty());
        assert!(texts("", Language::Zh).is_empty());
    }

    #[test]
    fn headwords_inside_headwords_are_found() {
        let dictionary = Dictionary::cedict().unwrap();
        let text = "干细胞治疗";
        let found: Vec<&str> = dictionary
            .chinese_spans(text)
            .into_iter()
            .map(|span| span.of(text))
            .collect();
        for headword in ["干细胞", "细胞", "治疗"] {
            assert!(found.contains(&headword), "{headword} in {found:?}");
        }
    }

    #[test]
    fn english_entries_of_several_words_are_found() {
        let dictionary = Dictionary::cedict().unwrap();
        let mut found = Vec::new();
        dictionary.english_runs(&["stem", "cell", "grow"], |count| found.push(count));
        assert_eq!(found, [2]);
    }

    #[test]
    fn readings_have_no_tones() {
        let readings = Dictionary::cedict().unwrap().readings("细胞");
        assert_eq!(readings, vec![vec!["xi", "bao"]]);
    }

    #[test]
    fn damaged_files_are_refused() {
        assert_eq!(
            Dictionary::open(b"nonsense").unwrap_err(),
            DictionaryError::Malformed(8)
        );
        assert_eq!(
            Dictionary::open(b"WYCEDICT\x02\0\0\0").unwrap_err(),
            DictionaryError::Layout { found: 2 }
        );
        assert_eq!(
            Dictionary::open(b"WYCEDICT\x01\0\0\0").unwrap_err(),
            DictionaryError::Malformed(12)
        );
    }

    #[test]
    fn the_larger_dictionary_knows_terms_of_the_sciences_and_names() {
        let dictionary = Dictionary::ecdict().unwrap();
        let missing = |from: Language, pairs: &[(&'static str, &'static str)]| -> Vec<(&'static str, &'static str)> {
            let found = |term: &str, other: &str| dictionary.translate(term, from, 8).iter().any(|g| g.text == other);
            pairs
                .iter()
                .copied()
                .filter(|(term, other)| !found(term, other))
                .collect()
        };
        let english = [
            ("hydrogel", "水凝胶"),
            ("fibroblasts", "成纤维细胞"),
            ("allogeneic", "同种异体"),
            ("mesenchymal", "间充质"),
            ("mesenchymal", "间质"),
            ("debridement", "清创术"),
            ("Warsaw", "华沙"),
            ("quarterback", "四分卫"),
            ("growth factor", "生长因子"),
        ];
        assert_eq!(missing(Language::En, &english), []);
        let chinese = [
            ("水凝胶", "hydrogel"),
            ("成纤维细胞", "fibroblast"),
            ("清创术", "debridement"),
            ("華沙", "warsaw"),
            ("四分卫", "quarterback"),
            ("生长因子", "growth factor"),
        ];
        assert_eq!(missing(Language::Zh, &chinese), []);
    }

    #[test]
    fn labels_and_notes_are_no_translations() {
        let dictionary = Dictionary::ecdict().unwrap();
        for term in ["Warsaw", "hydrogel", "treatment", "run", "Smith"] {
            for gloss in dictionary.translate(term, Language::En, 50) {
                assert!(
                    !gloss.text.contains(['[', ']', '(', '（', '.', '，']),
                    "{term}: {}",
                    gloss.text
                );
                assert_ne!(gloss.text, "人名");
            }
        }
    }
}
