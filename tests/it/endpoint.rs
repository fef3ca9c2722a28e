//! An endpoint of models on a socket of this machine, whose vectors are known by hand.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

/// Words and the direction, in degrees, in which a text with such a word points; the first found counts.
const DIRECTIONS: [(&str, f32); 7] = [
    ("omega", 5.0),
    ("alpha", 0.0),
    ("beta", 20.0),
    ("gamma", 50.0),
    ("delta", 90.0),
    ("epsilon", 135.0),
    ("", 180.0),
];

/// How the endpoint behaves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mood {
    /// It answers.
    Good,
    /// It answers after a while.
    Slow(Duration),
    /// It answers with this status, and tells the key it was sent.
    Status(u16),
    /// It refuses questions that hold a text with the word `forbidden`.
    Squeamish,
    /// It answers with something else.
    Nonsense,
    /// Another model: everything is turned by a right angle.
    Turned,
    /// Another model: vectors have one number more.
    Longer,
}

/// What it was asked.
#[derive(Default)]
struct Seen {
    texts: Vec<String>,
    keys: Vec<String>,
}

/// An endpoint. Its thread ends with the test program.
pub struct Endpoint {
    address: SocketAddr,
    mood: Arc<Mutex<Mood>>,
    seen: Arc<Mutex<Seen>>,
}

impl Endpoint {
    /// A good one on a free port.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let (mood, seen) = (Arc::new(Mutex::new(Mood::Good)), Arc::new(Mutex::new(Seen::default())));
        let shared = (Arc::clone(&mood), Arc::clone(&seen));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (mood, seen) = shared.clone();
                std::thread::spawn(move || answer_all(stream, &mood, &seen));
            }
        });
        Self { address, mood, seen }
    }

    /// From now on it behaves so.
    pub fn set(&self, mood: Mood) {
        *self.mood.lock().expect("not poisoned") = mood;
    }

    /// Address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The texts it was asked to embed since the last look.
    pub fn take_texts(&self) -> Vec<String> {
        std::mem::take(&mut self.seen.lock().expect("not poisoned").texts)
    }

    /// How many texts it was asked to embed since the last look.
    pub fn count(&self) -> usize {
        self.seen.lock().expect("not poisoned").texts.len()
    }

    /// The keys it was sent.
    pub fn keys(&self) -> Vec<String> {
        self.seen.lock().expect("not poisoned").keys.clone()
    }
}

fn answer_all(stream: TcpStream, mood: &Mutex<Mood>, seen: &Mutex<Seen>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
    let mut stream = stream;
    while let Some((path, key, question)) = read(&mut reader) {
        let mood = *mood.lock().expect("not poisoned");
        {
            let mut seen = seen.lock().expect("not poisoned");
            seen.texts.extend(texts(&question, "input"));
            seen.keys.push(key.clone());
        }
        if let Mood::Slow(pause) = mood {
            std::thread::sleep(pause);
        }
        let forbidden = texts(&question, "input").iter().any(|text| text.contains("forbidden"));
        let (status, body) = match mood {
            Mood::Status(status) => (status, json!({"error": format!("no, {key}")})),
            Mood::Squeamish if forbidden => (400, json!({"error": "one of the inputs is too long"})),
            Mood::Nonsense => (200, json!({"data": [{"embedding": "none"}], "results": 7})),
            _ if path.contains("rerank") => (200, reranked(&question)),
            mood => (200, embedded(&question, mood)),
        };
        let body = body.to_string();
        let head = format!("HTTP/1.1 {status} So\r\nContent-Type: application/json\r\n");
        if write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len()).is_err() {
            return;
        }
    }
}

/// One request: path, authorization and body.
fn read(reader: &mut impl BufRead) -> Option<(String, String, Value)> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let path = line.split(' ').nth(1)?.to_owned();
    let (mut length, mut key) = (0, String::new());
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok().filter(|read| *read > 0)?;
        let Some((name, value)) = header.trim().split_once(':') else {
            break;
        };
        match name.to_lowercase().as_str() {
            "content-length" => length = value.trim().parse().ok()?,
            "authorization" => key = value.trim().to_owned(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((path, key, serde_json::from_slice(&body).ok()?))
}

fn texts(question: &Value, key: &str) -> Vec<String> {
    let texts = question[key].as_array().into_iter().flatten();
    texts.filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

/// Vectors in the plane, twice as long as they need be, and in the reverse order with their indexes.
fn embedded(question: &Value, mood: Mood) -> Value {
    let vector = |text: &str| {
        let direction = DIRECTIONS.iter().find(|(word, _)| text.contains(word));
        let mut degrees = direction.map_or(0.0, |(_, degrees)| *degrees);
        if mood == Mood::Turned {
            degrees += 90.0;
        }
        let mut vector = vec![2.0 * degrees.to_radians().cos(), 2.0 * degrees.to_radians().sin()];
        vector.extend((mood == Mood::Longer).then_some(0.0));
        vector
    };
    let texts = texts(question, "input");
    let data: Vec<Value> = texts
        .iter()
        .enumerate()
        .map(|(index, text)| json!({"index": index, "embedding": vector(text)}))
        .rev()
        .collect();
    json!({"object": "list", "data": data})
}

/// The shorter a text, the better.
fn reranked(question: &Value) -> Value {
    let documents = texts(question, "documents");
    let results: Vec<Value> = documents
        .iter()
        .enumerate()
        .map(|(index, text)| json!({"index": index, "relevance_score": 1.0 / text.len() as f64}))
        .collect();
    json!({"results": results})
}
