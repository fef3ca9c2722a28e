//! Puts blocks together into an article.

use super::abstracts;
use super::blocks::{Block, BlockKind, Cut, cut};
use super::front::begins_body;
use super::headings;
use super::imprint::journal_line;
use super::inline::{Citing, parse};
use super::keys;
use super::labels::{self, Label};
use super::notes::{self, Notes};
use super::references;
use super::yaml;
use crate::corpus::{Draft, FaultKind, Format, Heading, Inline, Input, Join, ReadError, Settings, Sink};
use crate::document::{Bilingual, SectionKind, Source};
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

/// Reads `text` as one article.
pub fn read(text: &str, source: Source) -> Draft {
    let mut draft = Draft::new(source);
    let (rest, first) = match yaml::split(text) {
        Some((head, rest)) => {
            let lines = text.get(..text.len() - rest.len()).unwrap_or_default().lines().count();
            yaml::fill(head, &mut draft);
            for (language, text) in yaml::abstracts(head) {
                draft.open_section(abstract_heading(language, 1));
                draft.paragraph(
                    Inline::plain(&text),
                    (1, u32::try_from(lines).unwrap_or(1)),
                    Some(language),
                );
            }
            (rest, u32::try_from(lines + 1).unwrap_or(u32::MAX))
        }
        None => (text, 1),
    };
    assemble(cut(rest, first), draft)
}

/// Puts blocks together into `draft`.
pub fn assemble(cut: Cut, draft: Draft) -> Draft {
    let Cut { blocks, furniture } = cut;
    let (blocks, notes) = notes::take(blocks);
    let references::Parted {
        before,
        entries,
        after,
        listed,
        numbered,
        rounded,
        mut keys,
    } = references::part(blocks);
    if keys.is_empty() {
        keys = keys::by_author_and_year(&before, &entries);
    }
    let last = entries.iter().map(|entry| entry.number).max().unwrap_or(0);
    let first_note = last.saturating_add(1);
    let citing = Citing {
        notes: notes.by_label(first_note),
        keys,
        ..Citing::of(&before, entries.get(..listed).unwrap_or(&entries), numbered, rounded)
    };
    let mut reader = Reader {
        draft,
        citing,
        state: State::Front,
        titled: Bilingual::none(),
        last_number: None,
        chapter: None,
        formal: false,
        first_note,
        notes,
        pending: None,
        floats: Vec::new(),
        whole_abstract: false,
        part_gap: false,
        awaits_keywords: false,
        zh: Vec::new(),
        en: Vec::new(),
    };
    for entry in entries {
        reader.draft.reference(entry);
    }
    for note in reader.notes.entries(first_note) {
        reader.draft.reference(note);
    }
    for (part, last) in [(before, false), (after, true)] {
        reader.part(&part, last);
    }
    for (line, text) in furniture {
        if let Some(found) = journal_line(&text) {
            found.fill(&mut reader.draft.metadata);
        }
        reader.draft.fault(line, FaultKind::PageFurniture { text });
    }
    let Reader { mut draft, zh, en, .. } = reader;
    if !zh.is_empty() || !en.is_empty() {
        draft.keywords(zh, en, 1);
    }
    draft
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Titles, authors and labels.
    Front,
    /// The abstract.
    Abstract,
    /// The sections.
    Body,
}

/// An article while its blocks are put together.
pub struct Reader {
    pub draft: Draft,
    pub citing: Citing,
    pub state: State,
    /// The languages whose title is printed as a heading.
    pub titled: Bilingual<()>,
    last_number: Option<String>,
    /// The chapter that 第三章 opened.
    chapter: Option<u32>,
    /// Whether chapters are numbered 壹、贰、, which are above 一、.
    formal: bool,
    notes: Notes,
    /// The number of the first note.
    first_note: u32,
    pub pending: Option<(Inline, (u32, u32))>,
    /// Captions and tables that stand between the halves of a paragraph.
    floats: Vec<(Inline, (u32, u32))>,
    /// Whether everything up to the next heading is the abstract.
    pub whole_abstract: bool,
    /// Whether the next text stands behind the name of an abstract's part.
    pub part_gap: bool,
    /// Whether the next block lists keywords.
    pub awaits_keywords: bool,
    pub zh: Vec<String>,
    pub en: Vec<String>,
}

impl Reader {
    /// Takes the blocks before or after the reference list.
    fn part(&mut self, blocks: &[Block], last: bool) {
        let parts = abstracts::parts(blocks);
        let opens = blocks
            .iter()
            .enumerate()
            .position(|(place, block)| !parts.contains(&place) && begins_body(block));
        let body = opens.unwrap_or(blocks.len());
        let is_front = |block: &Block| {
            labels::leading(&block.text).is_some_and(|(label, _)| {
                matches!(
                    label,
                    Label::Abstract | Label::Keywords | Label::Clc | Label::DocumentCode | Label::ArticleNumber
                )
            })
        };
        let front = blocks.iter().take(body).rposition(is_front);
        let title = blocks
            .iter()
            .take(body)
            .position(|block| matches!(block.kind, BlockKind::Heading(_)));
        let front = match front.or(title).map(|at| at + 1) {
            Some(front) if !last => front.max(self.lead(blocks, front, body)),
            Some(front) => front,
            None if last => 0,
            None => lead_without_heading(blocks, body),
        };
        if !last {
            for block in blocks
                .iter()
                .take(front)
                .filter(|block| matches!(block.kind, BlockKind::Heading(_)))
            {
                if labels::leading(&block.text).is_none() {
                    self.titled.set(Language::detect(&block.text), ());
                }
            }
        } else {
            self.flush();
            self.titled = Bilingual::none();
        }
        for (place, block) in blocks.iter().enumerate() {
            self.citing.circled = self.notes.circled_on(block.lines.0, self.first_note);
            if self.awaits_keywords && block.kind != BlockKind::Float {
                let text = parse(&block.text, &self.citing).text().to_owned();
                self.take_keywords(&text);
            } else if parts.contains(&place) {
                self.abstract_part(block);
            } else if place < front {
                self.front(block);
            } else {
                self.body(block);
            }
        }
        self.flush();
        self.state = State::Front;
    }

    /// Where the front matter ends that goes on behind its last label or title: authors and affiliations.
    fn lead(&self, blocks: &[Block], from: usize, body: usize) -> usize {
        let short = |block: &&Block| {
            let text = &block.text;
            block.kind == BlockKind::Text
                && text.len() <= 1200
                && !ends_sentence(text)
                && (super::people::is_people(text) || super::people::is_affiliation(text) || text.contains('@'))
        };
        from + blocks.iter().take(body).skip(from).take_while(short).count()
    }

    /// A heading inside the abstract: its words go on with the abstract's text.
    fn abstract_part(&mut self, block: &Block) {
        self.whole_abstract = true;
        let inline = parse(&block.text, &self.citing);
        let alone = matches!(block.kind, BlockKind::Heading(_))
            || headings::run_in(block).is_some_and(|found| found.rest == block.text.len());
        self.add(inline, block.lines);
        self.part_gap = alone;
    }

    fn body(&mut self, block: &Block) {
        if block.kind == BlockKind::Text && headings::run_in(block).is_none()
            || matches!(block.kind, BlockKind::Heading(_))
        {
            let again = labels::leading(&block.text).is_some_and(|(label, _)| {
                label == Label::Abstract && self.state == State::Body && !self.fresh_abstract(block)
            });
            if !again && self.labelled(block) {
                return;
            }
        }
        if let BlockKind::Heading(level) = block.kind {
            let (number, title) = headings::number(&block.text)
                .map_or((None, block.text.as_str()), |(number, title)| (Some(number), title));
            let level = number
                .as_deref()
                .and_then(|number| self.depth(number))
                .unwrap_or(level.saturating_sub(1).max(1));
            self.open(number, title, level, block);
            return;
        }
        let found = headings::run_in(block).filter(|found| match found.number.as_deref() {
            Some(number) => {
                let alone = found.rest == block.text.len() && self.state == State::Body;
                headings::follows(number, self.last_number.as_deref())
                    || self.chapter.is_some_and(|chapter| number == format!("{chapter}.1"))
                    || (alone && headings::comes_after(number, self.last_number.as_deref()))
            }
            None => {
                !self
                    .pending
                    .as_ref()
                    .is_some_and(|(inline, _)| is_cut(inline, block.text.trim_start_matches('*')))
                    || headings::is_standard(&found.title)
            }
        });
        let text = match found {
            Some(found) => {
                let level = found
                    .number
                    .as_deref()
                    .and_then(|number| self.depth(number))
                    .unwrap_or(1);
                self.open(found.number, &found.title, level, block);
                block.text.get(found.rest..).unwrap_or_default()
            }
            None => &block.text,
        };
        let inline = parse(text, &self.citing);
        if block.kind == BlockKind::Float || headings::is_caption(inline.text()) {
            self.float(inline, block);
            return;
        }
        let next = inline.text();
        if self.state == State::Abstract && (self.whole_abstract || self.continues(next, block.kind)) {
            if self
                .pending
                .as_ref()
                .is_some_and(|(before, _)| ends_sentence(before.text()))
                && !self.whole_abstract
            {
                self.flush();
            }
            self.add(inline, block.lines);
            return;
        }
        if self.state != State::Body && !inline.is_empty() {
            self.flush();
            self.draft.open_section(unheaded(block.lines.0));
            self.state = State::Body;
        }
        let cut =
            block.kind == BlockKind::Text && self.pending.as_ref().is_some_and(|(before, _)| is_cut(before, next));
        if !cut {
            self.flush();
        }
        self.add(inline, block.lines);
    }

    /// Whether the abstract's label stands before an abstract of a language that has none yet.
    fn fresh_abstract(&self, block: &Block) -> bool {
        let language = Language::detect(&block.text);
        let words = match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        };
        words.is_empty() && (matches!(block.kind, BlockKind::Heading(_)) || block.text.len() > 100)
    }

    /// Takes a caption or table; one between the halves of a paragraph waits for its end.
    fn float(&mut self, inline: Inline, block: &Block) {
        if self.state != State::Body {
            if self.state == State::Front && !inline.is_empty() {
                self.draft.open_section(unheaded(block.lines.0));
                self.state = State::Body;
            } else {
                self.draft.metadata.notes.push(inline.text().to_owned());
                return;
            }
        }
        if self
            .pending
            .as_ref()
            .is_some_and(|(before, _)| !ends_sentence(before.text()))
        {
            self.floats.push((inline, block.lines));
        } else {
            self.flush();
            self.draft.paragraph(inline, block.lines, None);
        }
    }

    /// How deep a printed number asks for.
    fn depth(&self, number: &str) -> Option<u8> {
        let below = u8::from(self.formal && !headings::is_formal(number) && !number.starts_with('第'));
        headings::depth(number).map(|depth| depth + below)
    }

    fn open(&mut self, number: Option<String>, title: &str, level: u8, block: &Block) {
        self.flush();
        self.state = State::Body;
        let title = parse(title, &self.citing).text().to_owned();
        if let Some(number) = &number {
            let digits = number.starts_with(|first: char| first.is_ascii_digit());
            self.last_number = Some(number.clone()).filter(|_| digits);
            self.formal |= headings::is_formal(number);
            if !digits {
                self.chapter = headings::chapter(number);
            }
        }
        self.draft.open_section(Heading {
            kind: if headings::is_introduction(&title) {
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

    /// Adds text to the open paragraph.
    pub fn add(&mut self, inline: Inline, lines: (u32, u32)) {
        let part_gap = std::mem::take(&mut self.part_gap);
        match &mut self.pending {
            Some((before, range)) => {
                let wide = |sign: Option<char>| {
                    sign.is_some_and(|sign| Script::of(sign) == Script::Han || "，。；：、".contains(sign))
                };
                let chinese = Language::detect(tail(before.text())) == Language::Zh;
                let latin = inline.text().starts_with(|sign: char| sign.is_ascii_alphanumeric());
                let hyphen = before.text().ends_with('-') && inline.text().starts_with(char::is_lowercase);
                let join = if !part_gap && (hyphen || (chinese && (wide(before.text().chars().next_back()) || !latin)))
                {
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

    /// Ends the open paragraph.
    pub fn flush(&mut self) {
        if let Some((inline, lines)) = self.pending.take() {
            self.draft.paragraph(inline, lines, None);
        }
        for (inline, lines) in std::mem::take(&mut self.floats) {
            self.draft.paragraph(inline, lines, None);
        }
    }
}

/// How many blocks of an article without headings are its front matter: a title, authors and affiliations.
fn lead_without_heading(blocks: &[Block], body: usize) -> usize {
    let lead = blocks.iter().take(body).take_while(|block| {
        let text = &block.text;
        block.kind == BlockKind::Text && text.chars().count() <= 250 && !ends_sentence(text)
    });
    lead.take(8).count()
}

/// The heading of an abstract.
pub fn abstract_heading(language: Language, line: u32) -> Heading {
    let title = if language == Language::Zh { "摘要" } else { "Abstract" };
    Heading {
        kind: SectionKind::Abstract,
        number: None,
        title: Some(title.to_owned()),
        level: 1,
        language: Some(language),
        line,
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

/// Whether a page break cut a paragraph before `next`: Chinese text that stops in mid-sentence, or English text that
/// goes on in lower case or stops at a comma or hyphen.
fn is_cut(before: &Inline, next: &str) -> bool {
    let text = before.text();
    let mut citations = before.citations().iter().rev();
    let cited = citations.next().is_some_and(|citation| citation.at == text.len());
    if ends_sentence(text) || text.ends_with([':', '：', '|']) || next.is_empty() {
        return false;
    }
    let lower = next.starts_with(char::is_lowercase);
    match Language::detect(tail(text)) {
        Language::Zh => {
            let prose = text.chars().take(31).count() > 30 || text.contains(['，', ',', '。', '；', ';', '、']);
            !cited && prose && (Language::detect(next) == Language::Zh || lower)
        }
        Language::En => lower || (text.ends_with([',', '-', '–', ';']) && Language::detect(next) == Language::En),
    }
}

/// The end of a text, enough to tell its language by.
pub fn tail(text: &str) -> &str {
    let mut start = text.len().saturating_sub(600);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..).unwrap_or(text)
}

/// Whether a text ends as a sentence does.
pub fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '》', ')', '）', '’', ']', '*', '_'])
        .ends_with(['。', '！', '？', '.', '!', '?', '…'])
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
