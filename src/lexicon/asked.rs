//! A term with the forms it is looked up by, made once for all sources.

use std::borrow::Cow;

use super::form::{is_abbreviation, language_of};
use super::key::{key, singular_key, spellings, stem_key};
use crate::text::Language;

/// A term with the forms it is looked up by.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// As asked for.
    pub term: &'a str,
    /// By its script.
    pub language: Language,
    /// Whether it has the shape of an abbreviation.
    pub abbreviation: bool,
    /// Its key.
    pub key: String,
    /// Of an English term, the key in the singular; the key of a Chinese one.
    pub singular: String,
    /// Of an English term, the stems of its key.
    pub stem: Option<String>,
    /// Of an abbreviation, its key spelt otherwise: PD1 for PD-1.
    pub spellings: Vec<String>,
}

impl<'a> Asked<'a> {
    /// Makes the forms of a term.
    pub fn of(term: &'a str) -> Self {
        let language = language_of(term);
        let key = key(term, language);
        let (singular, stem) = match language {
            Language::Zh => (key.clone(), None),
            Language::En => {
                let singular = match singular_key(&key) {
                    Cow::Borrowed(same) => same.to_owned(),
                    Cow::Owned(singular) => singular,
                };
                (singular, Some(stem_key(&key)))
            }
        };
        let abbreviation = is_abbreviation(term);
        let spellings = if abbreviation { spellings(&key) } else { Vec::new() };
        Self {
            term,
            language,
            abbreviation,
            key,
            singular,
            stem,
            spellings,
        }
    }
}
