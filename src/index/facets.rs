//! Counts everything that a query matches by the columns kept for it, without scoring and without fetching records.

use std::collections::BTreeMap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, SegmentReader, TantivyError};

use super::FacetCounts;
use super::schema::bare_name;
use crate::document::{ArticleId, SectionRole};

/// Counts by article, role and year.
pub struct FacetCollector;

/// The counts of one segment, by the segment's own numbers.
pub struct SegmentFacets {
    total: usize,
    articles: Option<Words>,
    roles: Option<Words>,
    years: Option<Column<u64>>,
    by_year: BTreeMap<u64, usize>,
}

/// A column of words with a count for each.
struct Words {
    column: StrColumn,
    counts: Vec<u32>,
}

/// What one segment holds of the counts.
pub struct Counted {
    total: usize,
    articles: Vec<(String, usize)>,
    roles: Vec<(String, usize)>,
    years: BTreeMap<u64, usize>,
}

impl Words {
    fn of(reader: &SegmentReader, name: &str) -> tantivy::Result<Option<Self>> {
        let column = reader.fast_fields().str(name)?;
        Ok(column.map(|column| Self {
            counts: vec![0; column.num_terms()],
            column,
        }))
    }

    fn count(&mut self, document: DocId) {
        for ordinal in self.column.term_ords(document) {
            if let Some(count) = self.counts.get_mut(ordinal as usize) {
                *count += 1;
            }
        }
    }

    fn named(self) -> std::io::Result<Vec<(String, usize)>> {
        let mut named = Vec::new();
        for (ordinal, count) in (0u64..).zip(&self.counts).filter(|(_, count)| **count > 0) {
            let mut name = String::new();
            self.column.ord_to_str(ordinal, &mut name)?;
            named.push((name, *count as usize));
        }
        Ok(named)
    }
}

impl Collector for FacetCollector {
    type Fruit = FacetCounts;
    type Child = SegmentFacets;

    fn for_segment(&self, _: u32, reader: &SegmentReader) -> tantivy::Result<SegmentFacets> {
        Ok(SegmentFacets {
            total: 0,
            articles: Words::of(reader, "article")?,
            roles: Words::of(reader, "role")?,
            years: reader.fast_fields().column_opt::<u64>("year")?,
            by_year: BTreeMap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<std::io::Result<Counted>>) -> tantivy::Result<FacetCounts> {
        let mut all = FacetCounts::default();
        for segment in segments {
            let Counted {
                total,
                articles,
                roles,
                years,
            } = segment.map_err(TantivyError::from)?;
            all.total += total;
            for (name, count) in articles {
                if let Ok(id) = ArticleId::parse(bare_name(&name)) {
                    *all.articles.entry(id).or_default() += count;
                }
            }
            for (name, count) in roles {
                if let Some(role) = SectionRole::named(&name) {
                    *all.roles.entry(role).or_default() += count;
                }
            }
            for (year, count) in years {
                if let Ok(year) = u16::try_from(year) {
                    *all.years.entry(year).or_default() += count;
                }
            }
        }
        Ok(all)
    }
}

impl SegmentCollector for SegmentFacets {
    type Fruit = std::io::Result<Counted>;

    fn collect(&mut self, document: DocId, _: Score) {
        self.total += 1;
        for words in [&mut self.articles, &mut self.roles].into_iter().flatten() {
            words.count(document);
        }
        if let Some(year) = self.years.as_ref().and_then(|years| years.first(document)) {
            *self.by_year.entry(year).or_default() += 1;
        }
    }

    fn harvest(self) -> std::io::Result<Counted> {
        let named = |words: Option<Words>| words.map_or(Ok(Vec::new()), Words::named);
        Ok(Counted {
            total: self.total,
            articles: named(self.articles)?,
            roles: named(self.roles)?,
            years: self.by_year,
        })
    }
}
