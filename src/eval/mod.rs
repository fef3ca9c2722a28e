//! Judged queries: topics, judgements, runs, measures, and the comparison of two runs.

mod bootstrap;
mod files;
mod judgements;
mod measures;
mod run;
mod tasks;

pub use bootstrap::{Interval, interval, paired};
pub use files::{EvalError, Topic, read_judgements, read_topics};
pub use judgements::Judgements;
pub use measures::{Measure, measure};
pub use run::{Ranked, Run};
pub use tasks::{Task, read_tasks};
