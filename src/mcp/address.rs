//! The addresses of resources: `wenyuan://article/ID` and `wenyuan://passage/ID`.

use crate::document::{ArticleId, PassageId};

/// How the address of an article is made.
pub(crate) const ARTICLE_TEMPLATE: &str = "wenyuan://article/{id}";

/// How the address of a passage is made.
pub(crate) const PASSAGE_TEMPLATE: &str = "wenyuan://passage/{id}";

/// What an address names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address {
    /// A whole article.
    Article(ArticleId),
    /// One passage.
    Passage(PassageId),
}

impl Address {
    /// Reads an address.
    pub(crate) fn read(uri: &str) -> Option<Self> {
        let (kind, id) = uri.strip_prefix("wenyuan://")?.split_once('/')?;
        match kind {
            "article" => Some(Self::Article(ArticleId::parse(id).ok()?)),
            "passage" => Some(Self::Passage(PassageId::parse(id).ok()?)),
            _ => None,
        }
    }

    /// The address of an article.
    pub(crate) fn of_article(id: &ArticleId) -> String {
        ARTICLE_TEMPLATE.replace("{id}", id.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_addresses_are_read() {
        let id = ArticleId::parse("smith2021").unwrap();
        assert_eq!(Address::read(&Address::of_article(&id)), Some(Address::Article(id)));
        assert!(matches!(
            Address::read("wenyuan://passage/ab2"),
            Some(Address::Passage(_))
        ));
        for foreign in [
            "",
            "wenyuan://article/",
            "wenyuan://article/../x",
            "wenyuan://author/x",
            "https://article/x",
        ] {
            assert_eq!(Address::read(foreign), None, "{foreign}");
        }
    }
}
