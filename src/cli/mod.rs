//! Arguments, terminal, wiring and exit codes; the only place that knows everything.

mod args;
mod articles;
mod check;
mod cite;
mod context;
mod eval;
mod evidence;
mod exit;
mod explain;
mod follow;
mod index;
mod input;
mod key;
mod lexicon;
mod library;
mod logging;
mod mcp;
mod output;
mod progress;
mod run;
mod search;
mod serve;
mod show;
mod table;

pub use run::run;
