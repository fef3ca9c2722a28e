//! The numbers that cross-references to the reference list stand for.

use std::collections::{HashMap, HashSet};

use super::element::Element;

/// The numbers of the references by their identifiers.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    by_id: HashMap<String, u32>,
    listed: HashSet<u32>,
    /// Whether the article tags its citations.
    pub linked: bool,
}

impl Numbers {
    /// Of an article whose citations are tagged or not.
    pub fn new(article: &Element) -> Self {
        let linked = article
            .all("xref")
            .into_iter()
            .any(|xref| xref.attribute("ref-type") == Some("bibr"));
        Self {
            linked,
            ..Self::default()
        }
    }

    /// Adds an entry of the list.
    pub fn add(&mut self, id: Option<&str>, number: u32) {
        self.listed.insert(number);
        if let Some(id) = id {
            self.by_id.insert(id.to_owned(), number);
        }
    }

    /// Whether the list holds the number.
    pub fn lists(&self, number: u32) -> bool {
        self.listed.contains(&number)
    }

    /// Whether the list holds all of them.
    pub fn knows(&self, numbers: &[u32]) -> bool {
        numbers.iter().all(|&number| self.lists(number))
    }

    /// Whether a cross-reference points to the list.
    pub fn cites(&self, xref: &Element) -> bool {
        match xref.attribute("ref-type") {
            Some("bibr" | "bib" | "ref" | "citation") => true,
            None | Some("") => !self.named(xref).is_empty(),
            Some(_) => false,
        }
    }

    /// The numbers of the entries that a cross-reference names by identifier.
    pub fn named(&self, xref: &Element) -> Vec<u32> {
        let ids = xref.attribute("rid").unwrap_or_default();
        ids.split([' ', ',', ';', '\n', '\t', '#'])
            .filter_map(|id| self.by_id.get(id).copied())
            .collect()
    }
}
