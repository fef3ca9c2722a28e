//! Files that belong to a generation, kept in pieces beside its documents, so that whoever serves it needs no disk.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::super::IndexError;
use super::address::{document_id, document_key, stored};
use super::bulk::{Item, send};
use super::client::{Client, Patience};
use super::response::Searched;

/// Bytes of a piece.
const PIECE: usize = 4 << 20;
/// What the pieces are routed by, so that they lie together.
const ROUTING: &str = "files";

/// Writes a file, in place of one of the same name.
pub fn write(client: &Client, index: &str, name: &str, bytes: &[u8]) -> Result<(), IndexError> {
    let mut pieces: Vec<&[u8]> = bytes.chunks(PIECE).collect();
    if pieces.is_empty() {
        pieces.push(&[]);
    }
    let count = pieces.len();
    for (number, piece) in pieces.into_iter().enumerate() {
        let key = document_key(&piece_name(name, number));
        let body = json!({
            "kind": "file", "key": stored(key), "ordinal": number, "parts": count, "record": STANDARD.encode(piece),
        });
        let id = document_id(&piece_name(name, number));
        send(client, vec![Item::put(index, &id, ROUTING, body.to_string())])?;
    }
    Ok(())
}

/// Reads a file.
pub fn read(client: &Client, index: &str, name: &str, patience: Patience) -> Result<Vec<u8>, IndexError> {
    let mut bytes = Vec::new();
    let mut number = 0;
    loop {
        let key = document_key(&piece_name(name, number));
        let body = json!({
            "size": 1, "query": {"term": {"key": stored(key)}}, "stored_fields": ["record"], "docvalue_fields": ["parts"],
        });
        let path = format!("/{index}/_search?routing={ROUTING}&allow_partial_search_results=false");
        let searched: Searched = client.post::<Searched>(&path, &body, patience)?;
        let damaged = || IndexError::Damaged {
            file: format!("{index}/{name}").into(),
            reason: "it is missing".to_owned(),
        };
        let hit = searched.hits.hits.first().ok_or_else(damaged)?;
        bytes.extend(hit.binary("record").map_err(|_| damaged())?);
        let count = hit.number("parts").unwrap_or(1);
        number += 1;
        if number as i64 >= count {
            return Ok(bytes);
        }
    }
}

fn piece_name(name: &str, number: usize) -> String {
    format!("file/{name}/{number}")
}
