//! Finds what an identifier names and describes it as an entry.

use crate::document::{ArticleId, PassageId};
use crate::retrieve::{SearchError, Searcher};
use crate::text::Language;

use super::Entry;

impl Entry {
    /// The entry of an article: in `language` where it is printed in both, else in its own.
    ///
    /// # Errors
    /// Only where the engine failed.
    pub fn article(
        searcher: &Searcher,
        id: &ArticleId,
        language: Option<Language>,
    ) -> Result<Option<Self>, SearchError> {
        let outline = searcher.article(id)?;
        Ok(outline.map(|outline| Self::of_article(&outline, language.unwrap_or(outline.language))))
    }

    /// The entry of the article a passage stands in, with the passage's place.
    ///
    /// # Errors
    /// Only where the engine failed.
    pub fn passage(
        searcher: &Searcher,
        id: &PassageId,
        language: Option<Language>,
    ) -> Result<Option<Self>, SearchError> {
        let Some(view) = searcher.passage(id)? else {
            return Ok(None);
        };
        let outline = searcher.article(&view.passage.article.id)?;
        Ok(outline.map(|outline| {
            let language = language.unwrap_or(outline.language);
            Self::of_passage(&outline, &view.passage, language)
        }))
    }

    /// The entry of the work with this printed number in an article's reference list.
    ///
    /// # Errors
    /// Only where the engine failed.
    pub fn reference(searcher: &Searcher, article: &ArticleId, number: u32) -> Result<Option<Self>, SearchError> {
        let Some(outline) = searcher.article(article)? else {
            return Ok(None);
        };
        let mut listed = outline.references.iter().enumerate();
        let found = listed.find(|(_, reference)| reference.number == number);
        Ok(found.map(|(place, reference)| Self::of_reference(reference, reference_key(article, place))))
    }

    /// The entry of whatever an identifier names, as hits give it: a passage, an article, or `ARTICLE:rN`, the work at
    /// place N, from 1, of an article's reference list.
    ///
    /// # Errors
    /// Only where the engine failed.
    pub fn named(searcher: &Searcher, id: &str, language: Option<Language>) -> Result<Option<Self>, SearchError> {
        if let Ok(passage) = PassageId::parse(id)
            && let Some(entry) = Self::passage(searcher, &passage, language)?
        {
            return Ok(Some(entry));
        }
        if let Ok(article) = ArticleId::parse(id)
            && let Some(entry) = Self::article(searcher, &article, language)?
        {
            return Ok(Some(entry));
        }
        let listed = id.rsplit_once(":r").and_then(|(article, place)| {
            let place = place.parse::<usize>().ok()?.checked_sub(1)?;
            Some((ArticleId::parse(article).ok()?, place))
        });
        let Some((article, place)) = listed else {
            return Ok(None);
        };
        let outline = searcher.article(&article)?;
        let reference = outline.and_then(|outline| outline.references.into_iter().nth(place));
        Ok(reference.map(|reference| Self::of_reference(&reference, reference_key(&article, place))))
    }
}

/// The identifier of a work in a reference list, by its place from 0.
fn reference_key(article: &ArticleId, place: usize) -> String {
    format!("{article}:r{}", place + 1)
}
