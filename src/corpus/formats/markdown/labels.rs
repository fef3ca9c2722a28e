//! Labelled lines: `关键词: ...`, `DOI: ...`, several to a line.

use crate::text::simplified_one;

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// 摘要, Abstract.
    Abstract,
    /// 关键词, Keywords.
    Keywords,
    /// 中图分类号.
    Clc,
    /// 文献标识码.
    DocumentCode,
    /// 文章编号.
    ArticleNumber,
    /// DOI.
    Doi,
    /// 通信作者.
    Corresponding,
    /// 出版日期.
    Published,
    /// 收稿日期.
    Received,
    /// 修回日期.
    Revised,
    /// 录用日期.
    Accepted,
    /// 基金项目.
    Funding,
    /// E-mail.
    Email,
    /// A line kept as a note.
    Note,
}

const NAMES: &[(&str, Label)] = &[
    ("摘要", Label::Abstract),
    ("中文摘要", Label::Abstract),
    ("英文摘要", Label::Abstract),
    ("内容提要", Label::Abstract),
    ("内容摘要", Label::Abstract),
    ("论文摘要", Label::Abstract),
    ("提要", Label::Abstract),
    ("abstract", Label::Abstract),
    ("summary", Label::Abstract),
    ("关键词", Label::Keywords),
    ("关键字", Label::Keywords),
    ("关键词语", Label::Keywords),
    ("主题词", Label::Keywords),
    ("keyword", Label::Keywords),
    ("keywords", Label::Keywords),
    ("keywordsandphrases", Label::Keywords),
    ("indexterms", Label::Keywords),
    ("subjectterms", Label::Keywords),
    ("中图分类号", Label::Clc),
    ("中图法分类号", Label::Clc),
    ("分类号", Label::Clc),
    ("clcnumber", Label::Clc),
    ("clcno", Label::Clc),
    ("clcno.", Label::Clc),
    ("clc", Label::Clc),
    ("文献标识码", Label::DocumentCode),
    ("文献标志码", Label::DocumentCode),
    ("documentcode", Label::DocumentCode),
    ("文章编号", Label::ArticleNumber),
    ("articleid", Label::ArticleNumber),
    ("articlenumber", Label::ArticleNumber),
    ("articleno.", Label::ArticleNumber),
    ("doi", Label::Doi),
    ("数字对象唯一标识", Label::Doi),
    ("通信作者", Label::Corresponding),
    ("通讯作者", Label::Corresponding),
    ("责任作者", Label::Corresponding),
    ("correspondingauthor", Label::Corresponding),
    ("correspondingauthors", Label::Corresponding),
    ("correspondence", Label::Corresponding),
    ("correspondenceto", Label::Corresponding),
    ("出版日期", Label::Published),
    ("出版时间", Label::Published),
    ("发表日期", Label::Published),
    ("发布日期", Label::Published),
    ("刊出日期", Label::Published),
    ("published", Label::Published),
    ("publishedonline", Label::Published),
    ("publicationdate", Label::Published),
    ("dateofpublication", Label::Published),
    ("网络首发", Label::Published),
    ("网络首发日期", Label::Published),
    ("网络首发时间", Label::Published),
    ("网络出版日期", Label::Published),
    ("网络出版时间", Label::Published),
    ("收稿日期", Label::Received),
    ("收稿时间", Label::Received),
    ("received", Label::Received),
    ("receiveddate", Label::Received),
    ("修回日期", Label::Revised),
    ("修订日期", Label::Revised),
    ("修改日期", Label::Revised),
    ("修回", Label::Revised),
    ("revised", Label::Revised),
    ("录用日期", Label::Accepted),
    ("接受日期", Label::Accepted),
    ("接收日期", Label::Accepted),
    ("accepted", Label::Accepted),
    ("基金项目", Label::Funding),
    ("基金资助", Label::Funding),
    ("资助项目", Label::Funding),
    ("项目基金", Label::Funding),
    ("funding", Label::Funding),
    ("fundingsource", Label::Funding),
    ("fundprogram", Label::Funding),
    ("fundproject", Label::Funding),
    ("foundationitem", Label::Funding),
    ("foundationitems", Label::Funding),
    ("supportedby", Label::Funding),
    ("email", Label::Email),
    ("电子邮箱", Label::Email),
    ("电子邮件", Label::Email),
    ("作者简介", Label::Note),
    ("第一作者简介", Label::Note),
    ("第一作者", Label::Note),
    ("作者单位", Label::Note),
    ("biography", Label::Note),
    ("引用格式", Label::Note),
    ("引用本文", Label::Note),
    ("本文引用格式", Label::Note),
    ("引文格式", Label::Note),
    ("citethisarticle", Label::Note),
    ("citation", Label::Note),
    ("citethisarticleas", Label::Note),
    ("tocitethisarticle", Label::Note),
    ("利益冲突", Label::Note),
    ("利益冲突声明", Label::Note),
    ("conflictofinterest", Label::Note),
    ("conflictsofinterest", Label::Note),
    ("competinginterests", Label::Note),
    ("作者贡献", Label::Note),
    ("作者贡献声明", Label::Note),
    ("authorcontributions", Label::Note),
    ("责任编辑", Label::Note),
    ("本文编辑", Label::Note),
    ("编辑", Label::Note),
    ("伦理审批", Label::Note),
    ("数据可用性", Label::Note),
    ("dataavailability", Label::Note),
    ("开放科学(资源服务)标识码", Label::Note),
    ("电话", Label::Note),
    ("tel", Label::Note),
];

/// The longest name in bytes, with room for the spaces printed inside it.
const LONGEST: usize = 96;

const CLOSERS: [char; 16] = [
    '—', '–', ':', '：', ']', '】', '］', '〕', '》', '>', ')', '）', '*', '_', ' ', '\u{3000}',
];

/// The label at the head of `text` and the byte after it, with its colon.
pub fn leading(text: &str) -> Option<(Label, usize)> {
    let (mut name, mut best) = (String::new(), None);
    let decoration = |sign: char| " \u{3000}*_[【［〔<《-—●■◆(（".contains(sign);
    let start = text.find(|sign: char| !decoration(sign))?;
    for (at, sign) in text.get(start..)?.char_indices() {
        let end = start + at + sign.len_utf8();
        match sign {
            ' ' | '\u{3000}' | '\t' | '\u{a0}' | '-' | '‐' | '－' | '*' | '_' => continue,
            '\n' | '—' | '–' => break,
            _ if end - start > LONGEST => break,
            _ => name.extend(simplified_one(sign).0.to_lowercase()),
        }
        if let Some((_, label)) = NAMES.iter().find(|(known, _)| *known == name) {
            best = Some((*label, end));
        }
    }
    let (label, end) = best?;
    let after = text.get(end..)?;
    let mut rest = after.trim_start_matches(CLOSERS).trim_start();
    // Stars behind a space open the bold type of what follows.
    if let Some(consumed) = after.get(..after.len() - rest.len())
        && consumed.ends_with(" **")
    {
        rest = after.get(consumed.len() - 2..)?;
    }
    let between = after.get(..after.len() - rest.len())?;
    let marked = between.contains([':', '：', ']', '】', '］', '〕', '*', '>', '》', '—', '\n']) || rest.is_empty();
    (marked || unmarked(label, text.get(start..end)?, rest, between)).then_some((label, text.len() - rest.len()))
}

/// Whether a label that no colon, bracket or bold type sets off is still one.
fn unmarked(label: Label, name: &str, rest: &str, between: &str) -> bool {
    let spaced = !between.is_empty();
    match label {
        Label::Abstract if name.is_ascii() => {
            name.starts_with(['A', 'a'])
                && spaced
                && rest.starts_with(|first: char| first.is_ascii_uppercase())
                && rest.len() > 60
        }
        Label::Abstract => spaced && rest.len() > 60,
        Label::Keywords => {
            let words = !name.is_ascii() && rest.chars().take(81).count() <= 80 && !rest.contains('。');
            spaced && (words || rest.chars().take(200).any(|sign| ";；,，、".contains(sign)))
        }
        Label::Clc | Label::DocumentCode | Label::ArticleNumber => {
            !name.eq_ignore_ascii_case("clc")
                && rest.starts_with(|first: char| first.is_ascii_alphanumeric())
                && rest.chars().take(130).count() < 120
        }
        Label::Doi => rest.starts_with("10."),
        Label::Received | Label::Revised | Label::Accepted | Label::Published => {
            spaced && rest.chars().take(130).count() < 60 && rest.chars().any(|sign| sign.is_ascii_digit())
        }
        Label::Note | Label::Funding => {
            spaced && !name.is_ascii() && rest.chars().take(130).count() < 40 && name.chars().count() > 2
        }
        Label::Email => rest.contains('@') && rest.chars().take(130).count() < 60,
        Label::Corresponding => false,
    }
}

/// The labelled parts of a block: each label with its value. Empty where the block does not begin with a label.
pub fn parts(text: &str) -> Vec<(Label, &str)> {
    let Some((mut label, mut value)) = leading(text) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let signs = text
        .char_indices()
        .filter(|(_, sign)| sign.is_whitespace() || matches!(sign, ';' | '；' | '。' | '.' | '，' | ','));
    for (at, sign) in signs {
        if at < value {
            continue;
        }
        let Some(rest) = text.get(at + sign.len_utf8()..) else {
            continue;
        };
        if rest.starts_with(char::is_whitespace) {
            continue;
        }
        let Some((next, length)) = leading(rest) else { continue };
        if !splits(label, next, sign) {
            continue;
        }
        let end = |sign: char| sign.is_whitespace() || matches!(sign, ';' | '；' | ',' | '，');
        found.push((
            label,
            text.get(value..at)
                .unwrap_or_default()
                .trim_start()
                .trim_end_matches(end),
        ));
        value = text.len() - rest.len() + length;
        label = next;
    }
    found.push((label, text.get(value..).unwrap_or_default().trim()));
    found
}

/// Whether a label behind `sign` ends the value of the label before it.
fn splits(before: Label, next: Label, sign: char) -> bool {
    let line = sign == '\n';
    match before {
        Label::Abstract => line,
        Label::Note => line && next != Label::Email,
        Label::Funding => line || matches!(next, Label::Received | Label::Corresponding),
        Label::Corresponding => next != Label::Email && (line || sign.is_whitespace()),
        Label::Keywords => {
            line || (sign.is_whitespace() && !matches!(next, Label::Note | Label::Abstract | Label::Keywords))
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{Label, leading, parts};

    #[test]
    fn labels_are_known_however_they_are_set() {
        for printed in [
            "摘　要：甲乙",
            "【摘要】甲乙",
            "[摘要] 甲乙",
            "〔摘 要〕甲乙",
            "**摘要** 甲乙",
            "**摘 要:** 甲乙",
            "Abstract: It is",
            "ABSTRACT\nIt is",
        ] {
            assert_eq!(
                leading(printed).map(|(label, _)| label),
                Some(Label::Abstract),
                "{printed}"
            );
        }
        for printed in [
            "关 键 词：甲",
            "Key words: a",
            "KEYWORDS: a",
            "Index terms—a, b",
            "Key words a; b",
            "关键词 甲；乙",
        ] {
            assert_eq!(
                leading(printed).map(|(label, _)| label),
                Some(Label::Keywords),
                "{printed}"
            );
        }
    }

    #[test]
    fn words_that_begin_like_a_label_are_none() {
        for other in [
            "摘要写作的方法很多",
            "Abstract reasoning is hard",
            "Received wisdom holds",
            "Summary data were",
            "doing well",
        ] {
            assert_eq!(leading(other), None, "{other}");
        }
    }

    #[test]
    fn several_labels_on_one_line_part() {
        let found = parts("中图分类号：R5　文献标志码：A　文章编号：1000-1234（2020）03-0123-06");
        assert_eq!(
            found,
            [
                (Label::Clc, "R5"),
                (Label::DocumentCode, "A"),
                (Label::ArticleNumber, "1000-1234（2020）03-0123-06")
            ]
        );
        let found = parts("Received: 1 May 2020; Accepted: 3 June 2020; Published: 5 July 2020");
        assert_eq!(
            found,
            [
                (Label::Received, "1 May 2020"),
                (Label::Accepted, "3 June 2020"),
                (Label::Published, "5 July 2020")
            ]
        );
        let found = parts("通信作者：张三，E-mail：a@b.cn");
        assert_eq!(found, [(Label::Corresponding, "张三，E-mail：a@b.cn")]);
    }
}
