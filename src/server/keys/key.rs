//! One key: 256 random bits that only its holder has, and what the server keeps of them.

use std::fmt::Write;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest as _, Sha256};
use subtle::{Choice, ConstantTimeEq};

/// What every key begins with, so that it is known for one wherever it turns up.
const PREFIX: &str = "wy_";

/// What a key lets its holder do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Search and read.
    Search,
    /// Read the figures of the server.
    Admin,
}

impl Scope {
    /// Its name in the file and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Search => "search",
            Self::Admin => "admin",
        }
    }
}

/// A key as the server keeps it. The key itself can't be had from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// Names it in logs and on the command line.
    pub id: String,
    /// What it is for, in the operator's words.
    pub name: String,
    /// What it lets its holder do.
    pub scopes: Vec<Scope>,
    /// What the key is recognised by.
    pub sha256: Digest,
    /// Requests a minute, in place of what `[server]` says; 0 does not limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requests_per_minute: Option<u32>,
    /// The largest request body in bytes, in place of what `[server]` says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_body_bytes: Option<usize>,
}

/// The SHA-256 of a key. A slow salted hash protects secrets that can be guessed; 256 random bits can't be, and a slow hash
/// would be paid with every request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digest([u8; 32]);

impl Key {
    /// A new key, and the key itself, which is nowhere kept.
    ///
    /// # Errors
    /// Where the system has no random bits to give.
    pub fn create(name: &str, scopes: Vec<Scope>) -> Result<(Self, String), getrandom::Error> {
        let mut bits = [0; 32];
        getrandom::fill(&mut bits)?;
        let secret = format!("{PREFIX}{}", hex(&bits));
        let sha256 = Digest::of(&secret);
        let key = Self {
            id: hex(sha256.0.get(..4).unwrap_or_default()),
            name: name.to_owned(),
            scopes,
            sha256,
            requests_per_minute: None,
            max_body_bytes: None,
        };
        Ok((key, secret))
    }
}

impl Digest {
    /// Of what a caller showed.
    pub(super) fn of(shown: &str) -> Self {
        Self(Sha256::digest(shown.as_bytes()).into())
    }

    /// Whether two are the same, in a time that does not depend on where they differ.
    pub(super) fn matches(&self, other: &Self) -> Choice {
        self.0.ct_eq(&other.0)
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex(&self.0))
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
        let bytes: Option<Vec<u8>> = digits.map(|digits| {
            let pairs = digits.chunks(2);
            pairs
                .map(|pair| pair.iter().fold(0, |byte, digit| byte * 16 + digit) as u8)
                .collect()
        });
        bytes
            .filter(|_| text.len() == 64)
            .and_then(|bytes| bytes.try_into().ok())
            .map(Self)
            .ok_or_else(|| de::Error::custom("a SHA-256 has 64 hexadecimal digits"))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_the_one_that_others_compute() {
        // printf abc | sha256sum
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hex(&Digest::of("abc").0), known);
        let read: Digest = serde_json::from_value(known.into()).unwrap();
        assert_eq!(read, Digest::of("abc"));
        for wrong in [&known[1..], "zz", ""] {
            assert!(serde_json::from_value::<Digest>(wrong.into()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn keys_are_long_and_never_the_same() {
        let (one, secret) = Key::create("one", vec![Scope::Search]).unwrap();
        let (_, other) = Key::create("one", vec![Scope::Search]).unwrap();
        assert_ne!(secret, other);
        assert_eq!(secret.len(), 3 + 64);
        assert!(bool::from(one.sha256.matches(&Digest::of(&secret))));
        assert!(!bool::from(one.sha256.matches(&Digest::of(&other))));
        assert!(!toml::to_string(&one).unwrap().contains(&secret));
    }
}
