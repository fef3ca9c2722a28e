//! The one table of what the API can do: the router and the description are both made from it.

use axum::routing::{MethodRouter, get, post};
use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::handlers::{self, Health};
use super::wire::{
    Article, ArticlePassages, ArticleReferences, Articles, CitationAnswer, CitationParameters, ContextAnswer,
    ContextParameters, ExplainAnswer, ExplainParameters, PageParameters, PassageAnswer, SearchAnswer, SearchParameters,
    StyleParameters, SuggestParameters, Suggestions, TermAnswer,
};
use crate::server::Server;
use crate::server::parameters::{Fields, Parameters};

impl Operation {
    /// What varies in the path: each name with what it is.
    pub(crate) fn path_parts(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let names = self.path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
        names.zip(self.path_parts.iter().copied())
    }
}

/// How an operation is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Post,
}

impl Method {
    /// As an OpenAPI description names it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
        }
    }
}

/// What an operation reads besides its path.
#[derive(Clone, Copy)]
pub(crate) enum Input {
    Nothing,
    Query(fn() -> &'static Fields),
    Body(fn() -> &'static Fields),
}

/// One thing the API can do.
pub(crate) struct Operation {
    pub(crate) method: Method,
    /// The route; a name in braces stands for what varies.
    pub(crate) path: &'static str,
    /// Its name in the description.
    pub(crate) id: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) description: &'static str,
    /// What each name in braces stands for.
    pub(crate) path_parts: &'static [&'static str],
    pub(crate) input: Input,
    /// The schema of the answer.
    pub(crate) answer: fn(&mut SchemaGenerator) -> Schema,
    /// An example: path with query, or JSON body.
    pub(crate) example: &'static str,
    /// The handler.
    pub(crate) route: fn() -> MethodRouter<Server>,
}

fn answer<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

const SEARCHING: &str = "Ranked passages with the references they cite. Chinese and English words, traditional and \
    simplified characters, names such as CD34+ or PD-1, and whole questions all work. Highlights are half-open ranges \
    of Unicode code points (not bytes, not UTF-16 units) of the text they belong to; all texts are plain text.";

const CITING: &str = "In GB/T 7714 (2015 or 2025) or Vancouver, without the number in the list, or as RIS, BibTeX, CSL-JSON \
    or COinS for reference managers. What is not known is left out.";

/// Every operation, in the order of the description.
pub(crate) fn operations() -> Vec<Operation> {
    vec![
        Operation {
            method: Method::Get,
            path: "/v1/search",
            id: "search",
            summary: "Search passages or references",
            description: SEARCHING,
            path_parts: &[],
            input: Input::Query(SearchParameters::fields),
            answer: answer::<SearchAnswer>,
            example: "/v1/search?q=CD34%2B&limit=3",
            route: || get(handlers::search_by_query),
        },
        Operation {
            method: Method::Post,
            path: "/v1/search",
            id: "searchByBody",
            summary: "Search passages or references, asked in JSON",
            description: "The same search with the same names as a JSON object; a null counts as not given. Asked this \
                way, no proxy writes the query into its log.",
            path_parts: &[],
            input: Input::Body(SearchParameters::fields),
            answer: answer::<SearchAnswer>,
            example: r#"{"q": "CD34+", "limit": 3}"#,
            route: || post(handlers::search_by_body),
        },
        Operation {
            method: Method::Post,
            path: "/v1/context",
            id: "makeContext",
            summary: "Gather evidence for a chatbot's answer",
            description: "Searches, and packs the passages that bear on the question into a budget of tokens: neighbours \
                of a section become one source, sources are numbered, the works they cite are listed once, and what does \
                not fit is cut at sentence ends. The texts are set apart from instructions: hidden characters are taken \
                out, and nothing in them can close its <source> block. answerable says plainly when nothing is found.",
            path_parts: &[],
            input: Input::Body(ContextParameters::fields),
            answer: answer::<ContextAnswer>,
            example: r#"{"query": "CD34+", "max_tokens": 1000}"#,
            route: || post(handlers::context),
        },
        Operation {
            method: Method::Get,
            path: "/v1/explain",
            id: "explainPassage",
            summary: "Why a passage is a hit of a search, or none",
            description: "What became of one passage in a search: shown, on another page, outside a filter, excluded, \
                behind nearly the same text, or without a match; what each term of the query adds to its score, and how \
                far it is from the last hit shown. In numbers, and in words in both languages.",
            path_parts: &[],
            input: Input::Query(ExplainParameters::fields),
            answer: answer::<ExplainAnswer>,
            example: "/v1/explain?q=CD34%2B&id={id}",
            route: || get(handlers::explain),
        },
        Operation {
            method: Method::Get,
            path: "/v1/suggest",
            id: "suggest",
            summary: "Complete what is typed",
            description: "Terms and titles of the corpus that may be meant by what was typed so far, best first: by their \
                text, from any word or Han character on, by pinyin, and by the initials of pinyin. Empty until the server \
                has gathered them, a moment after its start.",
            path_parts: &[],
            input: Input::Query(SuggestParameters::fields),
            answer: answer::<Suggestions>,
            example: "/v1/suggest?q=tangniao",
            route: || get(handlers::suggest),
        },
        Operation {
            method: Method::Get,
            path: "/v1/passages/{id}",
            id: "getPassage",
            summary: "Read a passage with its neighbours",
            description: "One passage with its citations, the references they name, and the passages before and after.",
            path_parts: &["Identifier of a passage, as a hit gives it."],
            input: Input::Nothing,
            answer: answer::<PassageAnswer>,
            example: "/v1/passages/{id}",
            route: || get(handlers::passage),
        },
        Operation {
            method: Method::Get,
            path: "/v1/articles",
            id: "listArticles",
            summary: "List the articles",
            description: "The articles in the order of their identifiers.",
            path_parts: &[],
            input: Input::Query(PageParameters::fields),
            answer: answer::<Articles>,
            example: "/v1/articles?limit=5",
            route: || get(handlers::articles),
        },
        Operation {
            method: Method::Get,
            path: "/v1/articles/{id}",
            id: "getArticle",
            summary: "Read an article's description and section tree",
            description: "Bibliographic description in both languages, and the tree of sections with their passages.",
            path_parts: &["Identifier of an article."],
            input: Input::Nothing,
            answer: answer::<Article>,
            example: "/v1/articles/{id}",
            route: || get(handlers::article),
        },
        Operation {
            method: Method::Get,
            path: "/v1/articles/{id}/passages",
            id: "listArticlePassages",
            summary: "Read all passages of an article",
            description: "Every passage in reading order: together they are the article's text.",
            path_parts: &["Identifier of an article."],
            input: Input::Nothing,
            answer: answer::<ArticlePassages>,
            example: "/v1/articles/{id}/passages",
            route: || get(handlers::article_passages),
        },
        Operation {
            method: Method::Get,
            path: "/v1/articles/{id}/references",
            id: "listArticleReferences",
            summary: "Read the reference list of an article",
            description: "Every reference in printed order, each with the passages that cite it.",
            path_parts: &["Identifier of an article."],
            input: Input::Nothing,
            answer: answer::<ArticleReferences>,
            example: "/v1/articles/{id}/references",
            route: || get(handlers::article_references),
        },
        Operation {
            method: Method::Get,
            path: "/v1/articles/{id}/citation",
            id: "citeArticle",
            summary: "Cite an article",
            description: CITING,
            path_parts: &["Identifier of an article."],
            input: Input::Query(CitationParameters::fields),
            answer: answer::<CitationAnswer>,
            example: "/v1/articles/{id}/citation?style=bibtex",
            route: || get(handlers::article_citation),
        },
        Operation {
            method: Method::Get,
            path: "/v1/passages/{id}/citation",
            id: "citePassage",
            summary: "Cite a passage",
            description: "The citation of the article the passage stands in, with its section and paragraph: behind the \
                entry in a style, as a note in an export.",
            path_parts: &["Identifier of a passage, as a hit gives it."],
            input: Input::Query(CitationParameters::fields),
            answer: answer::<CitationAnswer>,
            example: "/v1/passages/{id}/citation?style=gbt7714-2015",
            route: || get(handlers::passage_citation),
        },
        Operation {
            method: Method::Get,
            path: "/v1/articles/{id}/references/{number}/citation",
            id: "citeReference",
            summary: "Cite a work of an article's reference list",
            description: "The citation of a cited work. Where the parts of the printed entry can't all be told, it is \
                given as printed.",
            path_parts: &["Identifier of an article.", "The printed number of the reference."],
            input: Input::Query(StyleParameters::fields),
            answer: answer::<CitationAnswer>,
            example: "/v1/articles/{id}/references/{number}/citation?style=ris",
            route: || get(handlers::reference_citation),
        },
        Operation {
            method: Method::Get,
            path: "/v1/lexicon/{term}",
            id: "explainTerm",
            summary: "What a term is called otherwise",
            description: "The other names of a term in both languages, each with its weight and who says so, and the \
                known terms it consists of. A search looks for these too.",
            path_parts: &["A term in either language, of at most 96 characters."],
            input: Input::Nothing,
            answer: answer::<TermAnswer>,
            example: "/v1/lexicon/stem%20cell",
            route: || get(handlers::term),
        },
        Operation {
            method: Method::Get,
            path: "/healthz",
            id: "health",
            summary: "Whether the server runs",
            description: "Answers as long as the server takes requests at all.",
            path_parts: &[],
            input: Input::Nothing,
            answer: answer::<Health>,
            example: "/healthz",
            route: || get(handlers::healthz),
        },
        Operation {
            method: Method::Get,
            path: "/readyz",
            id: "ready",
            summary: "Whether searches are answered",
            description: "Answers 503 with the reason until the index is open, and when the server is stopping.",
            path_parts: &[],
            input: Input::Nothing,
            answer: answer::<Health>,
            example: "/readyz",
            route: || get(handlers::readyz),
        },
    ]
}
