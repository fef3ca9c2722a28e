//! Paragraphs and everything that holds paragraphs: lists, quotations, figures, tables, boxes.

use super::element::Element;
use super::flow::{Segment, flow};
use super::front;
use super::numbers::Numbers;
use crate::corpus::{Draft, Heading, Inline, Join};
use crate::document::{MarkStyle, SectionKind};

/// Sections of the back matter that are statements, not text.
const STATEMENTS: [&str; 9] = [
    "coi-statement",
    "conflict",
    "funding",
    "funding-statement",
    "financial-disclosure",
    "author-contributions",
    "contributions",
    "ethics-statement",
    "data-availability",
];

/// Puts the text of an article into a draft.
pub(super) struct Blocks<'a> {
    draft: &'a mut Draft,
    numbers: &'a Numbers,
    /// A title that runs into the paragraph behind it.
    lead: Option<Inline>,
}

impl<'a> Blocks<'a> {
    /// Writes into `draft`.
    pub fn new(draft: &'a mut Draft, numbers: &'a Numbers) -> Self {
        Self {
            draft,
            numbers,
            lead: None,
        }
    }

    /// An abstract, whatever parts it has, is one section.
    pub fn summary(&mut self, element: &Element) {
        let printed = element.text_without(&["title", "label", "graphic"]);
        if printed.is_empty() {
            return;
        }
        self.open(element, SectionKind::Abstract, 1, Some(&printed));
        self.inside(element);
    }

    /// The sections of a body or of an appendix.
    pub fn sections(&mut self, element: &Element, level: u8) {
        let inner = |child: &&Element| matches!(child.name.as_str(), "sec" | "app");
        if element.children().any(|child| inner(&child)) {
            for child in element.children() {
                if inner(&child) {
                    self.section(child, level);
                } else if !matches!(child.name.as_str(), "title" | "label" | "sec-meta") {
                    self.block(child);
                }
            }
            self.end_lead(element);
        } else {
            self.inside(element);
        }
    }

    /// A section with the sections in it.
    pub fn section(&mut self, element: &Element, level: u8) {
        let own = |child: &Element| !matches!(child.name.as_str(), "title" | "label" | "ref-list" | "sec-meta");
        if !element.children().any(own) && element.child("ref-list").is_some() {
            return;
        }
        self.open(element, SectionKind::Body, level, None);
        self.sections(element, level.saturating_add(1));
    }

    /// What stands behind the body: appendices are sections, thanks and notes are notes.
    pub fn back(&mut self, back: &Element) {
        for child in back.children() {
            let kind = child.attribute("sec-type").unwrap_or_default().to_lowercase();
            match child.name.as_str() {
                "app-group" => child
                    .children()
                    .filter(|app| app.name == "app")
                    .for_each(|app| self.section(app, 1)),
                "app" => self.section(child, 1),
                "sec" if !STATEMENTS.contains(&kind.as_str()) => self.section(child, 1),
                "ref-list" | "title" | "label" => {}
                _ => self.note(child),
            }
        }
    }

    /// Figures and tables that stand apart from the text.
    pub fn floats(&mut self, floats: &Element) {
        if !floats.text().is_empty() {
            self.open(floats, SectionKind::Body, 1, None);
            self.inside(floats);
        }
    }

    /// Keeps the text of an element without making it searchable.
    pub fn note(&mut self, element: &Element) {
        let text = element.text();
        if !text.is_empty() {
            self.draft.metadata.notes.push(text);
        }
    }

    fn open(&mut self, element: &Element, kind: SectionKind, level: u8, spoken: Option<&str>) {
        let title = element
            .child("title")
            .map(|title| title.text_without(&["fn", "xref"]))
            .unwrap_or_default();
        let label = element.child("label").map(Element::text).unwrap_or_default();
        let label = label.trim_end_matches(['.', '．', '、', ':', '：', ' ']);
        let (number, title) = match numbered(label) {
            Some((number, _)) => (Some(number), title),
            None if (1..=6).contains(&label.chars().count()) => (Some(label.to_owned()), title),
            None if !label.is_empty() => (None, format!("{label} {title}").trim().to_owned()),
            None => match numbered(&title) {
                Some((number, rest)) => (Some(number), rest),
                None => (None, title),
            },
        };
        self.draft.open_section(Heading {
            kind,
            number,
            language: spoken
                .map(|text| element.language(text))
                .or_else(|| Some(element.language(&title))),
            title: (!title.is_empty()).then_some(title),
            level,
            line: element.line,
        });
    }

    /// Everything in an element, as paragraphs.
    fn inside(&mut self, element: &Element) {
        self.inside_without(element, "title");
    }

    /// Everything in an element but the child that was read before it.
    fn inside_without(&mut self, element: &Element, read: &str) {
        for segment in flow(element, self.numbers) {
            match segment {
                Segment::Block(block) if block.name == read => {}
                Segment::Text(text) => self.paragraph(element, text),
                Segment::Block(block) => self.block(block),
            }
        }
    }

    fn block(&mut self, element: &Element) {
        match element.name.as_str() {
            // The title of the section itself is its heading.
            "title" | "label" | "ref-list" | "fn" | "object-id" | "alt-text" | "permissions" => {}
            "sec" | "boxed-text" | "list" | "def-list" | "disp-quote" | "statement" | "app" | "glossary" => {
                let title = element.child("title").or_else(|| element.child("caption"));
                let mut lead = self.lead.take().unwrap_or_default();
                for part in [element.child("label"), title].into_iter().flatten() {
                    self.append(&mut lead, part, Some(MarkStyle::Bold));
                }
                self.lead = Some(lead).filter(|lead| !lead.is_empty());
                self.inside_without(element, "caption");
                self.end_lead(element);
            }
            "def-item" => self.definition(element),
            "fig" | "fig-group" | "table-wrap" | "table-wrap-group" | "supplementary-material" | "media" => {
                let mut caption = Inline::default();
                for part in [element.child("label"), element.child("caption")].into_iter().flatten() {
                    self.append(&mut caption, part, None);
                }
                self.paragraph(element, caption);
                self.inside_without(element, "caption");
            }
            "table" => self.table(element),
            _ => self.inside(element),
        }
    }

    fn definition(&mut self, element: &Element) {
        let mut text = Inline::default();
        for part in element
            .children()
            .filter(|part| matches!(part.name.as_str(), "term" | "def"))
        {
            self.append(&mut text, part, (part.name == "term").then_some(MarkStyle::Bold));
        }
        self.paragraph(element, text);
    }

    /// Rows with a semicolon between them.
    fn table(&mut self, element: &Element) {
        let mut text = Inline::default();
        for row in element.all("tr") {
            if !text.is_empty() {
                text.push_text(";");
            }
            for cell in row.children() {
                self.append(&mut text, cell, None);
            }
        }
        self.paragraph(element, text);
    }

    /// Appends all the text of an element, through the blocks in it, set in a style.
    fn append(&mut self, text: &mut Inline, element: &Element, style: Option<MarkStyle>) {
        let start = text.position();
        for segment in flow(element, self.numbers) {
            match segment {
                Segment::Text(part) => {
                    let join = if text.is_empty() { Join::Nothing } else { Join::Space };
                    text.append(&part, join);
                }
                Segment::Block(block) => self.append(text, block, None),
            }
        }
        if let Some(style) = style {
            text.mark_from(start, style);
        }
    }

    fn paragraph(&mut self, element: &Element, text: Inline) {
        let text = match self.lead.take() {
            Some(mut lead) => {
                lead.append(&text, Join::Space);
                lead
            }
            None => text,
        };
        let language = front::spoken(element, text.text());
        self.draft.paragraph(text, (element.line, element.last), language);
    }

    /// A title with nothing behind it is a paragraph.
    fn end_lead(&mut self, element: &Element) {
        if let Some(lead) = self.lead.take() {
            self.paragraph(element, lead);
        }
    }
}

/// `1.2 Methods` in number and rest. `3D printing` and `2型糖尿病` have no number.
fn numbered(printed: &str) -> Option<(String, String)> {
    let end = printed
        .find(|character: char| !character.is_ascii_digit() && character != '.')
        .unwrap_or(printed.len());
    let (shown, rest) = printed.split_at_checked(end)?;
    let apart = rest.is_empty() || rest.starts_with(|next: char| next.is_whitespace() || "、．:：".contains(next));
    let number = shown.trim_end_matches('.');
    let short = number.split('.').all(|part| (1..=2).contains(&part.len()));
    let rest = rest.trim_start_matches(|next: char| next.is_whitespace() || "、．:：".contains(next));
    (short && !number.is_empty() && (apart || shown.contains('.'))).then(|| (number.to_owned(), rest.trim().to_owned()))
}
