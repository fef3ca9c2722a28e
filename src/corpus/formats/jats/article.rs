//! The format itself: one article of sections and paragraphs.

use super::element::{self, Element};
use super::flow::{Numbers, inline};
use super::{front, list};
use crate::corpus::{Draft, FaultKind, Format, Heading, Input, ReadError, Settings, Sink};
use crate::document::{SectionKind, Source};
use crate::text::Language;

/// JATS XML.
#[derive(Debug)]
pub struct Jats;

/// What is set apart from the paragraph it stands in.
const APART: [&str; 7] = ["p", "sec", "title", "label", "ref-list", "fn", "object-id"];

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
        let mut draft = Draft::new(Source {
            path: input.path.to_owned(),
            line: 1,
        });
        for (line, reason) in faults {
            draft.fault(line, FaultKind::Malformed { reason });
        }
        let articles = root.all("article");
        let Some(&article) = articles.first() else {
            let reason = "holds no <article>".to_owned();
            sink.fault(crate::corpus::Fault {
                path: input.path.to_owned(),
                line: 1,
                kind: FaultKind::Malformed { reason },
            });
            return Ok(());
        };
        let (references, numbers) = list::references(article);
        if let Some(found) = article.child("front") {
            front::read(found, &mut draft);
            for name in ["abstract", "trans-abstract"] {
                for found in found.all(name) {
                    open(&mut draft, found, SectionKind::Abstract, 1);
                    paragraphs(&mut draft, found, &numbers);
                }
            }
        }
        if let Some(body) = article.child("body") {
            body_text(&mut draft, body, &numbers, 1);
        }
        for reference in references {
            draft.reference(reference);
        }
        let (article, faults) = draft.finish(settings);
        for fault in faults {
            sink.fault(fault);
        }
        // Both answers end the file: it holds one article.
        let _ = sink.article(article);
        Ok(())
    }
}

fn open(draft: &mut Draft, element: &Element, kind: SectionKind, level: u8) {
    let printed = element.child("title").map(Element::text).unwrap_or_default();
    let label = element.child("label").map(Element::text).unwrap_or_default();
    let (number, title) = match numbered(&label) {
        Some((number, _)) => (Some(number), printed),
        None => match numbered(&printed) {
            Some((number, rest)) => (Some(number), rest),
            None => (None, printed),
        },
    };
    draft.open_section(Heading {
        kind,
        number,
        title: (!title.is_empty()).then_some(title),
        level,
        language: (kind == SectionKind::Abstract).then(|| front::language(element)),
        line: element.line,
    });
}

/// `1.2 Methods` in number and rest.
fn numbered(printed: &str) -> Option<(String, String)> {
    let end = printed
        .find(|character: char| !character.is_ascii_digit() && character != '.')
        .unwrap_or(printed.len());
    let (number, rest) = printed.split_at_checked(end)?;
    let number = number.trim_end_matches('.');
    let short = number.split('.').all(|part| (1..=2).contains(&part.len()));
    (short && !number.is_empty()).then(|| (number.to_owned(), rest.trim().to_owned()))
}

fn body_text(draft: &mut Draft, element: &Element, numbers: &Numbers, level: u8) {
    for child in element.children() {
        if child.name == "sec" {
            open(draft, child, SectionKind::Body, level);
            body_text(draft, child, numbers, level.saturating_add(1));
        } else {
            block(draft, child, numbers);
        }
    }
}

fn paragraphs(draft: &mut Draft, element: &Element, numbers: &Numbers) {
    for child in element.children() {
        block(draft, child, numbers);
    }
}

/// One block: a paragraph, or whatever holds paragraphs.
fn block(draft: &mut Draft, element: &Element, numbers: &Numbers) {
    match element.name.as_str() {
        "title" | "label" | "ref-list" | "object-id" | "graphic" => {}
        "p" | "disp-formula" => {
            let declared = element.attribute("xml:lang").and_then(Language::from_tag);
            draft.paragraph(inline(element, numbers, &APART), (element.line, element.line), declared);
        }
        "table" => {
            let rows = element.all("tr");
            let rows = rows
                .iter()
                .map(|row| row.children().map(Element::text).collect::<Vec<_>>().join(" "));
            let text = crate::corpus::Inline::plain(&rows.collect::<Vec<_>>().join("; "));
            draft.paragraph(text, (element.line, element.line), None);
        }
        _ => paragraphs(draft, element, numbers),
    }
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use proptest::prelude::proptest;

    use super::{Format, Input, Jats, Settings, Sink};
    use crate::corpus::Fault;
    use crate::document::Article;

    #[derive(Default)]
    struct Kept(Vec<Article>, Vec<Fault>);

    impl Sink for Kept {
        fn article(&mut self, article: Article) -> ControlFlow<()> {
            self.0.push(article);
            ControlFlow::Continue(())
        }
        fn fault(&mut self, fault: Fault) {
            self.1.push(fault);
        }
    }

    fn read(text: &str) -> Kept {
        let mut kept = Kept::default();
        let mut bytes = text.as_bytes();
        let input = Input {
            path: "a.xml",
            text: &mut bytes,
        };
        Jats.read(input, &Settings::default(), &mut kept).unwrap();
        kept
    }

    const ARTICLE: &str = r#"<!DOCTYPE article SYSTEM "x.dtd"><article xml:lang="zh"><front><article-meta><title-group>
<article-title>题名</article-title><trans-title-group xml:lang="en"><trans-title>A title</trans-title></trans-title-group></title-group>
</article-meta></front><body><sec><title>2 方法</title><p>甲&mdash;乙<sup>[<xref ref-type="bibr" rid="R1">1</xref>-<xref ref-type="bibr" rid="R3">3</xref>]</sup>。</p></sec></body>
<back><ref-list><ref id="R1"><label>[1]</label><mixed-citation>张三. 文一[J]. 学报, 2020, 1(2): 3.</mixed-citation></ref>
<ref id="R2"><mixed-citation>李四. 文二[J]. 学报, 2021, 1(2): 3.</mixed-citation></ref><ref id="R3"><mixed-citation>王五. 文三[J]. 学报, 2022, 1(2): 3.</mixed-citation></ref></ref-list></back></article>"#;

    #[test]
    fn a_bilingual_article_is_read_with_its_citations() {
        let Kept(articles, faults) = read(ARTICLE);
        let article = &articles[0];
        assert_eq!(article.metadata.title.zh.as_deref(), Some("题名"));
        assert_eq!(article.metadata.title.en.as_deref(), Some("A title"));
        assert_eq!(article.sections[0].number.as_deref(), Some("2"));
        assert_eq!(article.passages[0].text, "甲—乙。");
        assert_eq!(article.passages[0].cited_numbers(), [1, 2, 3]);
        assert_eq!(article.references[2].title.as_deref(), Some("文三"));
        assert!(faults.is_empty(), "{faults:?}");
    }

    #[test]
    fn what_stands_before_an_error_is_kept() {
        let Kept(articles, faults) = read("<article><body><p>Kept text.</p>\n<p>lost</q></body>");
        assert_eq!(articles[0].passages[0].text, "Kept text.");
        assert!(
            faults
                .iter()
                .any(|fault| fault.line == 2 && fault.kind.code() == "malformed")
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(<article>|</?p>|<sup>|<xref ref-type=\"bibr\" rid=\"a\">|</xref>|&x;|[a-z<>&\\[\\]一]){0,40}") {
            read(&text);
        }
    }
}
