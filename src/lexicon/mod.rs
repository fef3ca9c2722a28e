//! Which terms mean the same in Chinese and English: dictionary, domain lists, the corpus itself, the user's file.

mod asked;
mod beginnings;
mod by_key;
mod cedict;
mod edge;
mod expand;
mod explain;
mod form;
mod gloss;
mod key;
mod long_form;
mod mine;
mod ordinal;
mod plural;
mod settings;
mod spans;
mod stop_words;
mod table;
mod tsv;
mod user;
mod whole;

pub use cedict::{Dictionary, DictionaryError, Gloss, LAYOUT, LONGEST_PHRASE};
pub use expand::{Lexicon, LexiconError};
pub use explain::{Explanation, Sizes};
pub use form::{is_abbreviation, language_of, singular_abbreviation};
pub use gloss::{PrintedGloss, glosses};
pub use key::{chinese_key, english_key, key, simplified, singular_key, stem_key};
pub use mine::{Mined, MinedPair, Pair, PairSource, PrintedPairs, mine};
pub use settings::Settings;
use stop_words::is_stop_key;
pub use stop_words::{is_stop_word, stop_weight};
pub use table::{Concept, Expansion, Provenance, Relation, TermTable};
pub use tsv::{LISTS, ListError, builtin_lists, compact_lists, read_list};
pub use user::{UserFileError, parse_user_file};
pub use whole::{WholeTerms, term_key};
