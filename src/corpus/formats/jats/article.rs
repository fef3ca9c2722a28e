//! The format itself: every article of a file.

use super::blocks::Blocks;
use super::element::{self, Element};
use super::{front, list};
use crate::corpus::{Draft, FaultKind, Format, Input, ReadError, Settings, Sink};
use crate::document::Source;

/// JATS XML.
#[derive(Debug)]
pub struct Jats;

impl Format for Jats {
    fn name(&self) -> &'static str {
        "jats"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xml", "nxml"]
    }

    fn read(&self, mut input: Input<'_>, settings: &Settings, sink: &mut dyn Sink) -> Result<(), ReadError> {
        let text = input.whole(settings.max_file_bytes)?;
        let (root, faults) = element::read(&text);
        let mut fault = |line, reason| {
            sink.fault(crate::corpus::Fault {
                path: input.path.to_owned(),
                line,
                kind: FaultKind::Malformed { reason },
            });
        };
        for (line, reason) in faults {
            fault(line, reason);
        }
        let articles = root.all("article");
        if articles.is_empty() {
            fault(1, "holds no <article>".to_owned());
        }
        for (place, &article) in articles.iter().enumerate() {
            let alone = articles.len() == 1;
            let mut draft = Draft::new(Source {
                path: input.path.to_owned(),
                line: if alone { 1 } else { article.line },
            });
            whole(article, &mut draft);
            if !alone && draft.metadata.doi.is_none() && draft.metadata.article_number.is_none() {
                let named = front::identifier(article);
                draft.key = Some(named.unwrap_or_else(|| format!("{}~{}", stem(input.path), place + 1)));
            }
            let (article, faults) = draft.finish(settings);
            for fault in faults {
                sink.fault(fault);
            }
            if sink.article(article).is_break() {
                return Ok(());
            }
        }
        Ok(())
    }
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn whole(article: &Element, draft: &mut Draft) {
    let (references, numbers) = list::references(article);
    for reference in references {
        draft.reference(reference);
    }
    let parts = || {
        let translations = article.children().filter(|child| child.name == "sub-article");
        std::iter::once(article).chain(translations)
    };
    for part in parts() {
        if let Some(found) = part.child("front").or_else(|| part.child("front-stub")) {
            front::read(found, draft);
            let mut blocks = Blocks::new(draft, &numbers);
            for found in found.all("abstract").into_iter().chain(found.all("trans-abstract")) {
                blocks.summary(found);
            }
        }
    }
    let mut blocks = Blocks::new(draft, &numbers);
    for part in parts() {
        if let Some(body) = part.child("body") {
            blocks.sections(body, 1);
            body.all("fn").into_iter().for_each(|note| blocks.note(note));
        }
        if let Some(back) = part.child("back") {
            blocks.back(back);
        }
    }
    for floats in article.children().filter(|child| child.name == "floats-group") {
        blocks.floats(floats);
    }
}
