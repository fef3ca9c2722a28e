//! `wenyuan key`: makes, lists and revokes the keys that callers show.

use std::io::Write;

use serde_json::json;

use crate::config::Config;
use crate::server::{Key, KeyError, Scope};

use super::args;
use super::exit::Failure;
use super::output::print_json;
use super::table::table;

/// Creates, lists or revokes.
pub fn key(config: &Config, options: &args::Key) -> Result<(), Failure> {
    match &options.what {
        args::KeyWhat::Create(options) => create(config, options),
        args::KeyWhat::List(options) => list(config, options),
        args::KeyWhat::Revoke(options) => revoke(config, options),
    }
}

fn create(config: &Config, options: &args::KeyCreate) -> Result<(), Failure> {
    let mut scopes: Vec<Scope> = Vec::new();
    for scope in options.scope.iter().map(|scope| Scope::from(*scope)) {
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    let path = &config.server.keys;
    let limits = (options.requests_per_minute, options.max_body_bytes);
    let (key, secret) = Key::add(path, &options.name, scopes, limits).map_err(failed)?;
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

fn list(config: &Config, options: &args::KeyList) -> Result<(), Failure> {
    let keys = Key::list(&config.server.keys).map_err(failed)?;
    if options.json {
        let rows = keys.iter().map(|key| {
            let Key {
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

fn revoke(config: &Config, options: &args::KeyRevoke) -> Result<(), Failure> {
    let key = Key::revoke(&config.server.keys, &options.key).map_err(failed)?;
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
