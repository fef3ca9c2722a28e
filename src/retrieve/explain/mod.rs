//! Why a hit has its score, and why a passage is no hit.

mod explainer;
mod names;
mod shares;
mod why;
mod words;

pub(super) use explainer::Explainer;
pub use shares::{Explanation, Leg, Share, TermFound};
pub use why::{Cut, Verdict, Why};
