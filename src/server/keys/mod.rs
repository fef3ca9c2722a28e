//! Keys that callers show, and how often they may ask.
//!
//! `key` is one key, `file` keeps them, `keyring` holds those in force, `limit` counts, `access` says what a route needs
//! and `admit` lets requests in.

mod access;
mod admit;
mod file;
mod key;
mod keyring;
mod limit;

pub use file::KeyError;
pub use key::{Key, Scope};
pub use keyring::Keyring;

pub(crate) use access::Access;
pub(super) use access::Rules;
pub(super) use admit::{Admission, BodyLimit, Peer, admit};
