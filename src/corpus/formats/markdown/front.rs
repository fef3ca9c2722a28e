//! Reads what stands before and around the text: titles, authors, affiliations, labelled lines.

use super::blocks::{Block, BlockKind};
use super::headings;
use super::imprint::{article_number, date, journal_line, year};
use super::inline::parse;
use super::labels::{self, Label};
use super::people::{affiliations, is_affiliation, is_people, people};
use super::reader::{Reader, State, abstract_heading, ends_sentence, tail};
use crate::document::{Metadata, Scalar};
use crate::text::Language;

impl Reader {
    /// Takes a block of the front matter.
    pub fn front(&mut self, block: &Block) {
        if self.labelled(block) {
            return;
        }
        // A label on a line within the block ends what stands before it.
        let line = block.text.match_indices('\n').map(|(at, _)| at + 1);
        let label = line.into_iter().find(|at| {
            block
                .text
                .get(*at..)
                .is_some_and(|rest| labels::leading(rest).is_some())
        });
        if let Some((head, tail)) = label.and_then(|at| block.text.split_at_checked(at)) {
            for text in [head.trim(), tail] {
                self.front(&block.with(text));
            }
            return;
        }
        let inline = parse(&block.text, &self.citing);
        let text = inline.text().to_owned();
        if text.is_empty() {
            return;
        }
        let whole = self.state == State::Abstract && self.whole_abstract && block.kind == BlockKind::Text;
        if whole || self.continues(&text, block.kind) {
            self.add(inline, block.lines);
            return;
        }
        let language = Language::detect(&text);
        let heading = matches!(block.kind, BlockKind::Heading(_));
        let metadata = &mut self.draft.metadata;
        if is_column(&text) {
            metadata.notes.push(text);
            return;
        }
        let count = text.chars().count();
        let bold = block.text.starts_with("**") && block.text.ends_with("**");
        if metadata.title.get(language).is_some() || (!heading && count < 20) {
            let same = |title: &String| *title == text;
            if metadata.title.get(language).is_some_and(same) {
                return;
            }
        }
        if !heading && let Some(line) = journal_line(&text) {
            line.fill(metadata);
            metadata.notes.push(text);
            return;
        }
        let named = is_people(&block.text);
        let untitled = metadata.title.get(language).is_none();
        if !heading
            && untitled
            && let Some((title, names)) = title_above_names(&block.text)
        {
            for text in [title, names] {
                self.front(&block.with(text));
            }
            return;
        }
        let awaited = self.titled.get(language).is_some();
        let plausible = !named
            && !is_affiliation(&text)
            && (4..=250).contains(&count)
            && !ends_sentence(&text)
            && !text.contains('@');
        if heading || (untitled && !awaited && plausible && (bold || !text.contains("http"))) {
            if untitled {
                metadata.title.set(language, text);
            } else {
                metadata.notes.push(text);
            }
            return;
        }
        let titled = metadata.title.zh.is_some() || metadata.title.en.is_some();
        let short = count <= 600 && !text.ends_with(['。', '！', '？']);
        let authors = metadata.authors.get(language).is_none();
        if named && titled && authors {
            metadata.authors.set(language, people(&block.text));
        } else if short && is_affiliation(&text) && metadata.authors.get(language).is_some() {
            let mut all = metadata.affiliations.get(language).cloned().unwrap_or_default();
            let lines = block
                .text
                .lines()
                .map(|line| parse(line, &self.citing).text().to_owned());
            all.extend(affiliations(&lines.collect::<Vec<_>>().join("\n")));
            metadata.affiliations.set(language, all);
        } else if authors && titled && !untitled && block.text.contains('\n') && self.names_and_places(block, language)
        {
        } else {
            self.draft.metadata.notes.push(text);
        }
    }

    /// Reads a block whose first line names the authors and whose other lines name their affiliations.
    fn names_and_places(&mut self, block: &Block, language: Language) -> bool {
        let Some((first, rest)) = block.text.split_once('\n') else {
            return false;
        };
        if !is_people(first) {
            return false;
        }
        let rest = parse(&rest.replace('\n', " ; "), &self.citing).text().to_owned();
        self.draft.metadata.authors.set(language, people(first));
        if is_affiliation(&rest) {
            self.draft.metadata.affiliations.set(language, affiliations(&rest));
        } else {
            self.draft.metadata.notes.push(rest);
        }
        true
    }

    /// Takes a block that begins with a label; tells whether it does.
    pub fn labelled(&mut self, block: &Block) -> bool {
        let parts = labels::parts(&block.text);
        let mut at = 0;
        for (label, value) in &parts {
            let end = (value.as_ptr() as usize - block.text.as_ptr() as usize) + value.len();
            let text = block
                .text
                .get(at..end)
                .unwrap_or_default()
                .trim_start_matches([' ', '\n', ';', '；', ',', '，']);
            at = end;
            self.label(*label, value, &block.with(text));
        }
        !parts.is_empty()
    }

    fn label(&mut self, label: Label, value: &str, block: &Block) {
        let plain = parse(value, &self.citing);
        let text = plain.text().to_owned();
        let mut language = Language::detect(&text);
        if text.is_empty() || !matches!(label, Label::Abstract | Label::Keywords) {
            language = Language::detect(parse(&block.text, &self.citing).text());
        }
        let metadata = &mut self.draft.metadata;
        match label {
            Label::Abstract => {
                self.flush();
                self.part_gap = false;
                self.state = State::Abstract;
                self.whole_abstract = matches!(block.kind, BlockKind::Heading(_));
                self.draft.open_section(abstract_heading(language, block.lines.0));
                self.add(plain, block.lines);
            }
            Label::Keywords => {
                self.flush();
                self.state = State::Front;
                if text.is_empty() {
                    self.awaits_keywords = true;
                } else {
                    self.take_keywords(&text);
                }
            }
            Label::Clc => metadata.clc = words(&text),
            Label::DocumentCode => metadata.document_code = Some(text).filter(|code| !code.is_empty()),
            Label::ArticleNumber => {
                article_number(&text, metadata);
                metadata.article_number = Some(text).filter(|number| !number.is_empty());
            }
            Label::Doi => metadata.doi = doi(&text).or(metadata.doi.take()),
            Label::Corresponding => metadata.corresponding.set(language, text),
            Label::Published => {
                metadata.year = year(&text).or(metadata.year);
                metadata.date = date(&text).or(metadata.date.take());
            }
            Label::Received => extra(metadata, "received", date(&text).unwrap_or(text)),
            Label::Revised => extra(metadata, "revised", date(&text).unwrap_or(text)),
            Label::Accepted => extra(metadata, "accepted", date(&text).unwrap_or(text)),
            Label::Funding => extra(metadata, "funding", text),
            Label::Email => extra(metadata, "email", text),
            Label::Note => {
                metadata.doi = metadata.doi.take().or_else(|| doi(&text));
                metadata.notes.push(parse(&block.text, &self.citing).text().to_owned());
            }
        }
    }

    /// Takes the keywords of one language.
    pub fn take_keywords(&mut self, text: &str) {
        self.awaits_keywords = false;
        let words = words(text);
        match Language::detect(text) {
            Language::Zh if self.zh.is_empty() => self.zh = words,
            Language::En if self.en.is_empty() => self.en = words,
            _ => {}
        }
    }

    /// Whether a block goes on with the abstract: the abstract has no text yet, or stops in mid-sentence.
    pub fn continues(&self, next: &str, kind: BlockKind) -> bool {
        if self.state != State::Abstract || matches!(kind, BlockKind::Heading(_) | BlockKind::Float) {
            return false;
        }
        let Some((inline, _)) = &self.pending else { return true };
        let text = inline.text();
        if ends_sentence(text) {
            return false;
        }
        match Language::detect(tail(text)) {
            Language::Zh => {
                (ends_sentence(next) || next.chars().count() > 60) && Language::detect(next) == Language::Zh
            }
            Language::En => {
                next.starts_with(char::is_lowercase) || (text.ends_with([',', ';']) && next.chars().count() > 60)
            }
        }
    }
}

fn extra(metadata: &mut Metadata, key: &str, value: String) {
    if !value.is_empty() {
        metadata.extra.entry(key.to_owned()).or_insert(Scalar::Text(value));
    }
}

/// The items of a list of keywords. A comma parts them only where nothing stronger does.
pub fn words(text: &str) -> Vec<String> {
    let strong: &[char] = &[';', '；', '|', '｜'];
    let weak: &[char] = &[',', '，', '、'];
    let signs = if text.contains(strong) { strong } else { weak };
    let mut items: Vec<&str> = text.split(signs).collect();
    if items.len() == 1 && text.contains('\u{3000}') {
        items = text.split('\u{3000}').collect();
    }
    if items.len() == 1 && Language::detect(text) == Language::Zh {
        items = text.split(' ').collect();
    }
    let items = items
        .into_iter()
        .map(|word| word.trim().trim_end_matches(['.', '。']).trim().to_owned());
    items.filter(|word| !word.is_empty()).collect()
}

/// The DOI printed in a text, in lower case, without resolver.
pub fn doi(text: &str) -> Option<String> {
    let at = text.find("10.")?;
    let end = |sign: char| sign.is_whitespace() || "，。；,;）】\"<>".contains(sign);
    let doi = text.get(at..)?.split(end).next()?.trim_end_matches(['.', ')', ']']);
    (doi.len() > 7 && doi.contains('/')).then(|| doi.to_lowercase())
}

/// Whether a line names the column of the journal that the article stands in: `· 论著 ·`, `【综述】`.
fn is_column(text: &str) -> bool {
    let inner: String = text
        .chars()
        .filter(|sign| sign.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let framed = text.starts_with(['·', '•', '【', '[', '—', '■']) && text.ends_with(['·', '•', '】', ']', '—', '■']);
    let known = [
        "论著",
        "综述",
        "研究论文",
        "专题",
        "述评",
        "病例报告",
        "临床研究",
        "基础研究",
        "短篇论著",
        "讲座",
        "学术前沿",
        "研究报告",
        "专家论坛",
        "原著",
        "论文",
        "实验研究",
        "originalarticle",
        "review",
        "reviewarticle",
        "researcharticle",
        "casereport",
        "article",
        "research",
        "openaccess",
        "original",
        "reviews",
        "articles",
    ];
    (framed && inner.chars().count() <= 20) || known.contains(&inner.as_str())
}

/// Parts a block whose first lines are a title and whose next line names the authors.
fn title_above_names(text: &str) -> Option<(&str, &str)> {
    let starts = text.match_indices('\n').map(|(at, _)| at);
    let at = starts.take(3).find(|at| {
        let below = text.get(at + 1..).and_then(|rest| rest.lines().next());
        below.is_some_and(is_people)
    })?;
    let (title, names) = text.split_at_checked(at)?;
    let plain = |line: &str| !is_people(line) && !is_affiliation(line) && !ends_sentence(line) && !line.contains('@');
    let fits = (4..=250).contains(&title.chars().count()) && title.lines().all(plain);
    fits.then_some((title, names.trim_start()))
}

/// Whether a heading opens the body.
pub fn begins_body(block: &Block) -> bool {
    match block.kind {
        BlockKind::Heading(_) => headings::number(&block.text).is_some() || headings::is_standard(&block.text),
        BlockKind::Text => headings::run_in(block).is_some_and(|found| match &found.number {
            Some(number) => headings::follows(number, None) && !is_affiliation(&block.text),
            None => headings::is_standard(&found.title),
        }),
        BlockKind::Item | BlockKind::Float => false,
    }
}
