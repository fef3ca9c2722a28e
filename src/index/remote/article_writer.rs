//! Writes articles to the cluster by several threads, each with a bounded heap of documents of its own.
//!
//! An article's own document is sent when all else of it is acknowledged: where it is there, the article is whole, and a
//! run that was killed goes on from there.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use tantivy::TantivyDocument;

use super::super::record::RecordForm;
use super::super::writer::Store;
use super::super::{IndexError, Share};
use super::bulk::{Item, send};
use super::client::Client;
use super::document::{Encoder, Sent};
use super::stale::removals;
use super::vocabulary::Vocabulary;

/// Articles that wait for a thread.
const WAITING: usize = 4;

/// What every writing thread needs.
pub struct Shared {
    /// Speaks to the cluster.
    pub client: Arc<Client>,
    /// The index written.
    pub index: String,
    /// Makes documents.
    pub encoder: Encoder,
    /// The list of terms.
    pub vocabulary: Vocabulary,
    /// Bytes sent at once by a thread.
    pub bulk_bytes: usize,
    /// Whether the index may hold documents of articles that it does not hold as a whole.
    pub doubtful: bool,
}

/// Writes articles.
pub struct ArticleWriter {
    threads: Vec<Thread>,
    next: usize,
    share: Share,
    /// Articles that are replaced: their documents so far go when the new ones are there.
    replaced: Option<u64>,
}

struct Thread {
    sender: SyncSender<Message>,
    handle: JoinHandle<Result<(), IndexError>>,
}

enum Message {
    Article {
        owner: u64,
        documents: Vec<TantivyDocument>,
        replaces: bool,
    },
    Gone(u64),
    Flush(SyncSender<()>),
}

impl ArticleWriter {
    /// A writer with so many threads.
    pub fn new(shared: Shared, threads: usize, share: Share) -> Self {
        let shared = Arc::new(shared);
        let thread = |_| {
            let (sender, receiver) = sync_channel(WAITING);
            let shared = Arc::clone(&shared);
            Thread {
                sender,
                handle: std::thread::spawn(move || Pile::new(&shared).run(&receiver)),
            }
        };
        Self {
            threads: (0..threads.max(1)).map(thread).collect(),
            next: 0,
            share,
            replaced: None,
        }
    }

    fn hand_over(&mut self, message: Message) -> Result<(), IndexError> {
        let count = self.threads.len().max(1);
        self.next = (self.next + 1) % count;
        let place = self.next;
        let sent = self
            .threads
            .get(place)
            .map(|thread| thread.sender.send(message).is_ok());
        if sent == Some(true) {
            Ok(())
        } else {
            Err(self.failure(place))
        }
    }

    /// Why a thread ended.
    fn failure(&mut self, place: usize) -> IndexError {
        let ended = "a writing thread ended early";
        if place >= self.threads.len() {
            return IndexError::Write(ended.to_owned());
        }
        let thread = self.threads.remove(place);
        drop(thread.sender);
        match thread.handle.join() {
            Ok(Err(error)) => error,
            Ok(Ok(())) | Err(_) => IndexError::Write(ended.to_owned()),
        }
    }

    fn settle_replaced(&mut self) -> Result<(), IndexError> {
        match self.replaced.take() {
            Some(owner) => self.hand_over(Message::Gone(owner)),
            None => Ok(()),
        }
    }

    /// Ends the writing; everything must have been committed.
    pub fn close(mut self) -> Result<(), IndexError> {
        while let Some(Thread { sender, handle }) = self.threads.pop() {
            drop(sender);
            handle
                .join()
                .map_err(|_| IndexError::Write("a writing thread ended early".to_owned()))??;
        }
        Ok(())
    }
}

impl Store for ArticleWriter {
    fn takes(&self, owner: u64) -> bool {
        self.share.has(owner)
    }

    fn record_form(&self) -> RecordForm<'_> {
        RecordForm::Whole
    }

    fn add(&mut self, owner: u64, documents: Vec<TantivyDocument>) -> Result<(), IndexError> {
        let replaces = self.replaced == Some(owner);
        if replaces {
            self.replaced = None;
        }
        self.settle_replaced()?;
        self.hand_over(Message::Article {
            owner,
            documents,
            replaces,
        })
    }

    fn delete(&mut self, owner: u64) -> Result<(), IndexError> {
        self.settle_replaced()?;
        self.replaced = Some(owner);
        Ok(())
    }

    fn commit_when_due(&mut self) -> Result<(), IndexError> {
        // Every thread sends what it has as soon as it is enough.
        Ok(())
    }

    fn commit(&mut self) -> Result<(), IndexError> {
        self.settle_replaced()?;
        let mut waiting = Vec::new();
        for place in 0..self.threads.len() {
            let (sender, receiver) = sync_channel(1);
            let sent = self
                .threads
                .get(place)
                .is_some_and(|thread| thread.sender.send(Message::Flush(sender)).is_ok());
            if !sent {
                return Err(self.failure(place));
            }
            waiting.push((place, receiver));
        }
        for (place, receiver) in waiting {
            if receiver.recv().is_err() {
                return Err(self.failure(place));
            }
        }
        Ok(())
    }
}

/// What one thread has not sent yet.
struct Pile<'a> {
    shared: &'a Shared,
    items: Vec<Item>,
    closing: Vec<Item>,
    kept: HashSet<String>,
    doubtful: Vec<u64>,
    bytes: usize,
}

impl<'a> Pile<'a> {
    fn new(shared: &'a Shared) -> Self {
        Self {
            shared,
            items: Vec::new(),
            closing: Vec::new(),
            kept: HashSet::new(),
            doubtful: Vec::new(),
            bytes: 0,
        }
    }

    fn run(mut self, receiver: &Receiver<Message>) -> Result<(), IndexError> {
        while let Ok(message) = receiver.recv() {
            match message {
                Message::Article {
                    owner,
                    documents,
                    replaces,
                } => {
                    if replaces || self.shared.doubtful {
                        self.doubtful.push(owner);
                    }
                    for sent in self.shared.encoder.encode(&documents)? {
                        self.take(sent)?;
                    }
                }
                Message::Gone(owner) => self.doubtful.push(owner),
                Message::Flush(done) => {
                    self.flush()?;
                    // Whoever asked may have gone.
                    let _ = done.send(());
                }
            }
            if self.bytes >= self.shared.bulk_bytes {
                self.flush()?;
            }
        }
        self.flush()
    }

    fn take(&mut self, sent: Sent) -> Result<(), IndexError> {
        let Sent {
            id,
            routing,
            body,
            words,
            closes,
        } = sent;
        let fresh = self.shared.vocabulary.items(words);
        self.bytes += fresh.iter().map(Item::bytes).sum::<usize>();
        self.items.extend(fresh);
        let item = Item::put(&self.shared.index, &id, &routing, body);
        self.bytes += item.bytes();
        self.kept.insert(id);
        if closes {
            self.closing.push(item);
        } else {
            self.items.push(item);
            if self.bytes >= self.shared.bulk_bytes {
                // An article of any size is sent in parts; its own document is not among them yet.
                send(&self.shared.client, std::mem::take(&mut self.items))?;
                self.bytes = self.closing.iter().map(Item::bytes).sum();
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), IndexError> {
        let client = &self.shared.client;
        let wanted: HashSet<&str> = self.kept.iter().map(String::as_str).collect();
        let (gone, gone_articles) = if self.doubtful.is_empty() {
            (Vec::new(), Vec::new())
        } else {
            removals(client, &self.shared.index, &self.doubtful, &wanted)?
        };
        drop(wanted);
        let mut first = std::mem::take(&mut self.items);
        first.extend(gone);
        send(client, first)?;
        let mut last = std::mem::take(&mut self.closing);
        last.extend(gone_articles);
        send(client, last)?;
        self.kept.clear();
        self.doubtful.clear();
        self.bytes = 0;
        Ok(())
    }
}
