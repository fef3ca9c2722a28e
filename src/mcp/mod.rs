//! Assistants come in here: tools and resources of the Model Context Protocol, over HTTP and over standard input.
//!
//! Both the current protocol and the older handshake are spoken, without sessions; `handler` answers either.

mod address;
mod handler;
mod http;
mod reading;
mod resources;
mod stdio;
mod tools;

pub use http::routes;
pub use stdio::serve_stdio;
