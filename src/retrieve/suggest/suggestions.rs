//! Everything an index has to suggest, made once for a snapshot.

use super::forms::{forms, typed};
use super::gather::gather;
use super::packed::Packed;
use super::suggestion::Suggestion;
use super::table::{Table, TableBuilder};
use crate::index::{Engine, EngineError};

/// The most suggestions given at a time.
pub const MOST_SUGGESTED: usize = 20;

/// The longest text that is completed, in characters.
pub const LONGEST_TYPED: usize = 100;

/// The most places where typing may begin: a bound on memory, about 60 bytes each with everything.
const MOST_KEYS: usize = 4_000_000;

/// Everything an index has to suggest.
#[derive(Debug, Default)]
pub struct Suggestions {
    entries: Packed,
    table: Table,
}

impl Suggestions {
    /// Reads what a snapshot has to suggest. Takes a while on a large one: it is meant for a thread of its own.
    ///
    /// # Errors
    /// The engine failed.
    pub fn gather(engine: &dyn Engine) -> Result<Self, EngineError> {
        let mut weighed = gather(engine)?;
        weighed.sort_by_key(|one| std::cmp::Reverse(one.worth()));
        let mut builder = TableBuilder::default();
        let mut entries = Packed::default();
        for one in weighed {
            if builder.len() >= MOST_KEYS {
                break;
            }
            let Some(entry) = entries.add(&one.suggestion) else {
                break;
            };
            for form in forms(&one.suggestion.text) {
                builder.add(entry, one.worth(), &form);
            }
        }
        entries.shrink();
        Ok(Self {
            entries,
            table: builder.finish(),
        })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The best completions of what was typed so far, at most `limit` and [`MOST_SUGGESTED`].
    pub fn complete(&self, text: &str, limit: usize) -> Vec<Suggestion> {
        let short: String = text.chars().take(LONGEST_TYPED).collect();
        let found = self.table.begin_with(&typed(&short), limit.min(MOST_SUGGESTED));
        found.into_iter().filter_map(|entry| self.entries.get(entry)).collect()
    }
}
