//! Reads topics and judgements as BEIR writes them, gzip or not.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use thiserror::Error;

use super::Judgements;

/// A written information need.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Topic {
    /// Identifier the judgements use.
    #[serde(alias = "_id")]
    pub id: String,
    /// What is asked.
    pub text: String,
    /// Language of the text, where the file says it.
    #[serde(default)]
    pub lang: Option<String>,
}

/// A passage of a judged collection, as far as its judging needs it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PassageLine {
    /// Its identifier.
    pub id: String,
    /// Its language, as the file says it.
    #[serde(default)]
    pub lang: Option<String>,
}

/// Why a file of topics, judgements or tasks was refused.
#[derive(Debug, Error)]
pub enum EvalError {
    /// The file can't be read.
    #[error("{} can't be read: {reason}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// A line is not what it should be.
    #[error("{}:{line}: {message}", path.display())]
    BadLine {
        /// Which.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
}

/// Reads topics: JSON lines with `id` (or `_id`) and `text`.
///
/// # Errors
/// A file that can't be read, or the line that is not a topic.
pub fn read_topics(path: &Path) -> Result<Vec<Topic>, EvalError> {
    let mut topics = Vec::new();
    for_each_line(path, |line, text| {
        if text.trim().is_empty() {
            return Ok(());
        }
        topics.push(serde_json::from_str(text).map_err(|error| bad_line(path, line, error.to_string()))?);
        Ok(())
    })?;
    Ok(topics)
}

/// Reads judgements: tab-separated `topic passage grade`, a header line allowed; or TREC's `topic 0 passage grade`.
///
/// # Errors
/// A file that can't be read, or the line that is not a judgement.
pub fn read_judgements(path: &Path) -> Result<Judgements, EvalError> {
    let mut judgements = Judgements::default();
    for_each_line(path, |line, text| {
        let words: Vec<&str> = text.split_whitespace().collect();
        let (topic, passage, grade) = match words.as_slice() {
            [] => return Ok(()),
            [topic, passage, grade] | [topic, _, passage, grade] => (topic, passage, grade),
            _ => return Err(bad_line(path, line, "not `topic passage grade`".to_owned())),
        };
        match grade.parse::<i64>() {
            Ok(grade) => judgements.insert(topic, passage, u32::try_from(grade).unwrap_or(0)),
            Err(_) if line == 1 => {}
            Err(_) => {
                return Err(bad_line(
                    path,
                    line,
                    format!("the grade {grade:?} is not a whole number"),
                ));
            }
        }
        Ok(())
    })?;
    Ok(judgements)
}

/// Copies the lines of a passage file that `keep` keeps, unpacked where it is gzip. A line that is no passage is copied
/// too: the reader of the corpus will say what is wrong with it.
///
/// # Errors
/// A file that can't be read or written.
pub fn copy_passages(
    from: &Path,
    to: &mut dyn Write,
    keep: &mut dyn FnMut(PassageLine) -> bool,
) -> Result<(), EvalError> {
    for_each_line(from, |_, text| {
        if serde_json::from_str(text).map_or(true, &mut *keep) {
            writeln!(to, "{text}").map_err(|reason| EvalError::Unreadable {
                path: from.to_owned(),
                reason,
            })?;
        }
        Ok(())
    })
}

fn bad_line(path: &Path, line: usize, message: String) -> EvalError {
    EvalError::BadLine {
        path: path.to_owned(),
        line,
        message,
    }
}

fn for_each_line(path: &Path, mut each: impl FnMut(usize, &str) -> Result<(), EvalError>) -> Result<(), EvalError> {
    let unreadable = |reason| EvalError::Unreadable {
        path: path.to_owned(),
        reason,
    };
    let file = File::open(path).map_err(unreadable)?;
    let plain: Box<dyn Read> = if path.extension().is_some_and(|extension| extension == "gz") {
        Box::new(MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    };
    for (place, line) in BufReader::new(plain).lines().enumerate() {
        each(place + 1, &line.map_err(unreadable)?)?;
    }
    Ok(())
}
