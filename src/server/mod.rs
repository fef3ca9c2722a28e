//! What every binding over HTTP stands on: sockets with deadlines, the state, the hop to the searcher, refusals.
//!
//! `shell` puts the layers around the routes that the bindings bring; `accept` serves them.

mod accept;
mod base;
mod bindings;
mod body;
mod cors;
mod guard;
mod hop;
mod keys;
mod metrics;
mod observe;
mod origin;
pub(crate) mod parameters;
mod problem;
pub(crate) mod query_string;
mod searching;
mod settings;
mod shell;
mod signal;
mod stalled;
mod state;

pub use accept::{bind, serve};
pub use bindings::Bindings;
pub use keys::{Key, KeyError, Keyring, Scope};
pub use settings::Settings;
pub use signal::stop_signal;
pub use state::{IndexFigures, IndexStanding, Searchers, Server};

pub(crate) use base::Base;
pub(crate) use bindings::Dialect;
pub(crate) use body::{RawBody, json_type, read_body};
pub(crate) use keys::Access;
pub(crate) use observe::Searched;
pub(crate) use origin::own_origin;
pub(crate) use problem::{FieldFault, Problem, ProblemDetails, ProblemKind};
pub(crate) use searching::Ran;
