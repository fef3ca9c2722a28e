//! The passages whose vectors are nearest to a query's.

use std::path::Path;

use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED};

use super::exact::Best;
use super::file::{VECTORS, VectorFile, cosine, mapped};
use crate::index::snapshot::key;
use crate::index::translate::unreadable;
use crate::index::{EngineError, IndexError};

/// The vectors of an opened index.
pub struct Vectors {
    file: VectorFile,
    addresses: Vec<u64>,
}

impl Vectors {
    /// Opens the vectors of a generation.
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        let file = mapped(folder, VECTORS)
            .and_then(VectorFile::read)
            .filter(|file| file.addresses().is_sorted())
            .ok_or_else(|| IndexError::Damaged {
                file: folder.join(VECTORS),
                reason: "it is no file of vectors".to_owned(),
            })?;
        let addresses = file.addresses().collect();
        Ok(Self { file, addresses })
    }

    /// The nearest of the documents that a query matches, with their cosines, nearest first.
    pub fn nearest(
        &self,
        searcher: &Searcher,
        vector: &[f32],
        (among, limit): (&dyn Query, usize),
    ) -> Result<Vec<(f32, DocAddress)>, EngineError> {
        let wanted = self.file.head().dimensions;
        if vector.len() != wanted {
            return Err(EngineError::Request(format!(
                "a vector of {} numbers among vectors of {wanted}",
                vector.len()
            )));
        }
        let mut best = Best::of(limit);
        let mut rows = self.addresses.iter().copied().enumerate().peekable();
        let weight = among
            .weight(EnableScoring::disabled_from_searcher(searcher))
            .map_err(unreadable)?;
        for (segment, reader) in (0u32..).zip(searcher.segment_readers()) {
            let mut documents = weight.scorer(reader, 1.0).map_err(unreadable)?;
            let mut document = documents.doc();
            while document != TERMINATED {
                let at = key(DocAddress::new(segment, document));
                // Both come in the order of addresses.
                while rows.next_if(|(_, address)| *address < at).is_some() {}
                if let Some((row, _)) = rows.next_if(|(_, address)| *address == at)
                    && !reader.is_deleted(document)
                {
                    best.offer(cosine(vector, self.file.vector(row)), at);
                }
                document = documents.advance();
            }
        }
        let sorted = best.into_sorted().into_iter();
        Ok(sorted
            .map(|(cosine, at)| (cosine, crate::index::snapshot::address(at)))
            .collect())
    }
}
