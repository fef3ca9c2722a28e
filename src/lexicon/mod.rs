//! Which terms mean the same in Chinese and English: dictionary, domain lists, what the corpus itself says.

mod cedict;
mod key;

pub use cedict::{Dictionary, DictionaryError, Gloss, LAYOUT, LONGEST_PHRASE};
pub use key::{chinese_key, english_key, key, singular_key, stem_key};
