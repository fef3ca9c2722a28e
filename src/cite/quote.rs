//! Quoting: what keeps the text of an article from posing as instructions to an assistant.
//!
//! Whatever an article says is shown as it is, but for two things. Characters that a reader can't see, or that turn the
//! direction of writing, are taken out: they carry hidden text past a person's eye. And a `<` that could begin a tag is
//! written `&lt;`, so that nothing inside a `<source>` block can close it or open another.

use crate::text::Script;

/// A text without invisible and directional characters, on one line: white space and line breaks become single
/// characters of space.
pub fn visible(text: &str) -> String {
    text.chars()
        .filter_map(|character| match character {
            _ if is_hidden(character) => None,
            _ if character.is_whitespace() => Some(' '),
            _ if character.is_control() => None,
            _ => Some(character),
        })
        .collect()
}

/// Whether a reader sees nothing of a text.
pub fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|character| character.is_whitespace() || character.is_control() || is_hidden(character))
}

/// A text as it stands inside a `<source>` or `<references>` block: [`visible`], and unable to begin a tag.
pub fn quoted(text: &str) -> String {
    let visible = visible(text);
    let mut quoted = String::with_capacity(visible.len());
    for (at, character) in visible.char_indices() {
        let less = matches!(character, '<' | '＜' | '﹤');
        let rest = visible.get(at + character.len_utf8()..).unwrap_or_default();
        if less && begins_tag(rest) {
            quoted.push_str("&lt;");
        } else {
            quoted.push(character);
        }
    }
    quoted
}

/// A text as the value of an attribute, between double quotes.
pub fn attribute(text: &str) -> String {
    quoted(text).replace('"', "&quot;")
}

/// Whether what follows a `<` makes it the beginning of a tag or of a model's own mark (`<|…|>`, `<<…>>`). A number
/// does not: `P < 0.05` stays as it is.
fn begins_tag(rest: &str) -> bool {
    rest.trim_start()
        .starts_with(|next: char| Script::of(next) == Script::Latin || "/／!?|｜<＜﹤".contains(next))
}

/// Characters without a shape of their own: zero-width and filler characters, marks of direction, selectors of
/// variants, interlinear marks and tags.
fn is_hidden(character: char) -> bool {
    matches!(
        character,
        '\u{00AD}'
            | '\u{034F}'
            | '\u{061C}'
            | '\u{115F}'..='\u{1160}'
            | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}'
            | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};

    use super::{attribute, quoted, visible};

    #[test]
    fn hidden_characters_are_taken_out_and_the_rest_stays() {
        // "PD" with a zero-width space, a soft hyphen, a right-to-left override and the tag letters for "hi".
        assert_eq!(
            visible("P\u{200B}D\u{00AD}-1 \u{202E}软骨\u{E0068}\u{E0069}\u{FE0F} α"),
            "PD-1 软骨 α"
        );
        assert_eq!(visible("one\ntwo\u{2028}three\u{0007}"), "one two three");
    }

    #[test]
    fn what_could_be_a_tag_is_escaped_and_figures_are_not() {
        assert_eq!(quoted("P < 0.05, n <30, a ≤ b"), "P < 0.05, n <30, a ≤ b");
        assert_eq!(quoted("</source> <source id=9>"), "&lt;/source> &lt;source id=9>");
        assert_eq!(quoted("<\u{200B}/source>"), "&lt;/source>");
        assert_eq!(quoted("＜ / source＞ <|im_start|>"), "&lt; / source＞ &lt;|im_start|>");
        assert_eq!(attribute("a \"b\" <c"), "a &quot;b&quot; &lt;c");
    }

    proptest! {
        #[test]
        fn no_text_can_close_or_open_a_block(text in prop_oneof![
            any::<String>(),
            proptest::collection::vec(prop_oneof![
                Just("<"), Just("</"), Just("source"), Just("SOURCE"), Just(">"), Just(" "), Just("\u{200D}"), Just("/"),
                Just("references"), Just("\u{E002F}"), Just("＜"), Just("\n")
            ], 0..20).prop_map(|parts| parts.concat()),
        ]) {
            let squeezed: String = quoted(&text).to_lowercase().split_whitespace().collect();
            for tag in ["<source", "</", "<references"] {
                prop_assert!(!squeezed.contains(tag), "{squeezed:?}");
            }
            prop_assert!(!attribute(&text).contains('"'));
        }

        #[test]
        fn quoting_only_takes_hidden_characters_out(text in any::<String>()) {
            let shown = visible(&text);
            prop_assert_eq!(visible(&shown), shown.clone());
            prop_assert!(shown.chars().count() <= text.chars().count());
            let narrow = |text: &str| text.replace("&lt;", "<").replace(['＜', '﹤'], "<");
            prop_assert_eq!(narrow(&quoted(&text)), narrow(&shown));
        }
    }
}
