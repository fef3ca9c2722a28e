//! Vectors as they come from the endpoint, so that an interrupted run does not ask for them again.
//!
//! After the head, for each vector the digest of what was embedded, the vector and a digest of both. What a kill or a
//! power cut left half is cut off.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use super::file::{Head, JOURNAL, bytes_of, mapped, read_head, write_head};
use crate::index::IndexError;

/// Bytes of a digest.
const WORD: usize = 8;

/// The file that vectors are added to.
pub struct Journal {
    file: File,
}

impl Journal {
    /// Goes on with the journal in a building folder, where its head is this one; else begins it anew.
    pub fn open(building: &Path, head: &Head) -> Result<Self, IndexError> {
        let path = building.join(JOURNAL);
        let known = mapped(building, JOURNAL).and_then(|bytes| {
            let (found, records) = read(&bytes)?;
            let end = records.last().map(|(_, at)| at + vector_bytes(head) + WORD);
            (found == *head).then_some(end)
        });
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(&path)
            .map_err(IndexError::io(&path))?;
        match known {
            Some(Some(end)) => file.set_len(end as u64).map_err(IndexError::io(&path))?,
            _ => {
                file.set_len(0)
                    .and_then(|()| write_head(head, &mut file))
                    .map_err(IndexError::io(&path))?;
            }
        }
        Ok(Self { file })
    }

    /// Adds vectors, each with the digest of what was embedded. They are on the disk when this returns.
    pub fn add<'a>(&mut self, vectors: impl Iterator<Item = (u64, &'a [f32])>) -> Result<(), IndexError> {
        let mut written = Vec::new();
        for (digest, vector) in vectors {
            let mut record = digest.to_le_bytes().to_vec();
            record.extend(bytes_of(vector));
            record.extend(xxh3_64(&record).to_le_bytes());
            written.append(&mut record);
        }
        self.file
            .write_all(&written)
            .and_then(|()| self.file.sync_data())
            .map_err(IndexError::io(JOURNAL))
    }
}

fn vector_bytes(head: &Head) -> usize {
    head.dimensions * size_of::<f32>()
}

/// The head of a journal, and of every whole record the digest of what was embedded and where its vector begins.
pub fn read(bytes: &[u8]) -> Option<(Head, Vec<(u64, usize)>)> {
    let (head, start) = read_head(bytes)?;
    let length = WORD + vector_bytes(&head);
    let mut records = Vec::new();
    let mut at = start;
    while let Some(record) = bytes.get(at..at + length + WORD) {
        let (before, sum) = record.split_last_chunk::<WORD>()?;
        let (digest, _) = before.split_first_chunk::<WORD>()?;
        if xxh3_64(before) != u64::from_le_bytes(*sum) {
            break;
        }
        records.push((u64::from_le_bytes(*digest), at + WORD));
        at += length + WORD;
    }
    Some((head, records))
}

#[cfg(test)]
mod tests {
    use super::super::file::{Head, JOURNAL, mapped};
    use super::{Journal, read};

    fn head(identity: &str) -> Head {
        Head {
            identity: identity.to_owned(),
            dimensions: 2,
            anew: false,
            rows: 0,
        }
    }

    fn digests(folder: &std::path::Path) -> Vec<u64> {
        let bytes = mapped(folder, JOURNAL).unwrap();
        read(&bytes).unwrap().1.into_iter().map(|(digest, _)| digest).collect()
    }

    #[test]
    fn what_was_left_half_is_cut_off_and_the_rest_kept() {
        let folder = tempfile::tempdir().unwrap();
        let add = |digest| {
            let mut journal = Journal::open(folder.path(), &head("m")).unwrap();
            journal.add([(digest, &[1.0f32, 0.0][..])].into_iter()).unwrap();
        };
        add(1);
        add(2);
        assert_eq!(digests(folder.path()), [1, 2]);
        let path = folder.path().join(JOURNAL);
        let whole = std::fs::read(&path).unwrap();
        for cut in 1..24 {
            std::fs::write(&path, &whole[..whole.len() - cut]).unwrap();
            assert_eq!(digests(folder.path()), [1], "{cut} bytes less");
            add(3);
            assert_eq!(digests(folder.path()), [1, 3], "{cut} bytes less");
        }
        Journal::open(folder.path(), &head("another")).unwrap();
        assert_eq!(digests(folder.path()), [0; 0]);
    }
}
