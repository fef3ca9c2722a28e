//! What every format does: turn decoded text into articles, one at a time.

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use thiserror::Error;

use super::{Fault, Settings};
use crate::document::Article;

/// Why a file could not be read to its end.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The system refused.
    #[error("{path}: {source}")]
    Io {
        /// Path below the corpus folder.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// A format that needs the whole text met more than the limit.
    #[error("{path}: larger than {limit} bytes")]
    TooLarge {
        /// Path below the corpus folder.
        path: String,
        /// The limit in bytes.
        limit: u64,
    },
}

/// Takes what a format reads.
pub trait Sink {
    /// Takes an article; `Break` asks the format to stop.
    fn article(&mut self, article: Article) -> ControlFlow<()>;
    /// Takes a fault.
    fn fault(&mut self, fault: Fault);
}

/// A file's text, decoded to UTF-8, read once from start to end.
pub struct Input<'a> {
    /// Path below the corpus folder, with `/` on every system.
    pub path: &'a str,
    /// The decoded text. A format of many records reads it line by line.
    pub text: &'a mut dyn BufRead,
}

impl Input<'_> {
    /// The whole text; refused where it is longer than `limit` bytes. Bytes that are not UTF-8 are replaced.
    pub fn whole(&mut self, limit: u64) -> Result<String, ReadError> {
        let mut bytes = Vec::new();
        let taken = (&mut *self.text).take(limit.saturating_add(1)).read_to_end(&mut bytes);
        taken.map_err(|source| ReadError::Io {
            path: self.path.to_owned(),
            source,
        })?;
        if bytes.len() as u64 > limit {
            return Err(ReadError::TooLarge {
                path: self.path.to_owned(),
                limit,
            });
        }
        Ok(match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
        })
    }
}

/// A way to write articles down.
pub trait Format: Sync {
    /// Its name, in lower case.
    fn name(&self) -> &'static str;
    /// The file extensions it reads, in lower case, without dot.
    fn extensions(&self) -> &'static [&'static str];
    /// Reads every article of a file into `sink`.
    fn read(&self, input: Input<'_>, settings: &Settings, sink: &mut dyn Sink) -> Result<(), ReadError>;
}
