//! Which rows of a file of vectors belong to the documents that a query matches.

use tantivy::query::{EnableScoring, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, Term};

use crate::index::Kind;
use crate::index::schema::{Columns, kind_term};
use crate::index::snapshot::key;
use crate::text::Language;

/// The rows of the documents that a query matches, ascending. `addresses` are those of all rows, ascending.
pub fn matching(searcher: &Searcher, among: &dyn Query, addresses: &[u64]) -> tantivy::Result<Vec<usize>> {
    let mut matching = Vec::new();
    let mut rows = addresses.iter().copied().enumerate().peekable();
    let weight = among.weight(EnableScoring::disabled_from_searcher(searcher))?;
    for (segment, reader) in (0u32..).zip(searcher.segment_readers()) {
        let mut documents = weight.scorer(reader, 1.0)?;
        let mut document = documents.doc();
        while document != TERMINATED {
            let at = key(DocAddress::new(segment, document));
            // Both come in the order of addresses.
            while rows.next_if(|(_, address)| *address < at).is_some() {}
            if let Some((row, _)) = rows.next_if(|(_, address)| *address == at)
                && !reader.is_deleted(document)
            {
                matching.push(row);
            }
            document = documents.advance();
        }
    }
    Ok(matching)
}

/// The rows of the passages in a language, ascending.
pub fn of_language(
    (searcher, columns): (&Searcher, &Columns),
    language: Language,
    addresses: &[u64],
) -> tantivy::Result<Vec<usize>> {
    let term = Term::from_field_text(columns.kind, &kind_term(Kind::Passage, Some(language)));
    matching(searcher, &TermQuery::new(term, IndexRecordOption::Basic), addresses)
}
