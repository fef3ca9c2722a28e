//! The analyzer: the same terms from passages and queries in both languages, with spans of the original text.

mod analyzer;
mod forms;
mod general;
mod grams;
mod greek;
mod latin;
mod numbered;
mod runs;
mod segmenter;
mod stem;
mod terms;
mod tokenizers;

pub use analyzer::{ANALYZER_VERSION, Analyzer, Mode, Settings, Token};
pub use general::{general_share, in_general_use};
pub use greek::is_name as is_greek_name;
pub use latin::is_symbol;
pub use numbered::{in_arabic_digits, is_numbered, numbered_names};
pub use segmenter::Segmenter;
pub use stem::stem;
pub use terms::{TermList, TermListError};
pub use tokenizers::{CHARS, GRAMS, IndexTokenizer, Stream, Tokens, TokensOf, WORDS, register_tokenizers};

#[cfg(test)]
mod tests;
