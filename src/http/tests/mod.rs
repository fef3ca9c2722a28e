//! The API over real sockets.

mod citation;
mod context;
mod described;
mod errors;
mod shapes;
mod sockets;
mod stub;
