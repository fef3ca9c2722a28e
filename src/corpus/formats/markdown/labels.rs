//! Labelled lines: `关键词: ...`, `DOI: ...`, several to a line.

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
    /// A line kept as a note.
    Note,
}

const NAMES: &[(&str, Label)] = &[
    ("摘要", Label::Abstract),
    ("abstract", Label::Abstract),
    ("summary", Label::Abstract),
    ("关键词", Label::Keywords),
    ("关键字", Label::Keywords),
    ("keywords", Label::Keywords),
    ("中图分类号", Label::Clc),
    ("clcnumber", Label::Clc),
    ("文献标识码", Label::DocumentCode),
    ("文献标志码", Label::DocumentCode),
    ("documentcode", Label::DocumentCode),
    ("文章编号", Label::ArticleNumber),
    ("articleid", Label::ArticleNumber),
    ("doi", Label::Doi),
    ("通信作者", Label::Corresponding),
    ("通讯作者", Label::Corresponding),
    ("correspondingauthor", Label::Corresponding),
    ("出版日期", Label::Published),
    ("published", Label::Published),
    ("收稿日期", Label::Note),
    ("received", Label::Note),
    ("基金项目", Label::Note),
    ("funding", Label::Note),
    ("作者简介", Label::Note),
    ("引用格式", Label::Note),
    ("引用本文", Label::Note),
    ("email", Label::Note),
    ("利益冲突", Label::Note),
    ("conflictofinterest", Label::Note),
    ("作者贡献", Label::Note),
];

/// The label at the head of `text` and the byte after it, with its colon.
pub fn leading(text: &str) -> Option<(Label, usize)> {
    let mut name = String::new();
    let mut found = None;
    for (at, sign) in text.char_indices() {
        let end = at + sign.len_utf8();
        match sign {
            ' ' | '\u{3000}' | '*' | '[' | '【' | '［' | '-' if found.is_none() => continue,
            ':' | '：' | ']' | '】' | '］' | '*' | ' ' | '\u{3000}' if found.is_some() => {
                let closes = text.get(at..).unwrap_or_default();
                let rest = closes.trim_start_matches([':', '：', ']', '】', '］', '*', ' ', '\u{3000}']);
                let marked = closes.get(..closes.len() - rest.len()).unwrap_or_default();
                let label = found?;
                let spaced = matches!(label, Label::Note) && marked.trim().is_empty() && text.chars().count() < 40;
                let marked = marked.contains([':', '：', ']', '】', '］', '*']);
                return (marked || spaced).then_some((label, text.len() - rest.len()));
            }
            _ if found.is_some() || name.len() > 40 => return None,
            _ => {
                name.extend(sign.to_lowercase());
                found = NAMES.iter().find(|(known, _)| *known == name).map(|(_, label)| *label);
                if end == text.len() {
                    return found.map(|label| (label, end));
                }
            }
        }
    }
    None
}

/// The labelled parts of a block: each label with its value. Empty where the block does not begin with a label.
pub fn parts(text: &str) -> Vec<(Label, &str)> {
    let Some((label, value)) = leading(text) else {
        return Vec::new();
    };
    let mut found = vec![];
    let (mut label, mut value) = (label, value);
    if matches!(
        label,
        Label::Clc | Label::DocumentCode | Label::ArticleNumber | Label::Doi | Label::Published
    ) {
        for (at, _) in text
            .match_indices([' ', '\u{3000}', '\n'])
            .filter(|(at, _)| *at > value)
            .take(64)
            .collect::<Vec<_>>()
        {
            let Some(rest) = text.get(at..) else { continue };
            let Some((next, length)) = (at >= value).then(|| leading(rest.trim_start())).flatten() else {
                continue;
            };
            found.push((label, text.get(value..at).unwrap_or_default().trim()));
            value = text.len() - rest.trim_start().len() + length;
            label = next;
        }
    }
    found.push((label, text.get(value..).unwrap_or_default().trim()));
    found
}
