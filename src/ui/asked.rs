//! A search as the address of a result page says it, and addresses of searches a little different.

use super::address::part;
use super::visit::Visit;
use crate::document::{ArticleId, SectionRole};
use crate::retrieve::{DEEPEST_OFFSET, LONGEST_NAME, LanguageFilter, MOST_WITHOUT, Scope, Search, Sort};
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
    /// Only this section, by id, number or title.
    pub(super) section: Option<String>,
    /// Only sections that play this part.
    pub(super) role: Option<SectionRole>,
    /// Only this year and later.
    pub(super) year_from: Option<u16>,
    /// Only this year and earlier.
    pub(super) year_to: Option<u16>,
    /// Other names that are not to be looked for.
    pub(super) without: Vec<String>,
    /// Whether the query is taken as typed.
    pub(super) as_typed: bool,
    /// The order of the hits.
    pub(super) sort: Sort,
    /// Which page of the hits, from 1.
    pub(super) page: usize,
    /// The place of the hit whose score is to be explained.
    pub(super) why: Option<usize>,
}

impl Asked {
    /// The search that a visit asks for.
    pub(super) fn read(visit: &Visit) -> Self {
        let section = visit.parameter("section").trim();
        let without = visit
            .parameters
            .iter()
            .filter(|(name, _)| name == "without")
            .map(|(_, value)| value);
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
            section: (!section.is_empty()).then(|| section.to_owned()),
            role: SectionRole::named(visit.parameter("role")),
            year_from: visit.parameter("year_from").parse().ok(),
            year_to: visit.parameter("year_to").parse().ok(),
            without: without
                .filter(|name| name.chars().count() <= LONGEST_NAME)
                .take(MOST_WITHOUT)
                .cloned()
                .collect(),
            as_typed: visit.parameter("as_typed") == "true",
            sort: match visit.parameter("sort") {
                "newest" => Sort::NewestFirst,
                "oldest" => Sort::OldestFirst,
                _ => Sort::Relevance,
            },
            page: visit.parameter("page").parse().unwrap_or(1).clamp(1, LAST_PAGE),
            why: visit.parameter("why").parse().ok(),
        }
    }

    /// The search itself, with all matches counted.
    pub(super) fn search(&self) -> Search {
        let mut search = Search::new(self.query.clone());
        search.scope = self.scope;
        search.filters.language = self.language;
        search.filters.articles = self.article.iter().cloned().collect();
        search.filters.section = self.section.clone();
        search.filters.roles = self.role.into_iter().collect();
        search.filters.year_from = self.year_from;
        search.filters.year_to = self.year_to;
        search.without = self.without.clone();
        search.as_typed = self.as_typed;
        search.sort = self.sort;
        search.limit = PER_PAGE;
        search.offset = (self.page - 1) * PER_PAGE;
        search.facets = true;
        search.explain = self.why.is_some();
        search
    }

    /// What the address says besides the query and the page.
    pub(super) fn restrictions(&self) -> Vec<(&'static str, String)> {
        let language = match self.language {
            LanguageFilter::Only(language) => Some(language.tag().to_owned()),
            LanguageFilter::Any | LanguageFilter::Same => None,
        };
        let sort = match self.sort {
            Sort::Relevance => None,
            Sort::NewestFirst => Some("newest".to_owned()),
            Sort::OldestFirst => Some("oldest".to_owned()),
        };
        let said = [
            (
                "scope",
                (self.scope == Scope::References).then(|| "references".to_owned()),
            ),
            ("lang", language),
            ("article", self.article.as_ref().map(ToString::to_string)),
            ("section", self.section.clone()),
            ("role", self.role.map(|role| role.name().to_owned())),
            ("year_from", self.year_from.map(|year| year.to_string())),
            ("year_to", self.year_to.map(|year| year.to_string())),
            ("sort", sort),
            ("as_typed", self.as_typed.then(|| "true".to_owned())),
        ];
        let said = said.into_iter().filter_map(|(name, value)| Some((name, value?)));
        said.chain(self.without.iter().map(|name| ("without", name.clone())))
            .collect()
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
            why: None,
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
        let plain = Asked {
            query: "CD34+ & 胎盘".to_owned(),
            scope: Scope::Passages,
            language: LanguageFilter::Any,
            article: None,
            section: None,
            role: None,
            year_from: None,
            year_to: None,
            without: Vec::new(),
            as_typed: false,
            sort: Sort::Relevance,
            page: 1,
            why: None,
        };
        let escaped = "CD34%2B%20%26%20%E8%83%8E%E7%9B%98";
        assert_eq!(plain.link(), format!("/?q={escaped}"));
        let asked = Asked {
            scope: Scope::References,
            language: LanguageFilter::Only(Language::En),
            article: ArticleId::parse("a-1").ok(),
            role: Some(SectionRole::Methods),
            year_from: Some(2020),
            without: vec!["a b".to_owned(), "c".to_owned()],
            as_typed: true,
            sort: Sort::OldestFirst,
            page: 3,
            ..plain.clone()
        };
        assert_eq!(
            asked.link(),
            format!(
                "/?q={escaped}&scope=references&lang=en&article=a-1&role=methods&year_from=2020&sort=oldest\
                 &as_typed=true&without=a%20b&without=c&page=3"
            )
        );
        assert_eq!(asked.search().offset, 20);
        assert_eq!(asked.with(|asked| asked.page = 1).page, 1);
    }
}
