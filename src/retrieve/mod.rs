//! A query and an engine in, ranked hits out; [`Searcher`] is the library's front door.

mod adjacent;
mod apart;
mod around;
mod cited_work;
mod condition;
mod conversation;
mod correct;
mod duplicates;
mod error;
mod explain;
mod facets;
mod findings;
mod fusion;
mod leg;
mod matching;
mod merge;
mod near;
mod order;
mod recent;
mod relevance;
mod rerank;
mod results;
mod search;
mod searcher;
mod second_look;
mod snippet;
mod suggest;
mod terms;
#[cfg(test)]
mod tests;
mod understood;
mod units;
mod wording;

pub use cited_work::CitedWork;
pub use condition::{DEEPEST_CONDITION, LARGEST_CONDITION, MOST_VALUES};
pub use correct::{Change, Correction, CorrectionKind, Corrector};
pub use error::SearchError;
pub use explain::{Cut, Explanation, Leg, Share, TermFound, Verdict, Why};
pub use facets::{ArticleCount, Facets};
pub use near::ModelStatus;
pub use recent::Recent;
pub use relevance::Answerable;
pub use results::{Found, Hit, PassageView, Results, Snippet, Status};
pub use search::{
    DEEPEST_OFFSET, Expand, Filters, LONGEST_NAME, LONGEST_QUERY, LanguageFilter, MOST_HISTORY, MOST_HITS,
    MOST_WITHOUT, Scope, Search, Sort,
};
pub use searcher::Searcher;
pub use suggest::{LONGEST_TYPED, MOST_SUGGESTED, Suggestion, SuggestionKind, Suggestions};
pub use understood::{Understood, UnderstoodTerm};
