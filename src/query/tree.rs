//! What is asked, whatever dialect it arrived in.

/// What is asked, before analysis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// Running text: any of its words may match, and the more that do the better.
    Words(String),
    /// Running text of which every word must match, in any order.
    AllWords(String),
    /// Words that must follow one another.
    Phrase(String),
    /// A combination of clauses.
    Boolean(Vec<Clause>),
}

/// A part of a query with its role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// What the clause does to a document that it matches.
    pub role: Role,
    /// What it asks.
    pub query: Query,
}

/// What a clause does to a document that it matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// A document must match it.
    Must,
    /// A document that matches it scores more; without any `Must` clause, at least one must match.
    Should,
    /// A document must not match it.
    MustNot,
}

impl Clause {
    /// A clause with this role.
    pub fn new(role: Role, query: Query) -> Self {
        Self { role, query }
    }
}

impl Query {
    /// The text of all parts that are wanted, in order, with a space between two: what a ranking of running text and
    /// a snippet look for.
    pub fn wanted_text(&self) -> String {
        let mut parts = Vec::new();
        self.collect_wanted(&mut parts);
        parts.join(" ")
    }

    fn collect_wanted<'query>(&'query self, parts: &mut Vec<&'query str>) {
        match self {
            Self::Words(text) | Self::AllWords(text) | Self::Phrase(text) => parts.push(text),
            Self::Boolean(clauses) => {
                for clause in clauses.iter().filter(|clause| clause.role != Role::MustNot) {
                    clause.query.collect_wanted(parts);
                }
            }
        }
    }
}
