//! A context in one of its shapes, and what that takes of a budget.

use crate::cite::quote::visible;
use crate::cite::{Vocabulary, tokens};
use crate::text::Language;

use super::anthropic::{self, SearchResult};
use super::cohere::{self, Document};
use super::evidence::{Context, Source};
use super::openai::{self, TextPart};
use super::{Format, blocks, words};

/// A context in one of its shapes.
#[derive(Debug, Clone, PartialEq)]
pub enum Rendered {
    /// One text.
    Markdown(String),
    /// The texts of the sources, each with its heading, and of the references.
    Json(Vec<String>),
    /// Results for Anthropic.
    Anthropic(Vec<SearchResult>),
    /// Documents for Cohere.
    Cohere(Vec<Document>),
    /// Parts for OpenAI.
    Openai(Vec<TextPart>),
}

impl Context {
    /// The context in this shape.
    pub fn render(&self, format: Format) -> Rendered {
        match format {
            Format::Markdown => Rendered::Markdown(blocks::blocks(self).join("\n\n")),
            Format::Json => {
                let sources = self.sources.iter().flat_map(|source| [source.heading(), source.text()]);
                let works = self.works.iter().map(|work| work.reference.text.clone());
                Rendered::Json(sources.chain(works).collect())
            }
            Format::Anthropic => Rendered::Anthropic(anthropic::results(self)),
            Format::Cohere => Rendered::Cohere(cohere::documents(self)),
            Format::Openai => Rendered::Openai(openai::parts(blocks::blocks(self))),
        }
    }

    /// What must be said of the sources: that they may not answer, or that there are none. In the language of the query.
    pub fn notice(&self) -> Option<&'static str> {
        words::notice(self.answerable, Language::detect(&self.query))
    }
}

impl Rendered {
    /// What it takes of a budget; see [`super::Budget`].
    pub fn tokens(&self, vocabulary: Vocabulary) -> usize {
        let count = |text: &str| tokens(text, vocabulary);
        match self {
            Self::Markdown(text) => count(text),
            Self::Json(texts) => texts.iter().map(|text| count(text)).sum(),
            Self::Anthropic(results) => results
                .iter()
                .map(|result| {
                    let texts = result.content.iter().map(|block| count(&block.text));
                    count(&result.source) + count(&result.title) + texts.sum::<usize>()
                })
                .sum(),
            Self::Cohere(documents) => documents
                .iter()
                .map(|document| {
                    let cohere::Data {
                        title,
                        text,
                        author,
                        date,
                        url,
                        references,
                    } = &document.data;
                    [title, text, author, date, url, references]
                        .into_iter()
                        .map(|text| count(text))
                        .sum::<usize>()
                })
                .sum(),
            Self::Openai(parts) => parts.iter().map(|part| count(&part.text)).sum(),
        }
    }
}

impl Source {
    /// The sentences as one text, `[…]` where some were left out, a line for each passage.
    pub fn text(&self) -> String {
        let passages = self
            .passages
            .iter()
            .map(|passage| blocks::passage(passage, visible, false));
        passages.collect::<Vec<_>>().join("\n")
    }
}
