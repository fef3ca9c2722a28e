//! `wenyuan key`: makes, lists and revokes the keys that callers show.

use std::io::Write;

use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;

use crate::config::Config;
use crate::server::{self, KeyError, Scope, Settings};

use super::exit::Failure;
use super::output::print_json;
use super::table::table;

/// Options of `key`.
#[derive(Debug, Args)]
pub struct Key {
    /// What to do.
    #[command(subcommand)]
    pub what: KeyWhat,
}

/// What to do with keys.
#[derive(Debug, Subcommand)]
pub enum KeyWhat {
    /// Makes a key and prints it, this once.
    Create(KeyCreate),
    /// Lists the keys, without the keys themselves.
    List(KeyList),
    /// Takes a key out of force.
    Revoke(KeyRevoke),
}

/// Options of `key create`.
#[derive(Debug, Args)]
pub struct KeyCreate {
    /// What the key is for, in your words.
    pub name: String,
    /// What it lets its holder do; may be given twice.
    #[arg(long, value_name = "SCOPE", default_value = "search")]
    pub scope: Vec<KeyScope>,
    /// Requests a minute, in place of the configured number; 0 does not limit.
    #[arg(long, value_name = "N")]
    pub requests_per_minute: Option<u32>,
    /// The largest request body in bytes, in place of the configured one.
    #[arg(long, value_name = "BYTES", value_parser = largest_body)]
    pub max_body_bytes: Option<usize>,
}

/// The body of a key may be as large as one that is configured.
fn largest_body(text: &str) -> Result<usize, String> {
    let bytes: usize = text.parse().map_err(|_| "it is no whole number".to_owned())?;
    let settings = Settings {
        max_body_bytes: bytes,
        ..Default::default()
    };
    match settings.faults().into_iter().next() {
        Some((_, fault)) => Err(fault),
        None => Ok(bytes),
    }
}

/// What a key lets its holder do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KeyScope {
    /// Search and read.
    Search,
    /// Read the figures of the server at /metrics.
    Admin,
}

impl From<KeyScope> for Scope {
    fn from(scope: KeyScope) -> Self {
        match scope {
            KeyScope::Search => Self::Search,
            KeyScope::Admin => Self::Admin,
        }
    }
}

/// Options of `key list`.
#[derive(Debug, Args)]
pub struct KeyList {
    /// Print as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Options of `key revoke`.
#[derive(Debug, Args)]
pub struct KeyRevoke {
    /// Its identifier or name.
    pub key: String,
}

/// Creates, lists or revokes.
pub fn key(config: &Config, options: &Key) -> Result<(), Failure> {
    match &options.what {
        KeyWhat::Create(options) => create(config, options),
        KeyWhat::List(options) => list(config, options),
        KeyWhat::Revoke(options) => revoke(config, options),
    }
}

fn create(config: &Config, options: &KeyCreate) -> Result<(), Failure> {
    let mut scopes: Vec<Scope> = Vec::new();
    for scope in options.scope.iter().map(|scope| Scope::from(*scope)) {
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    let path = &config.server.keys;
    let limits = (options.requests_per_minute, options.max_body_bytes);
    let (key, secret) = server::Key::add(path, &options.name, scopes, limits).map_err(failed)?;
    // The key alone on standard output, so that a script can take it.
    let _ = writeln!(std::io::stdout(), "{secret}");
    let _ = writeln!(
        std::io::stderr(),
        "This is the key {} ({}) for {}; it is shown this once and kept nowhere. A running server knows it within a second.",
        key.id,
        key.name,
        names(&key.scopes)
    );
    Ok(())
}

fn list(config: &Config, options: &KeyList) -> Result<(), Failure> {
    let keys = server::Key::list(&config.server.keys).map_err(failed)?;
    if options.json {
        let rows = keys.iter().map(|key| {
            let server::Key {
                id,
                name,
                scopes,
                sha256: _,
                requests_per_minute,
                max_body_bytes,
            } = key;
            json!({"id": id, "name": name, "scopes": scopes, "requests_per_minute": requests_per_minute,
                "max_body_bytes": max_body_bytes})
        });
        return print_json(&rows.collect::<Vec<_>>());
    }
    let mut rows = table(&["id", "name", "for", "requests a minute", "largest body"]);
    for key in &keys {
        let own = |limit: Option<String>| limit.unwrap_or_else(|| "as configured".to_owned());
        rows.add_row([
            key.id.clone(),
            key.name.clone(),
            names(&key.scopes),
            own(key.requests_per_minute.map(|limit| limit.to_string())),
            own(key.max_body_bytes.map(|limit| limit.to_string())),
        ]);
    }
    let _ = writeln!(std::io::stdout(), "{rows}");
    Ok(())
}

fn revoke(config: &Config, options: &KeyRevoke) -> Result<(), Failure> {
    let key = server::Key::revoke(&config.server.keys, &options.key).map_err(failed)?;
    let _ = writeln!(
        std::io::stderr(),
        "The key {} ({}) is revoked; a running server refuses it within a second.",
        key.id,
        key.name
    );
    Ok(())
}

fn names(scopes: &[Scope]) -> String {
    scopes.iter().map(|scope| scope.name()).collect::<Vec<_>>().join(", ")
}

/// A name that is taken or unknown is the caller's slip; anything else lies with the file.
fn failed(error: KeyError) -> Failure {
    match error {
        KeyError::Taken(_) | KeyError::Unknown(_) => Failure::Usage(error.to_string()),
        other => Failure::Unusable(other.to_string()),
    }
}
