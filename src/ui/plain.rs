//! Text of the corpus on a page: escaped, and unable to turn round what stands beside it.

use maud::{Escaper, Render};
use std::fmt::Write;

/// Text of the corpus. Signs that override the direction of writing, and control characters, are shown as U+FFFD: no
/// printed text has them, and they can make a line read as another.
pub(super) struct Plain<'a>(pub(super) &'a str);

impl Render for Plain<'_> {
    fn render_to(&self, buffer: &mut String) {
        let mut rest = self.0;
        while let Some(at) = rest.find(misleads) {
            let (before, from) = rest.split_at(at);
            escape(before, buffer);
            buffer.push('\u{FFFD}');
            let mut letters = from.chars();
            letters.next();
            rest = letters.as_str();
        }
        escape(rest, buffer);
    }
}

fn escape(text: &str, buffer: &mut String) {
    // Writing to a String never fails.
    let _ = Escaper::new(buffer).write_str(text);
}

fn misleads(letter: char) -> bool {
    matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || (letter.is_control() && !letter.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_turned_text_are_shown_as_text() {
        let hostile = "<img src=x onerror=alert(1)>\u{202E}gnp.exe\u{0}";
        let expected = "&lt;img src=x onerror=alert(1)&gt;\u{FFFD}gnp.exe\u{FFFD}";
        assert_eq!(Plain(hostile).render().into_string(), expected);
    }
}
