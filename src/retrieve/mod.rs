//! A query and an engine in, ranked hits out; [`Searcher`] is the library's front door.

mod correct;
mod error;
mod findings;
mod matching;
mod relevance;
mod results;
mod search;
mod searcher;
mod snippet;
mod terms;
mod units;

pub use correct::{Change, Correction, CorrectionKind, Corrector};
pub use error::SearchError;
pub use relevance::Answerable;
pub use results::{Found, Hit, PassageView, Results, Snippet, Status};
pub use search::{DEEPEST_OFFSET, Filters, LONGEST_QUERY, LanguageFilter, MOST_HITS, Scope, Search};
pub use searcher::Searcher;
