//! Character pairs with positions, for phrases and for what no dictionary knows.

use super::analyzer::{Analyzer, Mode, Scratch, Token, with_folded};
use super::forms::{Ending, Forms, Wanted};
use super::numbered::{self, Reader};
use super::runs::{Class, Run, char_at, next_run};
use super::stem::singular;
use crate::text::{Folded, Span};

/// Positions that punctuation leaves free.
const MARK_GAP: u32 = 1;
/// Positions that the end of a sentence leaves free.
const SENTENCE_GAP: u32 = 8;

impl Analyzer {
    /// The Han character pairs and the other words of a text, with positions.
    ///
    /// Each Han character takes a position; the pair has that of its first character, and a lone Han character is a term
    /// of its own. A run of letters and digits takes one position with its squeezed form (plural s dropped, not stemmed),
    /// and in [`Mode::Index`] its parts at the same position. Punctuation leaves a position free, the end of a sentence
    /// eight. A kind, stage or grade with its number (`2型`, `type II`) is a term of its own, in Arabic digits; for a query
    /// it stands in place of its parts. One white-space character between two Han characters is passed over, so that a
    /// phrase survives the spaces and line breaks that OCR leaves inside words.
    pub fn grams(&self, text: &str, mode: Mode, mut sink: impl FnMut(Token<'_>)) {
        with_folded(text, |scratch| {
            let wanted = if mode == Mode::Index { Grams::All } else { Grams::Asked };
            walk(text, scratch, (wanted, &|_| true), &mut |gram| sink(gram.token));
        });
    }

    /// The grams of a passage that `keep` takes, as [`Analyzer::grams`] gives them. Most of the work for a term is in
    /// the way back to the original text, and is done for those kept only.
    pub fn grams_kept(&self, text: &str, keep: impl Fn(&str) -> bool, mut sink: impl FnMut(Token<'_>)) {
        with_folded(text, |scratch| {
            walk(text, scratch, (Grams::All, &keep), &mut |gram| sink(gram.token));
        });
    }

    /// The fewest terms of the grams field that pin a phrase down, with their positions relative to the first: every
    /// second pair of a Han run and its last. A lone Han character is left out unless it is all there is, because the
    /// field has it only where it stands alone.
    pub fn phrase(&self, text: &str) -> Vec<(usize, String)> {
        let mut terms: Vec<(usize, String)> = Vec::new();
        let mut lone = None;
        with_folded(text, |scratch| {
            walk(text, scratch, (Grams::Placed, &|_| true), &mut |gram| {
                let term = (gram.token.position as usize, gram.token.term);
                match gram.place {
                    Place::Pair { number, last } if number % 2 == 0 || last => terms.push((term.0, term.1.to_owned())),
                    Place::Pair { .. } => {}
                    Place::Lone => lone = lone.take().or_else(|| Some((term.0, term.1.to_owned()))),
                    Place::Latin => terms.push((term.0, term.1.to_owned())),
                }
            });
        });
        if terms.is_empty() {
            terms.extend(lone);
        }
        let first = terms.first().map_or(0, |(position, _)| *position);
        for (position, _) in &mut terms {
            *position = position.saturating_sub(first);
        }
        terms
    }
}

/// Which grams are wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Grams {
    /// All that a passage is found by.
    All,
    /// Those that a query means.
    Asked,
    /// One for each place: the canonical forms.
    Placed,
}

struct Gram<'t> {
    token: Token<'t>,
    place: Place,
}

#[derive(Clone, Copy)]
enum Place {
    /// The pair with this number in its run of Han characters.
    Pair { number: usize, last: bool },
    /// A Han character without Han neighbours.
    Lone,
    /// Letters and digits.
    Latin,
}

fn walk(
    text: &str,
    scratch: &mut Scratch,
    (wanted, keep): (Grams, &dyn Fn(&str) -> bool),
    sink: &mut dyn FnMut(Gram<'_>),
) {
    let Scratch {
        folded,
        run,
        buffers,
        gram,
        ..
    } = scratch;
    let named = Reader {
        folded,
        original: text,
        all: wanted == Grams::All,
    };
    let mut position = 0u32;
    let mut at = 0;
    while let Some((kind, next)) = next_run(folded, text, at, run) {
        at = next;
        match kind {
            Run::Gap { start, end } => {
                // The first gap has nothing before it to keep apart.
                if start > 0 {
                    position = position.saturating_add(gap(folded.text().get(start..end).unwrap_or_default()));
                }
            }
            Run::Han { start, end } => {
                let mut characters = HanRun {
                    text: folded.text(),
                    at: start,
                    until: end,
                };
                let mut before = characters.next();
                let mut number = 0;
                while let Some((from, mid)) = before {
                    let following = characters.next();
                    if following.is_none() && number > 0 {
                        break;
                    }
                    let end = following.map_or(mid, |(_, end)| end);
                    let place = match following {
                        None => Place::Lone,
                        Some(_) => Place::Pair {
                            number,
                            last: characters.peek().is_none(),
                        },
                    };
                    let mut take = |term: &str| {
                        let offset = u32::try_from(number).unwrap_or(u32::MAX);
                        let token = Token {
                            term,
                            span: folded.original(Span::new(from, end)),
                            position: position.saturating_add(offset),
                        };
                        sink(Gram { token, place });
                    };
                    let kind = (wanted != Grams::Placed).then(|| numbered::of_han(folded.text(), from));
                    let kind = kind.flatten().filter(|(_, over)| *over == end);
                    if let Some((name, _)) = kind.as_ref().filter(|(name, _)| keep(name)) {
                        take(name);
                    }
                    let adjacent = following.is_none_or(|(second, _)| second == mid);
                    let term = if adjacent {
                        folded.text().get(from..end).unwrap_or_default()
                    } else {
                        let second = following.map_or(end, |(second, _)| second);
                        gram.clear();
                        gram.push_str(folded.text().get(from..mid).unwrap_or_default());
                        gram.push_str(folded.text().get(second..end).unwrap_or_default());
                        gram.as_str()
                    };
                    let replaced = kind.is_some() && wanted == Grams::Asked;
                    if !replaced && keep(term) {
                        take(term);
                    }
                    number += 1;
                    before = following;
                }
                at = characters.at;
                position = position
                    .saturating_add(u32::try_from(number).unwrap_or(u32::MAX))
                    .saturating_add(1);
                if number == 1 && before.is_none() {
                    position = position.saturating_sub(1);
                }
            }
            Run::Word { start, end } => {
                let span = Span::new(start, end);
                let mut take = |term: &str, span| latin(folded, (term, span, position), keep, sink);
                let behind = if wanted == Grams::Placed {
                    None
                } else {
                    named.in_run(Span::new(start, end), "", &mut take)
                };
                if let Some(end) = behind.filter(|_| wanted == Grams::Asked) {
                    at = end;
                } else {
                    take(singular(span.of(folded.text())), span);
                }
                position = position.saturating_add(1);
            }
            Run::Latin => {
                run.settle_sign(folded, text);
                let forms = Forms {
                    run,
                    folded,
                    original: text,
                    ending: Ending::Singular,
                };
                let mut take = |term: &str, span| latin(folded, (term, span, position), keep, sink);
                let whole = run.span(None);
                match wanted {
                    Grams::All => {
                        forms.each(Wanted::All, buffers, &mut take);
                        named.in_run(whole, &buffers.term, &mut take);
                    }
                    Grams::Asked => match named.in_run(whole, "", &mut take) {
                        Some(end) => at = end,
                        None => forms.each(Wanted::Canonical, buffers, &mut take),
                    },
                    Grams::Placed => forms.each(Wanted::Canonical, buffers, &mut take),
                }
                position = position.saturating_add(1);
            }
        }
    }
}

/// Hands over a term of letters and digits.
fn latin(
    folded: &Folded,
    (term, span, position): (&str, Span, u32),
    keep: &dyn Fn(&str) -> bool,
    sink: &mut dyn FnMut(Gram<'_>),
) {
    if keep(term) {
        let span = folded.original(span);
        let token = Token { term, span, position };
        sink(Gram {
            token,
            place: Place::Latin,
        });
    }
}

/// The characters of a Han run, single white space between them passed over.
struct HanRun<'t> {
    text: &'t str,
    at: usize,
    /// Up to here all are known to be Han characters.
    until: usize,
}

impl HanRun<'_> {
    fn peek(&self) -> Option<(usize, usize)> {
        let mut start = self.at;
        if start < self.until {
            let length = char_at(self.text, start)?.len_utf8();
            return Some((start, start + length));
        }
        let mut character = char_at(self.text, start)?;
        if Class::of(character) == Class::Space && start > 0 {
            start += character.len_utf8();
            character = char_at(self.text, start)?;
        }
        (Class::of(character) == Class::Han).then(|| (start, start + character.len_utf8()))
    }

    fn next(&mut self) -> Option<(usize, usize)> {
        let next = self.peek();
        self.at = next.map_or(self.at, |(_, end)| end);
        next
    }
}

/// How many positions a gap leaves free.
fn gap(gap: &str) -> u32 {
    let mut free = 0;
    let mut stop = false;
    for character in gap.chars() {
        let class = Class::of(character);
        if matches!(character, '。' | '!' | '?' | '｡') || (stop && class == Class::Space) {
            return SENTENCE_GAP;
        }
        stop = character == '.' || (stop && class == Class::Mark);
        if class == Class::Mark {
            free = MARK_GAP;
        }
    }
    free
}
