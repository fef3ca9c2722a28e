//! A search as the address of a result page says it, and addresses of searches a little different.

use super::address::part;
use super::visit::Visit;
use crate::document::ArticleId;
use crate::retrieve::{DEEPEST_OFFSET, LanguageFilter, Scope, Search};
use crate::text::Language;

/// Hits on one page.
pub(super) const PER_PAGE: usize = 10;

/// The last page that can be reached.
pub(super) const LAST_PAGE: usize = DEEPEST_OFFSET / PER_PAGE + 1;

/// A search as a reader asks it. What an address says wrongly is taken as not said: it is no program's contract.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asked {
    /// What was typed.
    pub(super) query: String,
    /// What is searched.
    pub(super) scope: Scope,
    /// Language of the passages.
    pub(super) language: LanguageFilter,
    /// Only this article.
    pub(super) article: Option<ArticleId>,
    /// Which page of the hits, from 1.
    pub(super) page: usize,
}

impl Asked {
    /// The search that a visit asks for.
    pub(super) fn read(visit: &Visit) -> Self {
        Self {
            query: visit.parameter("q").trim().to_owned(),
            scope: match visit.parameter("scope") {
                "references" => Scope::References,
                _ => Scope::Passages,
            },
            language: match visit.parameter("lang") {
                "zh" => LanguageFilter::Only(Language::Zh),
                "en" => LanguageFilter::Only(Language::En),
                _ => LanguageFilter::Any,
            },
            article: ArticleId::parse(visit.parameter("article")).ok(),
            page: visit.parameter("page").parse().unwrap_or(1).clamp(1, LAST_PAGE),
        }
    }

    /// The search itself.
    pub(super) fn search(&self) -> Search {
        let mut search = Search::new(self.query.clone());
        search.scope = self.scope;
        search.filters.language = self.language;
        search.filters.articles = self.article.iter().cloned().collect();
        search.limit = PER_PAGE;
        search.offset = (self.page - 1) * PER_PAGE;
        search
    }

    /// What the address says besides the query and the page.
    pub(super) fn restrictions(&self) -> Vec<(&'static str, String)> {
        let mut said = Vec::new();
        if self.scope == Scope::References {
            said.push(("scope", "references".to_owned()));
        }
        if let LanguageFilter::Only(language) = self.language {
            said.push(("lang", language.tag().to_owned()));
        }
        said.extend(self.article.iter().map(|id| ("article", id.to_string())));
        said
    }

    /// The address of its page.
    pub(super) fn link(&self) -> String {
        let mut link = format!("/?q={}", part(&self.query));
        for (name, value) in self.restrictions() {
            link.push_str(&format!("&{name}={}", part(&value)));
        }
        if self.page > 1 {
            link.push_str(&format!("&page={}", self.page));
        }
        link
    }

    /// The same from the first page on, with something changed.
    pub(super) fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut changed = Self {
            page: 1,
            ..self.clone()
        };
        change(&mut changed);
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_says_only_what_differs_and_escapes_it() {
        let asked = Asked {
            query: "CD34+ & 胎盘".to_owned(),
            scope: Scope::References,
            language: LanguageFilter::Only(Language::En),
            article: ArticleId::parse("a-1").ok(),
            page: 3,
        };
        let escaped = "CD34%2B%20%26%20%E8%83%8E%E7%9B%98";
        assert_eq!(
            asked.link(),
            format!("/?q={escaped}&scope=references&lang=en&article=a-1&page=3")
        );
        let plain = asked.with(|asked| {
            asked.scope = Scope::Passages;
            asked.language = LanguageFilter::Any;
            asked.article = None;
        });
        assert_eq!(plain.link(), format!("/?q={escaped}"));
        assert_eq!(asked.search().offset, 20);
    }
}
