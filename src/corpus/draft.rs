//! The article while it is read: one builder for every format.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Fault, FaultKind, Inline, Settings, author_date, cut, tree};
use crate::document::{Article, ArticleId, Keyword, Metadata, Passage, PassageId, Reference, SectionKind, Source};
use crate::text::{Language, Span};

/// A heading as met in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// What its section is for.
    pub kind: SectionKind,
    /// The printed number, without trailing dot.
    pub number: Option<String>,
    /// The printed title.
    pub title: Option<String>,
    /// Depth, from 1; a printed Arabic number overrules it.
    pub level: u8,
    /// Declared language; `None` to detect it.
    pub language: Option<Language>,
    /// Line of the source, from 1.
    pub line: u32,
}

#[derive(Debug)]
struct Paragraph {
    inline: Inline,
    lines: (u32, u32),
    language: Option<Language>,
}

/// An article while it is read. Text added before any section makes the unheaded introduction.
#[derive(Debug)]
pub struct Draft {
    /// Bibliographic description, filled in by the format.
    pub metadata: Metadata,
    /// What names the article; `None` for its DOI, else its article number, else its file name.
    pub key: Option<String>,
    source: Source,
    sections: Vec<(Heading, Vec<Paragraph>)>,
    references: Vec<Reference>,
    faults: Vec<Fault>,
}

impl Draft {
    /// An empty article read from `source`.
    pub fn new(source: Source) -> Self {
        Self {
            metadata: Metadata::default(),
            key: None,
            source,
            sections: Vec::new(),
            references: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// Opens a section; the text that follows belongs to it.
    pub fn open_section(&mut self, heading: Heading) {
        self.sections.push((heading, Vec::new()));
    }

    /// Adds a paragraph read from `lines` to the open section. One without text is dropped.
    pub fn paragraph(&mut self, inline: Inline, lines: (u32, u32), language: Option<Language>) {
        if inline.is_empty() {
            return;
        }
        if self.sections.is_empty() {
            self.open_section(Heading {
                kind: SectionKind::Introduction,
                number: None,
                title: None,
                level: 1,
                language: None,
                line: lines.0,
            });
        }
        if let Some((_, paragraphs)) = self.sections.last_mut() {
            paragraphs.push(Paragraph {
                inline,
                lines,
                language,
            });
        }
    }

    /// Adds an entry of the reference list.
    pub fn reference(&mut self, reference: Reference) {
        self.references.push(reference);
    }

    /// Adds a fault at a line of the source.
    pub fn fault(&mut self, line: u32, kind: FaultKind) {
        self.faults.push(Fault {
            path: self.source.path.clone(),
            line,
            kind,
        });
    }

    /// Sets the keywords, paired by place where both lists have the same length.
    pub fn keywords(&mut self, zh: Vec<String>, en: Vec<String>, line: u32) {
        let one = |zh: Option<String>, en: Option<String>| Keyword { zh, en };
        if zh.len() == en.len() {
            self.metadata.keywords = zh.into_iter().zip(en).map(|(zh, en)| one(Some(zh), Some(en))).collect();
            return;
        }
        if !zh.is_empty() && !en.is_empty() {
            self.fault(
                line,
                FaultKind::KeywordsUneven {
                    zh: zh.len(),
                    en: en.len(),
                },
            );
        }
        let chinese = zh.into_iter().map(|word| one(Some(word), None));
        self.metadata.keywords = chinese
            .chain(en.into_iter().map(|word| one(None, Some(word))))
            .collect();
    }

    /// Builds the article and checks that its parts fit together.
    pub fn finish(mut self, settings: &Settings) -> (Article, Vec<Fault>) {
        self.sections
            .sort_by_key(|(heading, _)| heading.kind != SectionKind::Abstract);
        let id = ArticleId::from_key(&self.article_key());
        let (headings, mut paragraphs): (Vec<Heading>, Vec<Vec<Paragraph>>) =
            std::mem::take(&mut self.sections).into_iter().unzip();
        let mut texts: Vec<&mut Inline> = paragraphs.iter_mut().flatten().map(|each| &mut each.inline).collect();
        let missing = author_date::resolve(&mut texts, &self.references);
        let lines: Vec<u32> = paragraphs.iter().flatten().map(|each| each.lines.0).collect();
        for author_date::Missing { paragraph, work } in missing {
            let line = lines.get(paragraph).copied().unwrap_or(self.source.line);
            self.fault(line, FaultKind::WorkMissing { work });
        }
        let mut passages = passages(&id, &paragraphs, &headings, settings);
        passages.shrink_to_fit();
        let chinese = passages
            .iter()
            .filter(|passage| passage.language == Language::Zh)
            .count();
        let title = &self.metadata.title;
        let language = match (passages.len(), &title.zh, &title.en) {
            (0, None, Some(_)) => Language::En,
            (0, _, _) => Language::Zh,
            (all, _, _) if chinese * 2 >= all => Language::Zh,
            _ => Language::En,
        };
        let article = Article {
            id,
            sections: tree::sections(&headings, language),
            source: self.source.clone(),
            language,
            metadata: std::mem::take(&mut self.metadata),
            passages,
            references: std::mem::take(&mut self.references),
        };
        self.check(&article);
        (article, self.faults)
    }

    fn article_key(&self) -> String {
        let name = self.source.path.rsplit('/').next().unwrap_or_default();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let printed = [&self.key, &self.metadata.doi, &self.metadata.article_number];
        let key = printed.into_iter().flatten().find(|key| !key.trim().is_empty());
        key.map_or(stem, |key| key.trim()).to_owned()
    }

    fn check(&mut self, article: &Article) {
        let first = article.source.line;
        if article.metadata.title.zh.is_none() && article.metadata.title.en.is_none() {
            self.fault(first, FaultKind::NoTitle);
        }
        if article.passages.is_empty() {
            self.fault(first, FaultKind::NoText);
        }
        self.check_sections(article);
        let mut listed: BTreeMap<u32, u32> = BTreeMap::new();
        for reference in &article.references {
            if listed.insert(reference.number, reference.line).is_some() {
                self.fault(
                    reference.line,
                    FaultKind::DuplicateReference {
                        number: reference.number,
                    },
                );
            }
            if reference.title.is_none() && reference.authors.is_empty() {
                self.fault(
                    reference.line,
                    FaultKind::UnparsedReference {
                        number: reference.number,
                    },
                );
            }
        }
        let mut expected = 1;
        for (&number, &line) in &listed {
            if number > expected {
                self.fault(
                    line,
                    FaultKind::NumberMissing {
                        first: expected,
                        last: number - 1,
                    },
                );
            }
            expected = number.saturating_add(1);
        }
        let mut cited = HashSet::new();
        for passage in &article.passages {
            for citation in &passage.citations {
                for &number in &citation.numbers {
                    if cited.insert(number) && !listed.contains_key(&number) {
                        let printed = citation.printed.clone();
                        self.fault(passage.lines.0, FaultKind::UnresolvedCitation { number, printed });
                    }
                }
            }
        }
        for (&number, &line) in &listed {
            if !cited.contains(&number) {
                self.fault(line, FaultKind::NeverCited { number });
            }
        }
    }

    fn check_sections(&mut self, article: &Article) {
        let held: HashSet<usize> = article.passages.iter().map(|passage| passage.section).collect();
        let parents: HashSet<usize> = article.sections.iter().filter_map(|section| section.parent).collect();
        let mut before: Option<(Vec<u32>, &str)> = None;
        for (place, section) in article.sections.iter().enumerate() {
            if !held.contains(&place) && !parents.contains(&place) {
                let words: Vec<&str> = [&section.number, &section.title]
                    .into_iter()
                    .flatten()
                    .map(String::as_str)
                    .collect();
                self.fault(section.line, FaultKind::EmptySection { title: words.join(" ") });
            }
            let Some(number) = section.number.as_deref() else {
                continue;
            };
            let parts: Result<Vec<u32>, _> = number.split('.').map(str::parse).collect();
            let Ok(parts) = parts else {
                before = None;
                continue;
            };
            if let Some((last, printed)) = &before
                && parts <= *last
            {
                let (number, after) = (number.to_owned(), (*printed).to_owned());
                self.fault(section.line, FaultKind::HeadingOutOfOrder { number, after });
            }
            before = Some((parts, number));
        }
    }
}

fn passages(id: &ArticleId, sections: &[Vec<Paragraph>], headings: &[Heading], settings: &Settings) -> Vec<Passage> {
    let mut found = Vec::new();
    let mut occurrences: HashMap<String, u32> = HashMap::new();
    let mut offset = 0;
    for (section, (paragraphs, heading)) in sections.iter().zip(headings).enumerate() {
        let declared = heading.language.filter(|_| heading.kind == SectionKind::Abstract);
        for (ordinal, paragraph) in paragraphs.iter().enumerate() {
            let whole = paragraph.inline.text();
            let language = paragraph
                .language
                .or(declared)
                .unwrap_or_else(|| Language::detect(whole));
            let spans = cut::pieces(whole, language, settings);
            let pieces = spans.len();
            for (piece, span) in spans.into_iter().enumerate() {
                let inline = paragraph.inline.slice(span);
                if inline.is_empty() {
                    continue;
                }
                let lead = span.of(whole).len() - span.of(whole).trim_start().len();
                let start = offset + span.start + lead;
                let key: String = inline
                    .text()
                    .chars()
                    .filter(|character| !character.is_whitespace())
                    .collect();
                let occurrence = occurrences.entry(key).and_modify(|count| *count += 1).or_insert(0);
                found.push(Passage {
                    id: PassageId::new(id, inline.text(), *occurrence),
                    section,
                    paragraph: as_u32(ordinal + 1),
                    piece: if pieces > 1 { as_u32(piece + 1) } else { 0 },
                    language,
                    text: inline.text().to_owned(),
                    span: Span::new(start, start + inline.text().len()),
                    citations: inline.citations().to_vec(),
                    marks: inline.marks().to_vec(),
                    lines: paragraph.lines,
                });
            }
            offset += whole.len() + 1;
        }
    }
    found
}

fn as_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
