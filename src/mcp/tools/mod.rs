//! What an assistant can do: a file for each tool.

mod asked;
mod budget;
mod cite;
mod fetch;
mod found;
mod passages;
mod search;
mod table;
mod tool;

pub(crate) use table::{call, tools};
pub(crate) use tool::Desk;
