//! All matches of a search counted by article, role of section, language and year.

use std::collections::BTreeMap;

use crate::document::{ArticleId, Bilingual, SectionRole};
use crate::index::{Engine, EngineError, FacetCounts};
use crate::text::Language;

use super::Found;

/// The most articles and years that are named.
const MOST_NAMED: usize = 50;

/// All matches counted; the most frequent first, years from the latest. Near-duplicates count each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facets {
    /// By article, at most fifty.
    pub articles: Vec<ArticleCount>,
    /// By the part the section plays.
    pub roles: Vec<(SectionRole, usize)>,
    /// By language.
    pub languages: Vec<(Language, usize)>,
    /// By year of publication, the latest fifty.
    pub years: Vec<(u16, usize)>,
}

/// An article with how many of its passages match.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleCount {
    /// The article.
    pub id: ArticleId,
    /// Its title.
    pub title: Bilingual<String>,
    /// How many of its passages match.
    pub count: usize,
}

/// Counts while the lists of each language are gathered.
#[derive(Debug, Clone, Default)]
pub(super) struct Counting {
    articles: BTreeMap<ArticleId, usize>,
    roles: BTreeMap<SectionRole, usize>,
    languages: Vec<(Language, usize)>,
    years: BTreeMap<u16, usize>,
}

impl Counting {
    /// Adds what the engine counted in one language.
    pub(super) fn add(&mut self, language: Option<Language>, counts: FacetCounts) {
        let FacetCounts {
            total,
            articles,
            roles,
            years,
            partial: _,
        } = counts;
        self.languages.extend(language.map(|language| (language, total)));
        for (article, count) in articles {
            *self.articles.entry(article).or_default() += count;
        }
        for (role, count) in roles {
            *self.roles.entry(role).or_default() += count;
        }
        for (year, count) in years {
            *self.years.entry(year).or_default() += count;
        }
    }

    /// The counts, with the titles of the articles named.
    pub(super) fn finish(self, engine: &dyn Engine) -> Result<Facets, EngineError> {
        let mut articles: Vec<(ArticleId, usize)> = self.articles.into_iter().collect();
        // The map is in order of identifiers, and this sort keeps it among equals.
        articles.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        articles.truncate(MOST_NAMED);
        let named = articles.into_iter().map(|(id, count)| {
            let title = engine
                .article(&id)?
                .map_or(Bilingual::none(), |outline| outline.metadata.title);
            Ok(ArticleCount { id, title, count })
        });
        let mut roles: Vec<_> = self.roles.into_iter().collect();
        let mut languages: Vec<_> = self.languages.into_iter().filter(|(_, count)| *count > 0).collect();
        roles.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        languages.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Ok(Facets {
            articles: named.collect::<Result<_, EngineError>>()?,
            roles,
            languages,
            years: self.years.into_iter().rev().take(MOST_NAMED).collect(),
        })
    }
}

/// Counts what was found one by one, as the engine does for all that matches.
pub(super) fn counted<'a>(found: impl IntoIterator<Item = &'a Found>) -> FacetCounts {
    let mut counts = FacetCounts::default();
    for found in found {
        let article = match found {
            Found::Passage(placed) => {
                *counts.roles.entry(placed.role()).or_default() += 1;
                &placed.article
            }
            Found::Reference(placed) => &placed.article,
        };
        counts.total += 1;
        *counts.articles.entry(article.id.clone()).or_default() += 1;
        if let Some(year) = article.year {
            *counts.years.entry(year).or_default() += 1;
        }
    }
    counts
}
