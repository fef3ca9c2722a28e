//! Puts blocks together into an article.

use super::blocks::{Block, BlockKind, blocks};
use super::headings::{self, Found};
use super::inline::{Citing, parse};
use super::labels::{self, Label};
use super::references;
use crate::corpus::{Draft, Format, Heading, Inline, Input, Join, ReadError, Settings, Sink};
use crate::document::{SectionKind, Source};
use crate::text::{Language, Script};

/// The Markdown format.
#[derive(Debug)]
pub struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["md", "markdown"]
    }

    fn read(&self, mut input: Input<'_>, settings: &Settings, sink: &mut dyn Sink) -> Result<(), ReadError> {
        let text = input.whole(settings.max_file_bytes)?;
        let source = Source {
            path: input.path.to_owned(),
            line: 1,
        };
        let (article, faults) = read(&text, source).finish(settings);
        for fault in faults {
            sink.fault(fault);
        }
        // One article to a file: nothing is left to stop.
        let _ = sink.article(article);
        Ok(())
    }
}

fn read(text: &str, source: Source) -> Draft {
    let mut all = blocks(text);
    let list = all
        .iter()
        .position(|block| references::opens(&block.text))
        .unwrap_or(all.len());
    let mut listed = all.split_off(list);
    let end = listed
        .iter()
        .skip(1)
        .position(|block| matches!(block.kind, BlockKind::Heading(_)))
        .map_or(listed.len(), |at| at + 1);
    let after = listed.split_off(end);
    let entries = references::entries(listed.get(1..).unwrap_or_default());
    let raised = ["<sup>[", "<sup>［"].iter().any(|style| text.contains(style));
    let citing = Citing {
        listed: entries.iter().map(|entry| entry.number).collect(),
        bare_raised: !raised,
    };
    let body = all.iter().position(begins_body).unwrap_or(all.len());
    let label_at = |block: &Block| {
        labels::leading(&block.text)
            .is_some_and(|(label, _)| matches!(label, Label::Abstract | Label::Keywords | Label::Clc))
    };
    let last_label = all.iter().take(body).rposition(label_at);
    let title = all
        .iter()
        .take(body)
        .position(|block| matches!(block.kind, BlockKind::Heading(_)));
    let front = last_label.or(title).map_or(0, |at| at + 1);
    let mut reader = Reader {
        draft: Draft::new(source),
        citing,
        state: State::Front,
        last_number: None,
        pending: None,
        zh: Vec::new(),
        en: Vec::new(),
    };
    for entry in entries {
        reader.draft.reference(entry);
    }
    for (place, block) in all.iter().chain(&after).enumerate() {
        if place < front {
            reader.front(block)
        } else {
            reader.body(block)
        }
    }
    reader.flush();
    let Reader { mut draft, zh, en, .. } = reader;
    draft.keywords(zh, en, 1);
    draft
}

fn begins_body(block: &Block) -> bool {
    let known = ["引言", "前言", "绪论", "背景", "Introduction", "Background", "Methods"];
    match block.kind {
        BlockKind::Heading(_) => headings::number(&block.text).is_some() || known.contains(&block.text.as_str()),
        _ => run_in(block)
            .and_then(|found| found.number)
            .is_some_and(|number| headings::follows(&number, None)),
    }
}

fn run_in(block: &Block) -> Option<Found> {
    headings::bold(&block.text).or_else(|| headings::plain(&block.text).filter(|_| block.kind == BlockKind::Text))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Front,
    Abstract,
    Body,
}

struct Reader {
    draft: Draft,
    citing: Citing,
    state: State,
    last_number: Option<String>,
    pending: Option<(Inline, (u32, u32))>,
    zh: Vec<String>,
    en: Vec<String>,
}

impl Reader {
    fn front(&mut self, block: &Block) {
        let parts = labels::parts(&block.text);
        if !parts.is_empty() {
            for (label, value) in parts {
                self.label(label, value, block);
            }
            return;
        }
        let inline = parse(&block.text, &self.citing);
        let text = inline.text().to_owned();
        let language = Language::detect(&text);
        let metadata = &mut self.draft.metadata;
        if matches!(block.kind, BlockKind::Heading(_)) {
            match metadata.title.get(language) {
                None => metadata.title.set(language, text),
                Some(_) => metadata.notes.push(text),
            }
            return;
        }
        if self.state == State::Abstract && self.continues(&text) {
            self.add(inline, block.lines);
            return;
        }
        let metadata = &mut self.draft.metadata;
        let short = text.chars().count() <= 300 && !ends_sentence(&text);
        if metadata.title.get(language).is_none() || !short {
            metadata.notes.push(text);
        } else if metadata.authors.get(language).is_none() {
            metadata.authors.set(language, people(&block.text));
        } else if metadata.affiliations.get(language).is_none() && text.contains([',', '，', ' ', '（', '(']) {
            metadata.affiliations.set(language, vec![text]);
        } else {
            metadata.notes.push(text);
        }
    }

    /// Whether a block goes on with the abstract: the abstract has no text yet, or stops in mid-sentence.
    fn continues(&self, next: &str) -> bool {
        self.pending.as_ref().is_none_or(|(inline, _)| {
            !ends_sentence(inline.text())
                && (Language::detect(inline.text()) == Language::Zh || next.starts_with(char::is_lowercase))
        })
    }

    fn label(&mut self, label: Label, value: &str, block: &Block) {
        let plain = parse(value, &self.citing);
        let text = plain.text().to_owned();
        let language = Language::detect(parse(&block.text, &self.citing).text());
        let words = || {
            text.split([';', '；', ',', '，', '、'])
                .map(|word| word.trim().trim_end_matches(['.', '。']).to_owned())
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
        };
        let metadata = &mut self.draft.metadata;
        match label {
            Label::Abstract => {
                self.flush();
                self.state = State::Abstract;
                self.draft.open_section(Heading {
                    kind: SectionKind::Abstract,
                    number: None,
                    title: Some(if language == Language::Zh { "摘要" } else { "Abstract" }.to_owned()),
                    level: 1,
                    language: Some(language),
                    line: block.lines.0,
                });
                self.add(plain, block.lines);
            }
            Label::Keywords => {
                self.flush();
                self.state = State::Front;
                let words = if text.contains([';', '；']) {
                    text.split([';', '；'])
                        .map(|word| word.trim().trim_end_matches(['.', '。']).to_owned())
                        .filter(|word| !word.is_empty())
                        .collect()
                } else {
                    words()
                };
                if language == Language::Zh {
                    self.zh = words
                } else {
                    self.en = words
                }
            }
            Label::Clc => metadata.clc = words(),
            Label::DocumentCode => metadata.document_code = Some(text),
            Label::ArticleNumber => {
                article_number(&text, metadata);
                metadata.article_number = Some(text);
            }
            Label::Doi => {
                metadata.doi = text
                    .to_lowercase()
                    .find("10.")
                    .and_then(|at| text.to_lowercase().get(at..).map(str::to_owned))
            }
            Label::Corresponding => metadata.corresponding.set(language, text),
            Label::Published => {
                metadata.year = text.get(..4).and_then(|year| year.parse().ok()).or(metadata.year);
                metadata.date = Some(text);
            }
            Label::Note => metadata.notes.push(parse(&block.text, &self.citing).text().to_owned()),
        }
    }

    fn body(&mut self, block: &Block) {
        if block.kind != BlockKind::Item && !labels::parts(&block.text).is_empty() {
            for (label, value) in labels::parts(&block.text) {
                self.label(label, value, block);
            }
            return;
        }
        if let BlockKind::Heading(level) = block.kind {
            let (number, title) = headings::number(&block.text)
                .map_or((None, block.text.as_str()), |(number, title)| (Some(number), title));
            self.open(number, title, level.saturating_sub(1).max(1), block);
            return;
        }
        let found = run_in(block).filter(|found| {
            found
                .number
                .as_deref()
                .is_some_and(|number| headings::follows(number, self.last_number.as_deref()))
        });
        let text = match found {
            Some(found) => {
                let level = 1;
                self.open(found.number, &found.title, level, block);
                block.text.get(found.rest..).unwrap_or_default()
            }
            None => &block.text,
        };
        if self.state == State::Front || (self.state == State::Abstract && !self.continues(text)) {
            self.flush();
            self.draft.open_section(unheaded(block.lines.0));
            self.state = State::Body;
        }
        let inline = parse(text, &self.citing);
        let cut = block.kind == BlockKind::Text && self.pending.as_ref().is_some_and(|(inline, _)| is_cut(inline));
        if !cut {
            self.flush();
        }
        self.add(inline, block.lines);
    }

    fn open(&mut self, number: Option<String>, title: &str, level: u8, block: &Block) {
        self.flush();
        self.state = State::Body;
        let title = parse(title, &self.citing).text().to_owned();
        let introduction = ["引言", "前言", "绪论", "introduction"].contains(&title.to_lowercase().as_str());
        self.last_number = number
            .clone()
            .filter(|number| number.starts_with(|first: char| first.is_ascii_digit()))
            .or(self.last_number.take());
        self.draft.open_section(Heading {
            kind: if introduction {
                SectionKind::Introduction
            } else {
                SectionKind::Body
            },
            number,
            title: Some(title).filter(|title| !title.is_empty()),
            level,
            language: None,
            line: block.lines.0,
        });
    }

    fn add(&mut self, inline: Inline, lines: (u32, u32)) {
        match &mut self.pending {
            Some((before, range)) => {
                let wide = |sign: Option<char>| {
                    sign.is_some_and(|sign| Script::of(sign) == Script::Han || "，。；：、".contains(sign))
                };
                let chinese = Language::detect(before.text()) == Language::Zh;
                let latin = inline.text().starts_with(|sign: char| sign.is_ascii_alphanumeric());
                let join = if chinese && (wide(before.text().chars().next_back()) || !latin) {
                    Join::Nothing
                } else {
                    Join::Space
                };
                before.append(&inline, join);
                range.1 = lines.1;
            }
            None => self.pending = Some((inline, lines)).filter(|(inline, _)| !inline.is_empty()),
        }
    }

    fn flush(&mut self) {
        if let Some((inline, lines)) = self.pending.take() {
            self.draft.paragraph(inline, lines, None);
        }
    }
}

fn unheaded(line: u32) -> Heading {
    Heading {
        kind: SectionKind::Introduction,
        number: None,
        title: None,
        level: 1,
        language: None,
        line,
    }
}

/// Whether a page break cut the paragraph: Chinese text that stops in mid-sentence, or English that ends in a letter or comma.
fn is_cut(inline: &Inline) -> bool {
    let text = inline.text();
    let cited = inline
        .citations()
        .last()
        .is_some_and(|citation| citation.at == text.len());
    !cited && !ends_sentence(text) && !text.ends_with([':', '：', '|'])
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '》', ')', '）', '’', ']'])
        .ends_with(['。', '！', '？', '.', '!', '?', '…'])
}

/// The names of an author line, without affiliation marks.
fn people(raw: &str) -> Vec<String> {
    let text = parse(raw, &Citing::default());
    let mut plain = String::new();
    for (at, sign) in text.text().char_indices() {
        let raised = text.marks().iter().any(|mark| {
            mark.style == crate::document::MarkStyle::Superscript && (mark.span.start..mark.span.end).contains(&at)
        });
        if !raised {
            plain.push(sign);
        }
    }
    let names = plain.split([',', '，', ';', '；', '、']);
    names
        .map(|name| {
            name.trim_matches(|edge: char| edge.is_whitespace() || edge.is_ascii_digit() || edge == '*')
                .to_owned()
        })
        .filter(|name| !name.is_empty())
        .collect()
}

/// Takes what a journal article number prints: `1674-8182(2025)04-0497-05`.
fn article_number(text: &str, metadata: &mut crate::document::Metadata) {
    let Some((issn, rest)) = text.split_once(['(', '（']) else {
        return;
    };
    let Some((year, rest)) = rest.split_once([')', '）']) else {
        return;
    };
    let mut parts = rest.split('-');
    let Some(year) = year.trim().parse().ok() else { return };
    metadata.year = metadata.year.or(Some(year));
    if issn.len() == 9 {
        metadata.issn = Some(issn.to_owned());
    }
    metadata.issue = parts
        .next()
        .map(|issue| issue.trim_start_matches('0').to_owned())
        .filter(|issue| !issue.is_empty());
    metadata.pages = parts
        .next()
        .map(|page| page.trim_start_matches('0').to_owned())
        .filter(|page| !page.is_empty());
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
