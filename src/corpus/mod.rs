//! Reads the corpus folder: files in, articles and faults out.

pub mod reference;
