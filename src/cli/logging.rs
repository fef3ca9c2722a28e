//! Log lines of the server, on standard error.

use tracing_subscriber::EnvFilter;

/// Starts logging. `RUST_LOG` chooses what is logged (default `info`, of the protocol library only warnings); `WENYUAN_LOG=json` prints JSON lines.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,rmcp=warn"));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A second start, in tests, changes nothing.
    let _ = if std::env::var_os("WENYUAN_LOG").is_some_and(|value| value == "json") {
        lines.json().try_init()
    } else {
        lines.try_init()
    };
}
