//! Two hand-made articles behind a stub engine, and a server on a free port.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use tokio::sync::oneshot;

use crate::analysis::Analyzer;
use crate::document::{
    Article, ArticleId, ArticleOutline, Bilingual, Citation, ListedArticle, Mark, MarkStyle, Metadata, Passage,
    PassageId, PlacedPassage, PlacedReference, Reference, Scalar, Section, SectionKind, Source,
};
use crate::http::routes;
use crate::index::{Account, Candidate, Engine, EngineError, FacetCounts, Field, FoundSet, Kind, Request};
use crate::lexicon::Lexicon;
use crate::retrieve::Searcher;
use crate::server::{Searchers, Server, Settings, bind, serve};
use crate::text::{Language, Span};

/// 软骨🧬修复 CD34+ 细胞: 软骨 is bytes 0..6, 🧬 6..10, 修复 10..16, CD34+ 17..22.
pub(super) const TEXT: &str = "软骨🧬修复 CD34+ 细胞";

fn section(id: &str, number: Option<&str>, parent: Option<usize>) -> Section {
    Section {
        id: id.to_owned(),
        kind: SectionKind::Body,
        number: number.map(str::to_owned),
        title: Some(format!("Title of {id}")),
        language: Language::Zh,
        level: if parent.is_some() { 2 } else { 1 },
        parent,
        line: 1,
    }
}

fn passage(article: &ArticleId, section: usize, text: &str) -> Passage {
    Passage {
        id: PassageId::new(article, text, 0),
        section,
        paragraph: 1,
        piece: 0,
        language: Language::detect(text),
        text: text.to_owned(),
        span: Span::new(0, text.len()),
        citations: Vec::new(),
        marks: Vec::new(),
        lines: (1, 1),
    }
}

/// An article with DOI, nested sections, three passages and two references.
pub(super) fn first() -> Article {
    let id = ArticleId::parse("art-1").unwrap();
    let mut cited = passage(&id, 1, TEXT);
    cited.citations = vec![Citation {
        at: 10,
        numbers: vec![2, 9],
        printed: "[2,9]".to_owned(),
    }];
    cited.marks = vec![Mark {
        span: Span::new(21, 22),
        style: MarkStyle::Superscript,
    }];
    let passages = vec![
        passage(&id, 0, "第一段。"),
        cited,
        passage(&id, 2, "An English <b>end</b>."),
    ];
    Article {
        source: Source {
            path: "art-1.md".to_owned(),
            line: 1,
        },
        language: Language::Zh,
        metadata: Metadata {
            title: Bilingual {
                zh: Some("软骨".to_owned()),
                en: Some("Cartilage".to_owned()),
            },
            authors: Bilingual {
                zh: Some(vec!["张三".to_owned()]),
                en: None,
            },
            doi: Some("10.1/x".to_owned()),
            year: Some(2024),
            extra: [("volume_year".to_owned(), Scalar::Number(7.0))].into(),
            ..Metadata::default()
        },
        sections: vec![
            section("1", Some("1"), None),
            section("1.1", Some("1.1"), Some(0)),
            section("2", Some("2"), None),
        ],
        passages,
        references: (1..=2)
            .map(|number| Reference {
                number,
                text: format!("WANG X. Work {number}[J]. Journal, 2020."),
                authors: vec!["WANG X".to_owned()],
                ..Reference::default()
            })
            .collect(),
        id,
    }
}

/// An article without anything but a title.
fn second() -> Article {
    let mut bare = first();
    bare.id = ArticleId::parse("art-2").unwrap();
    bare.metadata = Metadata::default();
    (bare.sections, bare.passages, bare.references) = (Vec::new(), Vec::new(), Vec::new());
    bare
}

/// Answers look-ups from the two articles; every search finds the passage with [`TEXT`]. Three identifiers do something else than answer.
struct Stub {
    entered: mpsc::Sender<()>,
}

impl Stub {
    fn all(&self) -> [Article; 2] {
        [first(), second()]
    }

    fn find(&self, id: &ArticleId) -> Option<Article> {
        self.all().into_iter().find(|article| article.id == *id)
    }
}

impl Engine for Stub {
    fn search(&self, _: &Request) -> Result<FoundSet, EngineError> {
        let best = vec![Candidate { key: 1, score: 2.5 }];
        Ok(FoundSet {
            best,
            total: 1,
            counted: true,
            partial: false,
        })
    }

    fn facets(&self, _: &Request) -> Result<FacetCounts, EngineError> {
        Ok(FacetCounts::default())
    }

    fn explain(&self, _: &Request, _: u64) -> Result<Account, EngineError> {
        Ok(Account {
            matches: false,
            filters: Vec::new(),
            parts: Vec::new(),
        })
    }

    fn document_frequency(&self, _: Field, _: &str) -> Result<u64, EngineError> {
        Ok(0)
    }

    fn count(&self, kind: Kind, _: Option<Language>) -> Result<u64, EngineError> {
        Ok(if kind == Kind::Article { 2 } else { 3 })
    }

    fn terms(&self, _: Field, _: &str, _: usize) -> Result<Vec<(String, u64)>, EngineError> {
        Ok(Vec::new())
    }

    fn passages(&self, keys: &[u64]) -> Result<Vec<PlacedPassage>, EngineError> {
        let placed = first().placed_passages();
        Ok(keys.iter().map(|&key| placed[key as usize].clone()).collect())
    }

    fn references(&self, keys: &[u64]) -> Result<Vec<PlacedReference>, EngineError> {
        let placed = first().placed_references();
        Ok(keys.iter().map(|&key| placed[key as usize].clone()).collect())
    }

    fn passage(&self, id: &PassageId) -> Result<Option<PlacedPassage>, EngineError> {
        match id.as_str() {
            "slow" => {
                let _ = self.entered.send(());
                std::thread::sleep(Duration::from_millis(1500));
            }
            "broken" => return Err(EngineError::Unreadable("secret segment 7".to_owned())),
            "panic" => panic!("secret panic"),
            _ => (),
        }
        let placed = self.all().iter().flat_map(Article::placed_passages).collect::<Vec<_>>();
        Ok(placed.into_iter().find(|placed| placed.passage.id == *id))
    }

    fn passage_key(&self, _: &PassageId) -> Result<Option<u64>, EngineError> {
        Ok(None)
    }

    fn article(&self, id: &ArticleId) -> Result<Option<ArticleOutline>, EngineError> {
        Ok(self.find(id).map(|article| article.outline()))
    }

    fn article_passages(&self, id: &ArticleId) -> Result<Vec<PlacedPassage>, EngineError> {
        Ok(self
            .find(id)
            .map(|article| article.placed_passages())
            .unwrap_or_default())
    }

    fn article_references(&self, id: &ArticleId) -> Result<Vec<PlacedReference>, EngineError> {
        Ok(self
            .find(id)
            .map(|article| article.placed_references())
            .unwrap_or_default())
    }

    fn articles(&self, offset: usize, limit: usize) -> Result<(Vec<ListedArticle>, usize), EngineError> {
        let all = self.all();
        let page = all
            .iter()
            .skip(offset)
            .take(limit)
            .map(|article| article.outline().into())
            .collect();
        Ok((page, all.len()))
    }
}

struct NoIndex;

impl Searchers for NoIndex {
    fn current(&self) -> Result<Searcher, String> {
        Err("the index is being built".to_owned())
    }
}

/// A running server; it stops when dropped.
pub(super) struct Running {
    pub(super) address: SocketAddr,
    entered: Mutex<mpsc::Receiver<()>>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

/// Short deadlines, a free port.
pub(super) fn settings() -> Settings {
    Settings {
        bind: "127.0.0.1:0".to_owned(),
        header_timeout_s: 0.4,
        body_timeout_s: 0.4,
        request_timeout_s: 5.0,
        shutdown_grace_s: 5.0,
        ..Settings::default()
    }
}

impl Running {
    /// A server over the two articles.
    pub(super) fn start(settings: Settings) -> Self {
        let (entered, inside) = mpsc::channel();
        let analyzer = Analyzer::new(Default::default()).unwrap();
        let searcher = Searcher::new(Arc::new(Stub { entered }), analyzer, Lexicon::builtin().unwrap());
        Self::over(Arc::new(searcher), settings, inside)
    }

    /// A server without an index.
    pub(super) fn without_index() -> Self {
        Self::over(Arc::new(NoIndex), settings(), mpsc::channel().1)
    }

    fn over(searchers: Arc<dyn Searchers>, settings: Settings, entered: mpsc::Receiver<()>) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        let (tell, told) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let mut builder = tokio::runtime::Builder::new_multi_thread();
            let runtime = builder.worker_threads(2).enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = bind(&settings).await.unwrap();
                tell.send(listener.local_addr().unwrap()).unwrap();
                let shutdown = async {
                    let _ = stopped.await;
                };
                serve(listener, Server::new(searchers, settings), routes(), shutdown)
                    .await
                    .unwrap();
            });
        });
        Self {
            address: told.recv().unwrap(),
            entered: Mutex::new(entered),
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// Waits until a look-up of the passage `slow` has begun.
    pub(super) fn entered(&self) {
        self.entered.lock().unwrap().recv().unwrap();
    }

    /// Tells the server to stop, without waiting.
    pub(super) fn stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }

    /// Waits until the server has ended.
    pub(super) fn ended(&mut self) {
        self.thread.take().unwrap().join().unwrap();
    }

    pub(super) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream
    }

    /// Sends bytes, reads until the server closes, and gives everything it said.
    pub(super) fn raw(&self, request: &[u8]) -> String {
        let mut stream = self.connect();
        stream.write_all(request).unwrap();
        let mut answer = Vec::new();
        // A reset after the answer is a close too.
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8(answer).unwrap()
    }

    /// One request on its own connection: status, head, and body as JSON (null where it is none).
    pub(super) fn ask(&self, line: &str, extra: &str, body: &[u8]) -> (u16, String, serde_json::Value) {
        let length = match body {
            [] => String::new(),
            body => format!("Content-Length: {}\r\n", body.len()),
        };
        let head = format!("{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{extra}{length}\r\n");
        let answer = self.raw(&[head.as_bytes(), body].concat());
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.get(9..12).and_then(|status| status.parse().ok()).unwrap_or(0);
        (
            status,
            head.to_lowercase(),
            serde_json::from_str(body).unwrap_or_default(),
        )
    }

    pub(super) fn get(&self, path: &str) -> (u16, serde_json::Value) {
        let (status, _, body) = self.ask(&format!("GET {path}"), "", b"");
        (status, body)
    }

    pub(super) fn post(&self, body: &str) -> (u16, serde_json::Value) {
        let kind = "Content-Type: application/json\r\n";
        let (status, _, body) = self.ask("POST /v1/search", kind, body.as_bytes());
        (status, body)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
