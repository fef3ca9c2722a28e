//! What documents are called in the cluster: their identifiers, and the numbers that stand for them in a search.

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// The identifier of a document in the cluster: the same name always gives the same, so that what is sent twice is
/// there once.
pub fn document_id(name: &str) -> String {
    format!("{:032x}", xxh3_128(name.as_bytes()))
}

/// The number that stands for a document in a search.
pub fn document_key(name: &str) -> u64 {
    xxh3_64(name.as_bytes())
}

/// A number as the cluster's `long` holds it: the same bits.
pub fn stored(number: u64) -> i64 {
    i64::from_ne_bytes(number.to_ne_bytes())
}

/// The number that a `long` holds.
pub fn read(stored: i64) -> u64 {
    u64::from_ne_bytes(stored.to_ne_bytes())
}
