//! `wenyuan serve`: brings the index up to date, serves it, and follows what is published.

use std::io::Write;
use std::sync::Arc;

use tokio::runtime::Runtime;
use tracing::{debug, warn};

use crate::compat;
use crate::config::{Config, ConfigError};
use crate::http;
use crate::mcp;
use crate::server::{self, Bindings, Keyring, Server};
use crate::ui;

use super::args;
use super::exit::Failure;
use super::follow::{follow, follow_keys, open_or_build, preload, stopped};
use super::library::Library;
use super::{library, logging};

/// Serves until a signal stops it.
pub fn serve(mut config: Config, options: args::Serve) -> Result<(), Failure> {
    if let Some(bind) = options.bind {
        config.server.bind = bind;
    }
    logging::start();
    let analyzer = library::analyzer(&config)?;
    let keys = guarded(&config)?;
    let (library, corpus) = open_or_build(&config, &analyzer)?;
    // Not before: the first queries do without what is loaded here, and the index is opened by all processors.
    preload(&analyzer);
    let runtime = Runtime::new().map_err(|error| Failure::Server(format!("the server can't start: {error}")))?;
    let outcome = runtime.block_on(async {
        let listener = server::bind(&config.server).await?;
        let address = listener.local_addr()?;
        say_hello(&library, address)?;
        follow(&library, &config, corpus, gather_suggestions);
        follow_keys(&keys);
        let state = Server::with_keys(library, config.server.clone(), keys);
        let bindings = bindings(&state, &config.doors);
        server::serve(listener, state, bindings, stopped()).await
    });
    outcome.map_err(|error| Failure::Server(error.to_string()))
}

/// The keys of a server that may listen where it is told to.
fn guarded(config: &Config) -> Result<Arc<Keyring>, Failure> {
    let keys = Keyring::open(&config.server).map_err(|error| Failure::Unusable(error.to_string()))?;
    match keys.exposed(&config.server) {
        Some(message) => Err(Failure::Config(ConfigError::Value {
            section: "server",
            key: "bind",
            message,
        })),
        None => Ok(Arc::new(keys)),
    }
}

/// Every binding that is switched on.
fn bindings(server: &Server, doors: &compat::Settings) -> Bindings {
    let bindings = http::routes().and(ui::routes()).and(compat::doors(doors));
    if doors.mcp {
        bindings.and(mcp::routes(server))
    } else {
        bindings
    }
}

fn say_hello(library: &Library, address: std::net::SocketAddr) -> std::io::Result<()> {
    let status = library
        .searcher()
        .status()
        .map_err(|error| std::io::Error::other(error.to_string()))?;
    let mut out = std::io::stdout().lock();
    // A closed output is no reason not to serve.
    let _ = writeln!(
        out,
        "Wenyuan serves {} articles, {} Chinese and {} English passages, {} references at http://{address}\n\
         Try: curl -s 'http://{address}/v1/search?q=stem+cell'   Stop: Ctrl-C",
        status.articles, status.passages_zh, status.passages_en, status.references
    );
    let _ = out.flush();
    Ok(())
}

/// Completions are a convenience: where they can't be gathered, the rest is served without them.
fn gather_suggestions(library: &Library) {
    match library.gather_suggestions() {
        Ok(count) => debug!(count, "completions are gathered"),
        Err(error) => warn!(%error, "completions can't be gathered"),
    }
}
