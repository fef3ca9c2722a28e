//! Finds page numbers, running heads and running feet among the lines of an article.

use std::collections::HashMap;

use super::headings;
use super::imprint::journal_line;
use super::labels;
use super::references;

/// The most characters a running head has.
const LONGEST: usize = 120;

/// For each line, whether it is page furniture. Lines before the first line of the title are never furniture.
pub fn furniture(lines: &[&str]) -> Vec<bool> {
    let title = lines.iter().position(|line| line.starts_with("# "));
    let title_key = title
        .and_then(|at| lines.get(at))
        .map(|line| key(line))
        .unwrap_or_default();
    let keys: Vec<Option<String>> = lines.iter().map(|line| candidate(line).then(|| key(line))).collect();
    let mut seen: HashMap<&str, (usize, usize)> = HashMap::new();
    for (at, key) in keys.iter().enumerate() {
        if let Some(key) = key.as_deref().filter(|key| key.chars().count() >= 4) {
            seen.entry(key).or_insert((at, 0)).1 += 1;
        }
    }
    let list = lines
        .iter()
        .rposition(|line| references::opens(line.trim_start_matches('#')))
        .unwrap_or(lines.len());
    let blank = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_none_or(|line| line.is_empty());
    let body = title.map_or_else(|| first_text(lines), |at| at + 1);
    let is_furniture = |at: usize, line: &str| {
        let apart = blank(at.checked_sub(1)) || blank(Some(at + 1));
        if at < body || line.is_empty() {
            return false;
        }
        if dotted_number(line) || (apart && page_number(line)) {
            return true;
        }
        let Some(Some(key)) = keys.get(at) else { return false };
        if key.chars().count() >= 6 && *key == title_key && line.chars().count() <= LONGEST {
            return true;
        }
        let again = seen.get(key.as_str()).is_some_and(|(_, count)| *count >= 2);
        let paged = paged(line);
        if at > list {
            return apart && (paged || again);
        }
        let whole = blank(at.checked_sub(1)) && blank(Some(at + 1));
        let numbered = line.chars().any(|sign| sign.is_ascii_digit());
        (again && (whole || (apart && numbered) || paged))
            || (paged && (apart || again))
            || (whole && journal_line(line).is_some())
    };
    lines
        .iter()
        .enumerate()
        .map(|(at, line)| is_furniture(at, line))
        .collect()
}

fn first_text(lines: &[&str]) -> usize {
    lines.iter().position(|line| !line.is_empty()).map_or(0, |at| at + 1)
}

/// Whether a line could be a running head: short, no sentence, nothing that Markdown or the article gives a meaning.
fn candidate(line: &str) -> bool {
    let bare = line.trim_matches(['*', '_', ' ']);
    if bare.is_empty()
        || line.chars().count() > LONGEST
        || bare.ends_with(['。', '？', '！', '；', '，', ';', ',', ':', '：', '?', '!'])
    {
        return false;
    }
    if line.starts_with(['|', '<', '!', '>', '[', '［', '-', '+', '`', '$', '①', '•']) && !dotted_number(line) {
        return false;
    }
    let hashes = line.starts_with('#');
    let paged = paged(bare) || (journal_line(bare).is_some() && !hashes);
    if paged {
        return true;
    }
    let lower = bare.to_lowercase();
    let caption = ["图", "表", "fig", "table", "附图", "附表"]
        .iter()
        .any(|start| lower.starts_with(start));
    !(caption
        || line.starts_with("**")
        || (hashes && !line.starts_with("# "))
        || headings::number(bare).is_some()
        || headings::is_standard(bare)
        || labels::leading(bare).is_some()
        || references::opens(bare)
        || (bare.ends_with('.') && bare.chars().count() > 40))
}

/// A line's words without digits, marks and spaces.
fn key(line: &str) -> String {
    let plain = line.replace("<sup>", "").replace("</sup>", "");
    let signs = plain.chars().filter(|sign| sign.is_alphabetic());
    signs.flat_map(char::to_lowercase).collect()
}

/// `· 497 ·`, `•12•`, `— 5 —`, `- 12 -`.
fn dotted_number(line: &str) -> bool {
    let inner = line.trim_matches(|edge: char| edge.is_whitespace() || "·•∙・—–-*_|#".contains(edge));
    let framed = |line: &str| {
        line.starts_with(['·', '•', '∙', '・', '—', '–', '-']) && line.ends_with(['·', '•', '∙', '・', '—', '–', '-'])
    };
    (1..=5).contains(&inner.len())
        && inner.bytes().all(|byte| byte.is_ascii_digit())
        && framed(line.trim_matches(['*', '_', '#', ' ']))
}

/// `497`, `第 5 页`, `第 5 页 共 9 页`, `Page 3 of 10`, `3/10`, `p. 12`.
fn page_number(line: &str) -> bool {
    let bare = line.trim_matches(['*', '_', ' ']).to_ascii_lowercase();
    if bare.chars().count() > 24 || !bare.chars().any(|sign| sign.is_ascii_digit()) {
        return false;
    }
    let words: String = bare
        .chars()
        .filter(|sign| !sign.is_ascii_digit() && !sign.is_whitespace())
        .collect();
    match words.as_str() {
        "" => bare.len() <= 4,
        "/" => bare.len() <= 7,
        "第页" | "第页共页" | "第页/共页" | "第页,共页" | "第页，共页" | "页" | "page" | "pageof" | "page/" | "p."
        | "p" | "of" => true,
        _ => false,
    }
}

/// A line that holds a page number between dots beside other words: `第 4 期  甲杂志  · 497 ·`.
fn paged(line: &str) -> bool {
    let mut pieces = line.split(['·', '•', '∙', '・']);
    let bare = |piece: &str| {
        let digits = piece.trim();
        (1..=5).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    pieces.next().is_some() && line.chars().count() <= LONGEST && pieces.any(bare)
}

#[cfg(test)]
mod tests {
    use super::furniture;

    fn found(text: &str) -> Vec<&str> {
        let lines: Vec<&str> = text.lines().collect();
        let marks = furniture(&lines);
        lines
            .iter()
            .zip(marks)
            .filter(|(_, mark)| *mark)
            .map(|(line, _)| *line)
            .collect()
    }

    #[test]
    fn page_numbers_and_running_heads_are_found() {
        let text = "# 麦田的水\n\n第 4 期  麦田杂志  · 497 ·\n\n甲乙丙\n· 498 ·\n丁戊。\n\n12\n\n张三等: 麦田的水\n\n己庚。\n\n张三等: 麦田的水\n\n# 麦田的水\n\nJ Wheat 2024;12:3\n\n辛。";
        assert_eq!(
            found(text),
            [
                "第 4 期  麦田杂志  · 497 ·",
                "· 498 ·",
                "12",
                "张三等: 麦田的水",
                "张三等: 麦田的水",
                "# 麦田的水",
                "J Wheat 2024;12:3"
            ]
        );
    }

    #[test]
    fn what_the_article_says_twice_is_no_furniture() {
        let text = "# 麦田\n\n2.1 结果\n\n甲。\n\n3.1 结果\n\n**结果**\n\n乙。\n\n**结果**\n\n图 1 麦田的水\n\n图 2 麦田的水\n\n丙丙丙丙丙丙。\n\n丙丙丙丙丙丙。\n\n## 方法\n\n## 方法";
        assert!(found(text).is_empty(), "{:?}", found(text));
    }
}
