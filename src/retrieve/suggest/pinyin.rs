//! How a text is read: the pinyin of its Han characters, syllable by syllable.

use crate::retrieve::correct::{DICTIONARIES, SOUNDS};
use crate::text::{Script, Span};

/// The syllables of a folded text, everything but letters and digits left out; a Latin letter or a digit is a syllable
/// of its own. Words of the dictionaries are read as words (长 in 生长), other characters by their first reading.
/// Nothing where no character of it is read.
pub(super) fn syllables(text: &str) -> Option<Vec<String>> {
    let mut words = DICTIONARIES.headwords(text);
    // The longest of those that begin at a place.
    words.sort_by_key(|word| (word.start, std::cmp::Reverse(word.end)));
    let mut syllables = Vec::new();
    let mut read = false;
    let mut skip_to = 0;
    for (at, letter) in text.char_indices() {
        if at < skip_to || !letter.is_alphanumeric() {
            continue;
        }
        if Script::of(letter) != Script::Han {
            syllables.push(letter.to_string());
            continue;
        }
        let first = words.partition_point(|word| word.start < at);
        let here = words.iter().skip(first).take_while(|word| word.start == at);
        if let Some((word, reading)) = here.filter_map(|word| Some((*word, reading(*word, text)?))).next() {
            syllables.extend(reading.into_iter().map(str::to_owned));
            skip_to = word.end;
            read = true;
        } else if let Some(said) = SOUNDS.syllables(letter).first() {
            syllables.push((*said).to_owned());
            read = true;
        }
    }
    read.then_some(syllables)
}

/// The reading of a word, a syllable for each character.
fn reading(word: Span, text: &str) -> Option<Vec<&'static str>> {
    let word = word.of(text);
    let readings = DICTIONARIES.readings(word);
    readings
        .into_iter()
        .find(|reading| reading.len() == word.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_words_and_names_are_spelt() {
        let read = |text| syllables(text).map(|said| said.join(" "));
        assert_eq!(read("糖尿病足").as_deref(), Some("tang niao bing zu"));
        // 长 is zhang in 生长 and chang in 长期.
        assert_eq!(read("生长").as_deref(), Some("sheng zhang"));
        assert_eq!(read("长期").as_deref(), Some("chang qi"));
        assert_eq!(read("pd-1抑制").as_deref(), Some("p d 1 yi zhi"));
        assert_eq!(read("stem cell"), None);
    }
}
