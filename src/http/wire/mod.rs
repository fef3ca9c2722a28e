//! What the API says on the wire: every answer type, made from domain values by naming all their parts.

mod article;
mod choices;
mod citation;
mod condition;
mod context;
mod explanation;
mod lexicon;
mod metadata;
mod passage;
mod position;
mod reference;
mod request;
mod search;
mod section_tree;
mod suggestion;
mod understood;

pub(crate) use article::{Article, ArticleHead, Articles, Lang};
pub(crate) use citation::{CitationAnswer, CitationParameters, StyleParameters};
pub(crate) use condition::ConditionNode;
pub(crate) use context::{ContextAnswer, ContextParameters, article_address};
pub(crate) use explanation::{ExplainAnswer, ExplainParameters};
pub(crate) use lexicon::TermAnswer;
pub(crate) use passage::{ArticlePassages, PassageAnswer};
pub(crate) use reference::{ArticleReferences, Reference};
pub(crate) use request::{NoParameters, PageParameters, SearchParameters};
pub(crate) use search::SearchAnswer;
pub(crate) use suggestion::{SuggestParameters, Suggestions};
