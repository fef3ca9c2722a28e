//! Identifiers that outlive rebuilds.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use xxhash_rust::xxh3::xxh3_128;

/// The longest identifier, in bytes.
const LONGEST: usize = 96;

/// Lower-case base 32 (RFC 4648 alphabet).
const BASE32: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// A string that can't be an identifier.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("not an identifier: {0:?} (1 to {LONGEST} letters, digits, '-', '_', '.', ':' or '~', beginning with a letter or digit)")]
pub struct InvalidId(pub String);

/// Names an article: the same for as long as its DOI, article number or file name stays.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(String);

impl ArticleId {
    /// Takes an identifier as it stands.
    pub fn parse(raw: &str) -> Result<Self, InvalidId> {
        if is_identifier(raw) { Ok(Self(raw.to_owned())) } else { Err(InvalidId(raw.to_owned())) }
    }

    /// Makes an identifier from an article's key: its DOI, else its article number, else its file name.
    ///
    /// A key that already is an identifier stays as it is. Any other is written in lower case with a hyphen for
    /// every run of other characters, and where letters beyond ASCII were lost, or the key was too long, a digest of
    /// the whole key is appended so that two keys never meet in one identifier by that loss.
    pub fn from_key(key: &str) -> Self {
        if is_identifier(key) {
            return Self(key.to_owned());
        }
        let mut slug = String::with_capacity(key.len());
        let mut lost = false;
        for character in key.chars() {
            if character.is_ascii_alphanumeric() {
                slug.push(character.to_ascii_lowercase());
            } else {
                lost |= !character.is_ascii();
                if !slug.ends_with('-') && !slug.is_empty() {
                    slug.push('-');
                }
            }
        }
        slug.truncate(LONGEST - 11);
        lost |= key.len() > LONGEST - 11;
        let mut slug = slug.trim_end_matches('-').to_owned();
        if slug.is_empty() || lost {
            if !slug.is_empty() {
                slug.push('-');
            }
            slug.push_str(&digest(key.as_bytes(), 10));
        }
        Self(slug)
    }

    /// The same identifier told apart from another article's by a digest of `discriminator` (a file name).
    pub fn disambiguated(&self, discriminator: &str) -> Self {
        let mut base = self.0.clone();
        base.truncate(LONGEST - 11);
        Self(format!("{base}-{}", digest(discriminator.as_bytes(), 10)))
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Names a passage: a digest of its article, its words and which occurrence of those words it is.
///
/// It does not depend on the engine, on the order of indexing or on the passages around it. 20 characters, 100 bits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PassageId(String);

impl PassageId {
    /// Makes the identifier of the `occurrence`-th passage (from 0) of `article` with this text.
    ///
    /// White space does not count, so a line break mended differently gives the same identifier.
    pub fn new(article: &ArticleId, text: &str, occurrence: u32) -> Self {
        let mut key = String::with_capacity(text.len() + 64);
        key.push_str(article.as_str());
        key.push('\n');
        key.extend(text.chars().filter(|character| !character.is_whitespace()));
        key.push('\n');
        key.push_str(&occurrence.to_string());
        Self(digest(key.as_bytes(), 20))
    }

    /// Takes an identifier as it stands.
    pub fn parse(raw: &str) -> Result<Self, InvalidId> {
        if is_identifier(raw) { Ok(Self(raw.to_owned())) } else { Err(InvalidId(raw.to_owned())) }
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PassageId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn is_identifier(raw: &str) -> bool {
    raw.len() <= LONGEST
        && raw.starts_with(|first: char| first.is_ascii_alphanumeric())
        && raw.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:~".contains(&byte))
}

/// The first `characters` (at most 25) base-32 characters of the XXH3-128 digest of `bytes`.
fn digest(bytes: &[u8], characters: usize) -> String {
    let mut rest = xxh3_128(bytes);
    (0..characters)
        .map(|_| {
            let digit = (rest >> 123) as usize;
            rest <<= 5;
            char::from(BASE32[digit])
        })
        .collect()
}
