//! Whole files on disk: broken, packed, in every encoding.

use std::fs;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;

use super::{Article, Fault, Settings, Sink, check, read};
use crate::corpus::discover;

#[derive(Default)]
struct Kept {
    articles: Vec<Article>,
    faults: Vec<Fault>,
}

impl Sink for Kept {
    fn article(&mut self, article: Article) -> ControlFlow<()> {
        self.articles.push(article);
        ControlFlow::Continue(())
    }
    fn fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }
}

impl Kept {
    fn ids(&self) -> Vec<&str> {
        self.articles.iter().map(|article| article.id.as_str()).collect()
    }

    fn faults(&self) -> Vec<(&str, u32)> {
        self.faults
            .iter()
            .map(|fault| (fault.kind.code(), fault.line))
            .collect()
    }
}

/// Everything in a folder that holds one file.
fn of_file(name: &str, bytes: &[u8]) -> Kept {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    of_folder(folder.path())
}

fn of_folder(folder: &Path) -> Kept {
    let mut kept = Kept::default();
    let (files, faults) = discover(folder);
    for file in files {
        read(&file, &Settings::default(), &mut kept);
    }
    kept.faults.extend(faults);
    kept
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn settings(path: &Path) -> Settings {
    Settings {
        path: path.to_owned(),
        ..Settings::default()
    }
}

#[test]
fn packed_lines_are_read_and_a_torn_file_keeps_what_came_before() {
    let lines: String = (0..3000)
        .map(|number| {
            format!(
                "{{\"id\":\"p{number}\",\"text\":\"Text {number} {}.\"}}\n",
                number * 7919
            )
        })
        .collect();
    let whole = packed(lines.as_bytes());
    assert_eq!(of_file("a.jsonl.gz", &whole).articles.len(), 3000);
    let torn = of_file("a.jsonl.gz", &whole[..whole.len() / 2]);
    assert!(
        torn.articles.len() > 100 && torn.articles.len() < 3000,
        "{}",
        torn.articles.len()
    );
    assert_eq!(torn.faults(), [("unreadable", 0)]);
    assert_eq!(of_file("a.jsonl.gz", b"no gzip at all").faults(), [("unreadable", 0)]);
}

#[test]
fn an_empty_file_and_a_folder_named_like_a_file_stop_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("x.md")).unwrap();
    fs::write(
        folder.path().join("x.md/inner.jsonl"),
        "{\"id\":\"in\",\"text\":\"Inner.\"}",
    )
    .unwrap();
    fs::write(folder.path().join("empty.jsonl"), "").unwrap();
    fs::write(folder.path().join("empty.xml"), "").unwrap();
    fs::write(folder.path().join("empty.md"), "").unwrap();
    let kept = of_folder(folder.path());
    assert!(kept.ids().contains(&"in"));
    assert!(kept.faults.iter().any(|fault| fault.path == "empty.xml"));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_never_opened() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe.jsonl");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    if !made.is_ok_and(|status| status.success()) {
        return;
    }
    assert_eq!(of_folder(folder.path()).faults(), [("unreadable", 0)]);
    // It may have become a pipe after it was found.
    let file = crate::corpus::SourceFile {
        path: "pipe.jsonl".to_owned(),
        absolute: pipe,
        bytes: 0,
        modified: None,
    };
    let mut kept = Kept::default();
    read(&file, &Settings::default(), &mut kept);
    assert_eq!(kept.faults(), [("unreadable", 0)]);
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_a_fault() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    fs::write(&path, "{\"id\":\"a\",\"text\":\"A.\"}").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    // Whoever may read everything reads this too.
    if fs::read(&path).is_err() {
        assert_eq!(of_folder(folder.path()).faults(), [("unreadable", 0)]);
    }
}

#[test]
fn lines_in_every_encoding_give_the_same_passages() {
    let text = "{\"id\":\"a\",\"text\":\"细胞治疗的研究进展与慢性创面的愈合。\"}\r\n{\"id\":\"b\",\"text\":\"第二段：血管生成。\"}\r\n";
    let (gb18030, _, _) = encoding_rs::GB18030.encode(text);
    let wide = |order: fn(u16) -> [u8; 2], text: &str| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let marked = format!("\u{feff}{text}");
    for bytes in [
        text.as_bytes().to_vec(),
        marked.as_bytes().to_vec(),
        gb18030.into_owned(),
        wide(u16::to_le_bytes, &marked),
        wide(u16::to_be_bytes, &marked),
        wide(u16::to_le_bytes, text),
        wide(u16::to_be_bytes, text),
    ] {
        let kept = of_file("a.jsonl", &bytes);
        let texts: Vec<&str> = kept
            .articles
            .iter()
            .map(|article| article.passages[0].text.as_str())
            .collect();
        assert_eq!(
            texts,
            ["细胞治疗的研究进展与慢性创面的愈合。", "第二段：血管生成。"],
            "{:?} {:?}",
            kept.faults,
            &bytes[..8]
        );
        assert!(kept.faults.is_empty(), "{:?}", kept.faults());
    }
}

#[test]
fn a_bad_byte_and_a_bad_line_are_told_by_their_lines() {
    let mut bytes = "{\"id\":\"a\",\"text\":\"细胞治疗的研究进展与慢性创面的愈合，血管生成与组织再生。\"}\n{\"id\":\"b\",\"text\":\"坏".as_bytes().to_vec();
    bytes.push(0xFF);
    bytes.extend_from_slice("字。\"}\nno json\n{\"id\":7,\"text\":\"The last, with a number for a name.\",\"nested\":{\"a\":[1,2]},\"ok\":true}\n".as_bytes());
    let kept = of_file("a.jsonl", &bytes);
    assert_eq!(kept.ids(), ["a", "b", "7"]);
    assert_eq!(kept.articles[1].passages[0].text, "坏\u{FFFD}字。");
    assert_eq!(kept.faults(), [("encoding", 2), ("malformed", 3)]);
    let last = &kept.articles[2];
    assert_eq!(last.sections[0].id, "0");
    assert_eq!(last.language, crate::text::Language::En);
    assert_eq!(
        last.metadata.extra.get("ok"),
        Some(&crate::document::Scalar::Flag(true))
    );
    assert_eq!(
        last.metadata.extra.get("nested"),
        Some(&crate::document::Scalar::Text("{\"a\":[1,2]}".to_owned()))
    );
}

#[test]
fn a_line_without_end_is_refused_and_the_next_is_read() {
    let mut bytes = vec![b'x'; 9 * 1024 * 1024];
    bytes.extend_from_slice(b"\n{\"id\":\"b\",\"text\":\"Behind.\"}\n");
    let kept = of_file("a.jsonl", &bytes);
    assert_eq!(kept.ids(), ["b"]);
    assert_eq!(kept.faults(), [("malformed", 1)]);
}

#[test]
fn check_reads_one_file_and_tells_what_stands_twice() {
    let folder = tempfile::tempdir().unwrap();
    let line = "{\"id\":\"same\",\"text\":\"Text.\"}\n";
    fs::write(folder.path().join("b.jsonl"), format!("{line}{line}bad\n")).unwrap();
    fs::write(folder.path().join("a.jsonl"), line).unwrap();
    let told = |path: &Path| -> Vec<(String, u32, &str)> {
        let faults = check(&settings(path));
        faults
            .iter()
            .map(|fault| (fault.path.clone(), fault.line, fault.kind.code()))
            .collect()
    };
    let b = |line, code| ("b.jsonl".to_owned(), line, code);
    assert_eq!(
        told(&folder.path().join("b.jsonl")),
        [b(2, "duplicate-article"), b(3, "malformed")]
    );
    let whole = told(folder.path());
    assert_eq!(
        whole,
        [b(1, "duplicate-article"), b(2, "duplicate-article"), b(3, "malformed")]
    );
    assert_eq!(
        told(&folder.path().join("none.jsonl")),
        [(String::new(), 0, "unreadable")]
    );
}

#[test]
fn faults_of_an_article_name_the_lines_they_stand_on() {
    let text = "<article>\n<front><article-meta><title-group><article-title>T</article-title></title-group></article-meta></front>\n\
        <body><p>One.</p>\n<p>Two [9]<xref ref-type=\"bibr\" rid=\"none\">[9]</xref>.</p></body>\n<back><ref-list>\n\
        <ref id=\"a\"><label>1</label><mixed-citation>Lee A. Title[J]. J X, 2020, 1(1): 3.</mixed-citation></ref></ref-list></back></article>";
    let kept = of_file("a.xml", text.as_bytes());
    assert_eq!(kept.faults(), [("unresolved-citation", 4), ("never-cited", 6)]);
    let (gb, _, _) = encoding_rs::GB18030
        .encode("<?xml version=\"1.0\" encoding=\"GB2312\"?><article><body><p>细胞</p></body></article>");
    assert_eq!(of_file("b.xml", &gb).articles[0].passages[0].text, "细胞");
}
