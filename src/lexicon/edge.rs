//! Where a Chinese term begins in the words before its gloss: `包括间充质干细胞(MSCs)` is about 间充质干细胞.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::cedict::Dictionary;
use crate::text::Script;

/// The longest term, in characters; a longer stretch is a clause.
const LONGEST_TERM: usize = 24;

/// Words after which a term begins, wherever they stand as a word of their own.
static FUNCTION_WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words_in(include_str!("../../data/stopwords/before_term.zh.txt")));
/// Words after which a term begins where they open the stretch, or where enough is left after them.
static VERBS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words_in(include_str!("../../data/stopwords/verb_before_term.zh.txt")));
/// Words that hold a function word and begin terms, where the dictionary lacks them.
static WITHIN_TERM: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words_in(include_str!("../../data/stopwords/within_term.zh.txt")));
/// Function words of one character that are hardly ever part of a term.
const ALWAYS_CUT: &[&str] = &["的", "了", "和", "与", "及", "或", "是", "如", "但"];
/// Bearers of what follows: part of no term once something before them was trimmed.
const BEARERS: &[&str] = &["患者", "病人", "人群", "受试者"];
/// The fewest Han characters left after a verb that does not open the stretch.
const LEFT_AFTER_VERB: usize = 4;

/// Words that may end a stretch before a gloss although no term ends so; such a stretch is no term.
const NO_END: &[&str] = &[
    "的",
    "了",
    "和",
    "与",
    "及",
    "或",
    "等",
    "为",
    "是",
    "在",
    "中",
    "后",
    "时",
    "者",
    "级推荐",
    "推荐",
    "如",
];

/// The term that ends the stretch `before`, or nothing where what is left is no term.
///
/// `dictionary` tells words from characters: the 和 of 饱和脂肪酸 begins nothing.
pub fn trim_chinese(before: &str, dictionary: &Dictionary) -> Option<String> {
    let stretch = last_stretch(before);
    let words = words_of(stretch, dictionary);
    let begin = begin_of_term(&words);
    let term: String = words.get(begin..).unwrap_or_default().concat();
    let term = without_number(&term);
    // A number before the term counts it: 2 名, 100 例.
    let term = term
        .trim_start_matches(|character: char| character.is_whitespace() || character == '-')
        .trim_end();
    let han = han_characters(term);
    let fits = han >= 2 && term.chars().count() <= LONGEST_TERM && !NO_END.iter().any(|end| term.ends_with(end));
    let counted = term.starts_with(|first: char| first.is_ascii_digit()) && !term.contains('型');
    (fits && !counted).then(|| term.to_owned())
}

fn words_in(list: &'static str) -> HashSet<&'static str> {
    list.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
}

/// The place of the first word of the term.
fn begin_of_term(words: &[&str]) -> usize {
    let lone = |place: usize| {
        words.get(place).is_some_and(|word| {
            han_characters(word) == 1 && word.chars().count() == 1 && !FUNCTION_WORDS.contains(word)
        })
    };
    // Beside another lone character a function word is as likely part of a word the dictionary lacks: 多能.
    let cuts = |place: usize, word: &str| {
        FUNCTION_WORDS.contains(word)
            && (word.chars().count() > 1
                || ALWAYS_CUT.contains(&word)
                || place.checked_sub(1).is_none_or(|before| !lone(before)))
    };
    let mut begin = (0..words.len())
        .rev()
        .find(|&place| words.get(place).is_some_and(|word| cuts(place, word)))
        .map_or(0, |place| place + 1);
    for (place, word) in words.iter().enumerate().skip(begin).rev() {
        let left: String = words.get(place + 1..).unwrap_or_default().concat();
        let enough = if place == begin { 2 } else { LEFT_AFTER_VERB };
        if VERBS.contains(word) && han_characters(&left) >= enough {
            begin = place + 1;
            break;
        }
    }
    while begin > 0 && words.get(begin).is_some_and(|word| BEARERS.contains(word)) {
        begin += 1;
    }
    begin
}

/// Without the number of a heading: `1 城市热岛`; the 2 of `2 型糖尿病` belongs to the term.
fn without_number(term: &str) -> &str {
    let rest = term
        .trim_start()
        .trim_start_matches(|character: char| character.is_ascii_digit());
    if rest.starts_with(' ') && !rest.trim_start().starts_with('型') {
        rest.trim_start()
    } else {
        term
    }
}

fn han_characters(text: &str) -> usize {
    text.chars()
        .filter(|&character| Script::of(character) == Script::Han)
        .count()
}

/// The end of `before` as far back as it is Han, Latin, digits, and single blanks beside Latin.
fn last_stretch(before: &str) -> &str {
    let before = before.trim_end();
    let mut start = before.len();
    let mut later = None;
    for (at, character) in before.char_indices().rev() {
        let script = Script::of(character);
        let inside = match script {
            Script::Han | Script::Latin | Script::Digit | Script::Greek => true,
            Script::Symbol => matches!(character, '-' | '‐' | '‑' | '/' | '·'),
            // 干细胞 由于: a blank between two Han characters separates.
            Script::Space => {
                let earlier = before.get(..at).and_then(|text| text.chars().next_back());
                let latin = |beside: Option<char>| beside.is_some_and(|character| character.is_ascii_alphanumeric());
                latin(earlier) != latin(later)
            }
            Script::OtherLetter => false,
        };
        if !inside {
            break;
        }
        start = at;
        later = Some(character);
    }
    before.get(start..).unwrap_or_default().trim_start()
}

/// Cuts a stretch into the fewest words, by the dictionary; a Latin word or number is one word with the blanks after it.
fn words_of<'a>(stretch: &'a str, dictionary: &Dictionary) -> Vec<&'a str> {
    let mut edges: Vec<usize> = stretch.char_indices().map(|(at, _)| at).collect();
    edges.push(stretch.len());
    let known = dictionary.chinese_spans(stretch);
    // best[i]: cost of the best cutting of the first i bytes, and where its last word begins.
    let mut best: Vec<Option<(u32, usize)>> = vec![None; stretch.len() + 1];
    if let Some(first) = best.first_mut() {
        *first = Some((0, 0));
    }
    for pair in edges.windows(2) {
        let &[start, end] = pair else { continue };
        let Some(&Some((cost, _))) = best.get(start) else {
            continue;
        };
        let character = stretch.get(start..end).unwrap_or_default();
        let latin = !character.chars().all(|character| Script::of(character) == Script::Han);
        // A lone character costs more than a word; function words of one character cost as much as a word.
        let single = if latin {
            0
        } else if FUNCTION_WORDS.contains(&character) {
            10
        } else {
            12
        };
        let words = known
            .iter()
            .filter(|span| span.start == start)
            .map(|span| (span.end, 10));
        let listed = FUNCTION_WORDS
            .iter()
            .chain(VERBS.iter())
            .chain(WITHIN_TERM.iter())
            .chain(VERBS.iter())
            .chain(WITHIN_TERM.iter())
            .filter(|word| {
                word.chars().count() > 1 && stretch.get(start..).is_some_and(|rest| rest.starts_with(**word))
            });
        let listed = listed.map(|word| (start + word.len(), 9));
        for (end, step) in words.chain(listed).chain([(end, single)]) {
            if let Some(place) = best.get_mut(end)
                && place.is_none_or(|(known, _)| cost + step < known)
            {
                *place = Some((cost + step, start));
            }
        }
    }
    let mut words = Vec::new();
    let mut end = stretch.len();
    while end > 0 {
        let Some(&Some((_, start))) = best.get(end) else { break };
        words.push(stretch.get(start..end).unwrap_or_default());
        end = start;
    }
    words.reverse();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_before_the_term_are_trimmed() {
        let dictionary = Dictionary::cedict().unwrap();
        for (before, term) in [
            ("治疗用细胞包括间充质干细胞", "间充质干细胞"),
            ("而言,对于合并慢性阻塞性肺疾病 ", "慢性阻塞性肺疾病"),
            ("但其数量可通过粒细胞集落刺激因子", "粒细胞集落刺激因子"),
            ("以及饱和脂肪酸", "饱和脂肪酸"),
            ("检测患者血清C反应蛋白", "血清C反应蛋白"),
            ("胎盘来源 MSCs", "胎盘来源 MSCs"),
            ("采用卷积神经网络", "卷积神经网络"),
            ("其中,全球定位系统", "全球定位系统"),
            ("2型糖尿病", "2型糖尿病"),
            ("患者接受经皮冠状动脉介入治疗", "经皮冠状动脉介入治疗"),
            ("主成分分析", "主成分分析"),
            ("土地利用变化", "土地利用变化"),
            ("和主要组织相容性复合体", "主要组织相容性复合体"),
            ("巨噬细胞释放肿瘤坏死因子", "肿瘤坏死因子"),
            ("造成缺血再灌注损伤", "缺血再灌注损伤"),
            ("以及非酒精性脂肪性肝病", "非酒精性脂肪性肝病"),
            ("采用最小二乘法", "最小二乘法"),
        ] {
            assert_eq!(trim_chinese(before, &dictionary).as_deref(), Some(term), "{before}");
        }
    }

    #[test]
    fn what_is_no_term_is_refused() {
        let dictionary = Dictionary::cedict().unwrap();
        for before in ["", "细胞的", "见", "x", "共纳入120例", "该疗法被评为1B级推荐"] {
            assert_eq!(trim_chinese(before, &dictionary), None, "{before}");
        }
    }
}
