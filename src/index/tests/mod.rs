//! What must hold of an index whatever happens to it.

mod damage;
mod faults;
mod killed;
mod records;
mod searching;
mod updating;
