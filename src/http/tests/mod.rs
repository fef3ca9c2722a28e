//! The API over real sockets.

mod described;
mod errors;
mod shapes;
mod sockets;
mod stub;
