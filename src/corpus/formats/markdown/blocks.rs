//! Cuts Markdown text into blocks.

use super::furniture::furniture;
use super::{notes, table};

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A `#` heading, or one underlined.
    Heading(u8),
    /// An item of a list.
    Item,
    /// A table, figure caption or the words that stand for a picture.
    Float,
    /// Running text.
    Text,
}

/// Lines that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text without block markup, lines parted by line feeds.
    pub text: String,
    /// First and last line, from 1.
    pub lines: (u32, u32),
}

impl Block {
    /// The block's kind and lines around another text.
    pub fn with(&self, text: &str) -> Self {
        Self {
            kind: self.kind,
            text: text.to_owned(),
            lines: self.lines,
        }
    }
}

/// What the lines of a file hold.
#[derive(Debug, Default)]
pub struct Cut {
    /// The blocks in order.
    pub blocks: Vec<Block>,
    /// Lines of page furniture with their number, from 1.
    pub furniture: Vec<(u32, String)>,
}

/// Cuts `text`, whose first line has the number `first`, into blocks.
pub fn cut(text: &str, first: u32) -> Cut {
    cut_at(&without_comments(text), first, |_| false)
}

/// Cuts `text` into blocks, also before each line (from 0) that `breaks` names.
pub fn cut_at(text: &str, first: u32, breaks: impl Fn(usize) -> bool) -> Cut {
    let edge = |sign: char| sign.is_whitespace() || sign == '\u{feff}' || sign == '\0';
    let lines: Vec<&str> = text.lines().map(|line| line.trim_matches(edge)).collect();
    let marks = furniture(&lines);
    let mut found = Cut::default();
    let mut open = false;
    let mut table: Option<Block> = None;
    for ((place, line), mark) in lines.iter().enumerate().zip(marks) {
        let number = first.saturating_add(u32::try_from(place).unwrap_or(u32::MAX));
        if mark {
            found
                .furniture
                .push((number, line.trim_matches(['*', '#', ' ']).to_owned()));
            continue;
        }
        if let Some(held) = &mut table {
            held.text.push('\n');
            held.text.push_str(line);
            held.lines.1 = number;
            if line.to_ascii_lowercase().contains("</table>") {
                found.blocks.extend(table.take().map(table::html));
                open = false;
            }
            continue;
        }
        open = match open_table(line, number) {
            Some(block) if line.to_ascii_lowercase().contains("</table>") => {
                found.blocks.push(table::html(block));
                false
            }
            Some(block) => {
                table = Some(block);
                false
            }
            None => take(line, number, open && !breaks(place), &mut found.blocks),
        };
    }
    found.blocks.extend(table.map(table::html));
    found.blocks.retain(|block| !block.text.is_empty());
    table::pipes(&mut found.blocks);
    found
}

fn open_table(line: &str, number: u32) -> Option<Block> {
    let head: String = line.chars().take(40).collect::<String>().to_ascii_lowercase();
    let inside = head.find("<table").is_some_and(|at| at < 20);
    inside.then(|| Block {
        kind: BlockKind::Float,
        text: line.to_owned(),
        lines: (number, number),
    })
}

/// Takes one line; tells whether the next one may go on with its block.
fn take(line: &str, number: u32, open: bool, found: &mut Vec<Block>) -> bool {
    let block = |kind: BlockKind, text: &str| Block {
        kind,
        text: text.to_owned(),
        lines: (number, number),
    };
    let line = line.trim_start_matches("> ").trim_start_matches('>');
    if line.is_empty() || line.starts_with("```") || line.starts_with("~~~") {
        return false;
    }
    if is_rule(line) {
        if open
            && let Some(last) = found.last_mut()
            && is_underlined(last, line)
        {
            last.kind = BlockKind::Heading(if line.starts_with('=') { 1 } else { 2 });
        }
        return false;
    }
    let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
    let rest = line.get(hashes..).unwrap_or_default();
    let level = u8::try_from(hashes).unwrap_or(6);
    let han = rest.starts_with(|sign: char| crate::text::Script::of(sign) == crate::text::Script::Han);
    if (1..=6).contains(&hashes) && (rest.is_empty() || han || rest.starts_with([' ', '\t', '\u{3000}'])) {
        found.push(block(
            BlockKind::Heading(level),
            rest.trim().trim_end_matches('#').trim_end(),
        ));
        return false;
    }
    if let Some(alt) = image(line) {
        found.push(block(BlockKind::Float, alt));
        return false;
    }
    let item = ["- ", "* ", "+ ", "• "]
        .iter()
        .find_map(|bullet| line.strip_prefix(bullet));
    match (item, found.last_mut()) {
        (None, Some(last)) if open && !notes::begins(line) => {
            last.text.push('\n');
            last.text.push_str(line);
            last.lines.1 = number;
        }
        _ => {
            let kind = if item.is_some() {
                BlockKind::Item
            } else {
                BlockKind::Text
            };
            found.push(block(kind, item.unwrap_or(line).trim()));
        }
    }
    true
}

/// The words that stand for a picture, where a line holds nothing else; empty where they say nothing.
fn image(line: &str) -> Option<&str> {
    let inside = line.strip_prefix("![")?;
    let (alt, rest) = inside.split_once("](")?;
    let (_, rest) = rest.split_once(')')?;
    if !rest.trim().is_empty() {
        return None;
    }
    let alt = alt.trim();
    let file = alt
        .rsplit_once('.')
        .is_some_and(|(_, end)| ["png", "jpg", "jpeg", "gif", "svg", "webp"].contains(&end));
    let says = !file && !["image", "img", "figure", "图片", "图"].contains(&alt.to_lowercase().as_str());
    Some(if says { alt } else { "" })
}

fn is_underlined(last: &Block, rule: &str) -> bool {
    let plain = rule.bytes().all(|byte| byte == b'=') || rule.bytes().all(|byte| byte == b'-');
    let short = last.lines.0 == last.lines.1 && last.text.chars().count() <= 120;
    plain
        && last.kind == BlockKind::Text
        && short
        && !last.text.ends_with(['。', '.', '；', ';', '，', ','])
        && !last.text.contains('|')
}

fn is_rule(line: &str) -> bool {
    let Some(sign @ ('-' | '*' | '_' | '=')) = line.chars().next() else {
        return false;
    };
    line.len() >= 3 && line.chars().all(|other| other == sign || other.is_whitespace())
}

/// The text with comments taken out; their line feeds stay so that lines keep their numbers.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once("<!--") {
        let Some((comment, after)) = inside.split_once("-->") else {
            break;
        };
        out.push_str(before);
        out.extend(comment.chars().filter(|sign| *sign == '\n'));
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{BlockKind, cut};

    fn blocks(text: &str) -> Vec<(BlockKind, String)> {
        cut(text, 1)
            .blocks
            .into_iter()
            .map(|block| (block.kind, block.text))
            .collect()
    }

    #[test]
    fn underlined_lines_are_headings() {
        let found = blocks("Wheat\n=====\n\nMethods\n-------\n\nIt grows.\n\n---\n\nAnd grows.");
        assert_eq!(found[0], (BlockKind::Heading(1), "Wheat".to_owned()));
        assert_eq!(found[1], (BlockKind::Heading(2), "Methods".to_owned()));
        assert_eq!(found[2], (BlockKind::Text, "It grows.".to_owned()));
        assert_eq!(found[3], (BlockKind::Text, "And grows.".to_owned()));
    }

    #[test]
    fn comments_and_pictures_go_but_their_words_stay() {
        let found = blocks("甲<!-- 第 2 页\n\n -->乙。\n\n![](a.png)\n\n![麦田 2020](b.png)\n\n![image](c.png)");
        let texts: Vec<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["甲", "乙。", "麦田 2020"]);
    }

    #[test]
    fn tables_are_one_block() {
        let found = blocks(
            "| 组 | 数 |\n|---|---|\n| 甲 | 3 |\n\n<table><tr><td>A</td>\n\n<td>B &amp; C</td></tr>\n<tr><td>1</td><td>2</td></tr></table>\n\n丙。",
        );
        let texts: Vec<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["组 | 数; 甲 | 3", "A | B &amp; C; 1 | 2", "丙。"]);
        assert_eq!(found[0].0, BlockKind::Float);
    }
}
