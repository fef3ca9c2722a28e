//! `wenyuan eval`: how well judged queries are answered.

mod corpora;
mod judge;
mod output;
mod reliance;
mod run;
mod strangers;

pub use run::eval;
