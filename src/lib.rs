//! Wenyuan (文渊): passage search over bilingual scholarly articles, with the references each passage cites.
//!
//! Data flows one way:
//!
//! ```text
//! files -> corpus -> document -> analysis -> index -> retrieve -> cite -> http | mcp | cli | eval
//! ```
//!
//! Read the modules in this order; `ARCHITECTURE.md` says what each may import.

pub mod text;
pub mod document;
pub mod query;
pub mod analysis;
pub mod lexicon;
pub mod dense;
pub mod corpus;
pub mod index;
pub mod retrieve;
pub mod cite;
pub mod eval;
pub mod server;
pub mod http;
pub mod ui;
pub mod compat;
pub mod mcp;
pub mod config;
pub mod cli;
