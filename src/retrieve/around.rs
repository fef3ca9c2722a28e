//! The passages around a hit, for a reader who needs more than the passage itself.

use crate::document::{PassageId, PlacedPassage};
use crate::index::{Engine, EngineError};

use super::{Expand, Found, Hit};

/// The most passages on either side of a hit.
const MOST_ASIDE: usize = 10;

/// Gives each hit the passages around it that are asked for.
pub(super) fn add(engine: &dyn Engine, expand: Expand, hits: &mut [Hit]) -> Result<(), EngineError> {
    let most = match expand {
        Expand::Nothing => return Ok(()),
        Expand::Neighbours => 1,
        Expand::Section => MOST_ASIDE,
    };
    for hit in hits {
        let Found::Passage(placed) = &hit.found else { continue };
        let section = (expand == Expand::Section).then_some(placed.passage.section);
        let mut around = walk(engine, section, most, (placed, |placed| placed.previous.as_ref()))?;
        around.reverse();
        around.extend(walk(engine, section, most, (placed, |placed| placed.next.as_ref()))?);
        hit.around = around;
    }
    Ok(())
}

/// The passages that follow one another from a passage on, without itself, within a section where one is given.
fn walk(
    engine: &dyn Engine,
    section: Option<usize>,
    most: usize,
    (from, next): (&PlacedPassage, fn(&PlacedPassage) -> Option<&PassageId>),
) -> Result<Vec<PlacedPassage>, EngineError> {
    let mut walked: Vec<PlacedPassage> = Vec::new();
    while walked.len() < most
        && let Some(id) = next(walked.last().unwrap_or(from))
        && let Some(placed) = engine.passage(id)?
        && section.is_none_or(|section| placed.passage.section == section)
    {
        walked.push(placed);
    }
    Ok(walked)
}
