//! The columns of the index as the cluster keeps them.
//!
//! Terms arrive analysed: tokens one a line, those at the same position joined, holes in the positions filled with a
//! token that is dropped again. The cluster only takes them apart.

use std::collections::HashMap;

use serde_json::{Map, Value, json};
use tantivy::schema::Field as Column;

use super::super::saturation::{K1, LESS, REFERENCE, SLOWER};
use super::super::schema::{Columns, measured_by};
use super::super::{Field, Kind};
use super::settings::Cluster;

/// Between tokens that follow one another.
pub const NEXT: char = '\n';
/// Between tokens at the same position.
pub const BESIDE: char = '\u{1}';
/// Holds a position where there is no token.
pub const HOLE: char = '\u{2}';
/// Makes a text as long as its words are, where it has fewer tokens.
pub const PAD: char = '\u{3}';

/// The longest token that is kept, in bytes; Lucene takes none above 32,766.
pub const LONGEST_TOKEN: usize = 30_000;

/// How the tokens of a column are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// As they are: their number is the length of the text, or no length matters.
    Plain,
    /// Without positions, and so that the length is that of the words.
    Measured,
    /// With their positions.
    Placed,
}

/// A column of terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Its name in the cluster.
    pub name: String,
    /// How its tokens are sent.
    pub shape: Shape,
    /// Whether its length counts in scores.
    pub by_length: bool,
    /// Whether its number of tokens is the length of the document.
    pub measures: bool,
}

/// The columns of terms.
#[derive(Debug, Clone)]
pub struct Layout {
    texts: HashMap<Column, Text>,
}

impl Layout {
    /// The columns of the index.
    pub fn new(columns: &Columns) -> Self {
        let mut texts = HashMap::new();
        for kind in [Kind::Passage, Kind::Reference] {
            for field in Field::ALL {
                if let Some(column) = columns.text(field, kind) {
                    texts.insert(column, text(columns.schema.get_field_name(column), field));
                }
            }
        }
        Self { texts }
    }

    /// The column of terms that a column of the embedded index is.
    pub fn text(&self, column: Column) -> Option<&Text> {
        self.texts.get(&column)
    }

    /// What an index is made with.
    pub fn settings(&self, cluster: &Cluster) -> Value {
        // Written out as Painless has it: only double arithmetic, and the number of occurrences and words of a document.
        let by_length = format!(
            "double l = Math.max(4.0, (double) doc.length) / {REFERENCE}.0; \
             return query.boost * Math.pow(l, -{LESS}) * doc.freq / (doc.freq + {K1} * Math.pow(l, {SLOWER}));"
        );
        let flat = format!("return query.boost * doc.freq / (doc.freq + {K1});");
        let scripted = |source: String| json!({"type": "scripted", "script": {"source": source}});
        json!({
            "number_of_shards": cluster.shards,
            "number_of_replicas": cluster.replicas,
            "refresh_interval": "-1",
            "max_result_window": 100_000,
            "similarity": {"by_length": scripted(by_length), "flat": scripted(flat)},
            "analysis": {
                "tokenizer": {"lines": {
                    "type": "char_group", "tokenize_on_chars": [NEXT.to_string()], "max_token_length": LONGEST_TOKEN + 1000,
                }},
                "filter": {
                    "beside": {"type": "pattern_capture", "preserve_original": false, "patterns": [format!("([^{BESIDE}]+)")]},
                    "holes": {"type": "stop", "stopwords": [HOLE.to_string()]},
                },
                "analyzer": {
                    "plain": {"type": "custom", "tokenizer": "lines"},
                    "placed": {"type": "custom", "tokenizer": "lines", "filter": ["beside", "holes"]},
                },
            },
        })
    }

    /// The mapping of an index, with what it says of itself.
    pub fn mapping(&self, about: &Value) -> Value {
        let mut properties = Map::new();
        for text in self.texts.values() {
            properties.insert(
                text.name.clone(),
                json!({
                    "type": "text",
                    "analyzer": if text.shape == Shape::Plain { "plain" } else { "placed" },
                    "similarity": if text.by_length { "by_length" } else { "flat" },
                    "norms": text.by_length,
                    "index_options": if text.shape == Shape::Placed { "positions" } else { "freqs" },
                }),
            );
        }
        let keyword = |columnar: bool| json!({"type": "keyword", "doc_values": columnar, "norms": false});
        let number = |indexed: bool| json!({"type": "long", "index": indexed});
        for (name, column) in [
            ("kind", keyword(false)),
            ("article", keyword(true)),
            ("section", keyword(false)),
            ("role", keyword(true)),
            ("year", number(true)),
            ("ordinal", number(false)),
            ("owner", number(true)),
            ("content", number(false)),
            ("source", number(false)),
            ("parts", number(false)),
            ("key", number(true)),
            ("forward", json!({"type": "binary", "doc_values": true})),
            ("record", json!({"type": "binary", "store": true})),
        ] {
            properties.insert(name.to_owned(), column);
        }
        json!({
            "dynamic": "strict",
            "_source": {"enabled": false},
            "_routing": {"required": true},
            "_meta": {"wenyuan": about},
            "properties": properties,
        })
    }
}

fn text(name: &str, field: Field) -> Text {
    let measure = measured_by(field);
    let shape = if field.has_positions() {
        Shape::Placed
    } else if measure.is_some() && measure != Some(field) {
        Shape::Measured
    } else {
        Shape::Plain
    };
    Text {
        name: column_name(name),
        shape,
        by_length: measure.is_some(),
        measures: measure == Some(field),
    }
}

/// The name of a column in the cluster, where a point would make it a part of another.
pub fn column_name(name: &str) -> String {
    name.replace('.', "_")
}
