//! Stopping: what is under way is finished, and the index is left clean.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

use super::library::Library;

fn signal(name: &str, process: u32) {
    let sent = Command::new("kill").args([name, &process.to_string()]).status();
    assert!(sent.expect("kill is there").success());
}

#[test]
fn a_request_in_flight_is_finished_and_the_exit_code_is_nought() {
    for name in ["-TERM", "-INT"] {
        let library = Library::full().indexed();
        let mut served = library.serve();
        // A request whose body is still on its way when the signal comes.
        let body = "{\"q\":\"nitrate\"}";
        let mut stream = TcpStream::connect(served.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("set");
        write!(
            stream,
            "POST /v1/search HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
            served.address,
            body.len(),
            &body[..5]
        )
        .expect("sent");
        std::thread::sleep(Duration::from_millis(300));
        signal(name, served.id());
        std::thread::sleep(Duration::from_millis(300));
        stream.write_all(&body.as_bytes()[5..]).expect("the rest is taken");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 200"), "{name}: {answer}");
        assert!(answer.contains("leaching"), "{name}: {answer}");
        assert_eq!(served.wait().code(), Some(0), "{name}");
        assert_eq!(library.run(&["index", "--json"]).json()["published"], false, "{name}");
    }
}

#[test]
fn idle_connections_do_not_hold_it_up() {
    let library = Library::full().indexed();
    let mut served = library.serve();
    let idle: Vec<TcpStream> = (0..20)
        .map(|_| TcpStream::connect(served.address).expect("a connection"))
        .collect();
    std::thread::sleep(Duration::from_millis(200));
    let since = Instant::now();
    signal("-TERM", served.id());
    assert_eq!(served.wait().code(), Some(0));
    assert!(since.elapsed() < Duration::from_secs(12), "{:?}", since.elapsed());
    drop(idle);
}

#[test]
fn an_interrupted_indexing_run_goes_on_where_it_was() {
    let library = Library::empty();
    let lines: Vec<String> = (0..4000)
        .map(|number| format!("{{\"id\":\"n{number}\",\"text\":\"word{number} of many 灯塔\"}}"))
        .collect();
    library.write("many.jsonl", &lines.join("\n"));
    let mut interrupted = 0;
    for pause in [100, 250, 400, 600] {
        let child = library.command(&["index"]).spawn().expect("the program");
        std::thread::sleep(Duration::from_millis(pause));
        let _ = Command::new("kill").args(["-INT", &child.id().to_string()]).output();
        let code = child.wait_with_output().expect("an end").status.code();
        // 0 where it was done before the signal; killed by the signal where that came before it was listened for.
        assert!(matches!(code, Some(0 | 4) | None), "{code:?}");
        interrupted += u32::from(code == Some(4));
    }
    assert!(interrupted > 0, "no run was interrupted while it was indexing");
    let done = library.run(&["index", "--json"]).json();
    assert_eq!(done["articles"], 4000);
}
