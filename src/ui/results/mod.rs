//! The page of results: what was understood, the hits, what they can be narrowed to, and where else to look.

mod facets;
mod nothing;
mod page;
mod restrict;
mod understood;

pub(super) use nothing::Mapped;
pub(super) use page::{Answered, page};
