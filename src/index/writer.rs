//! The supervised writer of a building folder: after any error it is given up, never used again.

use std::time::{Duration, Instant};

use tantivy::directory::Directory;
use tantivy::indexer::{IndexWriterOptions, NoMergePolicy, UserOperation};
use tantivy::schema::Schema;
use tantivy::store::Compressor;
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Index, IndexSettings, IndexWriter, Searcher, TantivyDocument, Term};

use super::packing::Packer;
use super::queue::{Queue, Queued};
use super::record::RecordForm;
use super::schema::Columns;
use super::{IndexError, Settings};

/// Least memory tantivy takes for a writing thread.
const LEAST_HEAP: usize = 16 << 20;

/// What an update leaves alone: a segment without deletions that holds at least this share of all documents.
const SETTLED_SHARE: u32 = 8;

/// Where the articles of a run go.
pub trait Store {
    /// Whether this process writes an article, by its digest.
    fn takes(&self, _owner: u64) -> bool {
        true
    }

    /// How the records of an article's documents stand to one another.
    fn record_form(&self) -> RecordForm<'_>;

    /// Adds the documents of one article.
    fn add(&mut self, owner: u64, documents: Vec<TantivyDocument>) -> Result<(), IndexError>;

    /// Deletes every document of an article; where it is added next, it is replaced.
    fn delete(&mut self, owner: u64) -> Result<(), IndexError>;

    /// Commits if the last commit is long enough ago. Only to be called between articles.
    fn commit_when_due(&mut self) -> Result<(), IndexError>;

    /// Makes all that was written outlive the process.
    fn commit(&mut self) -> Result<(), IndexError>;
}

/// A supervised writer.
///
/// tantivy's own writer can lose documents, or write them twice, when it is used after a failed addition or commit.
/// Every method that can fail here takes the writer away on failure; what was committed stays and the next run goes
/// on from there.
pub struct Writer {
    index: Index,
    columns: Columns,
    packer: Packer,
    inner: Option<IndexWriter<Queued>>,
    queue: Queue,
    committed: Instant,
    interval: Duration,
    pending: bool,
}

impl Writer {
    /// Opens the index in a directory for writing, or makes one there. Its records are packed by the packer.
    pub fn open(
        (directory, packer): (Box<dyn Directory>, Packer),
        settings: &Settings,
        columns: &Columns,
        tokenizers: TokenizerManager,
    ) -> Result<Self, IndexError> {
        let mut index = if Index::exists(directory.as_ref()).map_err(|error| IndexError::Write(error.to_string()))? {
            Index::open(directory).map_err(IndexError::write)?
        } else {
            create(directory, columns.schema.clone())?
        };
        index.set_tokenizers(tokenizers);
        let threads = settings.threads.clamp(1, 8);
        let heap = (settings.heap_mb.clamp(32, 4096) << 20) / threads;
        let options = IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread(heap.max(LEAST_HEAP))
            .num_merge_threads(1)
            .build();
        let writer: IndexWriter<Queued> = index.writer_with_options(options).map_err(IndexError::write)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(Self {
            index,
            columns: columns.clone(),
            packer,
            inner: Some(writer),
            queue: Queue::default(),
            committed: Instant::now(),
            interval: Duration::from_secs(settings.commit_seconds.clamp(1, 3600)),
            pending: false,
        })
    }

    fn supervised<T>(
        &mut self,
        act: impl FnOnce(&mut IndexWriter<Queued>) -> tantivy::Result<T>,
    ) -> Result<T, IndexError> {
        let Some(writer) = self.inner.as_mut() else {
            return Err(IndexError::Write(
                "the writer was given up after an earlier error".to_owned(),
            ));
        };
        let outcome = act(writer);
        if outcome.is_err() {
            self.inner = None;
        }
        outcome.map_err(IndexError::write)
    }

    /// A searcher over what is committed.
    pub fn searcher(&self) -> Result<Searcher, IndexError> {
        Ok(self.index.reader().map_err(IndexError::write)?.searcher())
    }

    /// Puts segments together: all of them in a new index, and in an updated one the small ones and those with
    /// deletions, so that no deleted document counts in any statistic. No segment grows beyond `most` documents
    /// unless one already was larger.
    pub fn compact(&mut self, updated: bool, most: u32) -> Result<(), IndexError> {
        let mut segments = self.index.searchable_segment_metas().map_err(IndexError::write)?;
        let total: u32 = segments
            .iter()
            .map(|segment| segment.num_docs())
            .fold(0, u32::saturating_add);
        let settled = |docs: u32| docs >= most / 2 || (updated && docs >= (total / SETTLED_SHARE).max(1000));
        segments.retain(|segment| segment.has_deletes() || !settled(segment.num_docs()));
        segments.sort_by_key(|segment| segment.num_docs());
        let mut groups: Vec<(u32, Vec<_>)> = Vec::new();
        for segment in segments {
            let docs = segment.num_docs();
            match groups.last_mut() {
                Some((sum, group)) if sum.saturating_add(docs) <= most => {
                    *sum += docs;
                    group.push(segment);
                }
                _ => groups.push((docs, vec![segment])),
            }
        }
        for (_, group) in groups {
            let needed = group.len() > 1 || group.iter().any(|segment| segment.has_deletes());
            if needed {
                let ids: Vec<_> = group.iter().map(|segment| segment.id()).collect();
                drop(group);
                self.supervised(|writer| writer.merge(&ids).wait())?;
            }
        }
        self.supervised(|writer| writer.garbage_collect_files().wait())?;
        Ok(())
    }

    /// Ends the writing.
    pub fn close(mut self) -> Result<(), IndexError> {
        match self.inner.take() {
            Some(writer) => writer.wait_merging_threads().map_err(IndexError::write),
            None => Ok(()),
        }
    }
}

impl Store for Writer {
    fn record_form(&self) -> RecordForm<'_> {
        RecordForm::Together(&self.packer)
    }

    fn add(&mut self, _: u64, documents: Vec<TantivyDocument>) -> Result<(), IndexError> {
        self.pending = true;
        // Added one by one they would be shared out among the writing threads; a group stays in one segment, in order.
        let group: Vec<UserOperation<Queued>> = self
            .queue
            .enter(documents)
            .into_iter()
            .map(UserOperation::Add)
            .collect();
        self.supervised(|writer| writer.run(group))?;
        Ok(())
    }

    fn delete(&mut self, owner: u64) -> Result<(), IndexError> {
        self.pending = true;
        let term = Term::from_field_u64(self.columns.owner, owner);
        self.supervised(|writer| {
            writer.delete_term(term);
            Ok(())
        })
    }

    fn commit_when_due(&mut self) -> Result<(), IndexError> {
        if self.pending && self.committed.elapsed() >= self.interval {
            self.commit()
        } else {
            Ok(())
        }
    }

    fn commit(&mut self) -> Result<(), IndexError> {
        self.supervised(|writer| writer.commit())?;
        self.committed = Instant::now();
        self.pending = false;
        Ok(())
    }
}

fn create(directory: Box<dyn Directory>, schema: Schema) -> Result<Index, IndexError> {
    // Records are packed one by one already. A block is copied to read one of them, so it is small.
    let settings = IndexSettings {
        docstore_compression: Compressor::None,
        docstore_blocksize: 4 * 1024,
        ..IndexSettings::default()
    };
    Index::create(directory, schema, settings).map_err(IndexError::write)
}
