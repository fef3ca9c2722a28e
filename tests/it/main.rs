//! Integration tests: one binary, a module for each feature.

mod architecture;
mod eval;
