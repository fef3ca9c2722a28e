//! A small tree of an XML file. No DTD is fetched, and no entity is expanded but those of HTML and the numeric ones.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::entity;
use crate::corpus::Inline;
use crate::text::{Language, Script};

/// How deep elements may nest.
const DEEPEST: usize = 128;

/// How many faults of form are told; a file with more is no XML.
const MOST_FAULTS: usize = 50;

/// A piece of an element's content.
#[derive(Debug)]
pub(super) enum Node {
    /// An element.
    Element(Element),
    /// Text.
    Text(String),
}

/// An element with its local name.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Name without prefix.
    pub name: String,
    /// Attributes with their names as printed.
    pub attributes: Vec<(String, String)>,
    /// Content in order.
    pub nodes: Vec<Node>,
    /// Line it begins on, from 1.
    pub line: u32,
    /// Line it ends on.
    pub last: u32,
    /// The language declared here or by what encloses it.
    inherited: Option<Language>,
}

impl Element {
    /// An attribute's value.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The child elements.
    pub fn children(&self) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter_map(|node| {
            if let Node::Element(element) = node {
                Some(element)
            } else {
                None
            }
        })
    }

    /// The first child of that name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children().find(|child| child.name == name)
    }

    /// Every element of that name below this one, in order.
    pub fn all(&self, name: &str) -> Vec<&Self> {
        let mut found = Vec::new();
        for child in self.children() {
            if child.name == name {
                found.push(child);
            }
            found.extend(child.all(name));
        }
        found
    }

    /// All text below, white space folded.
    pub fn text(&self) -> String {
        self.text_without(&[])
    }

    /// All text below but that of the elements named, white space folded.
    pub fn text_without(&self, skip: &[&str]) -> String {
        let mut raw = String::new();
        self.gather(skip, &mut raw);
        Inline::plain(&raw).text().to_owned()
    }

    fn gather(&self, skip: &[&str], raw: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(text) => raw.push_str(text),
                Node::Element(element) if skip.contains(&element.name.as_str()) => {}
                Node::Element(element) if element.name == "break" => raw.push('\n'),
                Node::Element(element) => element.gather(skip, raw),
            }
        }
    }

    /// The language that the element itself declares.
    pub fn own_language(&self) -> Option<Language> {
        self.attribute("xml:lang").and_then(Language::from_tag)
    }

    /// The language of `text`, which stands in this element: what the element declares; else what the elements around
    /// it declare, unless the text is plainly in the other language; else what the text looks like.
    pub fn language(&self, text: &str) -> Language {
        let detected = Language::detect(text);
        if let Some(own) = self.own_language() {
            return own;
        }
        match self.inherited {
            Some(declared) if declared == detected || !is_plain(detected, text) => declared,
            _ => detected,
        }
    }
}

/// Whether a text is in one language without a word of the other. A name or a formula is in neither.
fn is_plain(language: Language, text: &str) -> bool {
    let has = |script: Script| text.chars().any(|character| Script::of(character) == script);
    match language {
        Language::Zh => !has(Script::Latin),
        Language::En => !has(Script::Han) && text.split_whitespace().count() >= 3,
    }
}

/// The tree, and what is wrong with the file: line and reason. What is wrong in one place costs as little as can be of
/// what stands around it: an element closed out of turn closes those inside it, and a stray end is passed over.
pub(super) fn read(text: &str) -> (Element, Vec<(u32, String)>) {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    (
        config.check_end_names,
        config.allow_unmatched_ends,
        config.allow_dangling_amp,
    ) = (false, true, true);
    let mut stack = vec![Element::default()];
    let mut faults: Vec<(u32, String)> = Vec::new();
    let (mut line, mut counted) = (1u32, 0usize);
    while faults.len() < MOST_FAULTS {
        let event = reader.read_event();
        let place = usize::try_from(reader.buffer_position())
            .unwrap_or(usize::MAX)
            .min(text.len());
        let passed = text.as_bytes().get(counted..place).unwrap_or_default();
        let before = line;
        line = line.saturating_add(passed.iter().filter(|&&byte| byte == b'\n').count() as u32);
        counted = place.max(counted);
        match event {
            Ok(Event::Start(start)) => {
                if stack.len() > DEEPEST {
                    faults.push((before, format!("elements nest deeper than {DEEPEST}")));
                    break;
                }
                let opened = element(&start, before, stack.last());
                stack.push(opened);
            }
            Ok(Event::Empty(start)) => {
                let whole = element(&start, before, stack.last());
                add(&mut stack, Node::Element(whole));
            }
            Ok(Event::End(end)) => {
                let name: &str = end.local_name().into_inner();
                match stack.iter().skip(1).rposition(|open| open.name == name) {
                    Some(open) => {
                        if let Some(inner) = stack.get(open + 2) {
                            faults.push((before, format!("<{}> is not closed before </{name}>", inner.name)));
                        }
                        while stack.len() > open + 1 {
                            close(&mut stack, line);
                        }
                    }
                    None => faults.push((before, format!("</{name}> closes nothing"))),
                }
            }
            Ok(Event::Text(raw)) => {
                let raw = AsRef::<str>::as_ref(&*raw);
                if raw.starts_with('&') {
                    faults.push((before, "a bare & in text".to_owned()));
                }
                add(&mut stack, Node::Text(raw.to_owned()));
            }
            Ok(Event::CData(raw)) => add(&mut stack, Node::Text(AsRef::<str>::as_ref(&*raw).to_owned())),
            Ok(Event::GeneralRef(raw)) => {
                let name = AsRef::<str>::as_ref(&*raw).to_owned();
                let known = entity::named(&name).map(String::from);
                if known.is_none() {
                    faults.push((before, format!("unknown entity &{name};")));
                }
                add(&mut stack, Node::Text(known.unwrap_or_else(|| format!("&{name};"))));
            }
            Ok(Event::Eof) => {
                if let Some(open) = stack.get(1) {
                    let reason = format!("the file ends inside <{}>, begun on line {}", open.name, open.line);
                    faults.push((line, reason));
                }
                break;
            }
            Ok(_) => {}
            Err(error) => {
                let place = usize::try_from(reader.error_position())
                    .unwrap_or(usize::MAX)
                    .min(text.len());
                let passed = text.as_bytes().get(..place).unwrap_or_default();
                let line = passed.iter().filter(|&&byte| byte == b'\n').count() as u32 + 1;
                faults.push((line, error.to_string()));
                break;
            }
        }
    }
    while stack.len() > 1 {
        close(&mut stack, line);
    }
    (stack.pop().unwrap_or_default(), faults)
}

fn add(stack: &mut [Element], node: Node) {
    if let Some(top) = stack.last_mut() {
        top.nodes.push(node);
    }
}

fn close(stack: &mut Vec<Element>, line: u32) {
    if stack.len() > 1
        && let Some(mut closed) = stack.pop()
    {
        closed.last = line;
        add(stack, Node::Element(closed));
    }
}

fn element(start: &BytesStart<'_>, line: u32, around: Option<&Element>) -> Element {
    let attributes: Vec<(String, String)> = start
        .attributes()
        .flatten()
        .map(|attribute| (attribute.key.as_ref().to_owned(), unescape(&attribute.value)))
        .collect();
    let declared = attributes.iter().find(|(name, _)| name == "xml:lang");
    let inherited = match declared {
        Some((_, tag)) => Language::from_tag(tag),
        None => around.and_then(|around| around.inherited),
    };
    Element {
        name: start.local_name().as_ref().to_owned(),
        attributes,
        nodes: Vec::new(),
        line,
        last: line,
        inherited,
    }
}

fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut pieces = raw.split('&');
    text.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        match piece
            .split_once(';')
            .and_then(|(name, rest)| entity::named(name).map(|value| (value, rest)))
        {
            Some((value, rest)) => {
                text.push(value);
                text.push_str(rest);
            }
            None => {
                text.push('&');
                text.push_str(piece);
            }
        }
    }
    text
}
