//! Under which name a hit is judged: its passage's, its section's or its article's, whichever the judgements use.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::document::{ArticleId, PassageId, PlacedPassage};
use crate::retrieve::{SearchError, Searcher};
use crate::text::Language;

use super::Judgements;

/// Stands between article and section in the name of a section.
const SECTION: char = '#';

/// What a file of judgements judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Passage,
    Section,
    Article,
}

/// Gives hits the names that judgements use.
///
/// A judgement names a passage, a section (`ARTICLE#SECTION`) or an article. A hit counts under the narrowest of its
/// names that any judgement uses. A hit that nobody judged counts under the kind of name the file uses: passages as
/// soon as one judgement names a passage of the index, else sections as soon as one names a section, else articles.
#[derive(Debug)]
pub struct Names {
    judged: HashSet<String>,
    unit: Unit,
    given: HashMap<String, String>,
}

impl Names {
    /// The names these judgements use. `given` holds the identifiers of articles as the corpus prints them, by the
    /// identifier in the index, where the two differ.
    ///
    /// # Errors
    /// Only where the index can't be read.
    pub fn new(
        judgements: &Judgements,
        searcher: &Searcher,
        given: HashMap<String, String>,
    ) -> Result<Self, SearchError> {
        let judged: HashSet<String> = judgements
            .topics()
            .flat_map(|(_, grades)| grades.keys().cloned())
            .collect();
        let mut unit = Unit::Article;
        for name in &judged {
            if name.contains(SECTION) {
                unit = Unit::Section;
            } else if let Ok(id) = PassageId::parse(name)
                && searcher.passage(&id)?.is_some()
            {
                unit = Unit::Passage;
                break;
            }
        }
        Ok(Self { judged, unit, given })
    }

    /// The name a passage found counts under.
    pub fn of(&self, found: &PlacedPassage) -> String {
        let article = self.given_name(found.article.id.as_str());
        let passage = found.passage.id.as_str();
        let sections: Vec<String> = found
            .path
            .iter()
            .rev()
            .map(|section| format!("{article}{SECTION}{}", section.id))
            .collect();
        let narrowest_first = std::iter::once(passage)
            .chain(sections.iter().map(String::as_str))
            .chain(std::iter::once(article));
        for name in narrowest_first {
            if self.judged.contains(name) {
                return name.to_owned();
            }
        }
        match (self.unit, sections.into_iter().next()) {
            (Unit::Passage, _) => passage.to_owned(),
            (Unit::Section, Some(section)) => section,
            (Unit::Section | Unit::Article, _) => article.to_owned(),
        }
    }

    /// The languages of the passages a name stands for; none where the index does not hold it.
    ///
    /// # Errors
    /// Only where the index can't be read.
    pub fn languages(&self, name: &str, searcher: &Searcher) -> Result<BTreeSet<Language>, SearchError> {
        if let Ok(id) = PassageId::parse(name)
            && let Some(view) = searcher.passage(&id)?
        {
            return Ok(BTreeSet::from([view.passage.passage.language]));
        }
        let (article, section) = match name.split_once(SECTION) {
            Some((article, section)) => (article, Some(section)),
            None => (name, None),
        };
        let passages = searcher.article_passages(&ArticleId::from_key(article))?;
        Ok(passages
            .iter()
            .filter(|placed| section.is_none_or(|section| placed.path.iter().any(|head| head.id == section)))
            .map(|placed| placed.passage.language)
            .collect())
    }

    fn given_name<'a>(&'a self, id: &'a str) -> &'a str {
        self.given.get(id).map_or(id, String::as_str)
    }
}
