//! Accepts connections within limits and serves each with deadlines.
//!
//! axum's own `serve` sets no timer, so a client could hold a connection for ever with half a header.

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::Settings;
use super::bindings::Bindings;
use super::keys::Peer;
use super::shell::shell;
use super::stalled::Stalled;
use super::state::Server;

/// The most header lines in a request.
const MOST_HEADERS: usize = 64;

/// How long to wait after an accept that failed, for instance for want of file descriptors.
const AFTER_FAILED_ACCEPT: Duration = Duration::from_millis(50);

/// Listens at the address in the settings.
///
/// # Errors
/// With the address and what can be done, where it is taken or not ours.
pub async fn bind(settings: &Settings) -> io::Result<TcpListener> {
    let address = settings.bind.as_str();
    TcpListener::bind(address).await.map_err(|error| {
        let advice = match error.kind() {
            io::ErrorKind::AddrInUse => {
                "another program listens there: stop it, or set [server] bind to another port (port 0 takes any free one)"
            }
            io::ErrorKind::PermissionDenied => "ports below 1024 need rights: set [server] bind to a higher port",
            io::ErrorKind::AddrNotAvailable => "this machine does not have that address: check [server] bind",
            _ => "check [server] bind: an address with a port, such as 127.0.0.1:7700",
        };
        io::Error::new(error.kind(), format!("can't listen at {address}: {error}; {advice}"))
    })
}

/// Serves all bindings until `shutdown` ends; then requests in flight have `shutdown_grace_s` to finish.
///
/// # Errors
/// Only where the listener can't be used at all; a failed connection never stops the server.
pub async fn serve(
    listener: TcpListener,
    server: Server,
    bindings: impl Into<Bindings>,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let settings = server.settings().clone();
    listener.local_addr()?;
    let (stop, stopping) = watch::channel(false);
    let places = Arc::new(Semaphore::new(
        settings.max_connections.clamp(1, Semaphore::MAX_PERMITS),
    ));
    let connection = Connection {
        router: shell(bindings.into(), server.clone()),
        builder: builder(&settings),
        patience: settings.body_timeout(),
        stopping,
    };
    let mut connections = JoinSet::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            biased;
            () = &mut shutdown => break,
            Some(_) = connections.join_next() => continue,
            accepted = accept(&listener, &places) => accepted,
        };
        match accepted {
            Ok((stream, peer, place)) => {
                let open = server.metrics().connected();
                let serving = connection.clone().serve(stream, peer);
                connections.spawn(async move {
                    serving.await;
                    drop((place, open));
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a connection was not accepted");
                tokio::select! {
                    () = &mut shutdown => break,
                    () = sleep(AFTER_FAILED_ACCEPT) => (),
                }
            }
        }
    }
    drop(listener);
    server.stop();
    // No connection left to tell is no failure.
    let _ = stop.send(true);
    let drained = timeout(settings.shutdown_grace(), async {
        while connections.join_next().await.is_some() {}
    });
    if drained.await.is_err() {
        tracing::warn!(connections = connections.len(), "connections still open were cut");
        connections.abort_all();
    }
    Ok(())
}

async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> io::Result<(TcpStream, Peer, tokio::sync::OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.map_err(io::Error::other)?;
    let (stream, address) = listener.accept().await?;
    Ok((stream, Peer(address.ip()), place))
}

fn builder(settings: &Settings) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(settings.header_timeout())
        .max_headers(MOST_HEADERS)
        // hyper panics below 8 KB.
        .max_buf_size(settings.max_header_bytes.max(8192));
    builder
}

#[derive(Clone)]
struct Connection {
    router: Router,
    builder: http1::Builder,
    patience: Duration,
    stopping: watch::Receiver<bool>,
}

impl Connection {
    async fn serve(mut self, stream: TcpStream, peer: Peer) {
        // Answers are written whole; waiting for more only delays them. Without it they still arrive.
        let _ = stream.set_nodelay(true);
        let stream = TokioIo::new(Stalled::new(stream, self.patience));
        let router = TowerToHyperService::new(self.router);
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(peer);
            router.call(request)
        });
        let mut serving = pin!(self.builder.serve_connection(stream, service));
        let stopping = &mut self.stopping;
        // The guard that `wait_for` gives must not live on: it can't be held while waiting.
        let told = async move { drop(stopping.wait_for(|stopping| *stopping).await) };
        let ended = tokio::select! {
            ended = serving.as_mut() => ended,
            () = told => {
                serving.as_mut().graceful_shutdown();
                serving.await
            }
        };
        if let Err(error) = ended {
            tracing::debug!(%error, "a connection ended early");
        }
    }
}
