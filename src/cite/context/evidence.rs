//! What a context holds: sources of whole sentences, and the works those sentences cite.

use crate::cite::quote::is_blank;
use crate::document::{ArticleHead, PassageId, Reference, SectionHead};
use crate::retrieve::Answerable;
use crate::text::{Language, Span};

/// Numbered evidence for one query.
#[derive(Debug, Clone, PartialEq)]
pub struct Context {
    /// The question.
    pub query: String,
    /// Whether the sources answer it. `No` where there are none.
    pub answerable: Answerable,
    /// The sources, the most relevant first.
    pub sources: Vec<Source>,
    /// The works that the sentences of the sources cite, each once.
    pub works: Vec<Work>,
    /// Relevant passages that found no room, or only in part.
    pub left_out: usize,
}

/// What one section says: one passage, or neighbours in reading order.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// From 1.
    pub number: usize,
    /// The article.
    pub article: ArticleHead,
    /// Web address of the article.
    pub url: String,
    /// The sections from the top down.
    pub path: Vec<SectionHead>,
    /// The language of the passages.
    pub language: Language,
    /// Of the most relevant passage.
    pub relevance: f32,
    /// In reading order.
    pub passages: Vec<Quoted>,
}

/// A passage, or a run of its sentences.
#[derive(Debug, Clone, PartialEq)]
pub struct Quoted {
    /// The passage.
    pub id: PassageId,
    /// Its place in words.
    pub locator: String,
    /// The passage's whole text.
    pub text: String,
    /// The sentences shown, one after another.
    pub sentences: Vec<Sentence>,
}

/// One sentence of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands in the passage's text, the space behind it not included.
    pub span: Span,
    /// The numbers of the works it cites.
    pub works: Vec<usize>,
}

/// A cited work.
#[derive(Debug, Clone, PartialEq)]
pub struct Work {
    /// From 1, over the whole context.
    pub number: usize,
    /// The first source that cites it.
    pub source: usize,
    /// The entry of that source's reference list.
    pub reference: Reference,
}

impl Quoted {
    /// Whether sentences before those shown were left out.
    pub(super) fn cut_before(&self) -> bool {
        let first = self.sentences.first().map_or(0, |sentence| sentence.span.start);
        !is_blank(Span::new(0, first).of(&self.text))
    }

    /// Whether something after the sentences shown was left out.
    pub(super) fn cut_after(&self) -> bool {
        let last = self.sentences.last().map_or(0, |sentence| sentence.span.end);
        !is_blank(Span::new(last, self.text.len()).of(&self.text))
    }
}

impl Source {
    /// Title of the article and its sections, `›` between them.
    pub fn heading(&self) -> String {
        let title = self.article.title.prefer(self.language).map(String::as_str);
        let sections = self.path.iter().filter_map(|section| {
            let parts = [section.number.as_deref(), section.title.as_deref()];
            let heading = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
            (!heading.is_empty()).then_some(heading)
        });
        let title = title.unwrap_or(self.article.id.as_str()).to_owned();
        std::iter::once(title).chain(sections).collect::<Vec<_>>().join(" › ")
    }
}
