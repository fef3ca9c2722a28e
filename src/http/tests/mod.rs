//! The API over real sockets.

mod context;
mod described;
mod errors;
mod shapes;
mod sockets;
mod stub;
