//! One entry of an article's reference list.

use serde::{Deserialize, Serialize};

/// A cited work as the article's reference list prints it, with the parts that could be told apart.
///
/// A part that can't be told apart stays `None` (or empty): it is never guessed. `text` always holds the whole entry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// The printed number; where none is printed, the place in the list, from 1.
    pub number: u32,
    /// The entry as printed, without number and markup.
    pub text: String,
    /// Authors as printed, in order, without "et al." or 等.
    pub authors: Vec<String>,
    /// Whether the printed author list ends in "et al." or 等.
    pub more_authors: bool,
    /// Title of the work, without type mark.
    pub title: Option<String>,
    /// The GB/T 7714 type mark without brackets: `J`, `M`, `D`, `J/OL`, `EB/OL`.
    pub type_mark: Option<String>,
    /// Journal, book, proceedings or site that holds the work.
    pub container: Option<String>,
    /// Publisher or degree-granting institution.
    pub publisher: Option<String>,
    /// Place of publication.
    pub place: Option<String>,
    /// Year of publication.
    pub year: Option<u16>,
    /// Volume as printed.
    pub volume: Option<String>,
    /// Issue as printed.
    pub issue: Option<String>,
    /// Pages or article number as printed.
    pub pages: Option<String>,
    /// DOI in lower case, without resolver.
    pub doi: Option<String>,
    /// PubMed identifier.
    pub pmid: Option<String>,
    /// Web address as printed.
    pub url: Option<String>,
    /// The line of the source it begins on, from 1.
    pub line: u32,
}
