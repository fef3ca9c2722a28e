//! Other people's contracts: doors through which front ends that know another product's API reach the same search.
//!
//! Each door is one file below a path prefix of its own, has its product's own shape for errors, and is as lenient as its
//! callers are careless: fields it does not know are passed over, and a null counts as not given. What all doors share
//! is how they ask (`ask`), what they show of a hit (`shown`) and how they read conditions (`condition`).

mod ask;
mod condition;
mod dify;
mod dify_dataset;
mod door;
mod open_webui;
mod openai;
mod ragflow;
mod searxng;
mod settings;
mod shown;

pub use door::doors;
pub use settings::Settings;
