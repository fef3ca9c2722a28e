//! Building, opening and versioning an index; [`Engine`] is the seam between the embedded index and a distributed one.

mod account;
mod accumulate;
mod any;
mod build;
mod building;
mod clock;
mod directory;
mod documents;
mod engine;
mod enrichment;
mod entry;
mod error;
mod facets;
mod field;
mod generation;
mod input;
mod ledger;
mod listing;
mod live;
mod manifest;
mod mining;
mod open;
mod packing;
mod published;
mod queue;
mod record;
mod remote;
mod rename;
mod run;
#[cfg(test)]
mod sample;
mod sampling;
mod saturation;
mod schema;
mod scored;
mod settings;
mod share;
mod snapshot;
mod statistics;
mod stored;
mod synonyms;
#[cfg(test)]
mod tests;
mod together;
mod translate;
mod vectors;
mod writer;

pub use account::{Account, Part, PartScore, account};
pub use build::{Builder, Mode, Outcome};
pub use engine::{Candidate, Engine, EngineError, FacetCounts, Filter, FoundSet, Kind, Match, Nearest, Request};
pub use enrichment::LexiconEnrichment;
pub use error::IndexError;
pub use field::Field;
pub use input::{
    Enrich, Enrichment, Input, InputError, InputFile, NoEnrichment, Progress, ReadError, Recipe, Silent, Sink, Step,
    Stop,
};
pub use live::Live;
pub use manifest::{Counts, FileEntry, Manifest, SourceEntry};
pub use open::open;
pub use published::Published;
pub use remote::{Connection, connect};
pub use settings::{EngineName, Settings, Verify};
pub use share::Share;
pub use snapshot::{LARGEST_LIMIT, Snapshot};
pub use together::asked_together;
pub use vectors::{Filled, VectorCounts};
