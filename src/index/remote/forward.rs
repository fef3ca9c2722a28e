//! The terms of a document with their frequencies, small enough to be sent with every candidate: scores are worked out
//! from them in our own process, and so are the same whatever engine found the document.

use xxhash_rust::xxh3::xxh3_64;

/// Raised when the layout changes.
const LAYOUT: u8 = 1;
/// Bits kept of a term's digest. Of a hundred terms asked and a thousand in the document, two share a digest once in
/// about seven hundred thousand documents.
const BITS: u32 = 36;

/// The digest of a term in a column.
pub fn term_digest(column: &str, term: &str) -> u64 {
    let mut key = String::with_capacity(column.len() + 1 + term.len());
    key.push_str(column);
    key.push('\n');
    key.push_str(term);
    xxh3_64(key.as_bytes()) >> (64 - BITS)
}

/// The terms of a document, and where it stands in the corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forward {
    /// The number that stands for it.
    pub key: u64,
    /// Its article.
    pub article: String,
    /// Its place in the article.
    pub ordinal: u64,
    /// The words of its text.
    pub words: u32,
    /// The positions of its text in the field of phrases.
    pub positions: u32,
    /// Digests of its terms in order, with frequencies.
    pub terms: Vec<(u64, u32)>,
}

impl Forward {
    /// How often the document has a term.
    pub fn frequency(&self, digest: u64) -> u32 {
        let found = self.terms.binary_search_by_key(&digest, |(known, _)| *known);
        found
            .ok()
            .and_then(|at| self.terms.get(at))
            .map_or(0, |(_, frequency)| *frequency)
    }

    /// As bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![LAYOUT];
        out.extend_from_slice(&self.key.to_le_bytes());
        number(&mut out, self.article.len() as u64);
        out.extend_from_slice(self.article.as_bytes());
        for each in [self.ordinal, u64::from(self.words), u64::from(self.positions)] {
            number(&mut out, each);
        }
        number(&mut out, self.terms.len() as u64);
        let mut before = 0;
        for &(digest, frequency) in &self.terms {
            // One bit says whether the frequency is anything but 1.
            number(&mut out, (digest - before) << 1 | u64::from(frequency != 1));
            if frequency != 1 {
                number(&mut out, u64::from(frequency));
            }
            before = digest;
        }
        out
    }

    /// From bytes; nothing where they are not of this layout.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (&layout, bytes) = bytes.split_first()?;
        if layout != LAYOUT {
            return None;
        }
        let (key, mut bytes) = bytes.split_first_chunk::<8>()?;
        let length = usize::try_from(take(&mut bytes)?).ok()?;
        let (article, mut bytes) = bytes.split_at_checked(length)?;
        let ordinal = take(&mut bytes)?;
        let words = u32::try_from(take(&mut bytes)?).ok()?;
        let positions = u32::try_from(take(&mut bytes)?).ok()?;
        let count = usize::try_from(take(&mut bytes)?).ok()?;
        let mut terms = Vec::with_capacity(count.min(bytes.len()));
        let mut digest = 0;
        for _ in 0..count {
            let step = take(&mut bytes)?;
            digest += step >> 1;
            let frequency = if step & 1 == 1 {
                u32::try_from(take(&mut bytes)?).ok()?
            } else {
                1
            };
            terms.push((digest, frequency));
        }
        Some(Self {
            key: u64::from_le_bytes(*key),
            article: String::from_utf8(article.to_vec()).ok()?,
            ordinal,
            words,
            positions,
            terms,
        })
    }
}

/// Seven bits a byte, the lowest first.
fn number(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn take(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0u64;
    for place in 0..10 {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << (7 * place);
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Forward, term_digest};

    #[test]
    fn what_is_written_is_read() {
        let mut terms: Vec<(u64, u32)> = ["a", "b", "c"]
            .iter()
            .zip([1, 300, 2])
            .map(|(term, frequency)| (term_digest("en.words", term), frequency))
            .collect();
        terms.sort_unstable();
        let forward = Forward {
            key: u64::MAX - 7,
            article: "10-1000-x".to_owned(),
            ordinal: 129,
            words: 200,
            positions: 180,
            terms,
        };
        let bytes = forward.encode();
        assert_eq!(Forward::decode(&bytes), Some(forward.clone()));
        assert_eq!(forward.frequency(term_digest("en.words", "b")), 300);
        assert_eq!(forward.frequency(term_digest("zh.words", "b")), 0);
        assert!(bytes.len() < 60, "{} bytes", bytes.len());
        for cut in 0..bytes.len() {
            assert_eq!(Forward::decode(&bytes[..cut]), None);
        }
    }
}
