//! What a search gives on small corpora made for each test.

mod asked;
mod explained;
mod recent;
mod sample;
mod second_look;
mod spread;
