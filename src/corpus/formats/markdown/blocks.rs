//! Cuts Markdown text into blocks.

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A `#` heading.
    Heading(u8),
    /// An item of a list.
    Item,
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

/// The blocks of `text` in order.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut open = false;
    for (number, line) in (1u32..).zip(text.lines()) {
        let line = line.trim_matches(|edge: char| edge.is_whitespace() || edge == '\u{feff}' || edge == '\0');
        if line.is_empty() || line.starts_with("```") || is_rule(line) {
            open = false;
            continue;
        }
        let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
        let rest = line.get(hashes..).unwrap_or_default();
        if (1..=6).contains(&hashes) && (rest.is_empty() || rest.starts_with([' ', '\t', '\u{3000}'])) {
            let text = rest.trim().trim_end_matches('#').trim_end().to_owned();
            let level = u8::try_from(hashes).unwrap_or(6);
            found.push(Block {
                kind: BlockKind::Heading(level),
                text,
                lines: (number, number),
            });
            open = false;
            continue;
        }
        let item = ["- ", "* ", "+ "].iter().find_map(|bullet| line.strip_prefix(bullet));
        match (item, found.last_mut()) {
            (None, Some(last)) if open => {
                last.text.push('\n');
                last.text.push_str(line);
                last.lines.1 = number;
            }
            _ => found.push(Block {
                kind: if item.is_some() {
                    BlockKind::Item
                } else {
                    BlockKind::Text
                },
                text: item.unwrap_or(line).trim().to_owned(),
                lines: (number, number),
            }),
        }
        open = true;
    }
    found
}

fn is_rule(line: &str) -> bool {
    line.len() >= 3
        && ["-", "*", "_", "="]
            .iter()
            .any(|sign| line.replace(sign, "").trim().is_empty())
}
