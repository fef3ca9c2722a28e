//! Glosses: a term explained in parentheses, `中文(English, ABBR)`, `中文(ABBR)`, `English long form (ABBR)`.

use super::cedict::Dictionary;
use super::edge::trim_chinese;
use super::form::{is_abbreviation, language_of};
use super::long_form::{is_long_form, long_form};
use super::stop_words::stop_weight;
use crate::text::{Language, Script};

/// What a parenthesis says of the term before it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PrintedGloss {
    /// The Chinese term.
    pub zh: Option<String>,
    /// The English term.
    pub en: Option<String>,
    /// The abbreviation, as printed.
    pub abbreviation: Option<String>,
}

/// Shapes of abbreviations that name no term: makers' countries, units, programs, numbers.
const NO_TERM: &[&str] = &[
    "USA", "UK", "US", "EU", "PRC", "CN", "SPSS", "SAS", "II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII",
    "MPa", "kPa", "MHz", "GHz", "AM", "PM", "TV", "OK", "ID", "NO", "NA", "AD", "BC", "IF", "DOI", "ISBN", "ISSN",
    "URL", "PDF",
];

/// Words an English gloss of a Chinese term does not begin with or hold.
const NO_GLOSS: &[&str] = &[
    "and",
    "or",
    "see",
    "vs",
    "vs.",
    "versus",
    "fig",
    "fig.",
    "figure",
    "table",
    "al",
    "al.",
    "eg",
    "e.g.",
    "i.e.",
    "by",
    "from",
    "for example",
    "supplementary",
    "ref",
    "refs",
    "inc",
    "inc.",
    "ltd",
    "ltd.",
    "co.",
    "company",
    "version",
];

/// Every gloss printed in `text`, in reading order.
pub fn glosses(text: &str, dictionary: &Dictionary) -> Vec<PrintedGloss> {
    let mut found = Vec::new();
    for (open, close) in parentheses(text) {
        let before = text.get(..open).unwrap_or_default();
        let mut inside = text.get(open..close).unwrap_or_default().chars();
        inside.next();
        inside.next_back();
        let inside = inside.as_str().trim();
        if let Some(gloss) = read(before, inside, dictionary) {
            found.push(gloss);
        }
    }
    found
}

/// Innermost parentheses: the first byte, and one past the last.
fn parentheses(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, character) in text.char_indices() {
        match character {
            '(' | '（' => open = Some(at),
            ')' | '）' => {
                if let Some(start) = open.take() {
                    found.push((start, at + character.len_utf8()));
                }
            }
            _ => {}
        }
    }
    found
}

fn read(before: &str, inside: &str, dictionary: &Dictionary) -> Option<PrintedGloss> {
    let before = before.trim_end_matches(['"', '”', '’', '\'']);
    if inside.is_empty() || inside.chars().any(|character| Script::of(character) == Script::Han) {
        return None;
    }
    let (english, abbreviation) = parts(inside)?;
    let tail = before.trim_end();
    // 中文 MSCs(PD-MSCs): Chinese even where its last word is Latin.
    if ends_chinese(tail) {
        let zh = trim_chinese(tail, dictionary)?;
        if !latin_end_agrees(&zh, abbreviation) {
            return None;
        }
        return Some(PrintedGloss {
            zh: Some(zh),
            en: english.map(str::to_owned),
            abbreviation: abbreviation.map(str::to_owned),
        });
    }
    let abbreviation = abbreviation.filter(|_| english.is_none())?;
    let en = long_form(tail, abbreviation)?;
    Some(PrintedGloss {
        zh: None,
        en: Some(en),
        abbreviation: Some(abbreviation.to_owned()),
    })
}

/// The English term and the abbreviation that a parenthesis consists of; nothing where it holds anything else.
fn parts(inside: &str) -> Option<(Option<&str>, Option<&str>)> {
    let short = |text: &str| is_abbreviation(text) && !NO_TERM.contains(&text);
    if short(inside) {
        return Some((None, Some(inside)));
    }
    let pieces: Vec<&str> = inside.split([',', '，', ';', '；', '、']).map(str::trim).collect();
    match pieces.as_slice() {
        [only] => is_english_term(only).then_some((Some(*only), None)),
        [one, other] => {
            let (form, abbreviation) = if short(other) { (*one, *other) } else { (*other, *one) };
            let sound = short(abbreviation) && is_english_words(form) && is_long_form(form, abbreviation);
            sound.then_some((Some(form), Some(abbreviation)))
        }
        _ => None,
    }
}

/// One to eight plain words.
fn is_english_words(form: &str) -> bool {
    let words: Vec<&str> = form.split_whitespace().collect();
    let plain = form.chars().all(|character| {
        matches!(
            Script::of(character),
            Script::Latin | Script::Greek | Script::Digit | Script::Space
        ) || "-‐'’/".contains(character)
    });
    let refused = words
        .iter()
        .any(|word| NO_GLOSS.contains(&word.to_lowercase().as_str()));
    plain && !refused && (1..=8).contains(&words.len()) && form.chars().filter(|c| c.is_alphabetic()).count() >= 4
}

/// An English term that stands alone in a parenthesis: small letters after the first word, so no maker's or author's
/// name, and no digits, so no measure.
fn is_english_term(form: &str) -> bool {
    let first = form.split_whitespace().next().unwrap_or_default();
    let name = form.split_whitespace().count() == 1 && first.starts_with(char::is_uppercase);
    let names = form
        .split_whitespace()
        .skip(1)
        .any(|word| word.starts_with(char::is_uppercase) && !is_abbreviation(word));
    let number = form.chars().any(|character| character.is_ascii_digit());
    is_english_words(form) && !name && !names && !number && stop_weight(first, Language::En) == 1.0
}

/// Whether the word before a parenthesis belongs to Chinese text: Han, or a Latin word after Han.
fn ends_chinese(tail: &str) -> bool {
    let mut latin = 0;
    for character in tail.chars().rev() {
        match Script::of(character) {
            Script::Han => return true,
            Script::Latin | Script::Digit | Script::Greek => latin += 1,
            Script::Space if latin > 0 => {}
            _ if character == '-' => {}
            _ => return false,
        }
        if latin > 12 {
            return false;
        }
    }
    false
}

/// A term that ends in a Latin word is glossed only by what ends in the same word: `胎盘来源 MSCs(PD-MSCs)`.
fn latin_end_agrees(zh: &str, abbreviation: Option<&str>) -> bool {
    let end: String = {
        let reversed: Vec<char> = zh
            .chars()
            .rev()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect();
        reversed.into_iter().rev().collect()
    };
    if end.is_empty() {
        return true;
    }
    language_of(zh) == Language::Zh && abbreviation.is_some_and(|short| short != end && short.ends_with(&end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, String, String)> {
        let dictionary = Dictionary::cedict().unwrap();
        glosses(text, &dictionary)
            .into_iter()
            .map(|gloss| {
                (
                    gloss.zh.unwrap_or_default(),
                    gloss.en.unwrap_or_default(),
                    gloss.abbreviation.unwrap_or_default(),
                )
            })
            .collect()
    }

    fn one(zh: &str, en: &str, abbreviation: &str) -> Vec<(String, String, String)> {
        vec![(zh.to_owned(), en.to_owned(), abbreviation.to_owned())]
    }

    #[test]
    fn glosses_of_chinese_terms_are_read() {
        for (text, zh, en, abbreviation) in [
            (
                "本文采用卷积神经网络(convolutional neural network, CNN)识别图像。",
                "卷积神经网络",
                "convolutional neural network",
                "CNN",
            ),
            (
                "土壤有机碳（soil organic carbon，SOC）含量下降。",
                "土壤有机碳",
                "soil organic carbon",
                "SOC",
            ),
            ("随着国内生产总值(GDP)的增长,能耗上升。", "国内生产总值", "", "GDP"),
            (
                "患者接受经皮冠状动脉介入治疗(PCI)后出院。",
                "经皮冠状动脉介入治疗",
                "",
                "PCI",
            ),
            (
                "以及文化资本(cultural capital)的再生产。",
                "文化资本",
                "cultural capital",
                "",
            ),
            ("并检测肿瘤坏死因子-α(TNF-α)水平。", "肿瘤坏死因子-α", "", "TNF-α"),
            ("脐带来源 MSCs(UC-MSCs) 易于获取。", "脐带来源 MSCs", "", "UC-MSCs"),
        ] {
            assert_eq!(found(text), one(zh, en, abbreviation), "{text}");
        }
    }

    #[test]
    fn glosses_of_english_terms_are_read() {
        assert_eq!(
            found("Chronic obstructive pulmonary disease (COPD) is common."),
            one("", "Chronic obstructive pulmonary disease", "COPD")
        );
        assert_eq!(
            found("We used the long short-term memory (LSTM) network."),
            one("", "long short-term memory", "LSTM")
        );
    }

    #[test]
    fn other_parentheses_are_no_glosses() {
        for text in [
            "培养基成分 (如胎牛血清中的异种蛋白)导致反应",
            "被评为 1B 级推荐(强等级,中等证据)。",
            "PB-MNCs 是由 CD34-(淋巴细胞和单核细胞)组成",
            "差异有统计学意义(P<0.05)。",
            "试剂购自公司(Sigma, USA)。",
            "细胞因子(Invitrogen)购得。",
            "见图(Fig. 2)。",
            "共纳入患者(n=120)。",
            "前人的研究(Smith et al., 2020)表明",
            "使用统计软件(SPSS)分析。",
            "第三期(III)",
            "The samples (Sigma, USA) were stored (see above).",
            "It rose (P < 0.05) in the USA (Boston).",
            "()（）",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
