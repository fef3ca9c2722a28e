//! The forms by which a text can be typed, and where in each one may begin.

use super::pinyin::syllables;
use crate::text::{Script, fold};

/// The longest form kept, in characters: nobody types more of a title.
const LONGEST_FORM: usize = 80;

/// The most places of one form where typing may begin.
const MOST_BEGINNINGS: usize = 16;

/// One form of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    /// Letters and digits only, folded.
    pub(super) letters: String,
    /// Where typing may begin, in bytes, the first at 0.
    pub(super) beginnings: Vec<usize>,
    /// What this form takes from how well the text suits: what is typed as it is printed suits best.
    pub(super) less: u16,
}

/// What is typed, in the shape that forms have.
pub(super) fn typed(text: &str) -> String {
    letters(fold(text).text())
}

fn letters(folded: &str) -> String {
    folded
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .take(LONGEST_FORM)
        .collect()
}

/// Every form of a text: itself, its pinyin, and the initials of that.
pub(super) fn forms(text: &str) -> Vec<Form> {
    let folded = fold(text);
    let folded = folded.text();
    let printed = letters(folded);
    if printed.is_empty() {
        return Vec::new();
    }
    let mut starts = beginnings(folded);
    starts.retain(|start| *start < printed.len());
    let mut forms = vec![Form {
        beginnings: starts,
        letters: printed,
        less: 0,
    }];
    if let Some(said) = syllables(folded) {
        let mut at = 0;
        let starts = said.iter().map(|syllable| {
            at += syllable.len();
            at - syllable.len()
        });
        let starts: Vec<usize> = starts.collect();
        let pinyin: String = said.concat().chars().take(LONGEST_FORM * 3).collect();
        let initials: String = said
            .iter()
            .filter_map(|syllable| syllable.chars().next())
            .take(LONGEST_FORM)
            .collect();
        forms.push(Form {
            beginnings: starts
                .into_iter()
                .filter(|start| *start < pinyin.len())
                .take(MOST_BEGINNINGS)
                .collect(),
            letters: pinyin,
            less: 40,
        });
        forms.push(Form {
            letters: initials,
            beginnings: vec![0],
            less: 60,
        });
    }
    forms
}

/// Where typing may begin in the letters of a folded text: at every Han character and at the first letter of a word.
fn beginnings(folded: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut inside = false;
    for letter in folded.chars() {
        if !letter.is_alphanumeric() {
            inside = false;
            continue;
        }
        let han = Script::of(letter) == Script::Han;
        if han || !inside {
            found.push(at);
        }
        inside = !han;
        at += letter.len_utf8();
    }
    found.truncate(MOST_BEGINNINGS);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_term_is_typed_from_any_character_by_pinyin_or_by_initials() {
        let forms = forms("糖尿病足潰瘍");
        let shown: Vec<(&str, &[usize])> = forms
            .iter()
            .map(|form| (form.letters.as_str(), form.beginnings.as_slice()))
            .collect();
        assert_eq!(
            shown,
            [
                ("糖尿病足溃疡", &[0, 3, 6, 9, 12, 15][..]),
                ("tangniaobingzukuiyang", &[0, 4, 8, 12, 14, 17]),
                ("tnbzky", &[0]),
            ]
        );
    }

    #[test]
    fn an_english_term_is_typed_from_any_word() {
        let forms = forms("Umbilical-cord stem cells");
        assert_eq!(forms.len(), 1);
        assert_eq!(forms[0].letters, "umbilicalcordstemcells");
        assert_eq!(forms[0].beginnings, [0, 9, 13, 17]);
        assert_eq!(typed("Umbilical c"), "umbilicalc");
    }
}
