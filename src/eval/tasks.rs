//! A folder of judged collections with a `tasks.json` that says how each is used.

use std::path::Path;

use serde::Deserialize;

use super::EvalError;

/// One use of a collection: which queries, which judgements, which passages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Task {
    /// Its name.
    #[serde(rename = "task")]
    pub name: String,
    /// The folder of the collection, below that of `tasks.json`.
    pub dir: String,
    /// The file of topics in that folder.
    pub queries: String,
    /// The file of passages in that folder.
    pub corpus: String,
    /// The language of the passages that count; any where absent.
    pub passage_lang: Option<String>,
    /// The file of judgements in that folder.
    pub qrels: String,
    /// What it measures: `monolingual`, `crosslingual`, `script-variant`.
    pub kind: String,
    /// Folders whose passages are added as distractors.
    #[serde(default)]
    pub extra_corpora: Vec<String>,
}

/// Reads the tasks of a folder.
///
/// # Errors
/// A `tasks.json` that can't be read or is not a list of tasks.
pub fn read_tasks(folder: &Path) -> Result<Vec<Task>, EvalError> {
    let path = folder.join("tasks.json");
    let text = std::fs::read_to_string(&path).map_err(|reason| EvalError::Unreadable {
        path: path.clone(),
        reason,
    })?;
    serde_json::from_str(&text).map_err(|error| EvalError::BadLine {
        path,
        line: error.line(),
        message: error.to_string(),
    })
}
