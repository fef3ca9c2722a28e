//! Conditions on the plain facts of what is found, as front ends write them: a tree of comparisons.

use crate::document::Scalar;

/// What must hold of the facts of a hit; see [`crate::document::Fact`] for what there is to compare.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// All of these hold; with none, it holds.
    All(Vec<Condition>),
    /// At least one of these holds; with none, it does not hold.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// One fact compared with a value.
    Compare(Comparison),
}

/// One fact compared with a value.
///
/// A fact may have several forms (a title in two languages, each author). A comparison holds where one form meets it;
/// a negative one (`Ne`, `Nin`, `NotContains`) holds exactly where its positive does not. A fact that a hit lacks meets
/// no positive comparison but [`Operation::Empty`].
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Name of the fact.
    pub field: String,
    /// How it is compared.
    pub operation: Operation,
    /// With what: one value, for [`Operation::In`] and [`Operation::Nin`] any number, for [`Operation::Empty`] and
    /// [`Operation::NotEmpty`] none.
    pub values: Vec<Scalar>,
}

/// How a fact is compared with a value. Texts are compared folded (case, width, traditional characters).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Equal.
    Eq,
    /// Not equal.
    Ne,
    /// Less; texts in the order of their characters.
    Lt,
    /// Less or equal.
    Lte,
    /// Greater.
    Gt,
    /// Greater or equal.
    Gte,
    /// Equal to one of the values.
    In,
    /// Equal to none of the values.
    Nin,
    /// The text holds the value.
    Contains,
    /// The text does not hold the value.
    NotContains,
    /// The text begins with the value.
    StartsWith,
    /// The text ends with the value.
    EndsWith,
    /// There is no such fact, or it is an empty text.
    Empty,
    /// There is such a fact, and it is no empty text.
    NotEmpty,
    /// A date or year before this one.
    Before,
    /// A date or year after this one.
    After,
}

impl Operation {
    /// Every operation.
    pub const ALL: [Self; 16] = [
        Self::Eq,
        Self::Ne,
        Self::Lt,
        Self::Lte,
        Self::Gt,
        Self::Gte,
        Self::In,
        Self::Nin,
        Self::Contains,
        Self::NotContains,
        Self::StartsWith,
        Self::EndsWith,
        Self::Empty,
        Self::NotEmpty,
        Self::Before,
        Self::After,
    ];

    /// The operation with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| operation.name() == name)
    }

    /// Its name in our own API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::Ne => "ne",
            Self::Lt => "lt",
            Self::Lte => "lte",
            Self::Gt => "gt",
            Self::Gte => "gte",
            Self::In => "in",
            Self::Nin => "nin",
            Self::Contains => "contains",
            Self::NotContains => "not_contains",
            Self::StartsWith => "starts_with",
            Self::EndsWith => "ends_with",
            Self::Empty => "empty",
            Self::NotEmpty => "not_empty",
            Self::Before => "before",
            Self::After => "after",
        }
    }
}

impl Condition {
    /// How many comparisons and combinations it consists of.
    pub fn size(&self) -> usize {
        match self {
            Self::All(parts) | Self::Any(parts) => 1 + parts.iter().map(Self::size).sum::<usize>(),
            Self::Not(part) => 1 + part.size(),
            Self::Compare(_) => 1,
        }
    }

    /// How deep its combinations nest: 1 for a comparison.
    pub fn depth(&self) -> usize {
        match self {
            Self::All(parts) | Self::Any(parts) => 1 + parts.iter().map(Self::depth).max().unwrap_or(0),
            Self::Not(part) => 1 + part.depth(),
            Self::Compare(_) => 1,
        }
    }
}
