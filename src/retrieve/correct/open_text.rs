//! Which stretches of a query may be changed: not what is quoted, excluded, or meant as printed.

use crate::text::Span;

/// The stretches of a query that a correction may change, in order. Quoted phrases, `-excluded` words and what follows
/// `NOT` are left out.
pub fn open_stretches(query: &str) -> Vec<Span> {
    let mut open = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let mut begins_word = true;
    while let Some(rest) = query.get(at..).filter(|rest| !rest.is_empty()) {
        let shut = shut_length(rest, begins_word);
        if shut > 0 {
            push(&mut open, start, at);
            at += shut;
            start = at;
            begins_word = true;
            continue;
        }
        let Some(first) = rest.chars().next() else { break };
        begins_word = first.is_whitespace() || matches!(first, '(' | '（' | ')' | '）');
        at += first.len_utf8();
    }
    push(&mut open, start, query.len());
    open
}

fn push(open: &mut Vec<Span>, start: usize, end: usize) {
    if start < end {
        open.push(Span::new(start, end));
    }
}

/// The bytes at the start of `rest` that must not be changed.
fn shut_length(rest: &str, begins_word: bool) -> usize {
    if rest.starts_with(['"', '“', '”']) {
        return quoted_length(rest);
    }
    if !begins_word {
        return 0;
    }
    if let Some(after) = rest.strip_prefix('-') {
        return 1 + operand_length(after);
    }
    if let Some(after) = rest.strip_prefix("NOT")
        && after.starts_with(char::is_whitespace)
    {
        let operand = after.trim_start();
        return rest.len() - operand.len() + operand_length(operand);
    }
    0
}

/// The bytes of a quoted phrase, a bracket with what it holds, or a word.
fn operand_length(rest: &str) -> usize {
    if rest.starts_with(['"', '“', '”']) {
        return quoted_length(rest);
    }
    let mut depth = 0usize;
    for (at, character) in rest.char_indices() {
        match character {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if character.is_whitespace() && depth == 0 => return at,
            _ => {}
        }
    }
    rest.len()
}

/// The bytes of a quoted phrase with its quotes; only the quote where it is not closed.
fn quoted_length(rest: &str) -> usize {
    let opening = rest.chars().next().map_or(0, char::len_utf8);
    let after = rest.get(opening..).unwrap_or_default();
    match after.char_indices().find(|(_, c)| matches!(c, '"' | '”')) {
        Some((at, closing)) => opening + at + closing.len_utf8(),
        None => opening,
    }
}

#[cfg(test)]
mod tests {
    use super::open_stretches;

    fn open(query: &str) -> Vec<&str> {
        open_stretches(query).into_iter().map(|span| span.of(query)).collect()
    }

    #[test]
    fn quoted_and_excluded_text_is_shut() {
        assert_eq!(open("basalt lava"), ["basalt lava"]);
        assert_eq!(open("basalt \"lava flwo\" rock"), ["basalt ", " rock"]);
        assert_eq!(open("溶岩“玄武岩”流"), ["溶岩", "流"]);
        assert_eq!(open("basalt -lvaa rock -\"a b\" c"), ["basalt ", " rock ", " c"]);
        assert_eq!(open("stem-cel"), ["stem-cel"]);
        assert_eq!(
            open("basalt AND NOT (lvaa OR rok) AND rock"),
            ["basalt AND ", " AND rock"]
        );
        assert_eq!(open("a \"b"), ["a ", "b"]);
        assert_eq!(open(""), Vec::<&str>::new());
    }
}
