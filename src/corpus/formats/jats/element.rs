//! A small tree of an XML file. No DTD is fetched and no entity is expanded but the predefined and numeric ones.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// How deep elements may nest.
const DEEPEST: usize = 128;

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
        let mut raw = String::new();
        self.gather(&mut raw);
        raw.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn gather(&self, raw: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(text) => raw.push_str(text),
                Node::Element(element) => element.gather(raw),
            }
        }
    }
}

/// The tree, and what is wrong with the file: line and reason.
pub(super) fn read(text: &str) -> (Element, Vec<(u32, String)>) {
    let mut reader = Reader::from_str(text);
    let mut stack = vec![Element::default()];
    let mut faults = Vec::new();
    let (mut line, mut counted) = (1u32, 0usize);
    loop {
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
                    faults.push((line, format!("elements nest deeper than {DEEPEST}")));
                    break;
                }
                stack.push(element(&start, before));
            }
            Ok(Event::Empty(start)) => add(&mut stack, Node::Element(element(&start, before))),
            Ok(Event::End(_)) => close(&mut stack),
            Ok(Event::Text(raw)) => add(&mut stack, Node::Text(AsRef::<str>::as_ref(&*raw).to_owned())),
            Ok(Event::CData(raw)) => add(&mut stack, Node::Text(AsRef::<str>::as_ref(&*raw).to_owned())),
            Ok(Event::GeneralRef(raw)) => {
                let name = AsRef::<str>::as_ref(&*raw).to_owned();
                let known = entity(&name);
                if known.is_none() {
                    faults.push((line, format!("unknown entity &{name};")));
                }
                add(&mut stack, Node::Text(known.unwrap_or_else(|| format!("&{name};"))));
            }
            Ok(Event::Eof) => {
                if stack.len() > 1 {
                    faults.push((line, "the file ends inside an element".to_owned()));
                }
                break;
            }
            Ok(_) => {}
            Err(error) => {
                faults.push((line, error.to_string()));
                break;
            }
        }
    }
    while stack.len() > 1 {
        close(&mut stack);
    }
    (stack.pop().unwrap_or_default(), faults)
}

fn add(stack: &mut [Element], node: Node) {
    if let Some(top) = stack.last_mut() {
        top.nodes.push(node);
    }
}

fn close(stack: &mut Vec<Element>) {
    if stack.len() > 1
        && let Some(closed) = stack.pop()
    {
        add(stack, Node::Element(closed));
    }
}

fn element(start: &BytesStart<'_>, line: u32) -> Element {
    let attributes = start.attributes().flatten().map(|attribute| {
        let name = attribute.key.as_ref().to_owned();
        (name, unescape(&attribute.value))
    });
    Element {
        name: start.local_name().as_ref().to_owned(),
        attributes: attributes.collect(),
        nodes: Vec::new(),
        line,
    }
}

fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut pieces = raw.split('&');
    text.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        match piece
            .split_once(';')
            .and_then(|(name, rest)| entity(name).map(|value| (value, rest)))
        {
            Some((value, rest)) => {
                text.push_str(&value);
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

fn entity(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
            None => number.parse(),
        };
        return code.ok().and_then(char::from_u32).map(String::from);
    }
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "ldquo" => '“',
        "rdquo" => '”',
        "lsquo" => '‘',
        "rsquo" => '’',
        "alpha" => 'α',
        "beta" => 'β',
        "gamma" => 'γ',
        "kappa" => 'κ',
        "mu" | "micro" => 'μ',
        "times" => '×',
        "plusmn" => '±',
        "deg" => '°',
        "le" => '≤',
        "ge" => '≥',
        "eacute" => 'é',
        _ => return None,
    };
    Some(String::from(character))
}
