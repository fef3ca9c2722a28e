//! One published work.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ArticleId, Passage, Reference, Section};
use crate::text::Language;

/// One published work: metadata, sections, passages and reference list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Outlives rebuilds.
    pub id: ArticleId,
    /// Where it was read from.
    pub source: Source,
    /// The language most of its passages are in.
    pub language: Language,
    /// Bibliographic description.
    pub metadata: Metadata,
    /// In reading order; abstracts first.
    pub sections: Vec<Section>,
    /// In reading order.
    pub passages: Vec<Passage>,
    /// In the order of the printed list.
    pub references: Vec<Reference>,
}

/// The file, and place in it, that an article was read from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Source {
    /// Path below the corpus folder, with `/` on every system.
    pub path: String,
    /// First line, from 1; more than 1 only where a file holds several articles.
    pub line: u32,
}

/// The same thing in both languages, where printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilingual<T> {
    /// In Chinese.
    pub zh: Option<T>,
    /// In English.
    pub en: Option<T>,
}

impl<T> Bilingual<T> {
    /// Neither language is printed.
    pub const fn none() -> Self {
        Self { zh: None, en: None }
    }

    /// The form in `language`, where printed.
    pub fn get(&self, language: Language) -> Option<&T> {
        match language {
            Language::Zh => self.zh.as_ref(),
            Language::En => self.en.as_ref(),
        }
    }

    /// Sets the form in `language`.
    pub fn set(&mut self, language: Language, value: T) {
        match language {
            Language::Zh => self.zh = Some(value),
            Language::En => self.en = Some(value),
        }
    }

    /// The form in `language`, else the other.
    pub fn prefer(&self, language: Language) -> Option<&T> {
        match language {
            Language::Zh => self.zh.as_ref().or(self.en.as_ref()),
            Language::En => self.en.as_ref().or(self.zh.as_ref()),
        }
    }
}

/// A keyword in the languages it is printed in. Lists of equal length are paired by place.
pub type Keyword = Bilingual<String>;

/// A value of free metadata.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Scalar {
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
}

/// Bibliographic description of an article. What is not printed stays empty.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// Title.
    pub title: Bilingual<String>,
    /// Authors in printed order.
    pub authors: Bilingual<Vec<String>>,
    /// Affiliations in printed order.
    pub affiliations: Bilingual<Vec<String>>,
    /// Keywords, paired where both lists are printed with the same length.
    pub keywords: Vec<Keyword>,
    /// Corresponding author as printed, with e-mail.
    pub corresponding: Bilingual<String>,
    /// Digital object identifier, lower case, without resolver.
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
    /// Journal.
    pub journal: Bilingual<String>,
    /// ISSN, with hyphen.
    pub issn: Option<String>,
    /// Volume.
    pub volume: Option<String>,
    /// Issue.
    pub issue: Option<String>,
    /// First and last page, or article number, as printed.
    pub pages: Option<String>,
    /// Web address of the article itself.
    pub url: Option<String>,
    /// Biographies and other front-matter notes: kept, never searched as body.
    pub notes: Vec<String>,
    /// What else the source says of the article.
    pub extra: BTreeMap<String, Scalar>,
}

impl Article {
    /// The first reference whose printed number is `number`.
    pub fn reference(&self, number: u32) -> Option<&Reference> {
        self.references.iter().find(|reference| reference.number == number)
    }

    /// The sections from the top down to `section`, that one last.
    pub fn section_path(&self, section: usize) -> Vec<&Section> {
        let mut path = Vec::new();
        let mut next = Some(section);
        while let Some(found) = next.and_then(|index| self.sections.get(index)) {
            path.push(found);
            // A parent always precedes its child; anything else would never end.
            next = found.parent.filter(|&parent| self.sections.get(parent).is_some() && Some(parent) < next);
        }
        path.reverse();
        path
    }
}
