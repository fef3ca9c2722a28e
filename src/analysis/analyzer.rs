//! The analyzer: texts into the terms they are found by.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::forms::{Buffers, Ending, Forms, Wanted, of_word};
use super::latin::LatinRun;
use super::numbered::{self, Reader};
use super::runs::{Class, Run, char_at, next_run};
use super::segmenter::Segmenter;
use super::terms::{TermList, TermListError};
use crate::text::{Folded, Span};

/// Raised whenever the terms of some text change: an index made with another version is made again.
pub const ANALYZER_VERSION: u32 = 3;

/// The `[analysis]` part of the configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Terms of the user dictionary, recognised as wholes beside the segmentation.
    pub terms: Vec<String>,
}

/// Whether a text is to be found or to be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// A passage: every form it can be found by.
    Index,
    /// A query: the forms it means.
    Query,
}

/// A term of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'t> {
    /// The form that is indexed.
    pub term: &'t str,
    /// Where it stands in the original text, in bytes.
    pub span: Span,
    /// Its place among the terms of the text.
    pub position: u32,
}

/// The analyzer of both languages, for passages and queries. Cheap to clone; clones share the dictionary.
#[derive(Debug, Clone, Default)]
pub struct Analyzer {
    segmenter: Segmenter,
    terms: TermList,
}

thread_local! {
    static SCRATCH: RefCell<Box<Scratch>> = RefCell::default();
}

/// Buffers that a thread reuses from text to text.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// What is folded in `folded`.
    text: String,
    pub(super) folded: Folded,
    pub(super) run: LatinRun,
    pub(super) buffers: Buffers,
    pub(super) gram: String,
}

/// Buffers larger than this many bytes are given back after use.
const KEPT: usize = 1 << 20;

/// Lends the thread's buffers with `text` folded in them. A call from inside a sink gets buffers of its own.
///
/// A passage is read several times in a row, for its words, pairs and characters: it is folded once.
pub(super) fn with_folded<R>(text: &str, use_it: impl FnOnce(&mut Scratch) -> R) -> R {
    let mut scratch = SCRATCH.take();
    if scratch.text != text {
        scratch.text.clear();
        scratch.text.push_str(text);
        scratch.folded.assign(text);
    }
    let result = use_it(&mut scratch);
    if scratch.folded.text().len() <= KEPT {
        SCRATCH.set(scratch);
    }
    result
}

impl Analyzer {
    /// Makes an analyzer. jieba's dictionary is not loaded yet.
    ///
    /// # Errors
    /// Fails where the user dictionary is too large.
    pub fn new(settings: Settings) -> Result<Self, TermListError> {
        Ok(Self {
            segmenter: Segmenter::default(),
            terms: TermList::new(settings.terms)?,
        })
    }

    /// Loads jieba's full dictionary (about 0.1 s of CPU) unless it is loaded. Short texts do without it until then.
    pub fn preload(&self) {
        self.segmenter.preload();
    }

    /// The terms of the user dictionary.
    pub fn user_terms(&self) -> &TermList {
        &self.terms
    }

    /// Changes whenever the terms of some text may change: version, dictionary, user dictionary.
    pub fn fingerprint(&self) -> u64 {
        let mut hash = Xxh3::new();
        hash.update(&ANALYZER_VERSION.to_le_bytes());
        hash.update(super::segmenter::dictionary_bytes());
        for term in self.terms.terms() {
            hash.update(term.as_bytes());
            hash.update(&[0xFF]);
        }
        hash.digest()
    }

    /// The words of a text: jieba's in search mode for Han; for other letters and digits the stem of a plain word, and
    /// of a compound (`UC-MSCs`) the squeezed form (`ucmsc`) and its parts. A position is that of the first character
    /// of a Han word, or of the run of letters and digits.
    ///
    /// A kind, stage or grade with its number (`2型`, `type II`) is a word of its own, in Arabic digits.
    ///
    /// For a query, a symbol gives its squeezed form alone, a compound with plain words also these, and a kind with its
    /// number nothing but the whole.
    pub fn words(&self, text: &str, mode: Mode, mut sink: impl FnMut(Token<'_>)) {
        with_folded(text, |scratch| {
            let Scratch {
                folded, run, buffers, ..
            } = scratch;
            let dictionary = std::cell::OnceCell::new();
            let named = Reader {
                folded,
                original: text,
                all: mode == Mode::Index,
            };
            let mut position = 0u32;
            let mut at = 0;
            while let Some((kind, next)) = next_run(folded, text, at, run) {
                at = next;
                match kind {
                    Run::Gap { .. } => {}
                    Run::Word { start, end } => {
                        let mut token = |term: &str, span| {
                            let span = folded.original(span);
                            sink(Token { term, span, position });
                        };
                        let behind = named.in_run(Span::new(start, end), "", &mut token);
                        if let Some(end) = behind.filter(|_| mode == Mode::Query) {
                            at = end;
                        } else {
                            let span = Span::new(start, end);
                            of_word(span.of(folded.text()), Ending::Stem, &mut buffers.term);
                            token(&buffers.term, span);
                        }
                        position = position.saturating_add(1);
                    }
                    Run::Han { start, end } => {
                        let han = folded.text().get(start..end).unwrap_or_default();
                        let dictionary = dictionary.get_or_init(|| self.segmenter.dictionary(folded.text()));
                        let mut kinds = numbered::all_of_han(han);
                        dictionary.words(han, &mut |from, to, number| {
                            let position = position.saturating_add(u32::try_from(number).unwrap_or(u32::MAX));
                            let mut token = |term: &str, from, to| {
                                let span = folded.original(Span::new(start + from, start + to));
                                sink(Token { term, span, position });
                            };
                            let inside = |(kind, _): &&mut (Span, String)| kind.start <= from && to <= kind.end;
                            if let Some((kind, name)) = kinds.iter_mut().find(inside) {
                                // It is handed over with the first word inside it.
                                if !name.is_empty() {
                                    token(name, kind.start, kind.end);
                                    name.clear();
                                }
                                if mode == Mode::Query {
                                    return;
                                }
                            }
                            token(han.get(from..to).unwrap_or_default(), from, to);
                        });
                        position = position.saturating_add(u32::try_from(han.chars().count()).unwrap_or(u32::MAX));
                    }
                    Run::Latin => {
                        run.settle_sign(folded, text);
                        let mut token = |term: &str, span| {
                            let span = folded.original(span);
                            sink(Token { term, span, position });
                        };
                        let forms = Forms {
                            run,
                            folded,
                            original: text,
                            ending: Ending::Stem,
                        };
                        if mode == Mode::Index {
                            forms.each(Wanted::All, buffers, &mut token);
                            named.in_run(run.span(None), &buffers.term, &mut token);
                        } else if let Some(end) = named.in_run(run.span(None), "", &mut token) {
                            at = end;
                        } else {
                            forms.each(Wanted::Asked, buffers, &mut token);
                        }
                        position = position.saturating_add(1);
                    }
                }
            }
        });
    }

    /// The single Han characters of a text, folded. A position is the number of the character among them.
    pub fn chars(&self, text: &str, mut sink: impl FnMut(Token<'_>)) {
        with_folded(text, |scratch| {
            let folded = &scratch.folded;
            let mut at = 0;
            let mut position = 0u32;
            while let Some(character) = char_at(folded.text(), at) {
                let end = at + character.len_utf8();
                if Class::of(character) == Class::Han {
                    let term = folded.text().get(at..end).unwrap_or_default();
                    sink(Token {
                        term,
                        span: folded.original(Span::new(at, end)),
                        position,
                    });
                    position = position.saturating_add(1);
                }
                at = end;
            }
        });
    }

    /// Lends a text in folded form.
    pub fn folded<R>(&self, text: &str, use_it: impl FnOnce(&Folded) -> R) -> R {
        with_folded(text, |scratch| use_it(&scratch.folded))
    }

    /// The terms of a list that occur in a text, as wholes. A position is the number of the find.
    pub fn terms(&self, text: &str, list: &TermList, mut sink: impl FnMut(Token<'_>)) {
        with_folded(text, |scratch| {
            let folded = &scratch.folded;
            let mut position = 0u32;
            list.find(folded.text(), &mut |term, span| {
                sink(Token {
                    term,
                    span: folded.original(span),
                    position,
                });
                position = position.saturating_add(1);
            });
        });
    }
}
