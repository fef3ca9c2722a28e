//! Clients that are slow or silent, and a server that stops.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use super::stub::{Running, settings};

/// How long the server takes to close a connection on which `bytes` were sent.
fn closed_after(server: &Running, bytes: &[u8]) -> (Duration, String) {
    let started = Instant::now();
    let answer = server.raw(bytes);
    (started.elapsed(), answer)
}

#[test]
fn silent_and_stalled_connections_are_closed_in_time() {
    let server = Running::start(settings());
    let cases: [(&[u8], &str); 4] = [
        (b"", ""),
        (b"GET /healthz HTTP/1.1\r\nHost: local", ""),
        (b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 200"),
        (
            b"POST /v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
              Content-Length: 100\r\n\r\n{",
            "HTTP/1.1 408",
        ),
    ];
    for (bytes, begins) in cases {
        let (took, answer) = closed_after(&server, bytes);
        assert!(
            took < Duration::from_secs(3),
            "{took:?} for {:?}",
            String::from_utf8_lossy(bytes)
        );
        assert!(answer.starts_with(begins), "{answer}");
    }
}

#[test]
fn a_trickle_of_headers_does_not_keep_a_connection() {
    let server = Running::start(settings());
    let mut stream = server.connect();
    stream
        .write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n")
        .unwrap();
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(5) {
        if stream.write_all(b"X: y\r\n").is_err() {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(started.elapsed() < Duration::from_secs(3));
}

#[test]
fn headers_too_large_or_too_many_are_refused() {
    let server = Running::start(settings());
    let long = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "a".repeat(20_000));
    assert!(server.raw(long.as_bytes()).starts_with("HTTP/1.1 431"));
    let many = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X: a\r\n".repeat(100));
    assert!(server.raw(many.as_bytes()).starts_with("HTTP/1.1 431"));
}

#[test]
fn a_request_with_two_lengths_is_never_followed_by_another() {
    let server = Running::start(settings());
    // After the chunked body of the first stands a second request: it must not be answered.
    let answer = server.raw(
        b"POST /v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\
          Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
    );
    assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{answer}");
    assert!(answer.starts_with("HTTP/1.1 400"));
}

#[test]
fn stopping_finishes_the_request_in_flight() {
    let mut server = Running::start(settings());
    let mut stream = server.connect();
    stream
        .write_all(b"GET /v1/passages/slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .unwrap();
    server.entered();
    server.stop();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    server.ended();
}

#[test]
fn stopping_does_not_wait_for_a_stalled_client() {
    let mut patient = settings();
    (patient.header_timeout_s, patient.shutdown_grace_s) = (30.0, 0.3);
    let mut server = Running::start(patient);
    let mut stalled = server.connect();
    stalled.write_all(b"GET /healthz HTTP/1.1\r\nHost: local").unwrap();
    assert_eq!(server.get("/healthz").0, 200);
    let started = Instant::now();
    server.stop();
    server.ended();
    assert!(started.elapsed() < Duration::from_secs(3));
}

#[test]
fn an_address_in_use_is_named_with_advice() {
    let server = Running::start(settings());
    let mut taken = settings();
    taken.bind = server.address.to_string();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let error = runtime.block_on(crate::server::bind(&taken)).unwrap_err().to_string();
    assert!(
        error.contains(&taken.bind) && error.contains("[server] bind"),
        "{error}"
    );
}
