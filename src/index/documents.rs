//! The records of documents, read where they lie and unpacked.
//!
//! tantivy reads a document as a whole and a field of bytes one byte at a time, which took longer than unpacking it. Its
//! layout of a stored document (of tantivy 0.27): how many fields there are, then of each its number (four
//! bytes, little-endian), a code of its kind, and of bytes how many and themselves. Counts are written seven bits a byte,
//! lowest first, the last byte marked by its highest bit. What is laid out otherwise is left to tantivy.

use std::ops::Range;
use std::path::Path;

use tantivy::directory::OwnedBytes;
use tantivy::schema::{Field as Column, Value};
use tantivy::store::StoreReader;
use tantivy::{DocAddress, DocId, Searcher, TantivyDocument};

use super::packing::Unpacker;
use super::translate::unreadable;
use super::{EngineError, IndexError};

/// The code of a field of bytes.
const BYTES: u8 = 4;
/// The highest bit of a count's last byte.
const LAST: u8 = 1 << 7;
/// Blocks of 4 KiB that are kept at hand for each segment: an article's documents lie together.
const BLOCKS: usize = 64;

/// The documents of an index.
pub struct Documents {
    stores: Vec<StoreReader>,
    unpacker: Unpacker,
}

impl Documents {
    /// Those that a searcher sees, in the index of this folder.
    ///
    /// # Errors
    /// The store of a segment, or what its records are packed with, can't be read.
    pub fn open(searcher: &Searcher, folder: &Path) -> Result<Self, IndexError> {
        Ok(Self {
            stores: stores(searcher).map_err(|error| IndexError::Damaged {
                file: folder.to_owned(),
                reason: error.to_string(),
            })?,
            unpacker: Unpacker::open(folder)?,
        })
    }

    /// The record that a document has in a column.
    ///
    /// # Errors
    /// It has none, or it can't be read.
    pub fn record(&self, at: DocAddress, column: Column) -> Result<Vec<u8>, EngineError> {
        let missing = || EngineError::Record("the document has no record".to_owned());
        let store = self.stores.get(at.segment_ord as usize).ok_or_else(missing)?;
        let packed = stored(store, at.doc_id, column)
            .map_err(unreadable)?
            .ok_or_else(missing)?;
        self.unpacker
            .unpack(&packed)
            .map_err(|error| EngineError::Record(error.to_string()))
    }
}

fn stores(searcher: &Searcher) -> tantivy::Result<Vec<StoreReader>> {
    let segments = searcher.segment_readers().iter();
    segments.map(|segment| Ok(segment.get_store_reader(BLOCKS)?)).collect()
}

/// What a document has stored in a column of bytes; nothing where it has none.
fn stored(store: &StoreReader, document: DocId, column: Column) -> tantivy::Result<Option<OwnedBytes>> {
    let bytes = store.get_document_bytes(document)?;
    if let Some(place) = place_of(&bytes, column.field_id()) {
        return Ok(Some(bytes.slice(place)));
    }
    let document: TantivyDocument = store.get(document)?;
    let bytes = document.get_first(column).and_then(|value| value.as_bytes());
    Ok(bytes.map(|bytes| OwnedBytes::new(bytes.to_vec())))
}

/// Where the bytes of a field lie in a stored document.
fn place_of(document: &[u8], field: u32) -> Option<Range<usize>> {
    let mut rest = document;
    for _ in 0..count(&mut rest)? {
        let (number, behind) = rest.split_first_chunk()?;
        let (&code, behind) = behind.split_first()?;
        if code != BYTES {
            return None;
        }
        rest = behind;
        let length = count(&mut rest)?;
        let (_, behind) = rest.split_at_checked(length)?;
        if u32::from_le_bytes(*number) == field {
            let start = document.len() - rest.len();
            return Some(start..start + length);
        }
        rest = behind;
    }
    None
}

/// Takes a count off the front.
fn count(from: &mut &[u8]) -> Option<usize> {
    let mut count = 0usize;
    for shift in (0..usize::BITS).step_by(7) {
        let (&byte, behind) = from.split_first()?;
        *from = behind;
        count |= usize::from(byte & !LAST).checked_shl(shift)?;
        if byte & LAST != 0 {
            return Some(count);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop, prop_assert_eq, proptest};
    use tantivy::schema::{STORED, Schema};
    use tantivy::{Index, TantivyDocument};

    use super::{place_of, stored, stores};

    proptest! {
        /// Held against tantivy's own writing. A document whose columns are all of bytes is never left to it.
        #[test]
        fn every_column_of_bytes_is_read_as_it_was_stored(
            written in prop::collection::vec((any::<bool>(), prop::collection::vec(any::<u8>(), 0..300)), 1..8)
        ) {
            let mut schema = Schema::builder();
            let columns = ["record", "head", "none"].map(|name| schema.add_bytes_field(name, STORED));
            let [record, head, none] = columns;
            let index = Index::create_in_ram(schema.build());
            let mut writer = index.writer_with_num_threads(1, 20_000_000).expect("a writer");
            for (both, bytes) in &written {
                let mut document = TantivyDocument::default();
                document.add_bytes(record, bytes);
                if *both {
                    document.add_bytes(head, &bytes.repeat(2));
                }
                writer.add_document(document).expect("added");
            }
            writer.commit().expect("committed");
            let searcher = index.reader().expect("a reader").searcher();
            let stores = stores(&searcher).expect("opened");
            for (number, (both, bytes)) in (0..).zip(&written) {
                let read = |column| stored(&stores[0], number, column).expect("read").map(|bytes| bytes.to_vec());
                prop_assert_eq!(read(record), Some(bytes.clone()));
                prop_assert_eq!(read(head), both.then(|| bytes.repeat(2)));
                prop_assert_eq!(read(none), None);
                let whole = stores[0].get_document_bytes(number).expect("read");
                prop_assert_eq!(place_of(&whole, record.field_id()).map(|place| whole[place].to_vec()), Some(bytes.clone()));
            }
        }

        #[test]
        fn no_bytes_lead_outside_of_them(document in prop::collection::vec(any::<u8>(), 0..40), field in 0u32..4) {
            if let Some(place) = place_of(&document, field) {
                prop_assert_eq!(place.end <= document.len(), true);
            }
        }
    }
}
