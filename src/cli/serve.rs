//! `wenyuan serve`: brings the index up to date, serves it, and follows what is published.

use std::io::Write;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tokio::runtime::Runtime;
use tracing::{info, warn};

use crate::analysis::Analyzer;
use crate::compat;
use crate::config::Config;
use crate::http;
use crate::index::{IndexError, Mode, Silent};
use crate::retrieve::Corrector;
use crate::server::{self, Bindings, Server};
use crate::ui;

use super::args;
use super::exit::Failure;
use super::index::{summary, tell, update};
use super::library::{Library, LibraryError, Refreshed, Shared};
use super::progress::Bar;
use super::{library, logging};

/// How often the server looks whether another process published an index.
const LOOK: Duration = Duration::from_millis(500);

/// Serves until a signal stops it.
pub fn serve(mut config: Config, options: args::Serve) -> Result<(), Failure> {
    if let Some(bind) = options.bind {
        config.server.bind = bind;
    }
    logging::start();
    let analyzer = library::analyzer(&config)?;
    let preloading = analyzer.clone();
    thread::spawn(move || {
        preloading.preload();
        Corrector::preload();
    });
    let (library, fresh) = open_or_build(&config, &analyzer)?;
    let library = Arc::new(library);
    let runtime = Runtime::new().map_err(|error| Failure::Server(format!("the server can't start: {error}")))?;
    let outcome = runtime.block_on(async {
        let listener = server::bind(&config.server).await?;
        let address = listener.local_addr()?;
        say_hello(&library, address)?;
        follow(&library, &config, if fresh { Corpus::Indexed } else { Corpus::Unknown });
        let stop = async {
            if let Err(error) = server::stop_signal().await {
                warn!(%error, "signals can't be handled");
                std::future::pending::<()>().await;
            }
        };
        let state = Server::new(library, config.server.clone());
        let bindings = Bindings::from(http::routes())
            .and(ui::routes())
            .and(compat::doors(&config.doors));
        server::serve(listener, state, bindings, stop).await
    });
    outcome.map_err(|error| Failure::Server(error.to_string()))
}

/// Whether the index is known to be up to date with the corpus.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Corpus {
    Indexed,
    Unknown,
}

/// Opens the index; where there is none, or one of another recipe, it is built first.
fn open_or_build(config: &Config, analyzer: &Analyzer) -> Result<(Library, bool), Failure> {
    let unusable = |error: LibraryError| Failure::Unusable(error.to_string());
    let lexicon = library::lexicon()?;
    match Library::open(config, analyzer.clone(), lexicon.clone()) {
        Ok(library) => Ok((library, false)),
        Err(LibraryError::Index(IndexError::Missing { .. } | IndexError::Outdated { .. })) => {
            let (outcome, errors) = update(config, analyzer, Mode::Update, &mut Bar::new())?;
            tell(&errors);
            let _ = writeln!(std::io::stderr(), "{}", summary(&outcome));
            Ok((
                Library::open(config, analyzer.clone(), lexicon).map_err(unusable)?,
                true,
            ))
        }
        Err(error) => Err(unusable(error)),
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

/// In the background: brings the index up to date with the corpus once, and takes up what anyone publishes.
fn follow(library: &Shared, config: &Config, corpus: Corpus) {
    let library = Arc::clone(library);
    let config = config.clone();
    thread::spawn(move || {
        if corpus == Corpus::Unknown {
            match library::analyzer(&config).and_then(|analyzer| update(&config, &analyzer, Mode::Update, &mut Silent))
            {
                Ok((outcome, errors)) => {
                    tell(&errors);
                    if outcome.published {
                        info!("{}", summary(&outcome));
                    }
                }
                Err(error) => warn!(%error, "the index was not brought up to date with the corpus"),
            }
        }
        let mut failing = false;
        loop {
            match library.refresh() {
                Ok(Refreshed::Index) => info!("a newly published index is served"),
                Ok(Refreshed::Synonyms) => info!("the changed synonyms are used"),
                Ok(Refreshed::Nothing) => failing = false,
                Err(error) if !failing => {
                    warn!(%error, "what was published or changed can't be used; what was served so far stays");
                    failing = true;
                }
                Err(_) => {}
            }
            thread::sleep(LOOK);
        }
    });
}
