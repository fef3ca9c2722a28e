//! Documents that any of a few queries finds, their scores added: a union that can be sought in.
//!
//! A word of a query with conditions is looked for in four fields, and such unions stand inside intersections, which
//! seek. tantivy's union adds up thousands of documents at once on a board; that pays where many are read in a row.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

/// So many queries at most are walked side by side.
pub const MOST: usize = 8;

/// Any of a few queries.
#[derive(Debug)]
pub struct AnyQuery {
    queries: Vec<Box<dyn Query>>,
    /// Whether a single one is walked by this union, too.
    guards: bool,
}

impl AnyQuery {
    /// Any of these; more than [`MOST`] are slow.
    pub fn new(queries: Vec<Box<dyn Query>>) -> Self {
        Self { queries, guards: false }
    }

    /// The same of what must not match. tantivy's exclusion asks for documents that were passed long ago, which its
    /// phrases must not be asked for (a debug assertion of 0.27.0); this union asks none.
    pub fn unwanted(queries: Vec<Box<dyn Query>>) -> Self {
        Self { queries, guards: true }
    }
}

impl Clone for AnyQuery {
    fn clone(&self) -> Self {
        Self {
            queries: self.queries.iter().map(|query| query.box_clone()).collect(),
            guards: self.guards,
        }
    }
}

impl Query for AnyQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let weights: tantivy::Result<Vec<_>> = self.queries.iter().map(|query| query.weight(scoring)).collect();
        Ok(Box::new(AnyWeight {
            weights: weights?,
            guards: self.guards,
        }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        for query in &self.queries {
            query.query_terms(visitor);
        }
    }
}

struct AnyWeight {
    weights: Vec<Box<dyn Weight>>,
    guards: bool,
}

impl Weight for AnyWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut scorers = Vec::with_capacity(self.weights.len());
        for weight in &self.weights {
            let scorer = weight.scorer(reader, boost)?;
            if scorer.doc() != TERMINATED {
                scorers.push(scorer);
            }
        }
        if scorers.len() == 1
            && !self.guards
            && let Some(only) = scorers.pop()
        {
            return Ok(only);
        }
        let mut any = AnyScorer {
            scorers,
            document: TERMINATED,
        };
        any.settle();
        Ok(Box::new(any))
    }

    fn explain(&self, reader: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > document || scorer.seek(document) != document {
            return Err(TantivyError::InvalidArgument(format!(
                "document {document} does not match"
            )));
        }
        Ok(Explanation::new("the sum of any of several", scorer.score()))
    }
}

struct AnyScorer {
    /// None stands before `document`.
    scorers: Vec<Box<dyn Scorer>>,
    document: DocId,
}

impl AnyScorer {
    fn settle(&mut self) {
        let documents = self.scorers.iter().map(|scorer| scorer.doc());
        self.document = documents.min().unwrap_or(TERMINATED);
    }
}

impl DocSet for AnyScorer {
    fn advance(&mut self) -> DocId {
        if self.document != TERMINATED {
            for scorer in &mut self.scorers {
                if scorer.doc() == self.document {
                    scorer.advance();
                }
            }
            self.settle();
        }
        self.document
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for scorer in &mut self.scorers {
            if scorer.doc() < target {
                scorer.seek(target);
            }
        }
        self.settle();
        self.document
    }

    fn doc(&self) -> DocId {
        self.document
    }

    fn size_hint(&self) -> u32 {
        let hints = self.scorers.iter().map(|scorer| scorer.size_hint());
        hints.fold(0, u32::saturating_add)
    }
}

impl Scorer for AnyScorer {
    fn score(&mut self) -> Score {
        let document = self.document;
        let there = self.scorers.iter_mut().filter(|scorer| scorer.doc() == document);
        there.map(|scorer| scorer.score()).sum()
    }
}

#[cfg(test)]
mod tests {
    use tantivy::collector::{Count, TopDocs};
    use tantivy::query::{BooleanQuery, Occur, PhraseQuery, Query, TermQuery};
    use tantivy::schema::{IndexRecordOption, Schema, TEXT};
    use tantivy::{Index, TantivyDocument, Term};

    use super::AnyQuery;

    /// What any of two words finds beside a third, and alone, is what tantivy's own union finds, with the same scores.
    #[test]
    fn it_finds_what_a_union_finds_also_where_it_is_sought_in() {
        let mut schema = Schema::builder();
        let words = schema.add_text_field("words", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 20_000_000).expect("a writer");
        for number in 0..3000u32 {
            let mut said = String::new();
            for (word, every) in [("two", 2), ("seven", 7), ("eleven", 11), ("many", 1)] {
                if number % every == 0 {
                    said.push_str(&format!("{word} "));
                }
            }
            let mut document = TantivyDocument::default();
            document.add_text(words, said);
            writer.add_document(document).expect("added");
        }
        writer.commit().expect("committed");
        let searcher = index.reader().expect("a reader").searcher();
        let term = |text: &str| -> Box<dyn Query> {
            Box::new(TermQuery::new(
                Term::from_field_text(words, text),
                IndexRecordOption::WithFreqs,
            ))
        };
        let either = || vec![term("seven"), term("eleven"), term("nowhere")];
        let found = |query: &dyn Query| {
            let top = TopDocs::with_limit(3000).order_by_score();
            let mut found = searcher.search(query, &top).expect("found");
            found.sort_by_key(|(_, address)| *address);
            found
        };
        let ours = found(&AnyQuery::new(either()));
        // 429 multiples of seven and 273 of eleven, 39 of both.
        assert_eq!(ours.len(), 663);
        assert_eq!(ours, found(&BooleanQuery::union(either())));
        let beside = |any: Box<dyn Query>| found(&BooleanQuery::intersection(vec![term("two"), any]));
        let ours = beside(Box::new(AnyQuery::new(either())));
        // Half of each: 215, 137 and 20.
        assert_eq!(ours.len(), 332);
        assert_eq!(ours, beside(Box::new(BooleanQuery::union(either()))));
    }

    /// tantivy asks an excluded query for every document that is wanted, also for those it has passed.
    #[test]
    fn an_excluded_phrase_that_begins_late_takes_out_what_it_finds() {
        let mut schema = Schema::builder();
        let words = schema.add_text_field("words", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 20_000_000).expect("a writer");
        for number in 0..100u32 {
            let mut document = TantivyDocument::default();
            let said = if number == 50 {
                "the lava flow"
            } else {
                "the flow of lava"
            };
            document.add_text(words, said);
            writer.add_document(document).expect("added");
        }
        writer.commit().expect("committed");
        let searcher = index.reader().expect("a reader").searcher();
        let term = |text: &str| Term::from_field_text(words, text);
        let phrase = PhraseQuery::new(vec![term("lava"), term("flow")]);
        let wanted = TermQuery::new(term("the"), IndexRecordOption::Basic);
        let query = BooleanQuery::new(vec![
            (Occur::Must, Box::new(wanted) as Box<dyn Query>),
            (Occur::MustNot, Box::new(AnyQuery::unwanted(vec![Box::new(phrase)]))),
        ]);
        assert_eq!(searcher.search(&query, &Count).expect("found"), 99);
    }
}
