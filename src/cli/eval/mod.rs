//! `wenyuan eval`: how well judged queries are answered.

mod corpora;
mod judge;
mod output;
mod run;

pub use run::eval;
