//! Which characters sound alike: the readings of single characters in CC-CEDICT.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::syllable::syllable;
use crate::lexicon::Dictionary;
use crate::text::Language;

/// The dictionaries that say what is a word.
pub struct Dictionaries {
    cedict: Option<Dictionary>,
    ecdict: Option<Dictionary>,
}

/// The shipped dictionaries. One that can't be read says of nothing that it is a word.
pub static DICTIONARIES: LazyLock<Dictionaries> = LazyLock::new(|| Dictionaries {
    cedict: Dictionary::cedict().ok(),
    ecdict: Dictionary::ecdict().ok(),
});

impl Dictionaries {
    /// Whether any of them has this entry.
    pub fn contain(&self, word: &str, language: Language) -> bool {
        [&self.cedict, &self.ecdict]
            .into_iter()
            .flatten()
            .any(|dictionary| dictionary.contains(word, language))
    }

    /// Whether any of them has this English word as written or in the singular.
    pub fn contain_written(&self, word: &str) -> bool {
        [&self.cedict, &self.ecdict]
            .into_iter()
            .flatten()
            .any(|dictionary| dictionary.contains_written(word))
    }

    /// How a headword is read, a syllable for each character.
    pub fn readings(&self, headword: &str) -> Vec<Vec<&'static str>> {
        self.cedict
            .as_ref()
            .map_or_else(Vec::new, |cedict| cedict.readings(headword))
    }

    /// Where in a simplified text headwords of two characters and more stand, in bytes.
    pub fn headwords(&self, text: &str) -> Vec<crate::text::Span> {
        [&self.cedict, &self.ecdict]
            .into_iter()
            .flatten()
            .flat_map(|dictionary| dictionary.chinese_spans(text))
            .collect()
    }
}

/// The characters of each syllable, and the syllables of each character.
#[derive(Default)]
pub struct Sounds {
    characters: HashMap<&'static str, Vec<char>>,
    syllables: HashMap<char, Vec<&'static str>>,
}

/// Read once; later uses look up.
pub static SOUNDS: LazyLock<Sounds> = LazyLock::new(|| {
    let mut sounds = Sounds::default();
    let Some(dictionary) = &DICTIONARIES.cedict else {
        return sounds;
    };
    let mut headword = String::new();
    for character in '\u{4E00}'..='\u{9FFF}' {
        headword.clear();
        headword.push(character);
        for reading in dictionary.readings(&headword) {
            let &[said] = reading.as_slice() else { continue };
            if syllable(said).is_none() {
                continue;
            }
            let of_character = sounds.syllables.entry(character).or_default();
            if !of_character.contains(&said) {
                of_character.push(said);
                sounds.characters.entry(said).or_default().push(character);
            }
        }
    }
    sounds
});

impl Sounds {
    /// The characters read as a syllable.
    pub fn characters(&self, syllable: &str) -> &[char] {
        self.characters.get(syllable).map_or(&[], Vec::as_slice)
    }

    /// How a character is read.
    pub fn syllables(&self, character: char) -> &[&'static str] {
        self.syllables.get(&character).map_or(&[], Vec::as_slice)
    }

    /// The characters read as a syllable that begins with these letters.
    pub fn beginning_with(&self, letters: &str) -> Vec<char> {
        let mut characters: Vec<char> = self
            .characters
            .iter()
            .filter(|(syllable, _)| syllable.starts_with(letters))
            .flat_map(|(_, characters)| characters.iter().copied())
            .collect();
        characters.sort_unstable();
        characters.dedup();
        characters
    }
}

#[cfg(test)]
mod tests {
    use super::SOUNDS;

    #[test]
    fn characters_are_found_by_every_reading() {
        assert!(SOUNDS.characters("bao").contains(&'胞'));
        for reading in ["zhong", "chong"] {
            assert!(SOUNDS.syllables('重').contains(&reading), "重 is read {reading}");
        }
        assert!(SOUNDS.syllables('女').contains(&"nv"));
        assert!(SOUNDS.beginning_with("t").contains(&'糖'));
        assert!(SOUNDS.characters("x").is_empty());
    }
}
