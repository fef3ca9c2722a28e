//! Integration tests: one binary, a module for each feature.

mod architecture;
mod cli;
mod config;
mod library;
mod search;
mod eval;
