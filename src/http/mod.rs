//! The native JSON API: its operations, their description, and a page to try them on.
//!
//! `operations` is the table of what there is; `handlers` answers; `wire` says how answers look.

mod docs;
mod extract;
mod handlers;
pub mod offline;
mod openapi;
mod operations;
mod router;
#[cfg(test)]
mod tests;
mod wire;

pub use router::routes;
