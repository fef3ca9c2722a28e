//! Integration tests: one binary, a module for each feature.

mod abuse;
mod architecture;
mod citation;
mod cli;
mod config;
mod conventions;
mod context;
mod dense;
mod dense_graph;
mod doors;
mod durability;
mod endpoint;
mod eval;
mod explain;
mod keys;
mod library;
mod mcp;
mod portal;
mod search;
mod stop;
mod update;
mod lexicon;
