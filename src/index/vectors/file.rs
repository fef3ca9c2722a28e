//! The file of vectors of a generation. It checks itself, so that vectors outlive an index of another recipe.
//!
//! Little endian: a mark, the length of the head, the head in postcard, for each row the digest of what was embedded,
//! for each row the address of the document, for each row its vector, and a digest of all before.

use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use tantivy::directory::{Directory, MmapDirectory, OwnedBytes};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::index::IndexError;
use crate::index::generation::write_file_with;

/// Name of the file of vectors in a generation's folder.
pub const VECTORS: &str = "vectors.bin";

/// Name of the file in a building folder that vectors are added to as they come.
pub const JOURNAL: &str = "vectors.part";

/// What every file of vectors begins with.
const MARK: &[u8; 8] = b"WYVEC\0\0\x01";

/// Bytes of a digest, of an address and of the digest at the end.
const WORD: usize = 8;

/// Bytes of a number in a vector.
const NUMBER: usize = 4;

/// What a file of vectors says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The model that made the vectors, and what it was told.
    pub identity: String,
    /// Numbers in a vector.
    pub dimensions: usize,
    /// Whether vectors of the generation before, though of a model of this name, are not of this one.
    pub anew: bool,
    /// Rows in the file; 0 in a journal, which grows.
    pub rows: usize,
}

/// Writes the mark and the head.
pub fn write_head(head: &Head, out: &mut dyn Write) -> io::Result<()> {
    let written = postcard::to_stdvec(head).map_err(io::Error::other)?;
    let length = u32::try_from(written.len()).map_err(io::Error::other)?;
    out.write_all(MARK)?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(&written)
}

/// Reads the mark and the head, and says where they end.
pub fn read_head(bytes: &[u8]) -> Option<(Head, usize)> {
    let rest = bytes.strip_prefix(MARK)?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let length = u32::from_le_bytes(*length) as usize;
    let head = postcard::from_bytes(rest.get(..length)?).ok()?;
    Some((head, MARK.len() + 4 + length))
}

/// A file in a folder, mapped into memory; nothing where it is not there or can't be read.
pub fn mapped(folder: &Path, name: &str) -> Option<OwnedBytes> {
    let directory = MmapDirectory::open(folder).ok()?;
    directory.open_read(Path::new(name)).ok()?.read_bytes().ok()
}

/// A file of vectors.
pub struct VectorFile {
    bytes: OwnedBytes,
    head: Head,
    digests: usize,
    addresses: usize,
    vectors: usize,
}

impl VectorFile {
    /// Reads the head and checks the length; the contents are not looked at. Nothing where it is no file of vectors.
    pub fn read(bytes: OwnedBytes) -> Option<Self> {
        let (head, digests) = read_head(&bytes)?;
        let addresses = head.rows.checked_mul(WORD)?.checked_add(digests)?;
        let vectors = head.rows.checked_mul(WORD)?.checked_add(addresses)?;
        let numbers = head.rows.checked_mul(head.dimensions)?.checked_mul(NUMBER)?;
        let end = numbers.checked_add(vectors)?.checked_add(WORD)?;
        (bytes.len() == end && head.dimensions > 0).then_some(Self {
            bytes,
            head,
            digests,
            addresses,
            vectors,
        })
    }

    /// What it says of itself.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Whether its contents are what was written.
    pub fn sound(&self) -> bool {
        self.bytes
            .split_last_chunk::<WORD>()
            .is_some_and(|(before, digest)| xxh3_64(before) == u64::from_le_bytes(*digest))
    }

    /// Digest of what was embedded, of every row.
    pub fn digests(&self) -> impl Iterator<Item = u64> + '_ {
        self.words(self.digests)
    }

    /// Digest of what was embedded, of a row.
    pub fn digest(&self, row: usize) -> Option<u64> {
        self.column(self.digests).get(row).map(|word| u64::from_le_bytes(*word))
    }

    /// Address of the document of every row, ascending.
    pub fn addresses(&self) -> impl Iterator<Item = u64> + '_ {
        self.words(self.addresses)
    }

    fn words(&self, from: usize) -> impl Iterator<Item = u64> + '_ {
        self.column(from).iter().map(|word| u64::from_le_bytes(*word))
    }

    fn column(&self, from: usize) -> &[[u8; WORD]] {
        let column = self.bytes.get(from..from + self.head.rows * WORD).unwrap_or_default();
        column.as_chunks::<WORD>().0
    }

    /// The vector of a row, as bytes.
    pub fn vector(&self, row: usize) -> &[u8] {
        let length = self.head.dimensions * NUMBER;
        let from = self.vectors + row * length;
        self.bytes.get(from..from + length).unwrap_or_default()
    }
}

/// Writes a file of vectors: for each row its address, the digest of what was embedded and the vector's bytes.
pub fn write_vectors(folder: &Path, head: &Head, rows: &[(u64, u64, &[u8])]) -> Result<(), IndexError> {
    write_file_with(&folder.join(VECTORS), |file| {
        let mut out = Digesting {
            out: io::BufWriter::with_capacity(1 << 20, file),
            state: Xxh3::new(),
        };
        write_head(head, &mut out)?;
        for (_, digest, _) in rows {
            out.write_all(&digest.to_le_bytes())?;
        }
        for (address, ..) in rows {
            out.write_all(&address.to_le_bytes())?;
        }
        for (.., vector) in rows {
            out.write_all(vector)?;
        }
        let digest = out.state.digest();
        out.out.write_all(&digest.to_le_bytes())?;
        out.out.flush()
    })
}

/// Digests what it writes.
struct Digesting<W> {
    out: W,
    state: Xxh3,
}

impl<W: Write> Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.state.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A vector as bytes.
pub fn bytes_of(vector: &[f32]) -> Vec<u8> {
    vector.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// The cosine of two vectors of length 1, the second as bytes.
pub fn cosine(vector: &[f32], bytes: &[u8]) -> f32 {
    /// Sums kept apart, so that the processor can add as many at a time.
    const LANES: usize = 16;
    let numbers = bytes.as_chunks::<NUMBER>().0;
    let ((left, left_rest), (right, right_rest)) = (vector.as_chunks::<LANES>(), numbers.as_chunks::<LANES>());
    let mut sums = [0.0f32; LANES];
    for (left, right) in left.iter().zip(right) {
        for ((sum, left), right) in sums.iter_mut().zip(left).zip(right) {
            *sum += left * f32::from_le_bytes(*right);
        }
    }
    let rest: f32 = left_rest
        .iter()
        .zip(right_rest)
        .map(|(left, right)| left * f32::from_le_bytes(*right))
        .sum();
    (sums.iter().sum::<f32>() + rest).clamp(-1.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::{Head, VECTORS, VectorFile, bytes_of, cosine, mapped, write_vectors};

    fn head(rows: usize) -> Head {
        Head {
            identity: "m".to_owned(),
            dimensions: 3,
            anew: false,
            rows,
        }
    }

    #[test]
    fn what_is_written_is_read_and_a_flipped_bit_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let (x, y) = (bytes_of(&[1.0, 0.0, 0.0]), bytes_of(&[0.0, 1.0, 0.0]));
        write_vectors(folder.path(), &head(2), &[(4, 40, &x), (9, 90, &y)]).unwrap();
        let read = |folder| VectorFile::read(mapped(folder, VECTORS)?);
        let file = read(folder.path()).unwrap();
        assert!(file.sound());
        assert_eq!(file.head(), &head(2));
        assert_eq!(file.addresses().collect::<Vec<_>>(), [4, 9]);
        assert_eq!(file.digests().collect::<Vec<_>>(), [40, 90]);
        assert_eq!([0, 1, 2].map(|row| file.digest(row)), [Some(40), Some(90), None]);
        assert_eq!(
            (file.vector(0), file.vector(1), file.vector(2).len()),
            (&x[..], &y[..], 0)
        );

        let path = folder.path().join(VECTORS);
        let whole = std::fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 1;
            std::fs::write(&path, flipped).unwrap();
            assert!(read(folder.path()).is_none_or(|file| !file.sound()), "byte {at}");
        }
        std::fs::write(&path, &whole[..whole.len() - 1]).unwrap();
        assert!(read(folder.path()).is_none());
    }

    #[test]
    fn the_cosine_is_the_sum_of_products_whatever_the_length() {
        for length in [1, 15, 16, 17, 33] {
            let ones = vec![1.0 / (length as f32).sqrt(); length];
            assert!((cosine(&ones, &bytes_of(&ones)) - 1.0).abs() < 1e-6, "{length}");
            let mut last = vec![0.0; length];
            last[length - 1] = 1.0;
            assert!((cosine(&ones, &bytes_of(&last)) - ones[0]).abs() < 1e-6, "{length}");
        }
    }
}
