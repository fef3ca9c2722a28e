//! Reads the reference list.

use std::collections::HashMap;

use super::blocks::{Block, BlockKind};
use super::inline::{Citing, parse};
use super::keys;
use super::labels::{self, Label};
use super::notes;
use crate::corpus::reference;
use crate::document::Reference;
use crate::text::simplified_one;

const NAMES: [&str; 18] = [
    "参考文献",
    "主要参考文献",
    "参考书目",
    "参考资料",
    "引用文献",
    "征引文献",
    "参考文献与注释",
    "注释与参考文献",
    "注释及参考文献",
    "references",
    "reference",
    "bibliography",
    "referencelist",
    "literaturecited",
    "workscited",
    "referencescited",
    "referencesandnotes",
    "notesandreferences",
];

/// Whether a heading's text opens the reference list.
pub fn opens(text: &str) -> bool {
    if text.len() > 120 {
        return false;
    }
    let name: String = text
        .chars()
        .filter(|sign| sign.is_alphabetic())
        .map(|sign| simplified_one(sign).0)
        .flat_map(char::to_lowercase)
        .collect();
    NAMES.contains(&name.as_str())
}

/// An article's blocks with its reference list taken out.
#[derive(Default)]
pub struct Parted {
    /// What stands before the list.
    pub before: Vec<Block>,
    /// The entries.
    pub entries: Vec<Reference>,
    /// How many of the entries, from the first on, numbers in the text stand for.
    pub listed: usize,
    /// The numbers of the entries by the keys that they bear: `[BG08]`.
    pub keys: HashMap<String, u32>,
    /// Whether the entries are numbered in print.
    pub numbered: bool,
    /// What stands after the list.
    pub after: Vec<Block>,
    /// Whether the numbers of the entries stand in round brackets.
    pub rounded: bool,
}

/// Takes the reference list out of `blocks`; numbered notes at the end too, where no list bears their numbers.
pub fn part(blocks: Vec<Block>) -> Parted {
    let mut parted = match start(&blocks) {
        Some(start) => part_at(blocks, start),
        None => Parted {
            before: blocks,
            ..Parted::default()
        },
    };
    let notes = endnotes(&parted.before).filter(|_| !parted.numbered);
    if let Some(start) = notes {
        let notes = part_at(std::mem::take(&mut parted.before), start);
        parted.before = notes.before;
        parted.after.splice(0..0, notes.after);
        // The works of a list without numbers are counted behind the notes.
        let last = notes.entries.iter().map(|note| note.number).max().unwrap_or(0);
        parted.listed = notes.entries.len();
        for entry in &mut parted.entries {
            entry.number = entry.number.saturating_add(last);
        }
        for number in parted.keys.values_mut() {
            *number = number.saturating_add(last);
        }
        parted.entries.splice(0..0, notes.entries);
        (parted.numbered, parted.rounded) = (true, notes.rounded);
    }
    parted
}

/// Where numbered notes begin: under a heading or a line that names them.
fn endnotes(blocks: &[Block]) -> Option<usize> {
    let first = first_marked(blocks)?;
    (first + 1..blocks.len()).rev().find(|&place| {
        let named = blocks.get(place).is_some_and(|block| {
            let (first, rest) = block.text.split_once('\n').unwrap_or((&block.text, ""));
            notes::is_name(first) && (rest.is_empty() || number(rest).is_some_and(|(number, _)| number == 1))
        });
        named
            && blocks.get(place).into_iter().chain(blocks.get(place + 1)).any(|block| {
                let mut lines = block.text.lines();
                lines.any(|line| number(line).is_some_and(|(number, _)| number == 1))
            })
    })
}

/// The first block with a mark of the first note; notes below a table have none.
fn first_marked(blocks: &[Block]) -> Option<usize> {
    const FIRST: [&str; 8] = ["[1]", "\\[1\\]", "［1］", "〔1〕", "[^1]", "<sup>1", "^1", "¹"];
    let marked = |block: &Block| FIRST.iter().any(|mark| block.text.contains(mark));
    blocks.iter().position(marked)
}

fn part_at(mut blocks: Vec<Block>, start: usize) -> Parted {
    let mut listed = blocks.split_off(start);
    if let Some(first) = listed.first_mut() {
        first.text = after_name(&first.text).to_owned();
        first.kind = BlockKind::Text;
    }
    let numbered = listed.iter().any(|block| number(&block.text).is_some());
    let mut lines: Vec<Line> = Vec::new();
    let mut after = Vec::new();
    let mut ended = false;
    for block in listed {
        ended = ended || matches!(block.kind, BlockKind::Heading(_));
        if ended {
            after.push(block);
            continue;
        }
        let mut rest: Option<Block> = None;
        for (at, text) in block.text.lines().enumerate() {
            let number = block
                .lines
                .0
                .saturating_add(u32::try_from(at).unwrap_or(u32::MAX))
                .min(block.lines.1);
            if let Some(rest) = &mut rest {
                rest.text.push('\n');
                rest.text.push_str(text);
            } else if !text.is_empty()
                && ends_list(text, at == 0 && block.kind == BlockKind::Text, numbered, lines.last())
            {
                rest = Some(Block {
                    kind: BlockKind::Text,
                    text: text.to_owned(),
                    lines: (number, block.lines.1),
                });
            } else if !text.is_empty() {
                lines.push(Line {
                    text: unescaped(text),
                    number,
                    apart: at == 0,
                });
            }
        }
        ended = rest.is_some();
        after.extend(rest);
    }
    let (entries, keys) = entries(&lines, numbered);
    Parted {
        before: blocks,
        numbered,
        keys,
        listed: entries.len(),
        rounded: lines.iter().any(|line| line.text.starts_with("(1)")),
        entries,
        after,
    }
}

struct Line {
    text: String,
    number: u32,
    /// Whether it begins a block.
    apart: bool,
}

/// Where the list begins: at its heading, or at an entry `[1]` that only entries follow.
fn start(blocks: &[Block]) -> Option<usize> {
    let heading = |block: &Block| {
        after_name(&block.text).len() < block.text.len()
            && !notes::is_name(block.text.lines().next().unwrap_or_default())
    };
    let entry = |block: Option<&Block>| {
        block.is_some_and(|block| number(&block.text).is_some() || block.kind == BlockKind::Item)
    };
    let named = |place: &usize| blocks.get(*place).is_some_and(heading);
    let mut places = (0..blocks.len()).rev().filter(named);
    let all: Vec<usize> = places.by_ref().collect();
    let held = all.iter().rev().find(|place| {
        entry(blocks.get(**place + 1))
            || blocks
                .get(**place)
                .is_some_and(|block| number(after_name(&block.text)).is_some())
    });
    if let Some(place) = held.or(all.first()) {
        return Some(*place);
    }
    let first = blocks.iter().rposition(|block| {
        let text = unescaped(&block.text);
        ["[1]", "[^1]:"].iter().any(|mark| text.starts_with(mark)) && number(&block.text).is_some()
    })?;
    let note = blocks.get(first).is_some_and(|block| block.text.starts_with("[^"));
    let many = blocks
        .get(first..)?
        .iter()
        .map(|block| block.text.lines().filter(|line| number(line).is_some()).count())
        .sum::<usize>()
        >= 2;
    (many || note).then_some(first)
}

/// What follows the name of the list at the head of a block; the whole text where there is none.
fn after_name(text: &str) -> &str {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if (opens(first) || notes::is_name(first)) && (rest.is_empty() || number(rest).is_some()) {
        return rest;
    }
    let run_in = first
        .split_once([':', '：', ']', '】', '］'])
        .filter(|(name, _)| opens(name));
    run_in
        .and_then(|(name, _)| {
            let rest = text
                .get(name.len()..)?
                .trim_start_matches([':', '：', ']', '】', '］', '*', ' ', '\n']);
            number(rest).is_some().then_some(rest)
        })
        .unwrap_or(text)
}

/// Whether a line behind the list's entries is no longer part of it.
fn ends_list(text: &str, apart: bool, numbered: bool, before: Option<&Line>) -> bool {
    if number(text).is_some() {
        return false;
    }
    if let Some((label, _)) = labels::leading(text) {
        return label != Label::Doi || before.is_none();
    }
    let Some(before) = before.filter(|_| numbered && apart) else {
        return false;
    };
    let complete = before.text.trim_end().ends_with(['.', '。', ')', ']', '）'])
        || before.text.ends_with(|last: char| last.is_ascii_digit());
    let marked = [
        "[J", "[M", "[D", "[C", "[R", "[S", "[N", "[P", "[E", "［", "doi", "DOI", "http",
    ]
    .iter()
    .any(|mark| text.contains(mark));
    let imprint = text.as_bytes().windows(4).any(|four| matches!(four, [b'1' | b'2', b'0' | b'9', third, fourth] if third.is_ascii_digit() && fourth.is_ascii_digit()))
        && text.contains([':', '：']);
    complete && !marked && !imprint && !text.starts_with(char::is_lowercase)
}

fn unescaped(text: &str) -> String {
    if text.contains('\\') {
        text.replace("\\[", "[").replace("\\]", "]").replace("\\.", ".")
    } else {
        text.to_owned()
    }
}

/// The entries, and their keys; a line without number goes on with the entry before it, and a line may hold several.
fn entries(lines: &[Line], numbered: bool) -> (Vec<Reference>, HashMap<String, u32>) {
    let mut keys = HashMap::new();
    let place = |at: usize| u32::try_from(at + 1).unwrap_or(u32::MAX);
    let mut raw: Vec<(Option<u32>, String, u32)> = Vec::new();
    for line in lines {
        if let Some((key, entry)) = keys::leading(&line.text).filter(|_| !numbered) {
            keys.insert(key.to_owned(), place(raw.len()));
            raw.push((None, entry.to_owned(), line.number));
            continue;
        }
        let last = raw.last().and_then(|(number, ..)| *number);
        let mut rest = line.text.as_str();
        match number(rest).filter(|(number, _)| rest.starts_with(BRACKETS) || plausible(*number, last, line.apart)) {
            Some((first, mut tail)) => {
                let mut current = first;
                if rest.starts_with(BRACKETS) {
                    // Several entries on one line: each next number in brackets begins one.
                    while let Some(next) = current.checked_add(1)
                        && let Some(at) = tail.find(&format!("[{next}]"))
                        && tail
                            .get(..at)
                            .is_some_and(|before| before.ends_with([' ', '.', '。', '\u{3000}']))
                        && at > 20
                    {
                        raw.push((
                            Some(current),
                            tail.get(..at).unwrap_or_default().trim().to_owned(),
                            line.number,
                        ));
                        rest = tail.get(at..).unwrap_or_default();
                        tail = number(rest).map_or("", |(_, tail)| tail);
                        current = next;
                    }
                }
                raw.push((Some(current), tail.to_owned(), line.number));
            }
            None => match raw.last_mut() {
                Some((_, last, _)) if numbered || !(line.apart || begins_by_author(last, &line.text)) => {
                    last.push('\n');
                    last.push_str(&line.text);
                }
                _ => raw.push((None, line.text.clone(), line.number)),
            },
        }
    }
    let read = |(at, (number, text, line)): (usize, (Option<u32>, String, u32))| Reference {
        number: number.unwrap_or_else(|| place(at)),
        line,
        ..read(&text)
    };
    (raw.into_iter().enumerate().map(read).collect(), keys)
}

/// An entry told apart, given without its number.
pub fn read(text: &str) -> Reference {
    reference::parse(parse(text, &Citing::default()).text())
}

/// Whether a line of a list without numbers begins an entry: authors and a year stand in it, and what is before it ends.
fn begins_by_author(before: &str, line: &str) -> bool {
    let before = before.trim_end_matches(['*', '_', ' ']);
    let complete = before.ends_with(['.', '。', '．', ')', '）', '/']) || before.ends_with(char::is_alphanumeric);
    if !complete || !line.contains(|character: char| character.is_ascii_digit()) {
        return false;
    }
    let entry = read(line);
    !entry.authors.is_empty() && entry.year.is_some()
}

/// Whether a line begins an entry whose number stands in brackets.
pub fn begins_entry(line: &str) -> bool {
    line.starts_with(BRACKETS) && number(line).is_some()
}

const BRACKETS: [char; 2] = ['[', '［'];

/// Whether a number without brackets can be an entry's: a wrapped line may begin with a year or a page.
fn plausible(number: u32, last: Option<u32>, apart: bool) -> bool {
    let last = last.unwrap_or(0);
    number == last.saturating_add(1) || (apart && number > last.saturating_sub(20) && number <= last.saturating_add(20))
}

fn number(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start();
    let text = text.strip_prefix('\\').unwrap_or(text);
    let (bare, bracketed) = match text.strip_prefix(['[', '［', '(', '（', '〔']) {
        Some(inside) => (inside.strip_prefix('^').unwrap_or(inside), true),
        None => (text, false),
    };
    let bare = bare.trim_start();
    let end = bare.find(|sign: char| !sign.is_ascii_digit() && !('０'..='９').contains(&sign))?;
    let (digits, rest) = bare.split_at_checked(end)?;
    let rest = rest.trim_start_matches(['\\', ' ']);
    let rest = if bracketed {
        rest.strip_prefix([']', '］', ')', '）', '〕'])?
            .trim_start_matches([':', '：'])
    } else {
        rest.strip_prefix(['.', ')', '．', '、', '）'])
            .filter(|rest| !rest.starts_with(|next: char| next.is_ascii_digit()))?
    };
    let value = digits.chars().try_fold(0u32, |value, sign| {
        let digit = if sign.is_ascii() {
            sign.to_digit(10)?
        } else {
            sign as u32 - '０' as u32
        };
        Some(value * 10 + digit).filter(|value| *value <= 9999)
    });
    Some((value.filter(|_| !digits.is_empty())?, rest.trim_start()))
}
