//! A key that is never shown: not in logs, not in debugging output, not by `wenyuan config`.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

/// What is written in a key's place.
const REDACTED: &str = "<redacted>";

/// A key that is never shown.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Keeps a key.
    pub fn new(key: impl Into<String>) -> Self {
        Self(key.into())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it is what is written in a key's place, copied from there.
    pub(super) fn is_placeholder(&self) -> bool {
        self.0 == REDACTED
    }

    /// Whether it can be sent in a header.
    pub(super) fn can_be_sent(&self) -> bool {
        self.0.chars().all(|letter| letter.is_ascii_graphic())
    }

    /// The key itself, for the header it is sent in.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    fn shown(&self) -> &'static str {
        if self.is_empty() { "" } else { REDACTED }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:?}", self.shown())
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.shown())
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn a_key_is_shown_nowhere() {
        let key = Secret::new("sk-canary");
        assert_eq!(format!("{key:?}"), "\"<redacted>\"");
        assert_eq!(
            serde_json::to_string(&[&key, &Secret::default()]).unwrap(),
            "[\"<redacted>\",\"\"]"
        );
        assert_eq!(serde_json::from_str::<Secret>("\"sk-canary\"").unwrap(), key);
    }
}
