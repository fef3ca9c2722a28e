//! What is proposed in place of a query.

/// What kind of slip a correction undoes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CorrectionKind {
    /// Chinese typed as pinyin.
    Pinyin,
    /// Latin words with wrong, missing, added or exchanged letters.
    Spelling,
    /// Chinese with a character of the same sound, or of the same look, in place of the right one.
    Homophone,
}

/// One stretch of the query that was replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// As typed.
    pub from: String,
    /// What stands there now; its terms occur in the index.
    pub to: String,
}

/// A query to run instead of the one typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// What kind of slip it undoes; where there were several kinds, that of the first change.
    pub kind: CorrectionKind,
    /// The query to run instead: the best guess.
    pub query: String,
    /// Other queries it may have been, best first, without the best guess.
    pub alternatives: Vec<String>,
    /// What was changed, in the order of the query.
    pub changes: Vec<Change>,
}
