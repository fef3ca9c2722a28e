//! Queries as people type them: pinyin in place of Chinese, Latin typos, Chinese homophones and look-alikes.
//!
//! Nothing here is run for a query that finds what it asks: these are what is tried when it does not.

mod correction;
mod corrector;
mod edits;
mod han;
mod lattice;
mod latin;
mod lookup;
mod open_text;
mod pinyin;
#[cfg(test)]
mod sample;
mod shape;
mod sound;
mod syllable;
#[cfg(test)]
mod tests;
mod typed;

pub use correction::{Change, Correction, CorrectionKind};
pub use corrector::Corrector;
pub(super) use sound::{DICTIONARIES, SOUNDS};
