//! An entry of a reference list as the embedded index keeps it: the parts as places in the printed text.

use serde::{Deserialize, Serialize};

use super::EngineError;
use crate::document::Reference;

/// A reference whose parts, where they are printed as they are, are places in its text.
#[derive(Debug, Serialize, Deserialize)]
pub struct Entry {
    number: u32,
    text: String,
    authors: Vec<Part>,
    more_authors: bool,
    title: Option<Part>,
    type_mark: Option<Part>,
    container: Option<Part>,
    publisher: Option<Part>,
    place: Option<Part>,
    year: Option<u16>,
    volume: Option<Part>,
    issue: Option<Part>,
    pages: Option<Part>,
    doi: Option<Part>,
    pmid: Option<Part>,
    url: Option<Part>,
    line: u32,
}

/// A part of an entry.
#[derive(Debug, Serialize, Deserialize)]
enum Part {
    /// Its first byte in the text, and how many there are.
    Printed(u32, u32),
    /// Otherwise than it is printed.
    Apart(String),
}

/// Finds parts in a text, each where it stands after the one before, else at its first place.
struct Finding<'t> {
    text: &'t str,
    from: usize,
}

impl Finding<'_> {
    fn part(&mut self, part: &str) -> Part {
        let later = self.text.get(self.from..).and_then(|rest| rest.find(part));
        let found = later.map(|at| self.from + at).or_else(|| self.text.find(part));
        match found {
            Some(at) => {
                self.from = at + part.len();
                Part::Printed(at as u32, part.len() as u32)
            }
            None => Part::Apart(part.to_owned()),
        }
    }

    fn maybe(&mut self, part: Option<&String>) -> Option<Part> {
        part.map(|part| self.part(part))
    }
}

impl Part {
    fn of(self, text: &str) -> Result<String, EngineError> {
        match self {
            Self::Apart(part) => Ok(part),
            Self::Printed(at, length) => {
                let (at, length) = (at as usize, length as usize);
                let part = text.get(at..at.saturating_add(length)).map(str::to_owned);
                part.ok_or_else(|| EngineError::Record("a part stands outside its reference".to_owned()))
            }
        }
    }
}

impl Entry {
    /// What is kept of a reference.
    pub fn new(reference: &Reference) -> Self {
        let Reference {
            number,
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
            line,
        } = reference;
        let mut finding = Finding { text, from: 0 };
        Self {
            number: *number,
            authors: authors.iter().map(|author| finding.part(author)).collect(),
            more_authors: *more_authors,
            title: finding.maybe(title.as_ref()),
            type_mark: finding.maybe(type_mark.as_ref()),
            container: finding.maybe(container.as_ref()),
            place: finding.maybe(place.as_ref()),
            publisher: finding.maybe(publisher.as_ref()),
            year: *year,
            volume: finding.maybe(volume.as_ref()),
            issue: finding.maybe(issue.as_ref()),
            pages: finding.maybe(pages.as_ref()),
            doi: finding.maybe(doi.as_ref()),
            pmid: finding.maybe(pmid.as_ref()),
            url: finding.maybe(url.as_ref()),
            text: text.clone(),
            line: *line,
        }
    }

    /// The reference.
    pub fn reference(self) -> Result<Reference, EngineError> {
        let text = self.text;
        let maybe = |part: Option<Part>| part.map(|part| part.of(&text)).transpose();
        Ok(Reference {
            number: self.number,
            authors: self
                .authors
                .into_iter()
                .map(|author| author.of(&text))
                .collect::<Result<_, _>>()?,
            more_authors: self.more_authors,
            title: maybe(self.title)?,
            type_mark: maybe(self.type_mark)?,
            container: maybe(self.container)?,
            publisher: maybe(self.publisher)?,
            place: maybe(self.place)?,
            year: self.year,
            volume: maybe(self.volume)?,
            issue: maybe(self.issue)?,
            pages: maybe(self.pages)?,
            doi: maybe(self.doi)?,
            pmid: maybe(self.pmid)?,
            url: maybe(self.url)?,
            line: self.line,
            text,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert_eq, proptest};

    use super::{Entry, Part};
    use crate::document::Reference;

    fn returned(reference: &Reference) -> Option<Reference> {
        let bytes = postcard::to_stdvec(&Entry::new(reference)).ok()?;
        postcard::from_bytes::<Entry>(&bytes).ok()?.reference().ok()
    }

    #[test]
    fn what_is_printed_takes_no_room_of_its_own() {
        let reference = Reference {
            number: 7,
            text: "Li A, Wang B. 胎盘间充质干细胞[J]. 中国组织工程研究, 2020, 24(1): 20-24.".to_owned(),
            authors: vec!["Li A".to_owned(), "Wang B".to_owned()],
            title: Some("胎盘间充质干细胞".to_owned()),
            container: Some("中国组织工程研究".to_owned()),
            year: Some(2020),
            volume: Some("24".to_owned()),
            issue: Some("1".to_owned()),
            pages: Some("20-24".to_owned()),
            doi: Some("10.1000/1".to_owned()),
            ..Reference::default()
        };
        let entry = Entry::new(&reference);
        // "Li A, Wang B. " has 14 bytes, the title and the journal eight characters of three bytes each, "[J]. " five.
        assert!(matches!(entry.title, Some(Part::Printed(14, 24))), "{:?}", entry.title);
        assert!(
            matches!(entry.container, Some(Part::Printed(43, 24))),
            "{:?}",
            entry.container
        );
        assert!(matches!(&entry.doi, Some(Part::Apart(doi)) if doi == "10.1000/1"));
        assert_eq!(returned(&reference), Some(reference));
    }

    proptest! {
        #[test]
        fn a_reference_comes_back_as_it_was(
            text in ".{0,60}",
            parts in proptest::collection::vec(any::<String>(), 4),
            cuts in any::<[usize; 4]>(),
            year in any::<Option<u16>>(),
        ) {
            // Parts that are printed and parts that are not.
            let cut = |at: usize| text.chars().skip(at % 60).take(at % 7).collect::<String>();
            let reference = Reference {
                text: text.clone(),
                authors: vec![cut(cuts[0]), parts[0].clone(), cut(cuts[1])],
                title: Some(cut(cuts[2])),
                container: Some(parts[1].clone()),
                url: Some(parts[2].clone()),
                pages: Some(cut(cuts[3])),
                pmid: Some(parts[3].clone()),
                year,
                ..Reference::default()
            };
            prop_assert_eq!(returned(&reference), Some(reference));
        }
    }
}
