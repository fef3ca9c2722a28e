//! An article as the API shows it: as a hit names it, in a list, and whole with its section tree.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::metadata::Plain;
use super::section_tree::{SectionNode, tree};
use crate::document::{self, ArticleOutline, Bilingual, ListedArticle, Metadata};
use crate::server::Base;
use crate::text::Language;

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Zh => Self::Zh,
            Language::En => Self::En,
        }
    }
}

/// The same text in both languages, null where not printed.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BothText {
    /// In Chinese.
    pub zh: Option<String>,
    /// In English.
    pub en: Option<String>,
}

impl From<Bilingual<String>> for BothText {
    fn from(both: Bilingual<String>) -> Self {
        let Bilingual { zh, en } = both;
        Self { zh, en }
    }
}

/// The same list in both languages, empty where not printed.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BothList {
    /// In Chinese.
    pub zh: Vec<String>,
    /// In English.
    pub en: Vec<String>,
}

impl From<Bilingual<Vec<String>>> for BothList {
    fn from(both: Bilingual<Vec<String>>) -> Self {
        let Bilingual { zh, en } = both;
        Self {
            zh: zh.unwrap_or_default(),
            en: en.unwrap_or_default(),
        }
    }
}

/// An article as a hit names it. Authors and journal are in the language of the hit where printed in it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "ArticleHead")]
pub struct ArticleHead {
    /// Identifier of the article.
    pub id: String,
    /// Title in both languages.
    pub title: BothText,
    /// Authors in printed order.
    pub authors: Vec<String>,
    /// Journal.
    pub journal: Option<String>,
    /// Year of publication.
    pub year: Option<u16>,
    /// DOI, lower case, without resolver.
    pub doi: Option<String>,
    /// Absolute web address: the article's own, else its DOI's, else its address in this API.
    pub url: String,
}

impl ArticleHead {
    /// The head as a hit in `language` shows it.
    pub(crate) fn new(head: document::ArticleHead, language: Language, base: &Base) -> Self {
        let document::ArticleHead {
            id,
            title,
            authors,
            journal,
            year,
            doi,
            url,
            extra: _,
        } = head;
        Self {
            url: address(url, doi.as_deref(), id.as_str(), base),
            id: id.to_string(),
            title: title.into(),
            authors: authors.prefer(language).cloned().unwrap_or_default(),
            journal: journal.prefer(language).cloned(),
            year,
            doi,
        }
    }
}

pub(super) fn address(own: Option<String>, doi: Option<&str>, id: &str, base: &Base) -> String {
    match (own, doi) {
        (Some(own), _) if own.starts_with("http://") || own.starts_with("https://") => own,
        (_, Some(doi)) if !doi.is_empty() => format!("https://doi.org/{doi}"),
        _ => base.article(id),
    }
}

/// An article in a list.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ArticleSummary {
    /// Identifier of the article.
    pub id: String,
    /// The language most of its passages are in.
    pub lang: Lang,
    /// Title in both languages.
    pub title: BothText,
    /// Authors in both languages.
    pub authors: BothList,
    /// Journal in both languages.
    pub journal: BothText,
    /// Year of publication.
    pub year: Option<u16>,
    /// DOI, lower case, without resolver.
    pub doi: Option<String>,
    /// Absolute web address.
    pub url: String,
    /// Number of passages.
    pub passages: usize,
    /// Number of references.
    pub references: usize,
}

/// A page of the articles, in the order of their identifiers.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Articles {
    /// How many articles there are in all.
    pub total: usize,
    /// How many were skipped.
    pub offset: usize,
    /// How many were asked for at most.
    pub limit: usize,
    /// The page.
    pub articles: Vec<ArticleSummary>,
}

impl Articles {
    /// The page that begins at `offset`.
    pub(crate) fn new(found: (Vec<ListedArticle>, usize), page: (usize, usize), base: &Base) -> Self {
        let (listed, total) = found;
        let (offset, limit) = page;
        Self {
            total,
            offset,
            limit,
            articles: listed.into_iter().map(|article| summary(article, base)).collect(),
        }
    }
}

fn summary(article: ListedArticle, base: &Base) -> ArticleSummary {
    let Metadata {
        title,
        authors,
        journal,
        year,
        doi,
        url,
        ..
    } = article.metadata;
    ArticleSummary {
        url: address(url, doi.as_deref(), article.id.as_str(), base),
        id: article.id.to_string(),
        lang: article.language.into(),
        title: title.into(),
        authors: authors.into(),
        journal: journal.into(),
        year,
        doi,
        passages: article.passages,
        references: article.references,
    }
}

/// The file, and line in it, that an article was read from.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Source {
    /// Path below the corpus folder.
    pub path: String,
    /// First line, from 1.
    pub line: u32,
}

/// An article: bibliographic description and section tree. What is not printed is null or empty.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Article {
    /// Identifier of the article.
    pub id: String,
    /// Where it was read from.
    pub source: Source,
    /// The language most of its passages are in.
    pub lang: Lang,
    /// Title in both languages.
    pub title: BothText,
    /// Authors in both languages.
    pub authors: BothList,
    /// Affiliations in both languages.
    pub affiliations: BothList,
    /// Keywords, paired where both lists are printed.
    pub keywords: Vec<BothText>,
    /// Corresponding author.
    pub corresponding: BothText,
    /// DOI, lower case, without resolver.
    pub doi: Option<String>,
    /// Journal article number (文章编号).
    pub article_number: Option<String>,
    /// Chinese Library Classification numbers (中图分类号).
    pub clc: Vec<String>,
    /// Document code (文献标识码).
    pub document_code: Option<String>,
    /// Date of publication, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Year of publication.
    pub year: Option<u16>,
    /// Journal in both languages.
    pub journal: BothText,
    /// ISSN.
    pub issn: Option<String>,
    /// Volume.
    pub volume: Option<String>,
    /// Issue.
    pub issue: Option<String>,
    /// Pages or article number as printed.
    pub pages: Option<String>,
    /// Absolute web address: the article's own, else its DOI's, else its address in this API.
    pub url: String,
    /// Biographies and other notes.
    pub notes: Vec<String>,
    /// What else the source says of the article.
    pub extra: BTreeMap<String, Plain>,
    /// Number of passages.
    pub passages: usize,
    /// Number of references.
    pub references: usize,
    /// The section tree, abstracts first.
    pub sections: Vec<SectionNode>,
}

impl Article {
    /// The article as an answer of the API at `base`.
    pub(crate) fn new(outline: ArticleOutline, base: &Base) -> Self {
        let ArticleOutline {
            id,
            source: document::Source { path, line },
            language,
            metadata,
            sections,
            passages,
            references,
        } = outline;
        let Metadata {
            title,
            authors,
            affiliations,
            keywords,
            corresponding,
            doi,
            article_number,
            clc,
            document_code,
            date,
            year,
            journal,
            issn,
            volume,
            issue,
            pages,
            url,
            notes,
            extra,
        } = metadata;
        Self {
            url: address(url, doi.as_deref(), id.as_str(), base),
            id: id.to_string(),
            source: Source { path, line },
            lang: language.into(),
            title: title.into(),
            authors: authors.into(),
            affiliations: affiliations.into(),
            keywords: keywords.into_iter().map(BothText::from).collect(),
            corresponding: corresponding.into(),
            doi,
            article_number,
            clc,
            document_code,
            date,
            year,
            journal: journal.into(),
            issn,
            volume,
            issue,
            pages,
            notes,
            extra: extra
                .into_iter()
                .filter_map(|(name, scalar)| Some((name, Plain::from_scalar(scalar)?)))
                .collect(),
            passages: passages.len(),
            references: references.len(),
            sections: tree(sections, passages),
        }
    }
}
