//! Reads one file of the corpus: finds its format, undoes compression and encoding, and hands over what is in it.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

use encoding_rs::Encoding;
use encoding_rs_io::DecodeReaderBytesBuilder;
use flate2::read::MultiGzDecoder;

use super::formats::ALL;
use super::{Fault, FaultKind, Input, ReadError, Settings, Sink, SourceFile, decode};
use crate::document::Article;

/// How many bytes are read at a time, and looked at to tell the encoding of a file that is read line by line.
const HEAD: usize = 1 << 16;

/// Reads every article of a file into `sink`. Whatever is wrong with the file is a fault, never an error: the next file
/// can always be read.
pub fn read(file: &SourceFile, settings: &Settings, sink: &mut dyn Sink) {
    if let Err(kind) = read_file(file, settings, sink) {
        sink.fault(Fault {
            path: file.path.clone(),
            line: 0,
            kind,
        });
    }
}

fn read_file(file: &SourceFile, settings: &Settings, sink: &mut dyn Sink) -> Result<(), FaultKind> {
    let unreadable = |error: io::Error| FaultKind::Unreadable {
        reason: error.to_string(),
    };
    let too_large = FaultKind::TooLarge {
        limit: settings.max_file_bytes,
    };
    let name = file.path.to_ascii_lowercase();
    let (name, packed) = name
        .strip_suffix(".gz")
        .map_or((name.as_str(), false), |name| (name, true));
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    // Opening a pipe would wait for a writer.
    if !fs::metadata(&file.absolute).map_err(unreadable)?.is_file() {
        return Err(FaultKind::Unreadable {
            reason: "not a regular file".to_owned(),
        });
    }
    let opened = File::open(&file.absolute).map_err(unreadable)?;
    let plain: Box<dyn Read> = if packed {
        Box::new(MultiGzDecoder::new(opened))
    } else {
        Box::new(opened)
    };
    let mut plain = BufReader::with_capacity(HEAD, plain);
    let Some(format) = ALL
        .iter()
        .copied()
        .find(|format| format.extensions().contains(&extension))
    else {
        return Err(FaultKind::UnknownFormat {
            extension: extension.to_owned(),
        });
    };
    let input = |text| Input { path: &file.path, text };
    let outcome = if format.streams() {
        // A mark at the start tells UTF-16; other encodings than UTF-8 are told by the first lines.
        let encoding = encoding_of(plain.fill_buf().map_err(unreadable)?);
        let decoder = DecodeReaderBytesBuilder::new()
            .encoding(encoding)
            .bom_override(true)
            .build(plain);
        format.read(input(&mut BufReader::with_capacity(1 << 16, decoder)), settings, sink)
    } else {
        let mut bytes = Vec::new();
        (&mut plain)
            .take(settings.max_file_bytes.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(unreadable)?;
        if bytes.len() as u64 > settings.max_file_bytes {
            return Err(too_large);
        }
        let decoded = decode(&bytes);
        for &line in &decoded.undecodable {
            sink.fault(Fault {
                path: file.path.clone(),
                line,
                kind: FaultKind::Encoding {
                    encoding: decoded.encoding.to_owned(),
                    replaced: 1,
                },
            });
        }
        format.read(input(&mut decoded.text.as_bytes()), settings, sink)
    };
    outcome.map_err(|error| match error {
        ReadError::Io { source, .. } => unreadable(source),
        ReadError::TooLarge { .. } => too_large,
    })
}

/// The encoding that the first lines of a file are in, where they are not UTF-8.
fn encoding_of(head: &[u8]) -> Option<&'static Encoding> {
    let whole_lines = head
        .iter()
        .rposition(|&byte| byte == b'\n')
        .and_then(|end| head.get(..end))
        .unwrap_or(head);
    let told = Encoding::for_label(decode(whole_lines).encoding.as_bytes());
    // Bytes that are not UTF-8 in a file that is pass unchanged: the format tells their line.
    told.filter(|&encoding| encoding != encoding_rs::UTF_8)
}

/// Every fault of a corpus folder, or of one file, sorted by path and line.
pub fn check(settings: &Settings) -> Vec<Fault> {
    let (files, faults) = super::discover(&settings.path);
    let mut checker = Checker::default();
    for file in &files {
        checker.path.clone_from(&file.path);
        read(file, settings, &mut checker);
    }
    let mut faults: Vec<Fault> = faults.into_iter().chain(checker.faults).collect();
    faults.sort_by(|one, other| (&one.path, one.line).cmp(&(&other.path, other.line)));
    faults
}

/// Collects faults, and sees which identifiers stand twice.
#[derive(Default)]
struct Checker {
    path: String,
    faults: Vec<Fault>,
    /// Where each identifier was first seen.
    seen: std::collections::HashMap<String, String>,
}

impl Sink for Checker {
    fn article(&mut self, article: Article) -> ControlFlow<()> {
        let id = article.id.as_str();
        if let Some(other) = self.seen.get(id) {
            self.faults.push(Fault {
                path: self.path.clone(),
                line: article.source.line,
                kind: FaultKind::DuplicateArticle {
                    id: id.to_owned(),
                    other: other.clone(),
                },
            });
        } else {
            self.seen.insert(id.to_owned(), self.path.clone());
        }
        ControlFlow::Continue(())
    }

    fn fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }
}

#[cfg(test)]
mod tests;
