//! The native JSON API over HTTP: operations, their description, problems, and sockets with deadlines.
//!
//! `operations` is the table of what there is; `handlers` answers; `wire` says how answers look.

mod docs;
mod extract;
mod guard;
mod handlers;
mod hop;
mod metrics;
mod observe;
pub mod offline;
mod openapi;
mod operations;
mod parameters;
mod problem;
mod query_string;
mod router;
mod serve;
mod settings;
mod state;
#[cfg(test)]
mod tests;
mod wire;

pub use router::router;
pub use serve::{bind, serve, stop_signal};
pub use settings::Settings;
pub use state::{IndexFigures, Searchers, Server};
