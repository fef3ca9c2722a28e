//! What a program serves: one generation of an index, wherever it is kept.

use std::sync::Arc;

use super::{Engine, Manifest};
use crate::lexicon::Mined;

/// One generation of an index, opened.
#[derive(Clone)]
pub struct Published {
    /// Answers from it.
    pub engine: Arc<dyn Engine>,
    /// What it says of itself.
    pub manifest: Arc<Manifest>,
    /// The term pairs that its articles print.
    pub mined: Arc<Mined>,
}
