//! Wenyuan (文渊): passage search over bilingual scholarly articles, with the references each passage cites.
//!
//! Data flows one way:
//!
//! ```text
//! files -> corpus -> document -> analysis -> index -> retrieve -> cite -> http | cli
//! ```
//!
//! Read the modules in this order; `ARCHITECTURE.md` says what each may import.

pub mod analysis;
pub mod cite;
pub mod cli;
pub mod corpus;
pub mod document;
pub mod http;
pub mod index;
pub mod lexicon;
pub mod query;
pub mod retrieve;
pub mod text;
