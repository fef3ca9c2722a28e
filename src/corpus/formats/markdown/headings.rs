//! Finds headings: after `#`, in bold at the head of a paragraph, or plain with a printed number.

use super::blocks::{Block, BlockKind};
use crate::text::simplified_one;

/// A heading and what follows it in the same block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The printed number, without trailing dot.
    pub number: Option<String>,
    /// The title, still with markup.
    pub title: String,
    /// Byte of the block's text at which the paragraph begins.
    pub rest: usize,
}

/// Splits a printed number (`1.2`, `一、`, `（二）`, `第三章`, `II.`) from a heading's text.
pub fn number(text: &str) -> Option<(String, &str)> {
    let digits = text
        .find(|sign: char| !sign.is_ascii_digit() && sign != '.')
        .unwrap_or(text.len());
    let (head, rest) = text.split_at_checked(digits)?;
    let printed = head.trim_end_matches('.');
    if !printed.is_empty() {
        let parts: Vec<&str> = printed.split('.').collect();
        let sane = parts.len() <= 6 && parts.iter().all(|part| (1..=2).contains(&part.len()));
        let close = rest.starts_with(is_han) && (parts.len() > 1 || is_standard(rest));
        let apart = head.ends_with('.') || rest.is_empty() || rest.starts_with(GAP) || close;
        return (sane && apart).then(|| (printed.to_owned(), rest.trim_start_matches(GAP)));
    }
    chinese(text).or_else(|| roman(text))
}

const GAP: [char; 6] = [' ', '\u{3000}', '\u{a0}', '\t', '、', '．'];

/// The numerals of documents, which number the chapters of theses and of journals in Taiwan.
const FORMAL: &str = "壹贰貳叁參肆伍陆陸柒捌玖拾";

/// Whether a printed number is in the numerals of documents: 壹、 is above 一、.
pub fn is_formal(number: &str) -> bool {
    number.starts_with(|first: char| FORMAL.contains(first))
}

/// The chapter that 第三章 counts, in Arabic digits.
pub fn chapter(number: &str) -> Option<u32> {
    let numeral = number.strip_prefix('第')?.strip_suffix('章')?;
    let digits = "一二三四五六七八九";
    let digit = |sign: char| {
        digits
            .chars()
            .position(|digit| digit == sign)
            .and_then(|at| u32::try_from(at + 1).ok())
    };
    match numeral.split_once('十') {
        Some((tens, ones)) => {
            let tens = if tens.is_empty() {
                1
            } else {
                digit(tens.chars().next()?)?
            };
            let ones = if ones.is_empty() {
                0
            } else {
                digit(ones.chars().next()?)?
            };
            Some(tens * 10 + ones)
        }
        None => digit(numeral.chars().next()?),
    }
}

fn chinese(text: &str) -> Option<(String, &str)> {
    let open = ['（', '(', '第'];
    let bare = text.strip_prefix(open).unwrap_or(text);
    let enclosed = bare.len() != text.len();
    let arabic = enclosed && !text.starts_with('第');
    let length = bare
        .find(|sign: char| {
            let formal = !enclosed && FORMAL.contains(sign);
            !("一二三四五六七八九十".contains(sign) || formal || (arabic && sign.is_ascii_digit()))
        })
        .unwrap_or(bare.len());
    let numeral = bare.get(..length)?;
    let rest = bare.get(length..)?;
    let closing = if !enclosed {
        "、．."
    } else if text.starts_with('第') {
        "章节"
    } else {
        "）)"
    };
    let rest = rest.strip_prefix(|sign: char| closing.contains(sign))?;
    let printed = if enclosed {
        text.get(..text.len() - rest.len())?
    } else {
        numeral
    };
    (!numeral.is_empty() && numeral.len() <= 12)
        .then(|| (printed.to_owned(), rest.trim_start_matches([' ', '\u{3000}', '、'])))
}

/// `II. METHODS`: capitals only, so that a sentence that begins with `I` is none.
fn roman(text: &str) -> Option<(String, &str)> {
    let (numeral, rest) = text
        .split_once(". ")
        .filter(|(numeral, _)| (1..=5).contains(&numeral.len()))?;
    let capitals = rest.chars().count() <= 60 && !rest.is_empty() && !rest.contains(char::is_lowercase);
    (capitals && numeral.bytes().all(|byte| b"IVX".contains(&byte))).then(|| (numeral.to_owned(), rest))
}

/// The depth that the shape of a printed number asks for; `None` where it tells nothing.
pub fn depth(number: &str) -> Option<u8> {
    match number.chars().next()? {
        '第' => Some(if number.ends_with('节') { 2 } else { 1 }),
        '（' | '(' => Some(if number.contains(|sign: char| sign.is_ascii_digit()) {
            3
        } else {
            2
        }),
        'I' | 'V' | 'X' => Some(1),
        first if is_han(first) => Some(1),
        _ => None,
    }
}

const STANDARD: &[&str] = &[
    "引言",
    "前言",
    "绪论",
    "导言",
    "背景",
    "研究背景",
    "目的",
    "研究目的",
    "方法",
    "研究方法",
    "资料与方法",
    "材料与方法",
    "材料和方法",
    "资料和方法",
    "对象与方法",
    "对象和方法",
    "结果",
    "研究结果",
    "结果与分析",
    "结果与讨论",
    "讨论",
    "结论",
    "结语",
    "小结",
    "总结",
    "展望",
    "总结与展望",
    "结论与展望",
    "致谢",
    "附录",
    "病例资料",
    "临床资料",
    "introduction",
    "background",
    "objective",
    "objectives",
    "aim",
    "aims",
    "purpose",
    "method",
    "methods",
    "materialsandmethods",
    "materialandmethods",
    "methodsandmaterials",
    "patientsandmethods",
    "subjectsandmethods",
    "experimental",
    "result",
    "results",
    "findings",
    "resultsanddiscussion",
    "discussion",
    "conclusion",
    "conclusions",
    "discussionandconclusion",
    "discussionandconclusions",
    "summary",
    "limitations",
    "futuredirections",
    "perspectives",
    "acknowledgements",
    "acknowledgments",
    "acknowledgement",
    "acknowledgment",
    "appendix",
    "setting",
    "design",
    "studydesign",
    "participants",
    "interpretation",
    "significance",
    "originality",
    "创新点",
    "意义",
    "局限",
    "局限性",
];

fn name(text: &str) -> String {
    let signs = text
        .chars()
        .filter(|sign| sign.is_alphabetic() || sign.is_ascii_digit())
        .map(|sign| simplified_one(sign).0);
    signs.take(40).flat_map(char::to_lowercase).collect()
}

/// Whether a text is nothing but a name that sections of articles usually bear.
pub fn is_standard(text: &str) -> bool {
    text.len() <= 80 && STANDARD.contains(&name(text).as_str())
}

/// Whether a text is a name of the section that opens an article.
pub fn is_introduction(text: &str) -> bool {
    ["引言", "前言", "绪论", "导言", "introduction"].contains(&name(text).as_str())
}

/// Whether `next` may follow `last` in reading order: one deeper from 1 (or 0), or one more at the same or a higher depth.
pub fn follows(next: &str, last: Option<&str>) -> bool {
    let parts = |printed: &str| {
        printed
            .split('.')
            .map(str::parse::<u32>)
            .collect::<Result<Vec<_>, _>>()
            .ok()
    };
    let Some(next) = parts(next) else { return true };
    let Some(last) = last.and_then(parts) else {
        return matches!(next.as_slice(), [0 | 1] | [1, 1]);
    };
    let Some((own, above)) = next.split_last() else {
        return false;
    };
    if next.len() == last.len() + 1 {
        return last == above && *own <= 1;
    }
    last.get(..next.len())
        .and_then(<[u32]>::split_last)
        .is_some_and(|(own_last, above_last)| above == above_last && *own == own_last + 1)
}

/// Whether `next`, of several parts and alone on its line, may come somewhere behind `last`: a heading between was lost.
pub fn comes_after(next: &str, last: Option<&str>) -> bool {
    let parts = |printed: &str| {
        printed
            .split('.')
            .map(|part| part.parse().unwrap_or(0))
            .collect::<Vec<u32>>()
    };
    let (next, last) = (parts(next), last.map(parts).unwrap_or_default());
    let near = next.first().copied().unwrap_or(0) <= last.first().copied().unwrap_or(0) + 1;
    next.len() >= 2 && next > last && near && !next.contains(&0)
}

/// A heading in bold at the head of a paragraph: `**2.1 BM-MNCs** text`, `**方法：** 本研究`.
pub fn bold(text: &str) -> Option<Found> {
    let (sign, inside) = ["**", "__"]
        .iter()
        .find_map(|sign| Some((*sign, text.strip_prefix(sign)?)))?;
    let near: String = inside.chars().take(160).collect();
    let end = near.find(sign)?;
    let whole = near.get(..end)?.trim();
    let after = inside.get(end + sign.len()..)?;
    let rest = text.len() - after.len();
    if let Some((number, title)) = number(whole) {
        let title = title.trim_end_matches([':', '：', '.', '。']).to_owned();
        return Some(Found {
            number: Some(number),
            title,
            rest,
        });
    }
    let title = whole.trim_end_matches([':', '：', '.', '。']).trim_end();
    let colon = after.starts_with([':', '：']) || title.len() < whole.len();
    let beside = after.trim_start_matches([':', '：', ' ', '\u{3000}', '\n']);
    let alone = beside.is_empty() && !whole.ends_with(['。', '.', ';', '；', ',', '，']);
    let lead = beside
        .chars()
        .next()
        .is_some_and(|first| !first.is_lowercase() && (first.is_alphanumeric() || "“\"《(（".contains(first)));
    let parted = lead && (colon || (after.starts_with(char::is_whitespace) && is_standard(title)));
    let short = title.chars().count() <= 60
        && title.split_whitespace().count() <= 8
        && !title.contains(['。', '；', '，', ',', '*']);
    let heading = short && title.contains(char::is_alphabetic) && !is_caption(title) && (alone || parted);
    heading.then(|| Found {
        number: None,
        title: title.to_owned(),
        rest: text.len() - beside.len(),
    })
}

/// Whether a text is the caption of a figure or table: `图 1 ...`, `Table 2. ...`.
pub fn is_caption(text: &str) -> bool {
    let text = text.trim_start_matches(['*', '_', ' ', '【', '[']);
    let names = [
        "图", "表", "附图", "附表", "续表", "Figure", "Figures", "FIGURE", "Fig.", "Fig", "FIG.", "Table", "TABLE",
        "Tab.",
    ];
    let numbered = names.iter().find_map(|name| {
        let rest = text.strip_prefix(name)?.trim_start_matches(['*', ' ', '\u{3000}', 'S']);
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        (1..=3).contains(&digits).then(|| rest.get(digits..)).flatten()
    });
    // A sentence goes on with a verb: "图 1 所示", "表 2 显示", "Figure 1 shows".
    numbered.is_some_and(|rest| {
        let bare = rest.trim_start_matches(['*', ' ', '\u{3000}']);
        let gap =
            rest.is_empty() || rest.starts_with([' ', '\u{3000}', '.', ':', '：', '．', '*', '|', '-', '–', '、']);
        let verb = [
            "所示", "显示", "可见", "为", "是", "给出", "列出", "中", "和", "与", "及", "展示", "表明", "说明",
        ];
        let sentence = verb.iter().any(|verb| bare.starts_with(verb))
            || (rest.starts_with(' ') && bare.starts_with(char::is_lowercase));
        gap && !sentence
    })
}

/// Signs that stand before headings.
const BULLETS: [char; 4] = ['■', '▪', '◼', ' '];

/// A heading in plain type at the head of a paragraph: `1.1.3 EPCs EPCs are ...`, `1.2 干细胞 由于...`.
pub fn plain(text: &str) -> Option<Found> {
    let mut lines = text.lines();
    let line = lines.next()?;
    let bare = line.trim_start_matches(BULLETS);
    // `■ INTRODUCTION`: chemists set a sign before headings in capitals; before other lines it counts items.
    let capitals = bare.contains(char::is_uppercase) && !bare.contains(char::is_lowercase);
    let signed = bare.len() < line.len() && bare.chars().count() <= 60 && capitals && lines.clone().next().is_none();
    let standard = is_standard(bare)
        && bare
            .chars()
            .all(|sign| sign.is_alphabetic() || sign.is_whitespace() || ":：&".contains(sign));
    if signed || standard {
        return Some(Found {
            number: None,
            title: bare.trim_end_matches([':', '：']).trim().to_owned(),
            rest: line.len(),
        });
    }
    if let Some(number) = lone_numeral(text) {
        return Some(Found {
            number: Some(number.to_owned()),
            title: String::new(),
            rest: text.len(),
        });
    }
    let (number, body) = number(text)?;
    if number.starts_with(['(', '（']) && depth(&number) == Some(3) {
        return None;
    }
    let next = lines.next();
    if next.is_some_and(|next| self::number(next).is_some()) {
        return None;
    }
    let start = text.len() - body.len();
    let end = title_end(body, &number, next.is_none())?;
    let title = body
        .get(..end)?
        .trim_end()
        .trim_end_matches([':', '：'])
        .trim_end_matches('.')
        .to_owned();
    Some(Found {
        number: Some(number),
        title,
        rest: start + end,
    })
}

/// A block of nothing but 一 or 十二, as essays number their sections.
fn lone_numeral(text: &str) -> Option<&str> {
    let numeral = text.trim_end_matches(['、', '．', '.']);
    let all = numeral.chars().all(|sign| "一二三四五六七八九十".contains(sign));
    (all && (1..=3).contains(&numeral.chars().count())).then_some(numeral)
}

fn title_end(body: &str, number: &str, single: bool) -> Option<usize> {
    let line = body.lines().next()?;
    let open = line.ends_with(['。', '.', ';', '；', ',', '，', ':', '：', '？', '?']);
    let count = line.chars().take(101).count();
    let latin = single && count <= 100 && line.split_whitespace().count() <= 14 && line.starts_with(char::is_uppercase);
    if (count <= 40 || latin) && !open && !line.contains(['。', '；']) && !line.contains(". ") {
        return Some(line.len());
    }
    let mut previous = "";
    for (at, word) in words(line).take(16) {
        let inside = previous
            .trim_end_matches([')', '）'])
            .rsplit(['(', '（'])
            .next()
            .unwrap_or_default();
        let ends_han = previous.chars().next_back().is_some_and(is_han);
        if at > 0
            && (word == previous || (inside.len() > 1 && word == inside) || (ends_han && word.starts_with(is_han)))
        {
            return Some(at);
        }
        let sentence = previous.ends_with('.')
            && number.contains('.')
            && previous.len() > 3
            && line.starts_with(char::is_uppercase);
        if at > 0 && (previous.ends_with([':', '：']) || sentence) {
            return Some(at);
        }
        if previous.ends_with(['。', ',', '，', ';', '；', '.']) {
            return None;
        }
        previous = word;
    }
    let (title, _) = line.split_once('：')?;
    (title.chars().count() <= 20 && !title.contains(['，', ',', '。'])).then(|| title.len() + '：'.len_utf8())
}

fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = line.as_ptr() as usize;
    line.split_whitespace()
        .map(move |word| (word.as_ptr() as usize - base, word))
}

fn is_han(character: char) -> bool {
    crate::text::Script::of(character) == crate::text::Script::Han
}

/// The heading at the head of a block of running text.
pub fn run_in(block: &Block) -> Option<Found> {
    if block.kind != BlockKind::Text {
        return None;
    }
    bold(&block.text).or_else(|| plain(&block.text))
}
