//! How records lie in the embedded index: each packed by itself, with a dictionary learned from the corpus.
//!
//! A record is about as long as a paragraph, too short to be packed well alone. What the records of a corpus share (its
//! turns of phrase, its journals, how a record is built) is learned once, from articles all over the corpus, when an
//! index is begun, and kept beside it. Packed one by one, a record is unpacked without its neighbours.
//! (Zstandard, RFC 8878, with a dictionary, section 5.)

use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe::{CParameter, get_frame_content_size};

use super::IndexError;
use super::generation::{hex, write_file};

/// Name of the dictionary in the folder of an index.
pub const DICTIONARY: &str = "records.dict";

/// What the file begins with; the digest of the dictionary and a line feed follow. An interrupted run is gone on with
/// before any manifest vouches for its files.
const HEAD: &str = "wenyuan records 1 ";

/// How hard records are packed: beyond 3 a store shrinks by a twentieth and takes three times the time.
const LEVEL: i32 = 3;

/// The largest dictionary, in bytes. Twice as much saves 3 % more and costs every unpacker its own copy.
const LARGEST: usize = 64 << 10;

/// The smallest that is worth keeping.
const SMALLEST: usize = 4 << 10;

/// How many times as much as the dictionary it is learned from; zstd's manual advises about a hundred times.
const LEARNED_FROM: usize = 64;

/// How many bytes of records are enough to learn from.
pub const ENOUGH: usize = LARGEST * LEARNED_FROM;

/// No record is longer; a length that says so is damaged.
const LONGEST: u64 = 1 << 28;

/// The most unpackers kept for the next record.
const MOST_IDLE: usize = 8;

/// Learns a dictionary from records and keeps it in the folder of an index. Of too few it is empty, and records are
/// packed without.
pub fn learn(folder: &Path, records: &[Vec<u8>]) -> Result<(), IndexError> {
    let bytes: usize = records.iter().map(Vec::len).sum();
    let size = (bytes / LEARNED_FROM).min(LARGEST);
    // Records that have nothing in common are no dictionary either.
    let dictionary = if size < SMALLEST {
        Vec::new()
    } else {
        zstd::dict::from_samples(records, size).unwrap_or_default()
    };
    let head = format!("{HEAD}{}\n", hex(&dictionary));
    write_file(&folder.join(DICTIONARY), &[head.as_bytes(), &dictionary].concat())
}

/// The dictionary in the folder of an index.
fn dictionary(folder: &Path) -> Result<Vec<u8>, IndexError> {
    let path = folder.join(DICTIONARY);
    let bytes = fs::read(&path).map_err(IndexError::io(&path))?;
    let sound = bytes
        .strip_prefix(HEAD.as_bytes())
        .and_then(|rest| rest.split_at_checked(hex(b"").len() + 1))
        .filter(|(digest, dictionary)| *digest == format!("{}\n", hex(dictionary)).as_bytes());
    match sound {
        Some((_, dictionary)) => Ok(dictionary.to_vec()),
        None => Err(IndexError::Damaged {
            file: path,
            reason: "it is not as it was written".to_owned(),
        }),
    }
}

/// Whether the folder of an index has a dictionary that is as it was written.
pub fn is_learned(folder: &Path) -> bool {
    dictionary(folder).is_ok()
}

/// Packs records.
pub struct Packer(Mutex<Compressor<'static>>);

impl Packer {
    /// A packer with the dictionary in the folder of an index.
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        let failed = |error: io::Error| IndexError::Record(error.to_string());
        let mut compressor = Compressor::with_dictionary(LEVEL, &dictionary(folder)?).map_err(failed)?;
        compressor
            .set_parameter(CParameter::DictIdFlag(false))
            .map_err(failed)?;
        Ok(Self(Mutex::new(compressor)))
    }

    /// Packs a record.
    pub fn pack(&self, record: &[u8]) -> Result<Vec<u8>, IndexError> {
        let mut compressor = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        compressor
            .compress(record)
            .map_err(|error| IndexError::Record(error.to_string()))
    }
}

/// Unpacks records, for any number of threads.
pub struct Unpacker {
    dictionary: Vec<u8>,
    idle: Mutex<Vec<Decompressor<'static>>>,
}

impl Unpacker {
    /// An unpacker with the dictionary in the folder of an index.
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        Ok(Self {
            dictionary: dictionary(folder)?,
            idle: Mutex::default(),
        })
    }

    /// The record that was packed.
    ///
    /// # Errors
    /// It is damaged, or was packed with another dictionary.
    pub fn unpack(&self, packed: &[u8]) -> io::Result<Vec<u8>> {
        let length = get_frame_content_size(packed).ok().flatten();
        let Some(length) = length.filter(|&length| length <= LONGEST) else {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "its length is not said"));
        };
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let ready = idle().pop();
        let mut decompressor = match ready {
            Some(decompressor) => decompressor,
            None => Decompressor::with_dictionary(&self.dictionary)?,
        };
        let record = decompressor.decompress(packed, length as usize);
        let mut idle = idle();
        if idle.len() < MOST_IDLE {
            idle.push(decompressor);
        }
        record
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::{any, prop, prop_assert_eq, proptest};

    use super::*;

    fn records() -> Vec<Vec<u8>> {
        let one = |number: u32| {
            let third = number.wrapping_mul(2_654_435_761) % 997;
            format!("passage {number}: 间充质干细胞移植治疗糖尿病足溃疡, wound healing in {third} of 1000 patients")
                .into_bytes()
        };
        (0..4000).map(one).collect()
    }

    /// Both ways through a dictionary of these records; learning takes a while, so it is done once.
    fn both_ways(records: &[Vec<u8>]) -> (Packer, Unpacker) {
        let folder = tempfile::tempdir().unwrap();
        learn(folder.path(), records).unwrap();
        let packer = Packer::open(folder.path()).unwrap();
        (packer, Unpacker::open(folder.path()).unwrap())
    }

    static WITH: LazyLock<(Packer, Unpacker)> = LazyLock::new(|| both_ways(&records()));
    static WITHOUT: LazyLock<(Packer, Unpacker)> = LazyLock::new(|| both_ways(&[]));

    #[test]
    fn what_records_share_is_packed_away() {
        let folder = tempfile::tempdir().unwrap();
        let packed = |records: &[Vec<u8>]| {
            learn(folder.path(), records).unwrap();
            let packer = Packer::open(folder.path()).unwrap();
            packer.pack(&records[7]).unwrap().len()
        };
        let (with, without) = (packed(&records()), packed(&records()[..10]));
        assert_eq!(dictionary(folder.path()).unwrap(), b"");
        assert!(with * 2 < without, "{with} bytes with a dictionary, {without} without");
    }

    #[test]
    fn a_damaged_record_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        learn(folder.path(), &records()).unwrap();
        let whole = Packer::open(folder.path()).unwrap().pack(&records()[3]).unwrap();
        let unpacker = Unpacker::open(folder.path()).unwrap();
        assert_eq!(unpacker.unpack(&whole).unwrap(), records()[3]);
        assert!(unpacker.unpack(&whole[..whole.len() - 1]).is_err());
        assert!(unpacker.unpack(b"").is_err());
        // What failed before does not spoil what comes after.
        assert_eq!(unpacker.unpack(&whole).unwrap(), records()[3]);
        // Without its dictionary it can't be read, and is not taken for something else.
        learn(folder.path(), &[]).unwrap();
        let read = Unpacker::open(folder.path()).unwrap().unpack(&whole);
        assert_ne!(read.ok(), Some(records()[3].clone()));
    }

    #[test]
    fn a_damaged_dictionary_is_an_error_that_names_the_file() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!is_learned(folder.path()));
        learn(folder.path(), &records()).unwrap();
        assert!(is_learned(folder.path()));
        let file = folder.path().join(DICTIONARY);
        let whole = fs::read(&file).unwrap();
        let mut flipped = whole.clone();
        *flipped.last_mut().unwrap() ^= 1;
        for damaged in [&flipped[..], &whole[..whole.len() - 1], b"wenyuan", b""] {
            fs::write(&file, damaged).unwrap();
            assert!(!is_learned(folder.path()));
            let refused = Packer::open(folder.path()).map(|_| ()).unwrap_err().to_string();
            assert!(refused.contains(DICTIONARY), "{refused}");
        }
    }

    proptest! {
        #[test]
        fn a_record_comes_back_as_it_was(record in prop::collection::vec(any::<u8>(), 0..2000), learned in any::<bool>()) {
            let (packer, unpacker) = if learned { &*WITH } else { &*WITHOUT };
            let packed = packer.pack(&record).unwrap();
            prop_assert_eq!(unpacker.unpack(&packed).unwrap(), record);
        }
    }
}
