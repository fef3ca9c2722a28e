//! Reads what a person types: words, "phrases", -excluded, +required, and AND, OR, NOT with brackets.
//!
//! A plain query never fails: what is not well-formed as an operator is read as text. Nesting is bounded, so no input
//! can exhaust the stack.

use super::{Clause, Query, Role};

/// Brackets nested deeper than this are read as text.
const DEEPEST: usize = 16;

/// Reads a plain query.
///
/// `"…"` (or `“…”`) must occur as it stands; `-word` and `-"…"` must not occur; `+word` must occur; the rest are
/// words of which any may match. With `AND`, `OR` or `NOT` in capitals the query is read as a boolean expression,
/// `NOT` binding closest and `OR` least, `(` `)` grouping; a run of words in it must match whole.
pub fn read_plain(text: &str) -> Query {
    let lexemes = lexemes(text);
    if lexemes
        .iter()
        .any(|lexeme| matches!(lexeme, Lexeme::And | Lexeme::Or | Lexeme::Not))
        && let Some(query) = (Expression {
            lexemes: &lexemes,
            next: 0,
        })
        .read()
    {
        return query;
    }
    read_words(text, &lexemes)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lexeme<'text> {
    Word(&'text str),
    Phrase(&'text str),
    Required(&'text str),
    Excluded(&'text str),
    ExcludedPhrase(&'text str),
    Open,
    Close,
    And,
    Or,
    Not,
}

fn lexemes(text: &str) -> Vec<Lexeme<'_>> {
    let mut lexemes = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (lexeme, length) = match first {
            '(' | '（' => (Lexeme::Open, first.len_utf8()),
            ')' | '）' => (Lexeme::Close, first.len_utf8()),
            '"' | '“' | '”' => match quoted(rest) {
                Some((phrase, length)) => (Lexeme::Phrase(phrase), length),
                None => (Lexeme::Word(""), first.len_utf8()),
            },
            '-' | '+' => prefixed(first, rest),
            _ => word(rest),
        };
        if lexeme != Lexeme::Word("") {
            lexemes.push(lexeme);
        }
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    lexemes
}

/// A quoted phrase at the start of `rest`, and the bytes it takes with its quotes. An unclosed or empty one is none.
fn quoted(rest: &str) -> Option<(&str, usize)> {
    let opening = rest.chars().next()?;
    let inside = rest.get(opening.len_utf8()..)?;
    let end = inside.find(['"', '”'])?;
    let closing = inside.get(end..)?.chars().next()?;
    let phrase = inside.get(..end)?.trim();
    (!phrase.is_empty()).then_some((phrase, opening.len_utf8() + end + closing.len_utf8()))
}

/// A sign before a word: an operator only where a letter, or a quoted phrase, follows it at once.
fn prefixed(sign: char, rest: &str) -> (Lexeme<'_>, usize) {
    let after = rest.get(1..).unwrap_or_default();
    if sign == '-'
        && after.starts_with(['"', '“'])
        && let Some((phrase, length)) = quoted(after)
    {
        return (Lexeme::ExcludedPhrase(phrase), length + 1);
    }
    if !after.starts_with(|next: char| next.is_alphabetic()) {
        return word(rest);
    }
    let (lexeme, length) = word(after);
    match lexeme {
        Lexeme::Word(text) if sign == '-' => (Lexeme::Excluded(text), length + 1),
        Lexeme::Word(text) => (Lexeme::Required(text), length + 1),
        other => (other, length + 1),
    }
}

/// Everything up to the next white space or quote. Brackets end a word unless they close inside it: `25(OH)D`.
fn word(rest: &str) -> (Lexeme<'_>, usize) {
    let mut open = 0usize;
    let mut end = rest.len();
    for (at, character) in rest.char_indices() {
        let stop = match character {
            '"' | '“' | '”' => true,
            '(' | '（' => {
                let closes = rest.get(at..).is_some_and(|tail| {
                    tail.split(char::is_whitespace)
                        .next()
                        .is_some_and(|word| word.contains([')', '）']))
                });
                open += usize::from(closes && at > 0);
                !closes || at == 0
            }
            ')' | '）' if open > 0 => {
                open -= 1;
                false
            }
            ')' | '）' => true,
            _ => character.is_whitespace(),
        };
        if stop && at > 0 {
            end = at;
            break;
        }
    }
    let text = rest.get(..end).unwrap_or_default();
    let lexeme = match text {
        "AND" => Lexeme::And,
        "OR" => Lexeme::Or,
        "NOT" => Lexeme::Not,
        _ => Lexeme::Word(text),
    };
    (lexeme, end.max(1))
}

/// Reads a query without operators: one run of words, with what is required or excluded beside it.
fn read_words(text: &str, lexemes: &[Lexeme<'_>]) -> Query {
    let mut words = Vec::new();
    let mut clauses = Vec::new();
    for lexeme in lexemes {
        match lexeme {
            Lexeme::Word(word) => words.push(*word),
            Lexeme::Required(word) => clauses.push(Clause::new(Role::Must, Query::AllWords((*word).to_owned()))),
            Lexeme::Phrase(phrase) => clauses.push(Clause::new(Role::Must, Query::Phrase((*phrase).to_owned()))),
            Lexeme::Excluded(word) => clauses.push(Clause::new(Role::MustNot, Query::AllWords((*word).to_owned()))),
            Lexeme::ExcludedPhrase(phrase) => {
                clauses.push(Clause::new(Role::MustNot, Query::Phrase((*phrase).to_owned())))
            }
            Lexeme::Open | Lexeme::Close | Lexeme::And | Lexeme::Or | Lexeme::Not => {}
        }
    }
    let wanted = !words.is_empty() || clauses.iter().any(|clause| clause.role == Role::Must);
    if clauses.is_empty() || !wanted {
        // Nothing but exclusions asks for nothing: it is read as text.
        return Query::Words(text.trim().to_owned());
    }
    if !words.is_empty() {
        clauses.insert(0, Clause::new(Role::Should, Query::Words(words.join(" "))));
    }
    Query::Boolean(clauses)
}

struct Expression<'text> {
    lexemes: &'text [Lexeme<'text>],
    next: usize,
}

impl<'text> Expression<'text> {
    fn read(mut self) -> Option<Query> {
        let query = self.any(0)?;
        (self.next == self.lexemes.len()).then_some(query)
    }

    fn any(&mut self, depth: usize) -> Option<Query> {
        let mut parts = vec![self.all(depth)?];
        while self.take(Lexeme::Or) {
            parts.push(self.all(depth)?);
        }
        Some(combine(Role::Should, parts))
    }

    fn all(&mut self, depth: usize) -> Option<Query> {
        let mut clauses = Vec::new();
        loop {
            let role = if self.take(Lexeme::Not) {
                Role::MustNot
            } else {
                Role::Must
            };
            clauses.push(Clause::new(role, self.operand(depth)?));
            // Two operands side by side, or one before NOT, are joined as by AND.
            let joined = self.take(Lexeme::And) || !matches!(self.peek(), None | Some(Lexeme::Or | Lexeme::Close));
            if !joined {
                break;
            }
        }
        if clauses.iter().all(|clause| clause.role == Role::MustNot) {
            return None;
        }
        match clauses.as_mut_slice() {
            [only] => Some(std::mem::replace(&mut only.query, Query::Boolean(Vec::new()))),
            _ => Some(Query::Boolean(clauses)),
        }
    }

    fn operand(&mut self, depth: usize) -> Option<Query> {
        if depth >= DEEPEST {
            return None;
        }
        let mut words = Vec::new();
        while let Some(Lexeme::Word(word) | Lexeme::Required(word) | Lexeme::Excluded(word)) = self.peek() {
            words.push(word);
            self.next += 1;
        }
        if !words.is_empty() {
            return Some(Query::AllWords(words.join(" ")));
        }
        match self.peek()? {
            Lexeme::Phrase(phrase) | Lexeme::ExcludedPhrase(phrase) => {
                self.next += 1;
                Some(Query::Phrase(phrase.to_owned()))
            }
            Lexeme::Open => {
                self.next += 1;
                let inside = self.any(depth + 1)?;
                self.take(Lexeme::Close).then_some(inside)
            }
            _ => None,
        }
    }

    fn peek(&self) -> Option<Lexeme<'text>> {
        self.lexemes.get(self.next).copied()
    }

    fn take(&mut self, wanted: Lexeme<'_>) -> bool {
        let found = self.peek() == Some(wanted);
        self.next += usize::from(found);
        found
    }
}

fn combine(role: Role, mut parts: Vec<Query>) -> Query {
    match parts.len() {
        1 => parts.remove(0),
        _ => Query::Boolean(parts.into_iter().map(|query| Clause::new(role, query)).collect()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert, proptest};

    use super::read_plain;
    use crate::query::{Clause, Query, Role};

    fn words(text: &str) -> Query {
        Query::Words(text.to_owned())
    }

    fn all(text: &str) -> Query {
        Query::AllWords(text.to_owned())
    }

    fn phrase(text: &str) -> Query {
        Query::Phrase(text.to_owned())
    }

    #[test]
    fn a_question_is_one_run_of_words() {
        let question = "为什么 CD34- 细胞 (如 EPCs) 重要?";
        assert_eq!(read_plain(question), words(question));
    }

    #[test]
    fn signs_inside_and_after_words_are_part_of_them() {
        for text in ["UC-MSCs", "CD34-", "CD34+ cells", "-80 ℃", "TNF - α", "25(OH)D"] {
            assert_eq!(read_plain(text), words(text), "{text}");
        }
    }

    #[test]
    fn phrases_and_exclusions_stand_beside_the_words() {
        assert_eq!(
            read_plain("治疗 \"stem cell\" -mouse"),
            Query::Boolean(vec![
                Clause::new(Role::Should, words("治疗")),
                Clause::new(Role::Must, phrase("stem cell")),
                Clause::new(Role::MustNot, all("mouse")),
            ])
        );
        assert_eq!(
            read_plain("“干细胞”"),
            Query::Boolean(vec![Clause::new(Role::Must, phrase("干细胞"))])
        );
    }

    #[test]
    fn operators_in_capitals_make_an_expression() {
        assert_eq!(
            read_plain("stem cell AND (DFU OR 溃疡) NOT mouse"),
            Query::Boolean(vec![
                Clause::new(Role::Must, all("stem cell")),
                Clause::new(
                    Role::Must,
                    Query::Boolean(vec![
                        Clause::new(Role::Should, all("DFU")),
                        Clause::new(Role::Should, all("溃疡"))
                    ])
                ),
                Clause::new(Role::MustNot, all("mouse")),
            ])
        );
    }

    #[test]
    fn what_is_no_expression_is_text() {
        for text in ["AND", "a AND", "NOT a", "(a OR b", "OR OR"] {
            assert!(!matches!(read_plain(text), Query::Boolean(_)), "{text}");
        }
        assert_eq!(read_plain("-mouse"), words("-mouse"));
        assert_eq!(read_plain("\"unclosed phrase"), words("\"unclosed phrase"));
    }

    #[test]
    fn deep_nesting_is_read_as_text() {
        let deep = format!("{}a OR b{}", "(".repeat(100_000), ")".repeat(100_000));
        assert!(matches!(read_plain(&deep), Query::Words(_)));
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,60}", glue in "[ ()\"“”+\\-]{0,20}") {
            let _ = read_plain(&text);
            let query = read_plain(&format!("{glue}{text}{glue}a OR NOT {text}"));
            prop_assert!(query.wanted_text().len() < 4096);
        }
    }
}
