//! What one document of the embedded index scores for one query, and whether a filter holds of it.

use std::collections::BTreeMap;

use tantivy::postings::Postings;
use tantivy::query::{EnableScoring, Query};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Searcher, SegmentReader, Term};

use super::account::PartScore;
use super::translate::{Translator, unreadable};
use super::{EngineError, Field, Match};

/// One document of an index.
pub struct Scored<'a> {
    /// The index.
    pub searcher: &'a Searcher,
    /// The part of it that has the document.
    pub reader: &'a SegmentReader,
    /// Where the document is.
    pub address: DocAddress,
    /// Makes queries.
    pub translator: Translator<'a>,
}

impl Scored<'_> {
    /// What the document scores for a query; nothing where it does not match.
    pub fn score(&self, query: &dyn Query) -> Result<Option<f32>, EngineError> {
        let scoring = EnableScoring::enabled_from_searcher(self.searcher);
        let weight = query.weight(scoring).map_err(unreadable)?;
        let mut scorer = weight.scorer(self.reader, 1.0).map_err(unreadable)?;
        Ok(reach(scorer.as_mut(), self.address.doc_id).then(|| scorer.score()))
    }

    /// What the document scores for a term, a set of synonyms or a phrase, with the share of each synonym.
    pub fn part(&self, matching: &Match) -> Result<Option<PartScore>, EngineError> {
        let query = self.translator.leaf(matching)?;
        let Some(score) = self.score(query.as_ref())? else {
            return Ok(None);
        };
        let members = match matching {
            Match::Synonyms { members, .. } => self.shares(members, score)?,
            _ => Vec::new(),
        };
        Ok(Some(PartScore { score, members }))
    }

    /// The score of a set of synonyms divided by how often the document has each, times its weight. What is named twice
    /// counts once, with the greater weight.
    fn shares(&self, members: &[(Field, String, f32)], score: f32) -> Result<Vec<f32>, EngineError> {
        let mut heaviest: BTreeMap<(Field, &str), (usize, f32)> = BTreeMap::new();
        for (place, (field, text, weight)) in members.iter().enumerate() {
            let kept = heaviest.entry((*field, text)).or_insert((place, *weight));
            if *weight > kept.1 {
                *kept = (place, *weight);
            }
        }
        let mut shares = vec![0.0f32; members.len()];
        for ((field, text), (place, weight)) in heaviest {
            if let Some(share) = shares.get_mut(place) {
                *share = self.frequency(field, text)? as f32 * weight.clamp(0.0, 1.0);
            }
        }
        let all: f32 = shares.iter().sum();
        if all > 0.0 {
            shares.iter_mut().for_each(|share| *share *= score / all);
        }
        Ok(shares)
    }

    fn frequency(&self, field: Field, text: &str) -> Result<u32, EngineError> {
        let Some(column) = self.translator.columns.text(field, self.translator.kind) else {
            return Ok(0);
        };
        let index = self.reader.inverted_index(column).map_err(unreadable)?;
        let postings = index
            .read_postings(&Term::from_field_text(column, text), IndexRecordOption::WithFreqs)
            .map_err(|error| EngineError::Unreadable(error.to_string()))?;
        let Some(mut postings) = postings else { return Ok(0) };
        let found = reach(&mut postings, self.address.doc_id);
        Ok(if found { postings.term_freq() } else { 0 })
    }
}

/// Whether a list has the document; it then stands at it.
fn reach(list: &mut (impl DocSet + ?Sized), document: u32) -> bool {
    list.doc() == document || (list.doc() < document && list.seek(document) == document)
}
