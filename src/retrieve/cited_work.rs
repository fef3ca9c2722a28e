//! A cited work across the corpus: every list that names it, and every passage that cites it.

use crate::document::{ArticleId, PlacedPassage, PlacedReference, Reference};
use crate::text::fold;

use super::{Found, MOST_HITS, Scope, Search, SearchError, Searcher};

/// The most characters of a title that are looked for; more make no difference.
const LONGEST_TITLE: usize = 200;

/// Titles with fewer letters ("Diabetes") are too common to tell a work by.
const SHORTEST_TITLE: usize = 12;

/// The most passages that are named.
const MOST_CITING: usize = 200;

/// A cited work: an entry of a reference list, the entries of other articles for the same work, and what cites them.
#[derive(Debug, Clone, PartialEq)]
pub struct CitedWork {
    /// The entry asked for.
    pub entry: PlacedReference,
    /// Entries of other articles' lists for the same work.
    pub elsewhere: Vec<PlacedReference>,
    /// The passages that cite any of them, those of the article asked for first; at most two hundred.
    pub citing: Vec<PlacedPassage>,
}

/// The work that the reference with this number in the list of an article describes.
pub(super) fn cited_work(
    searcher: &Searcher,
    article: &ArticleId,
    number: u32,
) -> Result<Option<CitedWork>, SearchError> {
    let mut list = searcher.article_references(article)?.into_iter();
    let Some(entry) = list.find(|placed| placed.reference.number == number) else {
        return Ok(None);
    };
    let elsewhere = elsewhere(searcher, &entry)?;
    let mut citing = Vec::new();
    let named = [&entry]
        .into_iter()
        .chain(&elsewhere)
        .flat_map(|placed| &placed.cited_by);
    for named in named.take(MOST_CITING) {
        citing.extend(searcher.passage(&named.id)?.map(|view| view.passage));
    }
    Ok(Some(CitedWork {
        entry,
        elsewhere,
        citing,
    }))
}

/// The entries of other articles' lists that describe the same work.
fn elsewhere(searcher: &Searcher, entry: &PlacedReference) -> Result<Vec<PlacedReference>, SearchError> {
    let Some(sought) = entry.reference.title.as_ref().or(entry.reference.doi.as_ref()) else {
        return Ok(Vec::new());
    };
    // As a phrase: nothing in it is an operator, and no slip in it is put right.
    let phrase: String = sought
        .chars()
        .filter(|letter| *letter != '"')
        .take(LONGEST_TITLE)
        .collect();
    let mut search = Search::new(format!("\"{phrase}\""));
    search.scope = Scope::References;
    search.limit = MOST_HITS;
    let hits = match searcher.search(&search) {
        Ok(results) => results.hits,
        Err(SearchError::EmptyQuery) => Vec::new(),
        Err(error) => return Err(error),
    };
    let found = hits.into_iter().filter_map(|hit| match hit.found {
        Found::Reference(placed) => Some(*placed),
        Found::Passage(_) => None,
    });
    let other = |placed: &PlacedReference| placed.article.id != entry.article.id;
    Ok(found
        .filter(|placed| other(placed) && is_same(&placed.reference, &entry.reference))
        .collect())
}

/// Whether two entries describe one work: by their DOIs where both have one, else by title and year.
fn is_same(one: &Reference, other: &Reference) -> bool {
    if let (Some(one), Some(other)) = (&one.doi, &other.doi) {
        return one == other;
    }
    let (Some(title), Some(other_title)) = (&one.title, &other.title) else {
        return false;
    };
    let title = letters(title);
    let years = one.year.is_none() || other.year.is_none() || one.year == other.year;
    years && title.len() >= SHORTEST_TITLE && title == letters(other_title)
}

/// The letters and digits of a title, folded: punctuation and spaces differ from list to list.
fn letters(title: &str) -> String {
    fold(title)
        .text()
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference(title: &str, year: Option<u16>, doi: Option<&str>) -> Reference {
        Reference {
            title: Some(title.to_owned()),
            year,
            doi: doi.map(str::to_owned),
            ..Reference::default()
        }
    }

    #[test]
    fn one_work_printed_in_two_ways_is_the_same() {
        let one = reference("Placenta-derived cells: a review", Some(2017), None);
        assert!(is_same(
            &one,
            &reference("Placenta derived cells. A Review.", Some(2017), None)
        ));
        assert!(is_same(
            &one,
            &reference("Placenta derived cells - a review", None, Some("10.1/x"))
        ));
        assert!(!is_same(
            &one,
            &reference("Placenta-derived cells: a review", Some(2019), None)
        ));
        assert!(!is_same(&one, &reference("Placenta-derived cells", Some(2017), None)));
    }

    #[test]
    fn dois_decide_where_both_are_printed_and_short_titles_never() {
        let one = reference("The same long title of a work", Some(2017), Some("10.1/a"));
        assert!(!is_same(
            &one,
            &reference("The same long title of a work", Some(2017), Some("10.1/b"))
        ));
        assert!(is_same(&one, &reference("Another title", Some(2018), Some("10.1/a"))));
        assert!(!is_same(
            &reference("Diabetes", None, None),
            &reference("Diabetes", None, None)
        ));
    }
}
