//! Turns tables into one line of running text.

use super::blocks::{Block, BlockKind};

/// An HTML table as text: cells parted by bars, rows by semicolons.
pub fn html(block: Block) -> Block {
    let mut rows: Vec<Vec<String>> = vec![Vec::new()];
    let (mut before, mut after) = (String::new(), String::new());
    let mut rest = block.text.as_str();
    let (mut cell, mut in_cell, mut closed) = (String::new(), false, false);
    while let Some(at) = rest.find('<') {
        let (text, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let target = if closed {
            &mut after
        } else if in_cell {
            &mut cell
        } else {
            &mut before
        };
        target.push_str(text);
        let name: String = tail
            .chars()
            .skip(1)
            .take_while(|sign| sign.is_ascii_alphanumeric() || *sign == '/')
            .collect();
        let end = tail
            .bytes()
            .take(400)
            .position(|byte| byte == b'>')
            .map_or(0, |end| end + 1);
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "td" | "th" if end > 0 => in_cell = true,
            "/td" | "/th" if end > 0 => {
                if let Some(row) = rows.last_mut() {
                    row.push(std::mem::take(&mut cell));
                }
                in_cell = false;
            }
            "tr" if end > 0 => rows.push(Vec::new()),
            "/table" if end > 0 => closed = true,
            "table" | "/tr" | "tbody" | "/tbody" | "thead" | "/thead" | "caption" | "/caption" | "html" | "/html"
            | "body" | "/body"
                if end > 0 => {}
            _ => {
                let length = end.max(1);
                let kept = tail.get(..length).unwrap_or("<");
                target.push_str(kept);
                rest = tail.get(kept.len()..).unwrap_or_default();
                continue;
            }
        }
        rest = tail.get(end..).unwrap_or_default();
    }
    after.push_str(rest);
    if !cell.is_empty()
        && let Some(row) = rows.last_mut()
    {
        row.push(cell);
    }
    let body = join(rows.into_iter());
    let text: Vec<String> = [squeeze(&before), body, squeeze(&after)]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    Block {
        text: text.join(" "),
        ..block
    }
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn join(rows: impl Iterator<Item = Vec<String>>) -> String {
    let rows = rows.map(|row| {
        let cells: Vec<String> = row
            .iter()
            .map(|cell| squeeze(cell))
            .filter(|cell| !cell.is_empty())
            .collect();
        cells.join(" | ")
    });
    rows.filter(|row| !row.is_empty()).collect::<Vec<_>>().join("; ")
}

/// Turns blocks that are tables drawn with bars into text.
pub fn pipes(blocks: &mut [Block]) {
    for block in blocks
        .iter_mut()
        .filter(|block| block.kind == BlockKind::Text && block.text.contains('|'))
    {
        let lines: Vec<&str> = block.text.lines().collect();
        let Some(rule) = lines.iter().position(|line| is_rule(line)) else {
            continue;
        };
        let Some(head) = rule.checked_sub(1) else { continue };
        let caption = lines.get(..head).unwrap_or_default().join(" ");
        let rows = lines.iter().skip(head).filter(|line| !is_rule(line));
        let cells = rows.map(|line| line.trim_matches('|').split('|').map(str::to_owned).collect());
        let body = join(cells);
        block.text = [caption, body]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        block.kind = BlockKind::Float;
    }
}

fn is_rule(line: &str) -> bool {
    line.contains("--") && line.contains('|') && line.chars().all(|sign| "|-: ".contains(sign))
}
