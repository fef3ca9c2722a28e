//! Judged queries: topics, judgements, runs, measures, the comparison of two runs, and whether what is said of the hits is so.

mod answered;
mod bootstrap;
mod comparison;
mod files;
mod judgements;
mod measures;
mod names;
mod observe;
mod reliability;
mod report;
mod run;
mod tasks;

pub use answered::{Answered, Said};
pub use bootstrap::{Interval, interval, paired};
pub use comparison::{Change, Comparison, Difference, compare};
pub use files::{EvalError, PassageLine, Topic, copy_passages, read_judgements, read_topics};
pub use judgements::Judgements;
pub use measures::{Measure, measure};
pub use names::Names;
pub use observe::{Observed, Seen, observe};
pub use reliability::{Bin, Reliability, predictions, reliability};
pub use report::{Direction, Figures, directions, figures};
pub use run::{Ranked, Run};
pub use tasks::{Task, read_tasks};
