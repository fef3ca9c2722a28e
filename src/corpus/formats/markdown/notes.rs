//! Footnotes and endnotes under marks of their own: `①陈寅恪：《…》` below a page or at the end, `[^1]: …` in Markdown.
//!
//! A note is an entry like those of the reference list, numbered behind them, and its mark a citation of it: in the
//! humanities and in law the works cited stand in notes.

use std::collections::HashMap;

use super::blocks::{Block, BlockKind};
use super::references;
use crate::document::Reference;

/// The notes of an article, taken out of its blocks.
#[derive(Debug, Default)]
pub struct Notes {
    /// The text and line of each.
    texts: Vec<(String, u32)>,
    /// Notes that stand together, in order.
    groups: Vec<Group>,
    /// Labels of Markdown notes, with the place of the note.
    labels: HashMap<String, usize>,
    /// Whether the block before was a note.
    open: bool,
}

/// Notes below a page, or all of an article.
#[derive(Debug)]
struct Group {
    /// The line it begins on: its marks stand before it.
    line: u32,
    /// The value of its first mark.
    mark: u32,
    /// The place of its first note.
    first: usize,
    /// How many there are.
    count: usize,
}

/// The circled marks in force in a stretch of text, with the numbers of their notes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Circled {
    mark: u32,
    number: u32,
    count: u32,
}

impl Circled {
    /// The number of the note that a circled digit stands for.
    pub fn number(self, sign: char) -> Option<u32> {
        let place = circled(sign)?.checked_sub(self.mark)?;
        (place < self.count).then(|| self.number + place)
    }
}

impl Notes {
    /// The notes as entries, the first with the number `first`.
    pub fn entries(&self, first: u32) -> impl Iterator<Item = Reference> + '_ {
        (first..).zip(&self.texts).map(|(number, (text, line))| Reference {
            number,
            line: *line,
            ..references::read(text)
        })
    }

    /// The number of the note under each label, where the first note has the number `first`.
    pub fn by_label(&self, first: u32) -> HashMap<String, u32> {
        let numbered = |(label, place): (&String, &usize)| Some((label.clone(), first + u32::try_from(*place).ok()?));
        self.labels.iter().filter_map(numbered).collect()
    }

    /// What circled digits on a line stand for: the notes that follow next.
    pub fn circled_on(&self, line: u32, first: u32) -> Circled {
        let next = self.groups.partition_point(|group| group.line <= line);
        let Some(group) = self.groups.get(next) else {
            return Circled::default();
        };
        Circled {
            mark: group.mark,
            number: first.saturating_add(u32::try_from(group.first).unwrap_or(u32::MAX)),
            count: u32::try_from(group.count).unwrap_or(0),
        }
    }
}

/// The value of a circled digit.
pub fn circled(sign: char) -> Option<u32> {
    match sign {
        '①'..='⑳' => Some(sign as u32 - '①' as u32 + 1),
        '㉑'..='㉟' => Some(sign as u32 - '㉑' as u32 + 21),
        '㊱'..='㊿' => Some(sign as u32 - '㊱' as u32 + 36),
        _ => None,
    }
}

/// Whether circled digits behind this text are marks: behind a colon or a list's separator they count items.
pub fn may_be_marked(text: &str) -> bool {
    let counts = [':', '：', ';', '；', '、', '(', '（', '/'];
    text.chars().next_back().is_some_and(|last| !counts.contains(&last))
}

/// Takes the notes out of an article's blocks.
pub fn take(blocks: Vec<Block>) -> (Vec<Block>, Notes) {
    let mut notes = Notes::default();
    let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
    let labelled = are_labelled(&blocks);
    let marked = marks(&blocks);
    for block in blocks {
        let taken = match block.kind {
            BlockKind::Text | BlockKind::Item if labelled && label(&block.text).is_some() => {
                notes.take_labelled(&block)
            }
            BlockKind::Text | BlockKind::Item => notes.take_circled(&block, &marked),
            _ => false,
        };
        notes.open = taken;
        if taken {
            // The heading over notes alone heads nothing any more.
            if kept.last().is_some_and(|last| is_name(&last.text)) {
                kept.pop();
            }
        } else {
            kept.push(block);
        }
    }
    (kept, notes)
}

impl Notes {
    fn take_circled(&mut self, block: &Block, marked: &[u32]) -> bool {
        let found = parted(block);
        let Some(&(mark, ..)) = found.first() else {
            return false;
        };
        let goes_on = self
            .groups
            .last()
            .is_some_and(|group| usize::try_from(mark).is_ok_and(|mark| mark == group.mark as usize + group.count));
        let cites = |(_, text, _): &&(u32, String, u32)| is_about_works(text);
        let most = found.iter().filter(cites).count() * 2 >= found.len();
        let all_marked = found.iter().all(|(mark, ..)| marked.contains(mark));
        if !(mark == 1 || goes_on) || !most || !all_marked {
            return false;
        }
        match self.groups.last_mut() {
            Some(last) if goes_on && self.open => last.count += found.len(),
            _ => self.groups.push(Group {
                line: block.lines.0,
                mark,
                first: self.texts.len(),
                count: found.len(),
            }),
        }
        self.texts.extend(found.into_iter().map(|(_, text, line)| (text, line)));
        true
    }

    fn take_labelled(&mut self, block: &Block) -> bool {
        for (line, text) in (block.lines.0..).zip(block.text.lines()) {
            match (label(text), self.texts.last_mut()) {
                (Some((label, text)), _) => {
                    self.labels.insert(label.to_owned(), self.texts.len());
                    self.texts.push((text.to_owned(), line));
                }
                (None, Some((last, _))) => {
                    last.push('\n');
                    last.push_str(text);
                }
                (None, None) => {}
            }
        }
        true
    }
}

/// The notes of a block that begins with a circled digit, each with its mark and line, as long as the marks count on.
fn parted(block: &Block) -> Vec<(u32, String, u32)> {
    let mut found: Vec<(u32, String, u32)> = Vec::new();
    for (line, text) in (block.lines.0..).zip(block.text.lines()) {
        let mut from = 0;
        for (at, sign) in text.char_indices() {
            let Some(mark) = circled(sign) else { continue };
            let next = found.last().is_none_or(|(last, ..)| mark == last + 1);
            let before = text.get(..at).unwrap_or_default();
            if next && (before.is_empty() || before.ends_with([' ', '。', '.', '\u{3000}'])) {
                if let Some((_, last, _)) = found.last_mut() {
                    last.push('\n');
                    last.push_str(text.get(from..at).unwrap_or_default());
                }
                found.push((mark, String::new(), line));
                from = at + sign.len_utf8();
            }
        }
        match found.last_mut() {
            Some((_, last, _)) => {
                last.push('\n');
                last.push_str(text.get(from..).unwrap_or_default());
            }
            None => return found,
        }
    }
    for (_, text, _) in &mut found {
        *text = text.trim().to_owned();
    }
    found
}

/// Whether a line begins a note under a circled digit.
pub fn begins(line: &str) -> bool {
    line.chars().next().is_some_and(|first| circled(first).is_some()) && is_about_works(line)
}

/// The values of the circled digits that stand as marks in running text.
fn marks(blocks: &[Block]) -> Vec<u32> {
    let mut found: Vec<u32> = Vec::new();
    for block in blocks {
        for (at, sign) in block.text.char_indices() {
            if let Some(mark) = circled(sign)
                && block
                    .text
                    .get(..at)
                    .is_some_and(|before| !before.ends_with('\n') && may_be_marked(before))
                && !found.contains(&mark)
            {
                found.push(mark);
            }
        }
    }
    found
}

/// Whether a note names a work, or one named before.
fn is_about_works(text: &str) -> bool {
    let again = [
        "同上",
        "同前",
        "前引",
        "前揭",
        "参见",
        "详见",
        "转引自",
        "ibid",
        "Ibid",
        "See ",
    ];
    let year = text
        .as_bytes()
        .windows(4)
        .any(|four| four.iter().all(u8::is_ascii_digit));
    text.contains('《') || year || again.iter().any(|word| text.contains(word))
}

/// The label and text of a Markdown note.
fn label(text: &str) -> Option<(&str, &str)> {
    let (label, text) = text.strip_prefix("[^")?.split_once("]:")?;
    (!label.is_empty() && label.len() <= 60 && !label.contains(['[', ']', '\n'])).then(|| (label, text.trim()))
}

/// Whether Markdown notes stand beside a reference list; without one they are the list.
fn are_labelled(blocks: &[Block]) -> bool {
    let list = blocks
        .iter()
        .rposition(|block| references::opens(block.text.lines().next().unwrap_or_default()));
    list.and_then(|list| blocks.get(list + 1))
        .is_some_and(|first| label(&first.text).is_none())
}

/// Whether a text is a name for notes.
pub fn is_name(text: &str) -> bool {
    let name: String = text.chars().filter(|sign| sign.is_alphabetic()).collect();
    text.len() <= 40
        && [
            "注释",
            "注釋",
            "註釋",
            "注",
            "註",
            "尾注",
            "脚注",
            "notes",
            "endnotes",
            "footnotes",
        ]
        .contains(&name.to_lowercase().as_str())
}
