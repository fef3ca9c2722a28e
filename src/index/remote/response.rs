//! What the cluster answers, as far as it is read.

use std::collections::HashMap;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::Deserialize;
use serde_json::Value;

use super::super::EngineError;

/// Columns come without padding, stored parts with it.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The answer to a search.
#[derive(Debug, Deserialize)]
pub struct Searched {
    /// Whether it was cut short.
    #[serde(default)]
    pub timed_out: bool,
    /// How the shards did.
    #[serde(rename = "_shards")]
    pub shards: Shards,
    /// What was found.
    pub hits: Hits,
    /// What was counted.
    #[serde(default)]
    pub aggregations: Value,
}

/// How the shards did.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub struct Shards {
    /// All of them.
    #[serde(default)]
    pub total: u32,
    /// Those that answered.
    #[serde(default)]
    pub successful: u32,
    /// Those that did not.
    #[serde(default)]
    pub failed: u32,
}

/// What was found.
#[derive(Debug, Deserialize)]
pub struct Hits {
    /// How many there are.
    pub total: Option<Total>,
    /// The best.
    #[serde(default)]
    pub hits: Vec<Hit>,
}

/// How many there are.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Total {
    /// The number.
    pub value: u64,
}

/// A document found.
#[derive(Debug, Deserialize)]
pub struct Hit {
    /// Its identifier, where asked for.
    #[serde(rename = "_id", default)]
    pub id: String,
    /// Its score.
    #[serde(rename = "_score", default)]
    pub score: Option<f32>,
    /// The columns and stored parts asked for.
    #[serde(default)]
    pub fields: HashMap<String, Vec<Value>>,
    /// The scores of the named parts of the query, or their names alone.
    #[serde(default)]
    pub matched_queries: Value,
    /// What it was sorted by.
    #[serde(default)]
    pub sort: Vec<Value>,
}

/// Whether some shard did not answer, or not wholly.
pub fn partial(timed_out: bool, shards: Shards) -> bool {
    timed_out || shards.failed > 0 || shards.successful < shards.total
}

impl Searched {
    /// Whether some shard did not answer, or not wholly.
    pub fn partial(&self) -> bool {
        partial(self.timed_out, self.shards)
    }

    /// How many there are in all.
    pub fn total(&self) -> u64 {
        self.hits.total.map_or(0, |total| total.value)
    }
}

impl Hit {
    /// A binary part.
    pub fn binary(&self, name: &str) -> Result<Vec<u8>, EngineError> {
        let text = self.field(name).and_then(Value::as_str);
        text.and_then(|text| BASE64.decode(text).ok())
            .ok_or_else(|| EngineError::Record(format!("a document without its {name}")))
    }

    /// A number.
    pub fn number(&self, name: &str) -> Option<i64> {
        let value = self.field(name)?;
        value.as_i64().or_else(|| value.as_str()?.parse().ok())
    }

    /// A name.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.field(name)?.as_str()
    }

    fn field(&self, name: &str) -> Option<&Value> {
        self.fields.get(name)?.first()
    }

    /// The score of a named part of the query; nothing where it does not match, 0 where no score is given.
    pub fn named(&self, name: &str) -> Option<f32> {
        match &self.matched_queries {
            Value::Object(scores) => scores.get(name)?.as_f64().map(|score| score as f32),
            Value::Array(names) => names.iter().any(|known| known == name).then_some(0.0),
            _ => None,
        }
    }
}
