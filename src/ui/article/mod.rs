//! `/a/{id}`: an article to be read in place.

mod description;
mod page;
mod reference_list;
mod text;
mod tree;

pub(super) use page::page;
