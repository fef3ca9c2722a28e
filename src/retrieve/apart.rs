//! Names that came apart in a query: `TNF -α`, `PD -L1` and `CD34 +细胞`, where a sign would be an operator, and `CD 34`,
//! `IL 6` and `TNF alpha`. Where the corpus knows the name whole, it is that name.

use std::borrow::Cow;

use crate::analysis::{Analyzer, Mode, is_greek_name, is_symbol};
use crate::index::{Engine, EngineError, Field};
use crate::text::{Language, Script, Span};

/// The most places of one query that are looked at, and how often: `CD 34 +` comes together twice.
const MOST_PLACES: usize = 8;
const MOST_ROUNDS: usize = 3;
/// Where a name is known.
const FIELDS: [Field; 3] = [
    Field::Words(Language::Zh),
    Field::Words(Language::En),
    Field::ReferenceWords,
];

/// The query with every name together that the corpus knows so.
///
/// # Errors
/// Only where the engine failed.
pub(super) fn with_names_whole<'query>(
    engine: &dyn Engine,
    analyzer: &Analyzer,
    query: &'query str,
) -> Result<Cow<'query, str>, EngineError> {
    let mut whole = Cow::Borrowed(query);
    for _ in 0..MOST_ROUNDS {
        let mut joined = false;
        // From the end, so that what was found before stays where it is.
        for apart in all_apart(&whole).into_iter().rev().take(MOST_PLACES) {
            if let Some(term) = one_term(analyzer, &apart.name)
                && is_known(engine, &term)?
            {
                whole.to_mut().replace_range(apart.blank.start..apart.blank.end, "");
                joined = true;
            }
        }
        if !joined {
            break;
        }
    }
    Ok(whole)
}

/// White space inside of what may be one name.
#[derive(Debug, PartialEq)]
struct Apart {
    /// The white space.
    blank: Span,
    /// The name without it.
    name: String,
}

/// Every place where a name may have come apart.
fn all_apart(query: &str) -> Vec<Apart> {
    let at_blank = |(at, _): (usize, char)| {
        let before = query.get(..at)?;
        let name = last_name(before);
        let behind = query.get(at..)?;
        let rest = behind.trim_start();
        let blank = Span::new(at, at + behind.len() - rest.len());
        let whole = if let Some(rest) = rest.strip_prefix('-') {
            let rest = first_name(rest);
            continues(name, rest).then(|| format!("{name}-{rest}"))
        } else if rest.starts_with('+') {
            // Whatever follows CD34+ is a word of its own.
            is_symbol(name).then(|| format!("{name}+"))
        } else {
            let rest = first_name(rest);
            ends(name, rest).then(|| format!("{name}{rest}"))
        };
        // Of several blanks the first stands for all.
        let first = !before.ends_with(char::is_whitespace);
        whole.filter(|_| first).map(|name| Apart { blank, name })
    };
    let blanks = query.char_indices().filter(|(_, letter)| letter.is_whitespace());
    blanks.filter_map(at_blank).collect()
}

/// Whether the second can be the end of a name before a blank: of a symbol a short number (`IL 6`, `HbA 1c`), of any a
/// Greek letter, spelt out or not.
fn ends(name: &str, rest: &str) -> bool {
    let numbered = rest.len() <= 3 && rest.starts_with(|first: char| first.is_ascii_digit());
    let greek = is_greek(rest) && rest.chars().count() == 1 || is_greek_name(&rest.to_lowercase());
    numbered && is_symbol(name) || greek && name.chars().any(char::is_alphabetic)
}

fn is_greek(text: &str) -> bool {
    text.chars()
        .next()
        .is_some_and(|first| Script::of(first) == Script::Greek)
}

/// Whether both can be halves of one name: `PD` and `L1`, `TNF` and `α`. A plain word behind a sign is one to exclude.
fn continues(name: &str, rest: &str) -> bool {
    if is_greek(rest) {
        return name.chars().any(char::is_alphabetic);
    }
    is_symbol(name) && (is_symbol(rest) || rest.chars().count() == 1)
}

/// The letters and digits, none of them Han, that a text ends with.
fn last_name(text: &str) -> &str {
    text.rsplit(|letter| !is_of_name(letter)).next().unwrap_or_default()
}

/// The letters and digits, none of them Han, that a text begins with.
fn first_name(text: &str) -> &str {
    text.split(|letter| !is_of_name(letter)).next().unwrap_or_default()
}

fn is_of_name(letter: char) -> bool {
    letter.is_alphanumeric() && Script::of(letter) != Script::Han
}

/// The indexed form of a name, where it is one term from end to end.
fn one_term(analyzer: &Analyzer, name: &str) -> Option<String> {
    let mut whole = None;
    analyzer.words(name, Mode::Query, |token| {
        if token.span == Span::new(0, name.len()) {
            whole = Some(token.term.to_owned());
        }
    });
    whole
}

fn is_known(engine: &dyn Engine, term: &str) -> Result<bool, EngineError> {
    for field in FIELDS {
        if engine.document_frequency(field, term)? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::all_apart;

    fn names(query: &str) -> Vec<String> {
        all_apart(query).into_iter().map(|apart| apart.name).collect()
    }

    #[test]
    fn what_stands_apart_may_be_one_name() {
        for (query, name) in [
            ("TNF -α 水平", "TNF-α"),
            ("tnf -α", "tnf-α"),
            ("PD -L1 表达", "PD-L1"),
            ("UC  -MSCs 移植", "UC-MSCs"),
            ("CD34 +细胞", "CD34+"),
            ("CD34 +cells", "CD34+"),
            ("IL 6 水平", "IL6"),
            ("HbA 1c", "HbA1c"),
            ("TNF α", "TNFα"),
            ("tnf Alpha", "tnfAlpha"),
        ] {
            assert_eq!(names(query), [name], "{query}");
        }
    }

    #[test]
    fn two_words_are_no_name() {
        for query in [
            "DFU -mouse",
            "CD34 -小鼠",
            "stem -cell",
            "干细胞 +溃疡",
            "-PD1",
            "UC-MSCs",
            "therapy -PD1",
            "type 2",
            "DFU 2020",
            "DFU ulcer",
        ] {
            assert_eq!(names(query), Vec::<String>::new(), "{query}");
        }
    }
}
