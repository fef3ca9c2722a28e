//! What a search gives on small corpora made for each test.

mod asked;
mod explained;
mod sample;
mod spread;
