//! One run through the corpus: what changed is read and written, what is gone is deleted.

use std::collections::HashMap;

use super::generation::Current;
use super::ledger::{Fate, Held, Ledger, Verdict};
use super::manifest::{Manifest, SourceEntry};
use super::mining::Mining;
use super::record::{content_digest, documents, owner_digest, source_digest};
use super::rename::rename;
use super::schema::Columns;
use super::writer::Store;
use super::{Enrich, IndexError, Input, InputFile, Progress, ReadError, Step, Stop};
use crate::document::Article;

/// The live generation an update builds upon.
pub struct Base {
    /// Which it is.
    pub current: Current,
    /// What it says of itself.
    pub manifest: Manifest,
    /// Its sources by path.
    pub sources: HashMap<String, SourceEntry>,
}

/// The state of one run.
pub struct Run<'a, S> {
    /// Columns of the index.
    pub columns: Columns,
    /// Writes.
    pub writer: S,
    /// What the index holds.
    pub ledger: Ledger,
    /// Knows what to index besides.
    pub enrich: &'a dyn Enrich,
    /// Gathers the term pairs.
    pub mining: Mining,
    /// How far the run is.
    pub step: Step,
    /// Articles added or replaced.
    pub written: u64,
    /// Articles removed.
    pub removed: u64,
    /// Articles named apart: path and new identifier.
    pub renamed: Vec<(String, String)>,
}

impl Base {
    /// Whether it was made from these files, with these digests, and no others.
    pub fn unchanged(&self, files: &[InputFile], digests: &[String]) -> bool {
        files.len() == self.sources.len()
            && files.iter().zip(digests).all(|(file, digest)| {
                self.sources
                    .get(&file.path)
                    .is_some_and(|source| source.digest == *digest)
            })
    }
}

impl<S: Store> Run<'_, S> {
    /// Reads what changed, in the order of paths, and removes what is gone.
    pub fn read_all(
        &mut self,
        input: &dyn Input,
        files: &[(InputFile, String)],
        base: Option<&Base>,
        progress: &mut dyn Progress,
    ) -> Result<Vec<SourceEntry>, IndexError> {
        let held = self.ledger.articles_by_source();
        let known = |file: &InputFile| base.and_then(|base| base.sources.get(&file.path));
        for (place, (file, digest)) in files.iter().enumerate() {
            let source = source_digest(&file.path);
            // The number of articles differs where an interrupted run already took one of them away.
            let kept = known(file).is_some_and(|known| {
                known.digest == *digest && !known.renamed && known.articles == held.get(&source).copied().unwrap_or(0)
            });
            self.ledger
                .decide(source, place, if kept { Fate::Kept } else { Fate::Read });
        }
        let mut sources = Vec::with_capacity(files.len());
        for (file, digest) in files {
            let entry = match known(file) {
                Some(known) if self.ledger.fate(source_digest(&file.path)) == Fate::Kept => known.clone(),
                _ => self.read_file(input, file, digest, progress)?,
            };
            sources.push(entry);
            self.step.files += 1;
            self.step.bytes += file.bytes;
            self.advance(progress)?;
        }
        let vanished: Vec<u64> = self
            .ledger
            .vanished()
            .filter(|&owner| self.writer.takes(owner))
            .collect();
        for owner in vanished {
            self.writer.delete(owner)?;
            self.removed += 1;
        }
        Ok(sources)
    }

    fn read_file(
        &mut self,
        input: &dyn Input,
        file: &InputFile,
        digest: &str,
        progress: &mut dyn Progress,
    ) -> Result<SourceEntry, IndexError> {
        let mut entry = SourceEntry {
            path: file.path.clone(),
            digest: digest.to_owned(),
            articles: 0,
            faults: 0,
            renamed: false,
        };
        let mut failure = None;
        let outcome = input.read(file, &mut |article| {
            let taken = self.take(article, &mut entry).and_then(|()| self.advance(progress));
            taken.map_err(|error| {
                failure = Some(error);
                Stop
            })
        });
        if let Some(error) = failure {
            return Err(error);
        }
        match outcome {
            Ok(faults) => entry.faults = faults,
            Err(ReadError::Input(error)) => return Err(error.into()),
            Err(ReadError::Stop(_)) => return Err(IndexError::Interrupted),
        }
        Ok(entry)
    }

    fn take(&mut self, mut article: Article, entry: &mut SourceEntry) -> Result<(), IndexError> {
        // A source's own word for its path does not count: the ledger goes by the file it was read from.
        article.source.path.clone_from(&entry.path);
        let mut attempt = 0;
        let verdict = loop {
            let held = Held {
                owner: owner_digest(&article.id),
                content: content_digest(&article)?,
                source: source_digest(&entry.path),
            };
            match self.ledger.judge(held) {
                Verdict::Taken => {
                    rename(&mut article, attempt);
                    attempt += 1;
                }
                verdict => break verdict,
            }
        };
        if attempt > 0 {
            entry.renamed = true;
            if self.renamed.len() < 100 {
                self.renamed.push((entry.path.clone(), article.id.to_string()));
            }
        }
        self.mining.take(&article.id, self.enrich.mine(&article));
        entry.articles += 1;
        self.step.articles += 1;
        let owner = owner_digest(&article.id);
        if verdict == Verdict::Same || !self.writer.takes(owner) {
            return Ok(());
        }
        if verdict == Verdict::Replace {
            self.writer.delete(owner)?;
        }
        let made = documents(&self.columns, &article, self.enrich, self.writer.record_form())?;
        self.writer.add(owner, made)?;
        self.written += 1;
        self.step.passages += article.passages.len() as u64;
        Ok(())
    }

    fn advance(&mut self, progress: &mut dyn Progress) -> Result<(), IndexError> {
        self.writer.commit_when_due()?;
        if progress.step(self.step) {
            return Ok(());
        }
        self.writer.commit()?;
        Err(IndexError::Interrupted)
    }
}
