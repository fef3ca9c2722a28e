//! Completions while a query is typed: terms and titles of the corpus, by their text, by pinyin and by its initials.

mod forms;
mod gather;
mod packed;
mod pinyin;
mod suggestion;
mod suggestions;
mod table;

pub use suggestion::{Suggestion, SuggestionKind};
pub use suggestions::{LONGEST_TYPED, MOST_SUGGESTED, Suggestions};
