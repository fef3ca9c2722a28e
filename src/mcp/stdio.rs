//! The protocol over standard input and output: one message a line.

use std::io;

use rmcp::ServiceExt;
use rmcp::service::ServerInitializeError;
use rmcp::transport::stdio;

use super::handler::Handler;
use crate::server::Server;

/// Answers until the input ends or `stop` does.
///
/// # Errors
/// Where the input or output can't be used, or what comes first is no message of the protocol.
pub async fn serve_stdio(server: Server, stop: impl Future<Output = ()>) -> io::Result<()> {
    let serving = async {
        let running = match Handler::new(server).serve(stdio()).await {
            Ok(running) => running,
            // A client that leaves before it says anything wanted nothing.
            Err(ServerInitializeError::ConnectionClosed(_)) => return Ok(()),
            Err(error) => return Err(io::Error::other(error.to_string())),
        };
        running.waiting().await.map(|_| ()).map_err(io::Error::other)
    };
    tokio::select! {
        served = serving => served,
        () = stop => Ok(()),
    }
}
