//! What is cited: one work, with the place in it where one is meant.

use crate::cite::quote::visible;
use crate::document::{ArticleHead, ArticleOutline, Metadata, PlacedPassage, Reference};
use crate::text::Language;

/// What kind of work an entry describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// An article of a journal.
    Journal,
    /// A book.
    Book,
    /// A part of a book.
    Chapter,
    /// A paper of proceedings.
    Proceedings,
    /// A thesis.
    Thesis,
    /// A report.
    Report,
    /// A standard.
    Standard,
    /// A patent.
    Patent,
    /// An article of a newspaper.
    Newspaper,
    /// A page of the web.
    Online,
    /// A data set or database.
    Dataset,
    /// A program.
    Program,
    /// Anything else, and what can't be told.
    Other,
}

/// The place of a passage in the work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The number and title of its section; empty where neither is printed.
    pub section: String,
    /// Ordinal of its paragraph in the section, from 1.
    pub paragraph: u32,
    /// Identifier of the passage.
    pub passage: String,
}

/// One work as a list of references names it. What is not known is `None` or empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Identifies it in an export: ASCII letters, digits and `-_.:~`.
    pub key: String,
    /// What kind of work.
    pub kind: EntryKind,
    /// The language its list entry is written in.
    pub language: Language,
    /// Authors as printed, in order.
    pub authors: Vec<String>,
    /// Whether there are more authors than those.
    pub more_authors: bool,
    /// Title.
    pub title: Option<String>,
    /// The GB/T 7714 type mark as printed, without brackets.
    pub type_mark: Option<String>,
    /// Journal, book, proceedings or site that holds the work.
    pub container: Option<String>,
    /// Publisher or institution.
    pub publisher: Option<String>,
    /// Place of publication.
    pub place: Option<String>,
    /// Date of publication: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Volume.
    pub volume: Option<String>,
    /// Issue.
    pub issue: Option<String>,
    /// Pages or article number.
    pub pages: Option<String>,
    /// ISSN.
    pub issn: Option<String>,
    /// DOI.
    pub doi: Option<String>,
    /// PubMed identifier.
    pub pmid: Option<String>,
    /// Web address.
    pub url: Option<String>,
    /// Keywords.
    pub keywords: Vec<String>,
    /// The entry as the citing article prints it, where it was read from a reference list.
    pub printed: Option<String>,
    /// The passage that is meant.
    pub at: Option<Place>,
}

impl Entry {
    /// The entry of an article, in `language` where it is printed in both.
    pub fn of_article(outline: &ArticleOutline, language: Language) -> Self {
        let Metadata {
            title: _,
            authors: _,
            affiliations: _,
            keywords,
            corresponding: _,
            doi: _,
            article_number: _,
            clc: _,
            document_code: _,
            date,
            year: _,
            journal: _,
            issn,
            volume,
            issue,
            pages,
            url: _,
            notes: _,
            extra: _,
        } = &outline.metadata;
        let head = Self::of_head(&outline.head(), language);
        Self {
            date: line(date.as_ref()).or(head.date),
            volume: line(volume.as_ref()),
            issue: line(issue.as_ref()),
            pages: line(pages.as_ref()),
            issn: line(issn.as_ref()),
            keywords: lines(keywords.iter().filter_map(|keyword| keyword.get(language))),
            ..head
        }
    }

    /// The entry of an article by what a hit says of it, in `language` where it is printed in both.
    pub fn of_head(head: &ArticleHead, language: Language) -> Self {
        let container = line(head.journal.prefer(language));
        Self {
            key: head.id.to_string(),
            kind: match (&container, &head.url) {
                (Some(_), _) => EntryKind::Journal,
                (None, Some(_)) => EntryKind::Online,
                (None, None) => EntryKind::Other,
            },
            language,
            authors: lines(head.authors.prefer(language).into_iter().flatten()),
            more_authors: false,
            title: line(head.title.prefer(language)),
            type_mark: None,
            container,
            publisher: None,
            place: None,
            date: head.year.map(|year| format!("{year:04}")),
            volume: None,
            issue: None,
            pages: None,
            issn: None,
            doi: line(head.doi.as_ref()),
            pmid: None,
            url: line(head.url.as_ref()),
            keywords: Vec::new(),
            printed: None,
            at: None,
        }
    }

    /// The entry of the article a passage stands in, with the passage's place.
    pub fn of_passage(outline: &ArticleOutline, passage: &PlacedPassage, language: Language) -> Self {
        let section = passage.path.last().map(|section| {
            let parts = [section.number.as_deref(), section.title.as_deref()];
            visible(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
        });
        Self {
            at: Some(Place {
                section: section.unwrap_or_default(),
                paragraph: passage.passage.paragraph,
                passage: passage.passage.id.to_string(),
            }),
            ..Self::of_article(outline, language)
        }
    }

    /// The entry of a work in a reference list, under this key.
    pub fn of_reference(reference: &Reference, key: String) -> Self {
        let Reference {
            number: _,
            text,
            authors,
            more_authors,
            title,
            type_mark,
            container,
            publisher,
            place,
            year,
            volume,
            issue,
            pages,
            doi,
            pmid,
            url,
            line: _,
        } = reference;
        let mut entry = Self {
            key,
            kind: EntryKind::Other,
            language: Language::detect(title.as_deref().unwrap_or(text)),
            authors: lines(authors),
            more_authors: *more_authors,
            title: line(title.as_ref()),
            type_mark: line(type_mark.as_ref()),
            container: line(container.as_ref()),
            publisher: line(publisher.as_ref()),
            place: line(place.as_ref()),
            date: year.map(|year| format!("{year:04}")),
            volume: line(volume.as_ref()),
            issue: line(issue.as_ref()),
            pages: line(pages.as_ref()),
            issn: None,
            doi: line(doi.as_ref()),
            pmid: line(pmid.as_ref()),
            url: line(url.as_ref()),
            keywords: Vec::new(),
            printed: line(Some(text)),
            at: None,
        };
        entry.kind = entry.kind_of_reference();
        entry
    }

    /// What the type mark says, else what only an article of a journal has.
    fn kind_of_reference(&self) -> EntryKind {
        let mark = self.type_mark.as_deref().and_then(|mark| mark.split('/').next());
        let held = self.container.is_some();
        match mark {
            Some("J") => EntryKind::Journal,
            Some("M") if held => EntryKind::Chapter,
            Some("M") => EntryKind::Book,
            Some("C") => EntryKind::Proceedings,
            Some("D") => EntryKind::Thesis,
            Some("R") => EntryKind::Report,
            Some("S") => EntryKind::Standard,
            Some("P") => EntryKind::Patent,
            Some("N") => EntryKind::Newspaper,
            Some("EB") => EntryKind::Online,
            Some("DB" | "DS") => EntryKind::Dataset,
            Some("CP") => EntryKind::Program,
            Some(_) => EntryKind::Other,
            None if held && (self.volume.is_some() || self.issue.is_some()) => EntryKind::Journal,
            None => EntryKind::Other,
        }
    }

    /// The year of publication.
    pub(super) fn year(&self) -> Option<&str> {
        self.date.as_deref().and_then(|date| date.split('-').next())
    }

    /// The first and the last page, where a range is printed; else all of it as the first.
    pub(super) fn first_and_last_page(&self) -> (Option<&str>, Option<&str>) {
        let Some(pages) = self.pages.as_deref() else {
            return (None, None);
        };
        match pages.split_once(['-', '–', '—', '~', '～']) {
            Some((first, last)) if !last.contains(['-', '–', ',', '+']) => (Some(first.trim()), Some(last.trim())),
            _ => (Some(pages), None),
        }
    }

    /// What an export has no field for: the place of a passage, and a printed entry whose parts can't all be told.
    pub(super) fn note(&self) -> Option<String> {
        let place = self.at.as_ref().map(|at| {
            let section = match at.section.as_str() {
                "" => String::new(),
                section => format!("§{section} "),
            };
            format!("{section}¶{} ({})", at.paragraph, at.passage)
        });
        place.or_else(|| self.as_printed().map(str::to_owned))
    }

    /// The printed entry, where the parts told apart are not nearly all of it: it is then shown as it stands, so that
    /// nothing is lost and nothing made up.
    pub(super) fn as_printed(&self) -> Option<&str> {
        let printed = self.printed.as_deref()?;
        let parts = [
            &self.title,
            &self.type_mark,
            &self.container,
            &self.publisher,
            &self.place,
            &self.date,
            &self.volume,
            &self.issue,
            &self.pages,
            &self.doi,
            &self.pmid,
            &self.url,
        ];
        let parts = parts.into_iter().flatten().chain(&self.authors);
        let letters = |text: &str| text.chars().filter(|character| character.is_alphanumeric()).count();
        let known: usize = parts.map(|part| letters(part)).sum();
        let all = letters(printed);
        // "et al.", "DOI" and the like are no parts.
        let complete = self.title.is_some() && (known + 8) * 10 >= all * 9;
        (!complete).then_some(printed)
    }
}

fn line(text: Option<&String>) -> Option<String> {
    let text = visible(text?).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

fn lines<'t>(texts: impl IntoIterator<Item = &'t String>) -> Vec<String> {
    texts.into_iter().filter_map(|text| line(Some(text))).collect()
}
