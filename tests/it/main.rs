//! Integration tests: one binary, a module for each feature.

mod architecture;
mod cli;
mod config;
mod eval;
mod lexicon;
mod library;
mod search;
