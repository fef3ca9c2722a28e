//! Reads what a person types: words, "phrases", -excluded, +required, and AND, OR, NOT with brackets.
//!
//! A plain query never fails: what is not well-formed as an operator is read as text. Nesting is bounded, so no input
//! can exhaust the stack.

use super::{Clause, Query, Role};

/// Brackets nested deeper than this are read as text.
const DEEPEST: usize = 16;
/// Text of several clauses that is longer than this, in characters, is prose: nobody types operators into it.
const LONGEST_TERSE: usize = 30;

/// Reads a plain query.
///
/// `"…"` (or `“…”`) must occur as it stands; `-word` and `-"…"` must not occur; `+word` must occur; the rest are
/// words of which any may match. In prose (several clauses, pasted in) signs before words and quotes are a part of the
/// text: `HRD -阳性肿瘤`. With `AND`, `OR` or `NOT` in capitals the query is read as a boolean expression,
/// `NOT` binding closest and `OR` least, `(` `)` grouping; a run of words in it must match whole.
pub fn read_plain(text: &str) -> Query {
    let lexemes = lexemes(text, is_prose(text));
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

/// Whether a text is longer than what is typed into a search box and has a mark between two of its clauses, outside
/// quotes.
fn is_prose(text: &str) -> bool {
    if text.trim().chars().nth(LONGEST_TERSE).is_none() {
        return false;
    }
    let open = outside_quotes(text);
    let mut clauses = open
        .split(['，', '。', '；', '！', '？'])
        .filter(|clause| clause.contains(char::is_alphanumeric));
    clauses.nth(1).is_some() || ends_a_sentence_inside(&open)
}

/// A text with a letter in place of everything quoted.
fn outside_quotes(text: &str) -> String {
    let mut open = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['"', '“', '”']) {
        open.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
        let (stands, length) = match quoted(rest) {
            Some((_, length)) => ("x", length),
            None => ("", rest.chars().next().map_or(1, char::len_utf8)),
        };
        open.push_str(stands);
        rest = rest.get(length..).unwrap_or_default();
    }
    open.push_str(rest);
    open
}

/// Whether a sentence of Latin letters ends in a text and another word follows.
fn ends_a_sentence_inside(text: &str) -> bool {
    text.match_indices(['.', ';', '!', '?']).any(|(at, _)| {
        let after = text.get(at + 1..).unwrap_or_default();
        after.starts_with(char::is_whitespace) && after.trim_start().starts_with(char::is_alphabetic)
    })
}

/// The pieces of a query. In prose there are no operators but words in capitals and what excludes a quoted phrase.
fn lexemes(text: &str, prose: bool) -> Vec<Lexeme<'_>> {
    let mut lexemes = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (lexeme, length) = match first {
            '(' | '（' => (Lexeme::Open, first.len_utf8()),
            ')' | '）' => (Lexeme::Close, first.len_utf8()),
            '"' | '“' | '”' => match quoted(rest) {
                Some((phrase, length)) if !prose => (Lexeme::Phrase(phrase), length),
                _ => (Lexeme::Word(""), first.len_utf8()),
            },
            '-' | '+' => prefixed(first, rest, prose),
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

/// A sign before a word: an operator only where a letter follows at once, and not in prose; a minus before a quoted
/// phrase is always one.
fn prefixed(sign: char, rest: &str, prose: bool) -> (Lexeme<'_>, usize) {
    let after = rest.get(1..).unwrap_or_default();
    if sign == '-'
        && after.starts_with(['"', '“'])
        && let Some((phrase, length)) = quoted(after)
    {
        return (Lexeme::ExcludedPhrase(phrase), length + 1);
    }
    if prose || !after.starts_with(|next: char| next.is_alphabetic()) {
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
    fn quotes_in_prose_are_a_part_of_it_and_quoted_prose_is_a_phrase() {
        let prose = "严重急性呼吸综合征，又称“非典型肺炎”，由一种冠状病毒引起，病死率约为一成";
        assert_eq!(read_plain(prose), words(prose));
        let phrase_of_clauses = "伤口愈合分为止血、炎症、增殖和重塑四期，各期互相重叠，由多种因子调节";
        assert_eq!(
            read_plain(&format!("“{phrase_of_clauses}”")),
            Query::Boolean(vec![Clause::new(Role::Must, phrase(phrase_of_clauses))])
        );
        let question = "什么是 \"diabetic foot ulcer\" 的 \"negative pressure wound therapy\"?";
        assert!(matches!(read_plain(question), Query::Boolean(_)));
    }

    #[test]
    fn a_sign_in_prose_is_a_part_of_it() {
        let loose = "携带 HRD -阳性肿瘤的患者，其 CD4 +细胞计数高于其他患者，并且更年轻";
        assert_eq!(read_plain(loose), words(loose));
        let loose = "Patients had an HRD -positive tumour. Counts of CD4 +cells were low.";
        assert_eq!(read_plain(loose), words(loose));
        // One sentence, or a short list: signs are what they are in a search box.
        for typed in [
            "伤口愈合，溃疡 -小鼠",
            "which stem cells heal chronic wounds of the foot? -mouse",
        ] {
            assert!(matches!(read_plain(typed), Query::Boolean(_)), "{typed}");
        }
        let quoted = "携带 HRD 阳性肿瘤的患者，其 CD4 细胞计数高于其他患者 -\"小鼠\"，并且更年轻";
        assert!(matches!(read_plain(quoted), Query::Boolean(_)));
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
