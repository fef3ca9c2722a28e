//! The flat facts of a hit, for front ends that can only carry names with plain values.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Number;

use super::ArticleHead;
use crate::document::{Fact, Scalar};

/// The most facts in one hit; front ends refuse more.
const MOST: usize = 16;

/// A plain value: text, number or true/false.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Plain {
    /// Text.
    Text(String),
    /// A number.
    Number(Number),
    /// Yes or no.
    Flag(bool),
}

impl Plain {
    /// A value of free metadata; none for a number JSON can't hold.
    pub(crate) fn from_scalar(scalar: Scalar) -> Option<Self> {
        match scalar {
            Scalar::Text(text) => Some(Self::Text(text)),
            // A year must not become 2024.0.
            Scalar::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
                Some(Self::Number(Number::from(number as i64)))
            }
            Scalar::Number(number) => Number::from_f64(number).map(Self::Number),
            Scalar::Flag(flag) => Some(Self::Flag(flag)),
        }
    }
}

/// The flat facts of a hit: never null, never nested, at most [`MOST`]. The article's own extra facts fill what room is
/// left. The address is the one that the API gives for the article.
pub(crate) fn flat(facts: Vec<Fact>, article: &ArticleHead) -> BTreeMap<String, Plain> {
    let url = ("url".to_owned(), Plain::Text(article.url.clone()));
    let mut flat: BTreeMap<String, Plain> = [url].into();
    for fact in facts {
        if flat.len() >= MOST {
            break;
        }
        if let (false, Some(plain)) = (flat.contains_key(&fact.name), Plain::from_scalar(fact.value)) {
            flat.insert(fact.name, plain);
        }
    }
    flat
}
