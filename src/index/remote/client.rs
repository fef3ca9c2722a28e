//! Speaks to the cluster: several addresses, a deadline for everything, and another try elsewhere.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::CertificateError;
use serde::de::DeserializeOwned;
use serde_json::Value;
use thiserror::Error;
use ureq::Agent;
use ureq::http::{Method, Request};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};

use super::settings::Cluster;

/// The largest answer that is read.
const LARGEST_ANSWER: u64 = 1 << 30;
/// How long an address that could not be reached is asked only where all others fail.
const AVOIDED: Duration = Duration::from_secs(5);
/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(2);
/// The share of a deadline that a first try may take, so that a second still can be made.
const FIRST_SHARE: f32 = 0.6;
/// The longest pause between two tries of a write.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// Why the cluster did not do what was asked.
#[derive(Debug, Clone, Error)]
pub enum ClientError {
    /// No node could be reached, or none answered in time.
    #[error("{address}: {reason}")]
    Unreachable {
        /// The address tried last.
        address: String,
        /// Why.
        reason: String,
    },
    /// Nobody it can be sure of is at this address.
    #[error("{address}: no secure connection: {reason}")]
    Insecure {
        /// The address tried last.
        address: String,
        /// Why, and the setting to look at.
        reason: String,
    },
    /// It refused.
    #[error("{address} answered {status}: {reason}")]
    Refused {
        /// The address.
        address: String,
        /// The HTTP status.
        status: u16,
        /// Its reason.
        reason: String,
    },
    /// What came is not what the API promises.
    #[error("{address} gave an answer that can't be read: {reason}")]
    Malformed {
        /// The address.
        address: String,
        /// Why.
        reason: String,
    },
    /// The client could not be made.
    #[error("{0}")]
    Settings(String),
}

impl ClientError {
    /// The HTTP status of a refusal.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Whether the same may go well at another time or another address.
    pub fn passes(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Insecure { .. } => true,
            Self::Refused { status, .. } => matches!(status, 408 | 429 | 500 | 502 | 503 | 504),
            Self::Malformed { .. } | Self::Settings(_) => false,
        }
    }
}

/// How long is waited, and how often is tried.
#[derive(Debug, Clone, Copy)]
pub enum Patience {
    /// Two tries within a deadline.
    Search(Duration),
    /// Tries with growing pauses until this much time is gone: for what may be done twice.
    Persistent(Duration),
}

/// Speaks to the cluster.
pub struct Client {
    agent: Agent,
    urls: Vec<String>,
    login: Option<String>,
    next: AtomicUsize,
    avoided: Mutex<Vec<Option<Instant>>>,
}

impl Client {
    /// A client of a cluster.
    pub fn new(cluster: &Cluster) -> Result<Self, ClientError> {
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(CONNECT))
            .max_idle_connections_per_host(32)
            .proxy(None);
        if let Some(path) = &cluster.ca_file {
            let pem =
                std::fs::read(path).map_err(|error| ClientError::Settings(format!("{}: {error}", path.display())))?;
            let mut certificates = Vec::new();
            for item in parse_pem(&pem) {
                match item {
                    Ok(PemItem::Certificate(certificate)) => certificates.push(certificate),
                    Ok(_) => {}
                    Err(error) => return Err(ClientError::Settings(format!("{}: {error}", path.display()))),
                }
            }
            if certificates.is_empty() {
                return Err(ClientError::Settings(format!(
                    "{}: it holds no certificate",
                    path.display()
                )));
            }
            let tls = TlsConfig::builder()
                .root_certs(RootCerts::new_with_certs(&certificates))
                .build();
            config = config.tls_config(tls);
        }
        let login = (!cluster.user.is_empty()).then(|| {
            let pair = format!("{}:{}", cluster.user, cluster.password.reveal());
            format!("Basic {}", STANDARD.encode(pair))
        });
        Ok(Self {
            agent: config.build().into(),
            avoided: Mutex::new(vec![None; cluster.urls.len()]),
            urls: cluster.urls.clone(),
            login,
            next: AtomicUsize::new(0),
        })
    }

    /// Reads something.
    pub fn get<T: DeserializeOwned>(&self, path: &str, patience: Patience) -> Result<T, ClientError> {
        self.ask(&Method::GET, path, None, patience)
    }

    /// Asks with a body.
    pub fn post<T: DeserializeOwned>(&self, path: &str, body: &Value, patience: Patience) -> Result<T, ClientError> {
        self.ask(&Method::POST, path, Some(body.to_string().as_bytes()), patience)
    }

    /// Asks with lines of JSON.
    pub fn post_lines<T: DeserializeOwned>(
        &self,
        path: &str,
        lines: &[u8],
        patience: Patience,
    ) -> Result<T, ClientError> {
        self.ask(&Method::POST, path, Some(lines), patience)
    }

    /// Puts something in place.
    pub fn put<T: DeserializeOwned>(&self, path: &str, body: &Value, patience: Patience) -> Result<T, ClientError> {
        self.ask(&Method::PUT, path, Some(body.to_string().as_bytes()), patience)
    }

    /// Removes something.
    pub fn delete(&self, path: &str, patience: Patience) -> Result<Value, ClientError> {
        self.ask(&Method::DELETE, path, None, patience)
    }

    fn ask<T: DeserializeOwned>(
        &self,
        method: &Method,
        path: &str,
        body: Option<&[u8]>,
        patience: Patience,
    ) -> Result<T, ClientError> {
        let started = Instant::now();
        let (whole, persistent) = match patience {
            Patience::Search(deadline) => (deadline, false),
            Patience::Persistent(deadline) => (deadline, true),
        };
        let mut tries = 0u32;
        let mut last = None;
        loop {
            let left = whole.saturating_sub(started.elapsed());
            let allowed = if persistent || tries > 0 {
                left
            } else {
                whole.mul_f32(FIRST_SHARE)
            };
            let place = self.choose(last);
            let error = match self.once(method, place, path, body, allowed) {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            last = Some(place);
            tries += 1;
            let pause = if persistent {
                Duration::from_millis(50 << tries.min(8)).min(LONGEST_PAUSE)
            } else {
                Duration::ZERO
            };
            let more = match error {
                // A certificate gets no better by waiting; that of another node may be right.
                ClientError::Insecure { .. } => (tries as usize) < self.urls.len(),
                _ => persistent || tries < 2,
            };
            let again = error.passes() && more && started.elapsed() + pause < whole;
            if !again {
                return Err(error);
            }
            thread::sleep(pause);
        }
    }

    /// The next address: another than the last one where there are several, and none that lately could not be reached.
    fn choose(&self, last: Option<usize>) -> usize {
        let count = self.urls.len().max(1);
        let start = self.next.fetch_add(1, Ordering::Relaxed);
        let avoided = self.avoided.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let rests = |place: usize| {
            let until = avoided.get(place).copied().flatten();
            until.is_some_and(|until| now < until)
        };
        let places = || (0..count).map(|step| (start + step) % count);
        places()
            .find(|&place| Some(place) != last && !rests(place))
            .or_else(|| places().find(|&place| Some(place) != last))
            .unwrap_or(0)
    }

    fn once<T: DeserializeOwned>(
        &self,
        method: &Method,
        place: usize,
        path: &str,
        body: Option<&[u8]>,
        allowed: Duration,
    ) -> Result<T, ClientError> {
        let address = self.urls.get(place).cloned().unwrap_or_default();
        let unreachable = |error: ureq::Error| {
            let mut avoided = self.avoided.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(until) = avoided.get_mut(place) {
                *until = Some(Instant::now() + AVOIDED);
            }
            let address = address.clone();
            match insecure(&error) {
                Some(reason) => ClientError::Insecure { address, reason },
                None => ClientError::Unreachable {
                    address,
                    reason: error.to_string(),
                },
            }
        };
        let mut request = Request::builder().method(method).uri(format!("{address}{path}"));
        if let Some(login) = &self.login {
            request = request.header("authorization", login);
        }
        let malformed = |reason: String| ClientError::Malformed {
            address: address.clone(),
            reason,
        };
        let sent = match body {
            Some(body) => {
                let request = request
                    .header("content-type", "application/json")
                    .body(body)
                    .map_err(|error| malformed(error.to_string()))?;
                let request = self
                    .agent
                    .configure_request(request)
                    .timeout_global(Some(allowed))
                    .build();
                self.agent.run(request)
            }
            None => {
                let request = request.body(()).map_err(|error| malformed(error.to_string()))?;
                let request = self
                    .agent
                    .configure_request(request)
                    .timeout_global(Some(allowed))
                    .build();
                self.agent.run(request)
            }
        };
        let mut response = sent.map_err(unreachable)?;
        let status = response.status().as_u16();
        let bytes = response
            .body_mut()
            .with_config()
            .limit(LARGEST_ANSWER)
            .read_to_vec()
            .map_err(unreachable)?;
        if let Some(until) = self
            .avoided
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get_mut(place)
        {
            *until = None;
        }
        if !(200..300).contains(&status) {
            return Err(ClientError::Refused {
                address,
                status,
                reason: reason(status, &bytes),
            });
        }
        serde_json::from_slice(&bytes).map_err(|error| malformed(error.to_string()))
    }
}

/// Why a connection is not secure, and the setting to look at; nothing where that is not what failed.
fn insecure(error: &ureq::Error) -> Option<String> {
    let ureq::Error::Io(error) = error else { return None };
    let error = error.get_ref()?.downcast_ref::<rustls::Error>()?;
    let setting = match error {
        rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer) => {
            "; `[index] ca_file` must hold the certificate of the authority that signed the node's"
        }
        rustls::Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => "; `[index] urls` must call the node by a name that its certificate has",
        rustls::Error::InvalidMessage(_) => "; is it https that `[index] urls` must say?",
        _ => "",
    };
    Some(format!("{error}{setting}"))
}

/// The reason in an error of the cluster, or the beginning of what it said; where it refuses who asks, the setting too.
fn reason(status: u16, bytes: &[u8]) -> String {
    let read: Option<Value> = serde_json::from_slice(bytes).ok();
    let error = read.as_ref().map(|read| &read["error"]);
    let part = |name: &str| error.and_then(|error| error[name].as_str());
    let kind = part("type").unwrap_or_default();
    let said = match part("reason") {
        Some(reason) if !kind.is_empty() => format!("{kind}: {reason}"),
        _ => String::from_utf8_lossy(bytes).chars().take(300).collect(),
    };
    match status {
        401 => format!("{said}; `[index] user` or its password, WENYUAN_INDEX__PASSWORD, is wrong or missing"),
        403 if kind == "security_exception" => {
            format!("{said}; `[index] user` lacks a permission, docs/scaling.md lists them")
        }
        _ => said,
    }
}
