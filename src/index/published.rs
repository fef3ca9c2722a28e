//! What a program serves: one generation of an index, wherever it is kept.

use std::sync::Arc;

use super::{Engine, IndexError, Manifest};
use crate::lexicon::{Mined, TermTable};

/// One generation of an index, opened.
#[derive(Clone)]
pub struct Published {
    /// Answers from it.
    pub engine: Arc<dyn Engine>,
    /// What it says of itself.
    pub manifest: Arc<Manifest>,
    /// The terms that its articles pair.
    pub terms: Arc<TermTable>,
    /// Reads these pairs with where they are printed, which only a list of them needs.
    pub mined: Arc<dyn Fn() -> Result<Mined, IndexError> + Send + Sync>,
}
