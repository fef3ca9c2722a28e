//! A document of the index as it is sent to the cluster: its columns, its terms one a line, and the terms once more with
//! their frequencies for our own scoring.

use std::collections::{BTreeMap, HashSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};
use tantivy::TantivyDocument;
use tantivy::schema::{Document, FieldType, OwnedValue, Schema};
use tantivy::tokenizer::TokenizerManager;

use super::super::IndexError;
use super::super::schema::{Columns, bare_name};
use super::address::{document_id, document_key, stored};
use super::forward::{Forward, term_digest};
use super::mapping::{BESIDE, HOLE, LONGEST_TOKEN, Layout, NEXT, PAD, Shape, Text};

/// A document as it is sent.
#[derive(Debug)]
pub struct Sent {
    /// Its identifier in the cluster.
    pub id: String,
    /// What its shard is chosen by: the identifier of its article.
    pub routing: String,
    /// Its JSON, in one line.
    pub body: String,
    /// The words and whole terms that completions and corrections are made of: column and term.
    pub words: Vec<(String, String)>,
    /// Whether it is the article itself, which is sent when all else of it is there.
    pub closes: bool,
}

/// Makes documents.
pub struct Encoder {
    columns: Columns,
    layout: Layout,
    tokenizers: TokenizerManager,
}

/// A token with its position.
type Placed = (usize, String);

impl Encoder {
    /// An encoder of the index's columns.
    pub fn new(columns: &Columns, layout: &Layout, tokenizers: TokenizerManager) -> Self {
        Self {
            columns: columns.clone(),
            layout: layout.clone(),
            tokenizers,
        }
    }

    /// The documents of one article; the article's own is the last.
    pub fn encode(&self, documents: &[TantivyDocument]) -> Result<Vec<Sent>, IndexError> {
        let parts = documents.len().saturating_sub(1) as u64;
        documents.iter().map(|document| self.one(document, parts)).collect()
    }

    fn one(&self, document: &TantivyDocument, parts: u64) -> Result<Sent, IndexError> {
        let schema: &Schema = &self.columns.schema;
        let mut body = Map::new();
        let mut texts: BTreeMap<String, (Text, Vec<Placed>)> = BTreeMap::new();
        let (mut article, mut name, mut kind, mut ordinal) = (String::new(), String::new(), String::new(), 0);
        for (column, value) in document.iter_fields_and_values() {
            match OwnedValue::from(value) {
                OwnedValue::Str(value) => match self.layout.text(column) {
                    Some(text) => {
                        let (_, tokens) = texts
                            .entry(text.name.clone())
                            .or_insert_with(|| (text.clone(), Vec::new()));
                        self.tokens(column, &value, tokens)?;
                    }
                    None => {
                        let column = schema.get_field_name(column);
                        match column {
                            "article" => bare_name(&value).clone_into(&mut article),
                            "kind" => kind.clone_from(&value),
                            "id" => {
                                name = value;
                                continue;
                            }
                            _ => {}
                        }
                        let value = if column == "article" { article.clone() } else { value };
                        add(&mut body, column, Value::String(value));
                    }
                },
                OwnedValue::U64(value) => {
                    let column = schema.get_field_name(column);
                    match column {
                        "ordinal" => ordinal = value,
                        "embedded" => continue,
                        _ => {}
                    }
                    add(&mut body, column, stored(value).into());
                }
                OwnedValue::Bytes(value) => {
                    add(&mut body, schema.get_field_name(column), STANDARD.encode(value).into());
                }
                _ => {}
            }
        }
        let closes = kind == "article";
        if name.is_empty() {
            name = format!("reference/{article}/{ordinal}");
        }
        if closes {
            body.insert("parts".to_owned(), parts.into());
        }
        let key = document_key(&name);
        body.insert("key".to_owned(), stored(key).into());
        let measure = texts.values().find(|(text, _)| text.measures);
        let words = measure.map_or(0, |(_, tokens)| tokens.len());
        let forward = forward(&texts, words);
        let forward = Forward {
            key,
            article: article.clone(),
            ordinal,
            ..forward
        };
        body.insert("forward".to_owned(), STANDARD.encode(forward.encode()).into());
        let mut listed = Vec::new();
        for (name, (text, tokens)) in texts {
            let distinct: HashSet<&str> = tokens.iter().map(|(_, token)| token.as_str()).collect();
            let kept = distinct.into_iter().filter(|token| is_listed(&name, token));
            listed.extend(kept.map(|token| (name.clone(), token.to_owned())));
            body.insert(name, lines(&text, tokens, words).into());
        }
        Ok(Sent {
            id: document_id(&name),
            routing: article,
            body: Value::Object(body).to_string(),
            words: listed,
            closes,
        })
    }

    fn tokens(&self, column: tantivy::schema::Field, text: &str, tokens: &mut Vec<Placed>) -> Result<(), IndexError> {
        let entry = self.columns.schema.get_field_entry(column);
        let FieldType::Str(options) = entry.field_type() else {
            return Ok(());
        };
        let tokenizer = options
            .get_indexing_options()
            .map_or("raw", |options| options.tokenizer());
        let Some(mut tokenizer) = self.tokenizers.get(tokenizer) else {
            return Err(IndexError::Write(format!("there is no tokenizer {tokenizer}")));
        };
        // A value after another stands apart from it.
        let from = tokens.last().map_or(0, |(position, _)| position + 2);
        let mut stream = tokenizer.token_stream(text);
        while stream.advance() {
            let token = stream.token();
            if !token.text.is_empty() && token.text.len() <= LONGEST_TOKEN {
                tokens.push((from + token.position, token.text.clone()));
            }
        }
        Ok(())
    }
}

/// Whether a term is kept in the list of terms, for completions and corrections: whole terms, and plain Latin words as
/// they are printed.
fn is_listed(column: &str, term: &str) -> bool {
    let plain = || term.bytes().all(|byte| byte.is_ascii_lowercase());
    match column {
        "zh_terms" | "en_terms" => true,
        "zh_grams" | "en_grams" => plain(),
        _ => false,
    }
}

fn add(body: &mut Map<String, Value>, column: &str, value: Value) {
    match body.get_mut(column) {
        None => {
            body.insert(column.to_owned(), value);
        }
        Some(Value::Array(values)) => values.push(value),
        Some(known) => {
            let first = known.take();
            *known = Value::Array(vec![first, value]);
        }
    }
}

fn forward(texts: &BTreeMap<String, (Text, Vec<Placed>)>, words: usize) -> Forward {
    let mut frequencies: BTreeMap<u64, u32> = BTreeMap::new();
    let mut positions = 0;
    for (name, (text, tokens)) in texts {
        for (_, token) in tokens {
            *frequencies.entry(term_digest(name, token)).or_insert(0) += 1;
        }
        if text.shape == Shape::Placed {
            let mut places: Vec<usize> = tokens.iter().map(|(position, _)| *position).collect();
            places.sort_unstable();
            places.dedup();
            positions = places.len();
        }
    }
    Forward {
        words: u32::try_from(words).unwrap_or(u32::MAX),
        positions: u32::try_from(positions).unwrap_or(u32::MAX),
        terms: frequencies.into_iter().collect(),
        ..Forward::default()
    }
}

/// The tokens of a text as the cluster takes them apart again.
fn lines(text: &Text, tokens: Vec<Placed>, words: usize) -> String {
    match text.shape {
        Shape::Plain => joined(tokens.into_iter().map(|(_, token)| token)),
        Shape::Placed => placed(tokens),
        Shape::Measured => measured(&tokens, words),
    }
}

fn joined(tokens: impl Iterator<Item = String>) -> String {
    let mut out = String::new();
    for token in tokens {
        if !out.is_empty() {
            out.push(NEXT);
        }
        out.push_str(&token);
    }
    out
}

/// Tokens by their positions.
pub fn placed(mut tokens: Vec<Placed>) -> String {
    tokens.sort_by_key(|(position, _)| *position);
    let mut out = String::new();
    let mut last: Option<usize> = None;
    for (position, token) in tokens {
        match last {
            Some(last) if last == position => out.push(BESIDE),
            Some(last) => {
                out.push(NEXT);
                for _ in last + 1..position {
                    out.push(HOLE);
                    out.push(NEXT);
                }
            }
            None => {}
        }
        out.push_str(&token);
        last = Some(position);
    }
    out
}

/// As many positions as there are words: tokens beyond stand beside others, which Lucene does not count in a length, and
/// missing ones are made up. A term named twice at one position would be there once, so equal tokens stay apart.
fn measured(tokens: &[Placed], words: usize) -> String {
    let words = words.max(1);
    let mut places: Vec<Vec<&str>> = vec![Vec::new(); words];
    for (number, (_, token)) in tokens.iter().enumerate() {
        let start = number % words;
        let free = (0..words).map(|step| (start + step) % words);
        let place = free
            .into_iter()
            .find(|&place| places.get(place).is_some_and(|held| !held.contains(&token.as_str())));
        if let Some(held) = place.and_then(|place| places.get_mut(place)) {
            held.push(token);
        }
    }
    let pad = PAD.to_string();
    let beside = BESIDE.to_string();
    joined(places.into_iter().map(|held| {
        if held.is_empty() {
            pad.clone()
        } else {
            held.join(&beside)
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::{measured, placed};

    fn tokens(list: &[(usize, &str)]) -> Vec<(usize, String)> {
        list.iter()
            .map(|(position, token)| (*position, (*token).to_owned()))
            .collect()
    }

    #[test]
    fn positions_are_written_with_holes_and_neighbours() {
        assert_eq!(
            placed(tokens(&[(0, "a"), (1, "b"), (1, "c"), (4, "d")])),
            "a\nb\u{1}c\n\u{2}\n\u{2}\nd"
        );
    }

    #[test]
    fn a_text_is_as_long_as_its_words() {
        assert_eq!(measured(&tokens(&[(0, "a")]), 3), "a\n\u{3}\n\u{3}");
        assert_eq!(measured(&tokens(&[(0, "a"), (1, "b"), (2, "c")]), 2), "a\u{1}c\nb");
        assert_eq!(measured(&tokens(&[(0, "a"), (1, "b"), (2, "a")]), 2), "a\nb\u{1}a");
    }
}
