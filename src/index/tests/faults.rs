//! Whatever operation on the disk fails, the live generation answers as before and the next run puts things right.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, TerminatingWrite, WatchCallback, WatchHandle, WritePtr,
};

use super::super::directory::DurableDirectory;
use super::super::sample::{Sample, builder, settings, update};
use super::super::{IndexError, Mode, Recipe, Silent, open};
use super::updating::{everything, fresh};

/// Counts operations down to the failing one.
#[derive(Debug, Clone)]
struct Fuse {
    left: Arc<AtomicI64>,
    /// Whether everything after the failing operation fails too, as on a full disk.
    lasting: bool,
}

impl Fuse {
    fn burn(&self) -> io::Result<()> {
        let left = self.left.fetch_sub(1, Ordering::SeqCst);
        if left == 1 || (self.lasting && left < 1) {
            return Err(io::Error::new(io::ErrorKind::StorageFull, "no space left (simulated)"));
        }
        Ok(())
    }
}

#[derive(Debug, Clone)]
struct Failing {
    inner: DurableDirectory,
    fuse: Fuse,
}

struct FailingFile {
    inner: WritePtr,
    fuse: Fuse,
}

impl Write for FailingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.fuse.burn()?;
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.fuse.burn()?;
        self.inner.flush()
    }
}

impl TerminatingWrite for FailingFile {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.fuse.burn()?;
        self.inner.terminate_ref(token)
    }
}

impl Directory for Failing {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.fuse
            .burn()
            .map_err(|error| OpenReadError::wrap_io_error(error, path.to_owned()))?;
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.fuse.burn().map_err(|error| DeleteError::IoError {
            io_error: Arc::new(error),
            filepath: path.to_owned(),
        })?;
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.fuse
            .burn()
            .map_err(|error| OpenReadError::wrap_io_error(error, path.to_owned()))?;
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.fuse
            .burn()
            .map_err(|error| OpenWriteError::wrap_io_error(error, path.to_owned()))?;
        let inner = self.inner.open_write(path)?;
        Ok(WritePtr::new(Box::new(FailingFile {
            inner,
            fuse: self.fuse.clone(),
        })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.fuse
            .burn()
            .map_err(|error| OpenReadError::wrap_io_error(error, path.to_owned()))?;
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.fuse.burn()?;
        self.inner.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.fuse.burn()?;
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.inner.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}

/// Updates with the `nth` operation failing; says whether the run got past it.
fn update_failing(path: &Path, sample: &Sample, nth: i64, lasting: bool) -> Result<bool, IndexError> {
    let fuse = Fuse {
        left: Arc::new(AtomicI64::new(nth)),
        lasting,
    };
    let open_directory = |folder: &Path| {
        let inner = DurableDirectory::open(folder).map_err(|error| IndexError::Write(error.to_string()))?;
        Ok(Box::new(Failing {
            inner,
            fuse: fuse.clone(),
        }) as Box<dyn Directory>)
    };
    let settings = settings(path);
    let recipe = Recipe::default();
    builder(&settings, &recipe)
        .over(&open_directory)
        .run(Mode::Update, sample, &mut Silent)?;
    Ok(fuse.left.load(Ordering::SeqCst) > 0)
}

fn every_operation_fails_once(lasting: bool) {
    let before = Sample::of(&[("a.md", &["one|2001|red cells", "two|2002|white cells"])]);
    let after = Sample::of(&[("a.md", &["one|2001|red blood", "three|2003|blood"])]);
    let (old, new) = (fresh(&before), fresh(&after));
    let mut failures = 0;
    for nth in 1.. {
        let folder = tempfile::tempdir().expect("a folder");
        update(folder.path(), &before).expect("an index");
        let outcome = update_failing(folder.path(), &after, nth, lasting);
        let live = everything(&open(&settings(folder.path()), &Recipe::default()).expect("a usable index"));
        failures += u32::from(outcome.is_err());
        assert_eq!(&live, if outcome.is_ok() { &new } else { &old }, "operation {nth}");
        update(folder.path(), &after).expect("the next run succeeds");
        let live = everything(&open(&settings(folder.path()), &Recipe::default()).expect("a usable index"));
        assert_eq!(&live, &new, "after operation {nth}");
        if matches!(outcome, Ok(true)) {
            break;
        }
        assert!(nth < 2000, "the run never ends");
    }
    assert!(failures > 20, "only {failures} operations mattered");
}

#[test]
fn a_failing_operation_costs_the_run_and_nothing_else() {
    every_operation_fails_once(false);
}

#[test]
fn a_full_disk_costs_the_run_and_nothing_else() {
    every_operation_fails_once(true);
}
