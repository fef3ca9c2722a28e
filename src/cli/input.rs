//! The corpus folder as the index builder reads it.

use std::cell::RefCell;
use std::ops::ControlFlow;

use crate::corpus::{self, Fault, Severity, SourceFile};
use crate::document::Article;
use crate::index::{Input, InputError, InputFile, ReadError, Sink, Stop};

/// The corpus folder, file by file.
pub struct Folder<'a> {
    settings: &'a corpus::Settings,
    files: Vec<SourceFile>,
    /// The worst faults met: unreadable files and text.
    errors: RefCell<Vec<Fault>>,
}

/// The most errors kept to be told.
const MOST_ERRORS: usize = 100;

impl<'a> Folder<'a> {
    /// Looks what files there are.
    pub fn new(settings: &'a corpus::Settings) -> Self {
        let (files, faults) = corpus::discover(&settings.path);
        let errors = faults
            .into_iter()
            .filter(|fault| fault.kind.severity() == Severity::Error)
            .collect();
        Self {
            settings,
            files,
            errors: RefCell::new(errors),
        }
    }

    /// The errors met so far, at most a hundred.
    pub fn errors(self) -> Vec<Fault> {
        self.errors.into_inner()
    }

    fn file(&self, path: &str) -> Result<&SourceFile, InputError> {
        let place = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok();
        place.and_then(|place| self.files.get(place)).ok_or_else(|| InputError {
            path: path.to_owned(),
            reason: "the file is gone".to_owned(),
        })
    }
}

impl Input for Folder<'_> {
    fn files(&self) -> Result<Vec<InputFile>, InputError> {
        let known = |file: &SourceFile| InputFile {
            path: file.path.clone(),
            bytes: file.bytes,
        };
        Ok(self.files.iter().map(known).collect())
    }

    fn digest(&self, file: &InputFile) -> Result<u128, InputError> {
        let error = |reason: String| InputError {
            path: file.path.clone(),
            reason,
        };
        let digits = corpus::digest(self.file(&file.path)?).map_err(|reason| error(reason.to_string()))?;
        u128::from_str_radix(&digits, 16).map_err(|reason| error(reason.to_string()))
    }

    fn read(&self, file: &InputFile, sink: &mut Sink<'_>) -> Result<u64, ReadError> {
        let mut taker = Taker {
            sink,
            stopped: None,
            faults: 0,
            errors: &self.errors,
        };
        corpus::read(self.file(&file.path)?, self.settings, &mut taker);
        match taker.stopped {
            Some(stop) => Err(stop.into()),
            None => Ok(taker.faults),
        }
    }
}

struct Taker<'a, 'sink> {
    sink: &'a mut Sink<'sink>,
    stopped: Option<Stop>,
    faults: u64,
    errors: &'a RefCell<Vec<Fault>>,
}

impl corpus::Sink for Taker<'_, '_> {
    fn article(&mut self, article: Article) -> ControlFlow<()> {
        match (self.sink)(article) {
            Ok(()) => ControlFlow::Continue(()),
            Err(stop) => {
                self.stopped = Some(stop);
                ControlFlow::Break(())
            }
        }
    }

    fn fault(&mut self, fault: Fault) {
        self.faults += 1;
        let mut errors = self.errors.borrow_mut();
        // A file may be read twice, to learn from it first.
        if fault.kind.severity() == Severity::Error && errors.len() < MOST_ERRORS && !errors.contains(&fault) {
            errors.push(fault);
        }
    }
}
