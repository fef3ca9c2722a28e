//! A context on the wire: what may be asked of it, and how it is answered.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::article::address;
use super::choices::LangChoice;
use super::condition::ConditionNode;
use super::passage::PlacedSection;
use super::position::{self, Range};
use super::request::SearchParameters;
use super::search::AnswerableChoice;
use super::{Lang, Reference};
use crate::cite::anthropic::SearchResult;
use crate::cite::cohere::Document;
use crate::cite::openai::TextPart;
use crate::cite::{
    self, Budget, Context, Format, LARGEST_BUDGET, Quoted, Rendered, SMALLEST_BUDGET, Sentence, Source, USUAL_BUDGET,
    Vocabulary, Work,
};
use crate::document::ArticleHead;
use crate::retrieve::{LONGEST_NAME, LONGEST_QUERY, MOST_HISTORY, MOST_WITHOUT, Search};
use crate::server::parameters::{Fields, Parameters};
use crate::server::{Base, FieldFault, Problem};
use crate::text::Span;

/// The shape of a context.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FormatChoice {
    /// One text, in `context`.
    #[default]
    Markdown,
    /// The texts in `sources`.
    Json,
    /// Anthropic's search results, in `search_results`.
    Anthropic,
    /// Cohere's documents, in `documents`.
    Cohere,
    /// OpenAI's content parts, in `content`.
    Openai,
}

impl From<FormatChoice> for Format {
    fn from(choice: FormatChoice) -> Self {
        match choice {
            FormatChoice::Markdown => Self::Markdown,
            FormatChoice::Json => Self::Json,
            FormatChoice::Anthropic => Self::Anthropic,
            FormatChoice::Cohere => Self::Cohere,
            FormatChoice::Openai => Self::Openai,
        }
    }
}

impl From<Format> for FormatChoice {
    fn from(format: Format) -> Self {
        match format {
            Format::Markdown => Self::Markdown,
            Format::Json => Self::Json,
            Format::Anthropic => Self::Anthropic,
            Format::Cohere => Self::Cohere,
            Format::Openai => Self::Openai,
        }
    }
}

/// Whose tokens are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum VocabularyChoice {
    /// Those of newer models.
    #[default]
    O200k,
    /// Those of models of 2023.
    Cl100k,
}

impl From<VocabularyChoice> for Vocabulary {
    fn from(choice: VocabularyChoice) -> Self {
        match choice {
            VocabularyChoice::O200k => Self::O200k,
            VocabularyChoice::Cl100k => Self::Cl100k,
        }
    }
}

impl From<Vocabulary> for VocabularyChoice {
    fn from(vocabulary: Vocabulary) -> Self {
        match vocabulary {
            Vocabulary::O200k => Self::O200k,
            Vocabulary::Cl100k => Self::Cl100k,
        }
    }
}

/// What a context is wanted for, and how large it may be.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ContextRequest")]
pub struct ContextParameters {
    /// The question, as a search takes it.
    #[schemars(length(min = 1, max = LONGEST_QUERY), extend("example" = "胎盘来源的水凝胶效果如何？"))]
    query: String,
    /// The most tokens of what the model is shown. Default 2000.
    #[schemars(range(min = SMALLEST_BUDGET, max = LARGEST_BUDGET))]
    max_tokens: Option<u32>,
    /// markdown (default), json, anthropic, cohere or openai.
    format: Option<FormatChoice>,
    /// Whose tokens: o200k (default; newer models) or cl100k (models of 2023, which take more for Chinese).
    vocabulary: Option<VocabularyChoice>,
    /// Language of the passages: any (default), zh, en, or same as the query's.
    lang: Option<LangChoice>,
    /// Only these articles: identifiers, separated by commas.
    #[schemars(length(min = 1, max = 10_000))]
    article: Option<String>,
    /// Only the section with this id, number or title, and the sections inside it.
    #[schemars(length(min = 1, max = 300))]
    section: Option<String>,
    /// Only articles published in this year or later.
    #[schemars(range(min = 1, max = 9999))]
    year_from: Option<u16>,
    /// Only articles published in this year or earlier.
    #[schemars(range(min = 1, max = 9999))]
    year_to: Option<u16>,
    /// Leave out passages of less relevance than this, 0 to 1; default 0.
    #[schemars(range(min = 0, max = 1))]
    min_relevance: Option<f32>,
    /// Only sections that play these parts, separated by commas: abstract, introduction, methods, results, discussion,
    /// conclusion, other.
    #[schemars(length(min = 1, max = 200))]
    role: Option<String>,
    /// A condition on the facts in `metadata` of a hit, as a search takes it.
    #[schemars(extend("example" = {"field": "year", "op": "gte", "value": 2020}))]
    filter: Option<ConditionNode>,
    /// Earlier questions of the conversation, the newest last: their words count less.
    #[schemars(length(max = MOST_HISTORY), inner(length(max = LONGEST_QUERY)))]
    history: Option<Vec<String>>,
    /// Other names of the query's terms that are not to be looked for.
    #[schemars(length(max = MOST_WITHOUT), inner(length(min = 1, max = LONGEST_NAME)))]
    without: Option<Vec<String>>,
    /// Whether the query is taken as typed: not read as pinyin, nor with slips put right or names joined (`CD 34`).
    /// Default false.
    as_typed: Option<bool>,
    /// Whether passages of many articles are wanted. Default false.
    diversify: Option<bool>,
}

impl Parameters for ContextParameters {
    fn fields() -> &'static Fields {
        static FIELDS: LazyLock<Fields> = LazyLock::new(Fields::of::<ContextParameters>);
        &FIELDS
    }
}

impl ContextParameters {
    /// The search and the budget these parameters ask for.
    pub(crate) fn resolve(self) -> Result<(Search, Budget), Problem> {
        let Self {
            query,
            max_tokens,
            format,
            vocabulary,
            lang,
            article,
            section,
            year_from,
            year_to,
            min_relevance,
            role,
            filter,
            history,
            without,
            as_typed,
            diversify,
        } = self;
        if query.trim().is_empty() {
            return Err(Problem::invalid_parameters(vec![FieldFault::new(
                "query",
                "it is empty",
                "at least one character other than a space",
            )]));
        }
        let search = SearchParameters {
            q: query,
            lang,
            article,
            section,
            year_from,
            year_to,
            min_relevance,
            role,
            filter,
            history,
            without,
            as_typed,
            diversify,
            ..SearchParameters::default()
        };
        let budget = Budget {
            max_tokens: max_tokens.map_or(USUAL_BUDGET, |tokens| tokens as usize),
            vocabulary: vocabulary.unwrap_or_default().into(),
            format: format.unwrap_or_default().into(),
        };
        Ok((search.resolve()?, budget))
    }
}

/// The web address of an article, for the sources of a context.
pub(crate) fn article_address(head: &ArticleHead, base: &Base) -> String {
    address(head.url.clone(), head.doi.as_deref(), head.id.as_str(), base)
}

/// A sentence that was quoted.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "QuotedSentence")]
pub struct SentenceAnswer {
    /// First Unicode code point in the passage's text.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The numbers, in `references`, of the works it cites.
    pub references: Vec<usize>,
}

/// A passage that was quoted.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "QuotedPassage")]
pub struct QuotedAnswer {
    /// Identifier of the passage.
    pub id: String,
    /// Article, section and paragraph.
    pub locator: String,
    /// The sentences shown, in order; in `search_results` each is a block.
    pub sentences: Vec<SentenceAnswer>,
}

/// A numbered source: one passage, or neighbours of one section.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "ContextSource")]
pub struct SourceAnswer {
    /// From 1, as the context names it.
    pub number: usize,
    /// Identifier of its first passage.
    pub id: String,
    /// Article, section and paragraph of its first passage.
    pub locator: String,
    /// Identifier of the article.
    pub article: String,
    /// Title of the article, in the language of the source where printed in it.
    pub title: String,
    /// Absolute web address of the article.
    pub url: String,
    /// Language of the passages.
    pub lang: Lang,
    /// How sure it is that it answers, 0 to 1.
    pub relevance: f32,
    /// Where it stands.
    pub section: PlacedSection,
    /// The passages, in reading order.
    pub passages: Vec<QuotedAnswer>,
    /// The numbers, in `references`, of the works it cites.
    pub references: Vec<usize>,
    /// What it says; only where the format is json.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A work that the sources cite.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "ContextReference")]
pub struct WorkAnswer {
    /// From 1; the context names it `R` with this number.
    pub number: usize,
    /// The first source that cites it.
    pub source: usize,
    /// The entry of that article's reference list.
    pub reference: Reference,
}

/// Numbered evidence in a budget.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ContextAnswer {
    /// The question.
    pub query: String,
    /// Whether the sources answer it: `yes`, `weak`, or `no` where there are none.
    pub answerable: AnswerableChoice,
    /// What the model should be told of that, in the language of the question; null where it is `yes`. Part of `context`
    /// and `content`.
    pub notice: Option<String>,
    /// The shape of the answer.
    pub format: FormatChoice,
    /// The budget.
    pub max_tokens: usize,
    /// What was taken of it, as estimated: for most prose within 15 % of the true count.
    pub tokens: usize,
    /// Whose tokens.
    pub vocabulary: VocabularyChoice,
    /// Relevant passages that found no room, or only in part.
    pub left_out: usize,
    /// One text for a prompt; only where the format is markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
    /// For the `content` of a user message or a tool result; only where the format is anthropic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search_results: Option<Vec<SearchResult>>,
    /// For the `documents` of a request; only where the format is cohere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub documents: Option<Vec<Document>>,
    /// For the `content` of a user or tool message; only where the format is openai.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<Vec<TextPart>>,
    /// The sources, the most relevant first.
    pub sources: Vec<SourceAnswer>,
    /// The works they cite, each once.
    pub references: Vec<WorkAnswer>,
}

impl ContextAnswer {
    /// The answer for a context that was packed into this budget.
    pub(crate) fn new(context: Context, budget: Budget) -> Self {
        let Budget {
            max_tokens,
            vocabulary,
            format,
        } = budget;
        let rendered = context.render(format);
        let notice = context.notice().map(str::to_owned);
        let Context {
            query,
            answerable,
            sources,
            works,
            left_out,
        } = context;
        let with_text = format == Format::Json;
        let mut answer = Self {
            query,
            answerable: answerable.into(),
            notice,
            format: format.into(),
            max_tokens,
            tokens: rendered.tokens(vocabulary),
            vocabulary: vocabulary.into(),
            left_out,
            context: None,
            search_results: None,
            documents: None,
            content: None,
            sources: sources
                .into_iter()
                .map(|source| SourceAnswer::new(source, with_text))
                .collect(),
            references: works.into_iter().map(WorkAnswer::from).collect(),
        };
        match rendered {
            Rendered::Markdown(text) => answer.context = Some(text),
            Rendered::Json(_) => {}
            Rendered::Anthropic(results) => answer.search_results = Some(results),
            Rendered::Cohere(documents) => answer.documents = Some(documents),
            Rendered::Openai(parts) => answer.content = Some(parts),
        }
        answer
    }
}

impl SourceAnswer {
    fn new(source: Source, with_text: bool) -> Self {
        let text = with_text.then(|| source.text());
        let Source {
            number,
            article,
            url,
            path,
            language,
            relevance,
            passages,
        } = source;
        let passages: Vec<QuotedAnswer> = passages.into_iter().map(QuotedAnswer::from).collect();
        let (id, locator) = match passages.first() {
            Some(first) => (first.id.clone(), first.locator.clone()),
            None => (String::new(), String::new()),
        };
        let sentences = passages.iter().flat_map(|passage| &passage.sentences);
        let mut references: Vec<usize> = sentences
            .flat_map(|sentence| sentence.references.iter().copied())
            .collect();
        references.sort_unstable();
        references.dedup();
        Self {
            number,
            id,
            locator,
            title: cite::visible(
                article
                    .title
                    .prefer(language)
                    .map_or(article.id.as_str(), String::as_str),
            ),
            article: article.id.to_string(),
            url,
            lang: language.into(),
            relevance,
            section: PlacedSection::at_end_of(path),
            passages,
            references,
            text,
        }
    }
}

impl From<Quoted> for QuotedAnswer {
    fn from(quoted: Quoted) -> Self {
        let Quoted {
            id,
            locator,
            text,
            sentences,
        } = quoted;
        let spans: Vec<Span> = sentences.iter().map(|sentence| sentence.span).collect();
        let ranges = position::ranges(&text, &spans);
        let sentences = sentences.into_iter().zip(ranges).map(|(sentence, range)| {
            let Sentence { span: _, works } = sentence;
            let Range { start, end } = range;
            SentenceAnswer {
                start,
                end,
                references: works,
            }
        });
        Self {
            id: id.to_string(),
            locator,
            sentences: sentences.collect(),
        }
    }
}

impl From<Work> for WorkAnswer {
    fn from(work: Work) -> Self {
        let Work {
            number,
            source,
            reference,
        } = work;
        Self {
            number,
            source,
            reference: reference.into(),
        }
    }
}
