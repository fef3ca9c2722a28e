//! The listening side: connections with deadlines and limits, and a stop that ends.

mod accept;
mod signal;
mod stalled;

pub use accept::{bind, serve};
pub use signal::stop_signal;
