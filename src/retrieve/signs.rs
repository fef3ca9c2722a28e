//! Signs that came loose from a name: OCR and typesetting leave `TNF -α`, `PD -L1` and `CD34 +细胞`, and in a query a sign
//! before a word is an operator. Where the corpus knows the name whole, it is that name.

use std::borrow::Cow;

use crate::analysis::{Analyzer, Mode, is_symbol};
use crate::index::{Engine, EngineError, Field};
use crate::text::{Language, Script, Span};

/// The most signs of one query that are looked at.
const MOST_SIGNS: usize = 8;
/// Where a name is known.
const FIELDS: [Field; 3] = [
    Field::Words(Language::Zh),
    Field::Words(Language::En),
    Field::ReferenceWords,
];

/// The query with every sign back at its name that the corpus knows so.
///
/// # Errors
/// Only where the engine failed.
pub(super) fn with_names_whole<'query>(
    engine: &dyn Engine,
    analyzer: &Analyzer,
    query: &'query str,
) -> Result<Cow<'query, str>, EngineError> {
    let mut whole = Cow::Borrowed(query);
    // From the end, so that what was found before stays where it is.
    for loose in loose_signs(query).into_iter().rev().take(MOST_SIGNS) {
        if let Some(term) = one_term(analyzer, &loose.name)
            && is_known(engine, &term)?
        {
            whole.to_mut().replace_range(loose.blank.start..loose.blank.end, "");
        }
    }
    Ok(whole)
}

/// A sign that may belong to the name before it.
#[derive(Debug, PartialEq)]
struct Loose {
    /// The white space before the sign.
    blank: Span,
    /// The name that it would make.
    name: String,
}

/// Every sign that stands between a name and what may be the rest of it.
fn loose_signs(query: &str) -> Vec<Loose> {
    let loose = |(at, sign): (usize, &str)| {
        let before = query.get(..at)?;
        let kept = before.trim_end();
        let name = last_name(kept);
        let rest = first_name(query.get(at + sign.len()..)?);
        let joined = match sign {
            "-" if continues(name, rest) => format!("{name}-{rest}"),
            // Whatever follows CD34+ is a word of its own.
            "+" if is_symbol(name) => format!("{name}+"),
            _ => return None,
        };
        (kept.len() < at).then_some(Loose {
            blank: Span::new(kept.len(), at),
            name: joined,
        })
    };
    query.match_indices(['-', '+']).filter_map(loose).collect()
}

/// Whether both can be halves of one name: `PD` and `L1`, `TNF` and `α`. A plain word behind a sign is one to exclude.
fn continues(name: &str, rest: &str) -> bool {
    let greek = rest
        .chars()
        .next()
        .is_some_and(|first| Script::of(first) == Script::Greek);
    if greek {
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
    use super::loose_signs;

    fn names(query: &str) -> Vec<String> {
        loose_signs(query).into_iter().map(|loose| loose.name).collect()
    }

    #[test]
    fn a_sign_between_two_halves_of_a_name_may_be_loose() {
        for (query, name) in [
            ("TNF -α 水平", "TNF-α"),
            ("tnf -α", "tnf-α"),
            ("PD -L1 表达", "PD-L1"),
            ("UC -MSCs 移植", "UC-MSCs"),
            ("CD34 +细胞", "CD34+"),
            ("CD34 +cells", "CD34+"),
        ] {
            assert_eq!(names(query), [name], "{query}");
        }
    }

    #[test]
    fn a_sign_before_a_word_is_none() {
        for query in [
            "DFU -mouse",
            "CD34 -小鼠",
            "stem -cell",
            "干细胞 +溃疡",
            "-PD1",
            "UC-MSCs",
            "IL - 6",
            "therapy -PD1",
        ] {
            assert_eq!(names(query), Vec::<String>::new(), "{query}");
        }
    }
}
