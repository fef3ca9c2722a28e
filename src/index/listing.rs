//! The articles of an index in the order of their identifiers.

use tantivy::schema::{Field as Column, IndexRecordOption};
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED};

use super::schema::named_term;
use super::snapshot::key;
use super::translate::unreadable;
use super::{EngineError, Kind};

/// The documents of all articles, in the order of the articles' identifiers, which stand in this column. Reads every one
/// of them once.
pub fn article_documents(searcher: &Searcher, column: Column) -> Result<Vec<u64>, EngineError> {
    let failed = |error: std::io::Error| EngineError::Unreadable(error.to_string());
    let prefix = named_term(Kind::Article, "");
    let mut found: Vec<(Vec<u8>, u64)> = Vec::new();
    for (segment, reader) in (0u32..).zip(searcher.segment_readers()) {
        let index = reader.inverted_index(column).map_err(unreadable)?;
        let terms = index.terms().range().ge(prefix.as_bytes());
        let mut terms = terms.into_stream().map_err(failed)?;
        while terms.advance() && terms.key().starts_with(prefix.as_bytes()) {
            let mut documents = index
                .read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)
                .map_err(failed)?;
            let mut document = documents.doc();
            while document != TERMINATED {
                if !reader.is_deleted(document) {
                    found.push((terms.key().to_vec(), key(DocAddress::new(segment, document))));
                }
                document = documents.advance();
            }
        }
    }
    found.sort_unstable();
    Ok(found.into_iter().map(|(_, document)| document).collect())
}
