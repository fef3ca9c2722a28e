//! The Model Context Protocol: both eras over HTTP and over standard input, by messages made by hand.

mod http;
mod message;
mod stdio;
mod tools;
