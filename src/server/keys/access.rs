//! What a caller must show for a route.

use std::collections::HashMap;

use super::Scope;

/// What a caller must show for a route, once there are keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Nothing: it tells nothing of the corpus.
    Open,
    /// A key to search with, unless the operator opened the pages.
    Page,
    /// A key to search with.
    Search,
    /// A key to look after the server with.
    Admin,
}

impl Access {
    /// The scope a key must have.
    pub(super) fn scope(self) -> Scope {
        match self {
            Self::Open | Self::Page | Self::Search => Scope::Search,
            Self::Admin => Scope::Admin,
        }
    }
}

/// What each route needs, by its pattern.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rules(HashMap<&'static str, Access>);

impl Rules {
    /// Adds a rule.
    pub(crate) fn set(&mut self, pattern: &'static str, access: Access) {
        self.0.insert(pattern, access);
    }

    /// Takes over the rules of others.
    pub(crate) fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// What a route needs: a key to search with, also where no route matched, unless there is a rule.
    pub(super) fn of(&self, pattern: Option<&str>) -> Access {
        let ruled = pattern.and_then(|pattern| self.0.get(pattern));
        ruled.copied().unwrap_or(Access::Search)
    }
}
