//! How far an indexing run is, for people at a terminal; silent elsewhere.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use indicatif::{HumanCount, ProgressBar, ProgressStyle};

use crate::index::{Progress, Step};

/// Set by Ctrl-C or SIGTERM: the run ends after a commit and the next one goes on from there.
pub static STOPPED: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// A bar over the bytes of the corpus, with articles and passages counted beside it.
pub struct Bar(ProgressBar);

impl Bar {
    /// A bar on standard error, where that is a terminal.
    pub fn new() -> Self {
        let bar = ProgressBar::no_length();
        let style = ProgressStyle::with_template("{spinner} indexing {bar:30} {bytes}/{total_bytes} {msg} {eta}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.enable_steady_tick(Duration::from_millis(200));
        Self(bar)
    }

    /// Shows how many texts of a step are done.
    fn texts(&mut self, template: &str, (done, total): (u64, u64)) -> bool {
        self.0.set_length(total);
        self.0.set_position(done);
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.0.set_style(style);
        }
        !STOPPED.load(Ordering::Relaxed)
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

impl Progress for Bar {
    fn step(&mut self, step: Step) -> bool {
        self.0.set_length(step.bytes_total);
        self.0.set_position(step.bytes);
        self.0.set_message(format!(
            "{}/{} files, {} articles, {} passages",
            HumanCount(step.files),
            HumanCount(step.files_total),
            HumanCount(step.articles),
            HumanCount(step.passages)
        ));
        !STOPPED.load(Ordering::Relaxed)
    }

    fn embedding(&mut self, done: u64, total: u64) -> bool {
        self.texts("{spinner} embedding {bar:30} {pos}/{len} texts {eta}", (done, total))
    }

    fn linking(&mut self, done: u64, total: u64) -> bool {
        self.texts("{spinner} linking {bar:30} {pos}/{len} vectors {eta}", (done, total))
    }

    fn finishing(&mut self) {
        self.0.set_message("putting the index together");
    }
}
