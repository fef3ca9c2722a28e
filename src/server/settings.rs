//! What an operator can set about the server.

use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The `[server]` part of the configuration. Every key may be left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Address and port to listen on. Anything but a loopback address lets other machines in.
    pub bind: String,
    /// Seconds a client has to send the headers of a request; an idle connection is closed after as long.
    pub header_timeout_s: f32,
    /// Seconds a client has to send the body of a request, and to take some part of an answer.
    pub body_timeout_s: f32,
    /// Seconds an answer may take before the client is told that it took too long.
    pub request_timeout_s: f32,
    /// Connections open at a time; more wait to be accepted.
    pub max_connections: usize,
    /// Requests computed at a time. Default: twice the processor cores.
    pub max_concurrent_searches: usize,
    /// Requests that may wait to be computed; more are refused at once.
    pub queue: usize,
    /// Answers kept for being asked again until the index or the synonyms change; 0 keeps none.
    pub recent_answers: usize,
    /// The largest request body, in bytes.
    pub max_body_bytes: usize,
    /// The largest request line with headers, in bytes. At least 8192.
    pub max_header_bytes: usize,
    /// Seconds that requests in flight have to finish when the server stops.
    pub shutdown_grace_s: f32,
    /// Host names, without port, under which clients may reach the server. Loopback names, and the address bound to,
    /// are always allowed.
    pub allowed_hosts: Vec<String>,
    /// Origins (`https://app.example.org`) of other sites whose pages may use the doors for assistants. Pages under
    /// our own names always may.
    pub allowed_origins: Vec<String>,
    /// The absolute address under which clients reach the server, where a proxy stands before it.
    pub public_url: Option<String>,
    /// File of the keys. Once there are some, every request must show one.
    pub keys: PathBuf,
    /// Whether everyone is let in at an address that other machines can reach while there is no key.
    pub allow_open: bool,
    /// Whether the pages need no key though there are keys.
    pub open_pages: bool,
    /// Requests a minute for each key, or each address without one; 0 does not limit.
    pub requests_per_minute: u32,
    /// Origins (`https://portal.example.org`) whose pages may call the server from a browser; `*` for all. None by
    /// default.
    pub cors_origins: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            bind: "127.0.0.1:7700".to_owned(),
            header_timeout_s: 10.0,
            body_timeout_s: 10.0,
            request_timeout_s: 10.0,
            max_connections: 1024,
            max_concurrent_searches: 2 * thread::available_parallelism().map_or(1, |cores| cores.get()),
            queue: 256,
            recent_answers: 256,
            max_body_bytes: 65_536,
            max_header_bytes: 16_384,
            shutdown_grace_s: 10.0,
            allowed_hosts: Vec::new(),
            allowed_origins: Vec::new(),
            public_url: None,
            keys: "keys.toml".into(),
            allow_open: false,
            open_pages: false,
            requests_per_minute: 0,
            cors_origins: Vec::new(),
        }
    }
}

/// The shortest and longest time that can be set.
const SHORTEST: f32 = 0.01;
const LONGEST: f32 = 86_400.0;

impl Settings {
    /// What is wrong with the values, as key and reason; nothing where all are good.
    pub fn faults(&self) -> Vec<(&'static str, String)> {
        let seconds = [
            ("header_timeout_s", self.header_timeout_s),
            ("body_timeout_s", self.body_timeout_s),
            ("request_timeout_s", self.request_timeout_s),
            ("shutdown_grace_s", self.shutdown_grace_s),
        ];
        let counts = [
            ("max_connections", self.max_connections, 1, 1_000_000),
            ("max_concurrent_searches", self.max_concurrent_searches, 1, 100_000),
            ("queue", self.queue, 0, 1_000_000),
            ("recent_answers", self.recent_answers, 0, 1_000_000),
            ("max_body_bytes", self.max_body_bytes, 1024, 64 << 20),
            ("max_header_bytes", self.max_header_bytes, 8192, 1 << 20),
        ];
        let mut faults = Vec::new();
        for (key, value) in seconds {
            if !(SHORTEST..=LONGEST).contains(&value) {
                faults.push((key, format!("is {value}, it must be {SHORTEST} to {LONGEST} seconds")));
            }
        }
        for (key, value, from, to) in counts {
            if !(from..=to).contains(&value) {
                faults.push((key, format!("is {value}, it must be {from} to {to}")));
            }
        }
        if let Some(origin) = self.allowed_origins.iter().find(|origin| !is_origin(origin)) {
            faults.push((
                "allowed_origins",
                format!("has {origin:?}, which must be like \"https://app.example.org\" or \"http://localhost:3000\""),
            ));
        }
        if let Some(address) = &self.public_url
            && (!is_web_address(address) || address.len() > 512)
        {
            faults.push((
                "public_url",
                format!("is {address:?}, it must be an absolute http or https address"),
            ));
        }
        let no_origin = |origin: &&String| *origin != "*" && !is_origin(origin);
        if let Some(origin) = self.cors_origins.iter().find(no_origin) {
            faults.push((
                "cors_origins",
                format!("names {origin:?}, it must name origins such as \"https://portal.example.org\", or \"*\""),
            ));
        }
        faults
    }

    pub(crate) fn header_timeout(&self) -> Duration {
        duration(self.header_timeout_s)
    }

    pub(crate) fn body_timeout(&self) -> Duration {
        duration(self.body_timeout_s)
    }

    pub(crate) fn request_timeout(&self) -> Duration {
        duration(self.request_timeout_s)
    }

    pub(crate) fn shutdown_grace(&self) -> Duration {
        duration(self.shutdown_grace_s)
    }
}

fn is_web_address(address: &str) -> bool {
    address
        .strip_prefix("http://")
        .or_else(|| address.strip_prefix("https://"))
        .is_some_and(|rest| {
            !rest.is_empty() && !rest.starts_with('/') && rest.chars().all(|letter| letter.is_ascii_graphic())
        })
}

/// A scheme, a host and perhaps a port; or `null`, which pages without a site of their own send.
fn is_origin(origin: &str) -> bool {
    let rest = |address: &str| {
        address
            .split_once("://")
            .map(|(_, rest)| rest.trim_end_matches('/').to_owned())
    };
    origin == "null" || is_web_address(origin) && rest(origin).is_some_and(|rest| !rest.contains(['/', '?', '#', '@']))
}

fn duration(seconds: f32) -> Duration {
    // A NaN has no place in a duration.
    let seconds = if seconds.is_nan() { SHORTEST } else { seconds };
    Duration::from_secs_f32(seconds.clamp(SHORTEST, LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_good_and_unknown_keys_are_refused() {
        assert_eq!(Settings::default().faults(), []);
        let read = toml::from_str::<Settings>("bind = \"[::1]:80\"\nqueue = 3").unwrap();
        assert_eq!(
            (read.bind.as_str(), read.queue, read.max_connections),
            ("[::1]:80", 3, 1024)
        );
        assert!(toml::from_str::<Settings>("ports = 1").is_err());
    }

    #[test]
    fn names_the_key_of_a_bad_value() {
        let settings = Settings {
            header_timeout_s: f32::NAN,
            max_connections: 0,
            allowed_origins: vec!["https://app.example/page".to_owned()],
            public_url: Some("wenyuan.example".to_owned()),
            ..Settings::default()
        };
        let keys: Vec<&str> = settings.faults().into_iter().map(|(key, _)| key).collect();
        assert_eq!(
            keys,
            ["header_timeout_s", "max_connections", "allowed_origins", "public_url"]
        );
        assert_eq!(settings.header_timeout(), Duration::from_secs_f32(SHORTEST));
    }
}
