//! JSON Lines of ready passages: `{"id","lang","title","text"}` and optional metadata, one article of one passage a line.

use std::io::Read;

use serde_json::{Map, Value};

use crate::corpus::{Draft, FaultKind, Format, Heading, Inline, Input, ReadError, Settings, Sink};
use crate::document::{Scalar, SectionKind, Source};
use crate::text::Language;

/// The longest line, in bytes.
const LONGEST_LINE: u64 = 4 * 1024 * 1024;

/// JSON Lines. Reads line by line in bounded memory; a bad line is a fault and the others go on.
#[derive(Debug)]
pub struct Jsonl;

impl Format for Jsonl {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson"]
    }

    fn streams(&self) -> bool {
        true
    }

    fn read(&self, input: Input<'_>, settings: &Settings, sink: &mut dyn Sink) -> Result<(), ReadError> {
        // The text of a passage is given ready: it is never cut.
        let uncut = Settings {
            passage_han: usize::MAX,
            passage_words: usize::MAX,
            ..settings.clone()
        };
        let mut bytes = Vec::new();
        let mut number = 0u32;
        loop {
            bytes.clear();
            number = number.saturating_add(1);
            let failed = |source| ReadError::Io {
                path: input.path.to_owned(),
                source,
            };
            let read = (&mut *input.text)
                .take(LONGEST_LINE + 1)
                .read_until_feed(&mut bytes)
                .map_err(failed)?;
            if read == 0 {
                return Ok(());
            }
            let mut draft = Draft::new(Source {
                path: input.path.to_owned(),
                line: number,
            });
            if bytes.len() as u64 > LONGEST_LINE {
                if !bytes.ends_with(b"\n") {
                    skip_line(input.text).map_err(failed)?;
                }
                let reason = format!("a line is longer than {LONGEST_LINE} bytes");
                sink.fault(fault(input.path, number, reason));
                continue;
            }
            let line = String::from_utf8_lossy(&bytes);
            let replaced = line.matches('\u{FFFD}').count();
            if replaced > 0 {
                draft.fault(
                    number,
                    FaultKind::Encoding {
                        encoding: "UTF-8".to_owned(),
                        replaced,
                    },
                );
            }
            let line = line.trim_start_matches('\u{feff}').trim();
            if line.is_empty() {
                continue;
            }
            match record(line, number, &mut draft) {
                Ok(()) => {
                    let (article, faults) = draft.finish(&uncut);
                    for fault in faults {
                        // A ready passage need not have a title.
                        if fault.kind != FaultKind::NoTitle {
                            sink.fault(fault);
                        }
                    }
                    if sink.article(article).is_break() {
                        return Ok(());
                    }
                }
                Err(reason) => sink.fault(fault(input.path, number, reason)),
            }
        }
    }
}

/// Reading up to a line feed through a `Take`, whose own `read_until` needs a sized reader.
trait ReadUntilFeed {
    fn read_until_feed(self, bytes: &mut Vec<u8>) -> std::io::Result<usize>;
}

impl<R: std::io::BufRead> ReadUntilFeed for std::io::Take<R> {
    fn read_until_feed(mut self, bytes: &mut Vec<u8>) -> std::io::Result<usize> {
        std::io::BufRead::read_until(&mut self, b'\n', bytes)
    }
}

fn skip_line(text: &mut dyn std::io::BufRead) -> std::io::Result<()> {
    loop {
        let buffer = text.fill_buf()?;
        let (used, ended) = match buffer.iter().position(|&byte| byte == b'\n') {
            Some(place) => (place + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        text.consume(used);
        if ended {
            return Ok(());
        }
    }
}

fn fault(path: &str, line: u32, reason: String) -> crate::corpus::Fault {
    crate::corpus::Fault {
        path: path.to_owned(),
        line,
        kind: FaultKind::Malformed { reason },
    }
}

/// Fills `draft` from one line, or says what is wrong with it.
fn record(line: &str, number: u32, draft: &mut Draft) -> Result<(), String> {
    let mut fields: Map<String, Value> = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let id = text_of(fields.remove("id"))
        .filter(|id| !id.trim().is_empty())
        .ok_or("\"id\" is missing or no text")?;
    let text = match fields.remove("text") {
        Some(Value::String(text)) if !text.trim().is_empty() => text,
        Some(Value::String(_)) => return Err("\"text\" is empty".to_owned()),
        _ => return Err("\"text\" is missing or no text".to_owned()),
    };
    let tag = text_of(fields.remove("lang"));
    let language = tag
        .as_deref()
        .and_then(Language::from_tag)
        .unwrap_or_else(|| Language::detect(&text));
    draft.key = Some(id);
    if let Some(title) = text_of(fields.remove("title")).filter(|title| !title.trim().is_empty()) {
        draft.metadata.title.set(language, title);
    }
    let section = text_of(fields.remove("section"));
    metadata(fields, language, draft);
    draft.open_section(Heading {
        kind: SectionKind::Body,
        number: None,
        title: section,
        level: 1,
        language: Some(language),
        line: number,
    });
    draft.paragraph(Inline::plain(&text), (number, number), Some(language));
    Ok(())
}

fn metadata(fields: Map<String, Value>, language: Language, draft: &mut Draft) {
    let metadata = &mut draft.metadata;
    let mut keywords = Vec::new();
    for (name, value) in fields {
        match (name.as_str(), value) {
            (_, Value::Null) => {}
            ("authors", value) => metadata.authors.set(language, list_of(value)),
            ("keywords", value) => keywords = list_of(value),
            ("journal", Value::String(journal)) => metadata.journal.set(language, journal),
            ("doi", Value::String(doi)) => metadata.doi = Some(doi.trim().to_lowercase()),
            ("url", Value::String(url)) => metadata.url = Some(url),
            ("date", Value::String(date)) => {
                if metadata.year.is_none() {
                    metadata.year = date.get(..4).and_then(|year| year.parse().ok());
                }
                metadata.date = Some(date);
            }
            ("year", value) if year_of(&value).is_some() => metadata.year = year_of(&value),
            (_, value) => {
                let scalar = match value {
                    Value::String(text) => Scalar::Text(text),
                    Value::Bool(flag) => Scalar::Flag(flag),
                    Value::Number(number) => number
                        .as_f64()
                        .map_or_else(|| Scalar::Text(number.to_string()), Scalar::Number),
                    nested => Scalar::Text(nested.to_string()),
                };
                metadata.extra.insert(name, scalar);
            }
        }
    }
    let line = 0;
    match language {
        Language::Zh => draft.keywords(keywords, Vec::new(), line),
        Language::En => draft.keywords(Vec::new(), keywords, line),
    }
    // One list alone is no pair: keywords are kept in the passage's language.
    for keyword in &mut draft.metadata.keywords {
        keyword.zh = keyword.zh.take().filter(|word| !word.is_empty());
        keyword.en = keyword.en.take().filter(|word| !word.is_empty());
    }
}

fn text_of(value: Option<Value>) -> Option<String> {
    match value {
        Some(Value::String(text)) => Some(text),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    }
}

fn list_of(value: Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.into_iter().filter_map(|item| text_of(Some(item))).collect(),
        Value::String(text) => text
            .split([';', '；'])
            .map(|item| item.trim().to_owned())
            .filter(|item| !item.is_empty())
            .collect(),
        _ => Vec::new(),
    }
}

fn year_of(value: &Value) -> Option<u16> {
    match value {
        Value::Number(number) => number.as_u64().and_then(|year| u16::try_from(year).ok()),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use proptest::prelude::{any, proptest};

    use super::{Input, Jsonl};
    use crate::corpus::{Fault, Format, Settings, Sink};
    use crate::document::{Article, Scalar};

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

    fn read(bytes: &[u8]) -> Kept {
        let mut kept = Kept::default();
        let mut reader = bytes;
        let input = Input {
            path: "a.jsonl",
            text: &mut reader,
        };
        Jsonl.read(input, &Settings::default(), &mut kept).unwrap();
        kept
    }

    #[test]
    fn a_bad_line_stops_no_other() {
        let kept = read("{\"id\":\"p1\",\"lang\":\"zh-Hant\",\"title\":\"題\",\"text\":\"第一段。\",\"year\":2020,\"rank\":3}\n{bad\n\n{\"id\":\"p2\",\"text\":\" \"}\n{\"id\":\"p3\",\"text\":\"Last one.\"}".as_bytes());
        let ids: Vec<&str> = kept.articles.iter().map(|article| article.id.as_str()).collect();
        assert_eq!(ids, ["p1", "p3"]);
        assert_eq!(kept.articles[0].metadata.year, Some(2020));
        assert_eq!(kept.articles[0].metadata.extra.get("rank"), Some(&Scalar::Number(3.0)));
        assert_eq!(kept.articles[0].passages[0].text, "第一段。");
        assert_eq!(kept.faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [2, 4]);
        assert_eq!(kept.articles[1].source.line, 5);
    }

    #[test]
    fn a_long_text_stays_one_passage() {
        let text = "这是一句话。".repeat(400);
        let kept = read(format!("{{\"id\":\"long\",\"text\":\"{text}\"}}").as_bytes());
        assert_eq!(kept.articles[0].passages.len(), 1);
        assert_eq!(kept.articles[0].passages[0].text, text);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            read(&bytes);
        }
    }
}
