//! Words that carry little of what a text or question is about: they are weighed down, never deleted.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::key::key;
use crate::text::Language;

const ENGLISH: &str = include_str!("../../data/stopwords/en.txt");
const CHINESE: &str = include_str!("../../data/stopwords/zh.txt");
/// What a listed word keeps of its weight where the list says nothing else.
const LITTLE: f32 = 0.1;

static LISTS: LazyLock<[HashMap<&'static str, f32>; 2]> = LazyLock::new(|| [parse(CHINESE), parse(ENGLISH)]);

/// How much of its weight `word` keeps: 1 for a word of content, down to 0.1 for `the`, 的 or 什么.
pub fn stop_weight(word: &str, language: Language) -> f32 {
    let [chinese, english] = &*LISTS;
    let list = match language {
        Language::Zh => chinese,
        Language::En => english,
    };
    // Most words come folded already.
    list.get(word)
        .or_else(|| list.get(key(word, language).as_str()))
        .copied()
        .unwrap_or(1.0)
}

/// Whether a word in the form of its key is on the list of its language.
pub(super) fn is_stop_key(key: &str, language: Language) -> bool {
    let [chinese, english] = &*LISTS;
    match language {
        Language::Zh => chinese,
        Language::En => english,
    }
    .contains_key(key)
}

/// Whether `word` is on the list of its language.
pub fn is_stop_word(word: &str, language: Language) -> bool {
    stop_weight(word, language) < 1.0
}

fn parse(list: &'static str) -> HashMap<&'static str, f32> {
    list.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut parts = line.split_whitespace();
            let word = parts.next()?;
            let weight = parts.next().and_then(|weight| weight.parse().ok()).unwrap_or(LITTLE);
            Some((word, weight))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_and_question_words_weigh_little() {
        for (word, language) in [
            ("The", Language::En),
            ("what", Language::En),
            ("的", Language::Zh),
            ("什么", Language::Zh),
            ("哪些", Language::Zh),
            ("什麼", Language::Zh),
        ] {
            assert_eq!(stop_weight(word, language), 0.1, "{word}");
        }
    }

    #[test]
    fn words_of_content_keep_their_weight() {
        assert_eq!(stop_weight("cell", Language::En), 1.0);
        assert_eq!(stop_weight("细胞", Language::Zh), 1.0);
    }

    #[test]
    fn listed_weights_are_read_and_lie_between_nothing_and_all() {
        assert_eq!(stop_weight("study", Language::En), 0.4);
        assert_eq!(stop_weight("原因", Language::Zh), 0.4);
        for list in LISTS.iter() {
            assert!(list.len() > 150);
            assert!(list.values().all(|&weight| weight > 0.0 && weight < 1.0));
        }
    }
}
