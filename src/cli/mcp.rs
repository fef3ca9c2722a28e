//! `wenyuan mcp`: the Model Context Protocol over standard input and output, for an assistant that starts the program.

use tokio::runtime::Runtime;

use crate::config::Config;
use crate::mcp;
use crate::server::Server;

use super::exit::Failure;
use super::follow::{follow, open_or_build, preload, stopped};
use super::{library, logging};

/// Answers until the input ends or a signal stops it. Nothing but answers is written to standard output.
pub fn mcp(config: &Config) -> Result<(), Failure> {
    logging::start();
    let analyzer = library::analyzer(config)?;
    preload(&analyzer);
    let (library, corpus) = open_or_build(config, &analyzer)?;
    follow(&library, config, corpus, |_| {});
    let runtime = Runtime::new().map_err(|error| Failure::Server(format!("the server can't start: {error}")))?;
    let server = Server::new(library, config.server.clone());
    let outcome = runtime.block_on(mcp::serve_stdio(server, stopped()));
    // A thread may still wait for input that never comes.
    runtime.shutdown_background();
    outcome.map_err(|error| Failure::Server(error.to_string()))
}
