//! What of a passage is turned into a vector.

use xxhash_rust::xxh3::xxh3_64;

use crate::document::PlacedPassage;

/// The title of its article, the title of its section and its text: out of its place a passage often does not say what
/// it is about.
pub fn embedded_text(placed: &PlacedPassage) -> String {
    let title = placed.article.title.prefer(placed.passage.language);
    let section = placed.path.iter().rev().find_map(|section| section.title.as_ref());
    let above: Vec<&str> = title.into_iter().chain(section).map(String::as_str).collect();
    [above, vec![placed.passage.text.as_str()]].concat().join("\n")
}

/// Digest of it, as the `embedded` column holds it: a vector belongs to every passage with this digest.
pub fn embedded_digest(placed: &PlacedPassage) -> u64 {
    xxh3_64(embedded_text(placed).as_bytes())
}
