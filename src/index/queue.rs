//! The documents that wait for a writing thread, which are bounded.
//!
//! tantivy lets ten thousand groups wait, whatever they hold: with a whole article in each that is gigabytes.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use tantivy::TantivyDocument;
use tantivy::schema::Document;

/// The most documents that wait, unless a single article has more: enough for every thread, and a few megabytes.
const MOST: usize = 300;

/// How long room is waited for while none comes free. A writer that has died frees its documents; where it does not,
/// handing it more fails, and that says what happened.
const PATIENCE: Duration = Duration::from_secs(60);

/// Counts the documents that wait.
#[derive(Debug, Default)]
pub struct Queue(Arc<Room>);

#[derive(Debug, Default)]
struct Room {
    waiting: Mutex<usize>,
    freed: Condvar,
}

/// A document that waits.
#[derive(Debug)]
pub struct Queued {
    document: TantivyDocument,
    place: Place,
}

/// A document's place in the room; it comes free when dropped.
#[derive(Debug)]
struct Place(Arc<Room>);

impl Queue {
    /// Takes documents in, as soon as there is room for them.
    pub fn enter(&self, documents: Vec<TantivyDocument>) -> Vec<Queued> {
        let full = |waiting: &mut usize| *waiting > 0 && *waiting + documents.len() > MOST;
        let waiting = self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut waiting, _) = self
            .0
            .freed
            .wait_timeout_while(waiting, PATIENCE, full)
            .unwrap_or_else(PoisonError::into_inner);
        *waiting += documents.len();
        drop(waiting);
        documents
            .into_iter()
            .map(|document| Queued {
                document,
                place: Place(Arc::clone(&self.0)),
            })
            .collect()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut waiting = self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        *waiting = waiting.saturating_sub(1);
        self.0.freed.notify_one();
    }
}

impl Document for Queued {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }

    fn into_tantivy_document(self) -> TantivyDocument {
        drop(self.place);
        self.document
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_full_takes_nothing_until_a_document_is_written() {
        let queue = Queue::default();
        let mut first = queue.enter(vec![TantivyDocument::default(); MOST]);
        std::thread::scope(|scope| {
            let second = scope.spawn(|| queue.enter(vec![TantivyDocument::default()]).len());
            std::thread::sleep(Duration::from_millis(50));
            assert!(!second.is_finished());
            let written = first.pop().map(Queued::into_tantivy_document);
            assert_eq!(written, Some(TantivyDocument::default()));
            assert_eq!(second.join().ok(), Some(1));
        });
    }

    #[test]
    fn an_article_of_more_documents_than_there_is_room_for_is_taken_alone() {
        let queue = Queue::default();
        assert_eq!(queue.enter(vec![TantivyDocument::default(); MOST + 1]).len(), MOST + 1);
        assert_eq!(*queue.0.waiting.lock().unwrap(), 0);
    }
}
