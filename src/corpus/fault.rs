//! What is wrong with a source, in words an editor can act on.

use std::fmt;

use serde::{Serialize, Serializer, ser::SerializeStruct};
use thiserror::Error;

/// How much a fault costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing is lost.
    Note,
    /// Something is missing or does not fit; the article is still read.
    Warning,
    /// An article, or part of one, could not be read.
    Error,
}

/// One thing wrong with one place of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Path below the corpus folder.
    pub path: String,
    /// Line, from 1; 0 where the whole file is meant.
    pub line: u32,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What can be wrong with a source.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FaultKind {
    /// The file can't be read at all.
    #[error("cannot be read: {reason}")]
    Unreadable {
        /// What the system says.
        reason: String,
    },
    /// No format reads files of this kind.
    #[error("no format reads '.{extension}' files; the file was skipped")]
    UnknownFormat {
        /// The extension, without dot.
        extension: String,
    },
    /// Bytes that are no text in the file's encoding.
    #[error("{replaced} places are not valid {encoding}; each was replaced by U+FFFD")]
    Encoding {
        /// The encoding the file was read in.
        encoding: String,
        /// How many replacements were made.
        replaced: usize,
    },
    /// Larger than the configured limit.
    #[error("larger than {limit} bytes (corpus.max_file_bytes); the file was skipped")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// Breaks the rules of its format.
    #[error("malformed: {reason}")]
    Malformed {
        /// What breaks them.
        reason: String,
    },
    /// The article has no title.
    #[error("no title was found")]
    NoTitle,
    /// The article has no passage.
    #[error("no text was found")]
    NoText,
    /// A citation points nowhere.
    #[error("citation {printed} names reference {number}, which the list does not hold")]
    UnresolvedCitation {
        /// The number.
        number: u32,
        /// The marker as printed.
        printed: String,
    },
    /// A work that is cited by author and date is not in the list.
    #[error("{work} is cited, and the reference list lacks it")]
    WorkMissing {
        /// Authors and year as printed.
        work: String,
    },
    /// Nothing cites this entry.
    #[error("reference {number} is never cited")]
    NeverCited {
        /// The number.
        number: u32,
    },
    /// The list skips numbers.
    #[error("the reference list lacks number {first}{}", up_to(*.first, *.last))]
    NumberMissing {
        /// The first number skipped.
        first: u32,
        /// The last number skipped in a row.
        last: u32,
    },
    /// Two entries share a number.
    #[error("reference number {number} is printed more than once")]
    DuplicateReference {
        /// The number.
        number: u32,
    },
    /// The parts of an entry could not be told apart.
    #[error("reference {number} could not be told apart into its parts; it is kept as printed")]
    UnparsedReference {
        /// The number.
        number: u32,
    },
    /// A section without text and subsections.
    #[error("section '{title}' has neither text nor subsections")]
    EmptySection {
        /// Number and title as printed.
        title: String,
    },
    /// A section number that does not follow the one before.
    #[error("section number {number} does not follow {after}")]
    HeadingOutOfOrder {
        /// The number.
        number: String,
        /// The number before.
        after: String,
    },
    /// Keyword lists that can't be paired.
    #[error("{zh} Chinese and {en} English keywords cannot be paired")]
    KeywordsUneven {
        /// How many in Chinese.
        zh: usize,
        /// How many in English.
        en: usize,
    },
    /// Two articles with the same identifier.
    #[error("identifier {id} is already taken by {other}")]
    DuplicateArticle {
        /// The identifier.
        id: String,
        /// The path of the other article.
        other: String,
    },
    /// A page header or footer between two halves of a paragraph.
    #[error("skipped page header or footer: {text}")]
    PageFurniture {
        /// The line.
        text: String,
    },
}

fn up_to(first: u32, last: u32) -> String {
    if last > first {
        format!(" to {last}")
    } else {
        String::new()
    }
}

impl FaultKind {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "unreadable",
            Self::UnknownFormat { .. } => "unknown-format",
            Self::Encoding { .. } => "encoding",
            Self::TooLarge { .. } => "too-large",
            Self::Malformed { .. } => "malformed",
            Self::NoTitle => "no-title",
            Self::NoText => "no-text",
            Self::UnresolvedCitation { .. } => "unresolved-citation",
            Self::WorkMissing { .. } => "work-missing",
            Self::NeverCited { .. } => "never-cited",
            Self::NumberMissing { .. } => "number-missing",
            Self::DuplicateReference { .. } => "duplicate-reference",
            Self::UnparsedReference { .. } => "unparsed-reference",
            Self::EmptySection { .. } => "empty-section",
            Self::HeadingOutOfOrder { .. } => "heading-out-of-order",
            Self::KeywordsUneven { .. } => "keywords-uneven",
            Self::DuplicateArticle { .. } => "duplicate-article",
            Self::PageFurniture { .. } => "page-furniture",
        }
    }

    /// How much the fault costs.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Unreadable { .. } | Self::TooLarge { .. } | Self::Malformed { .. } | Self::NoText => Severity::Error,
            Self::NeverCited { .. }
            | Self::WorkMissing { .. }
            | Self::UnparsedReference { .. }
            | Self::PageFurniture { .. }
            | Self::UnknownFormat { .. } => Severity::Note,
            _ => Severity::Warning,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}:{}: {} [{}]",
            self.path,
            self.line,
            self.kind,
            self.kind.code()
        )
    }
}

impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut state = serializer.serialize_struct("Fault", 5)?;
        state.serialize_field("path", &self.path)?;
        state.serialize_field("line", &self.line)?;
        state.serialize_field("severity", &self.kind.severity())?;
        state.serialize_field("code", self.kind.code())?;
        state.serialize_field("message", &self.kind.to_string())?;
        state.end()
    }
}
