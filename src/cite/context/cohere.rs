//! Cohere's `documents`: every name and value of `data` is shown to the model.

use schemars::JsonSchema;
use serde::Serialize;

use crate::cite::quote::visible;

use super::blocks::heading;
use super::evidence::{Context, Source};

/// The most authors named.
const MOST_AUTHORS: usize = 6;

/// One document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "CohereDocument")]
pub struct Document {
    /// The number of the source.
    pub id: String,
    /// What the model is shown.
    pub data: Data,
}

/// What the model is shown of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "CohereData")]
pub struct Data {
    /// Title of the article and its sections.
    pub title: String,
    /// The sentences.
    pub text: String,
    /// The first authors of the article, separated by semicolons.
    pub author: String,
    /// The year of publication; empty where unknown.
    pub date: String,
    /// Web address of the article.
    pub url: String,
    /// The references it cites first, a line each.
    pub references: String,
}

/// A document for each source.
pub(super) fn documents(context: &Context) -> Vec<Document> {
    context.sources.iter().map(|source| document(source, context)).collect()
}

fn document(source: &Source, context: &Context) -> Document {
    let works = context.works.iter().filter(|work| work.source == source.number);
    let references: Vec<String> = works
        .map(|work| format!("[{}] {}", work.reference.number, visible(&work.reference.text)))
        .collect();
    let authors = source.article.authors.prefer(source.language).into_iter().flatten();
    let authors: Vec<&str> = authors.take(MOST_AUTHORS).map(String::as_str).collect();
    Document {
        id: source.number.to_string(),
        data: Data {
            title: visible(&heading(source)),
            text: source.text(),
            author: visible(&authors.join("; ")),
            date: source.article.year.map(|year| year.to_string()).unwrap_or_default(),
            url: source.url.clone(),
            references: references.join("\n"),
        },
    }
}
