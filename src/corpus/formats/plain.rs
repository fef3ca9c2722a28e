//! Plain text: the same labels, headings and reference list as Markdown, without its markup.

use super::markdown::{assemble, begins_part, cut_at, ends_sentence};
use crate::corpus::{Draft, Format, Input, ReadError, Settings, Sink};
use crate::document::Source;

/// The plain text format.
#[derive(Debug)]
pub struct Plain;

/// Lines longer than this, in characters, are whole paragraphs rather than wrapped ones.
const UNWRAPPED: usize = 160;

impl Format for Plain {
    fn name(&self) -> &'static str {
        "plain"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn read(&self, mut input: Input<'_>, settings: &Settings, sink: &mut dyn Sink) -> Result<(), ReadError> {
        let text = input.whole(settings.max_file_bytes)?;
        let source = Source {
            path: input.path.to_owned(),
            line: 1,
        };
        let (article, faults) = read(&text, source).finish(settings);
        for fault in faults {
            sink.fault(fault);
        }
        // One article to a file: nothing is left to stop.
        let _ = sink.article(article);
        Ok(())
    }
}

fn read(text: &str, source: Source) -> Draft {
    let breaks = breaks(text);
    let cut = cut_at(text, 1, |line| breaks.get(line).copied().unwrap_or(false));
    assemble(cut, Draft::new(source))
}

/// For each line, whether a paragraph begins with it even where no blank line stands before it.
fn breaks(text: &str) -> Vec<bool> {
    let lines: Vec<&str> = text.lines().collect();
    let filled = || lines.iter().filter(|line| !line.trim().is_empty());
    let width = filled().map(|line| line.trim().chars().count()).max().unwrap_or(0);
    let count = filled().count();
    let indented = |line: &str| line.starts_with(['\u{3000}', '\t']) || line.starts_with("  ");
    let indents = filled().filter(|line| indented(line)).count();
    // Where nearly every line is indented, the indent says nothing.
    let by_indent = indents > 0 && indents * 10 < count * 9;
    let blanks = lines.len() - count;
    let by_blank = blanks * 8 >= count;
    let mut found = Vec::with_capacity(lines.len());
    let mut before: Option<&str> = None;
    for line in &lines {
        let (begins, _) = begins_part(line);
        let breaks = begins
            || before.is_none()
            || before.is_some_and(|before| {
                let before = before.trim();
                let ends = ends_sentence(before);
                let unwrapped = width > UNWRAPPED && !by_blank;
                let short = !by_blank && before.chars().count() * 5 < width * 4;
                begins_part(before).1 || (by_indent && indented(line)) || unwrapped || (ends && short)
            })
            || found.len() == 1;
        found.push(breaks);
        before = Some(line);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::corpus::Settings;
    use crate::document::{Article, Source};

    fn article(text: &str) -> Article {
        let source = Source {
            path: "a.txt".to_owned(),
            line: 1,
        };
        read(text, source).finish(&Settings::default()).0
    }

    fn texts(article: &Article) -> Vec<&str> {
        article.passages.iter().map(|passage| passage.text.as_str()).collect()
    }

    #[test]
    fn indented_paragraphs_without_blank_lines() {
        let article = article(
            "麦田里的水\n张三，李四\n摘要：小麦需要水。\n关键词：小麦；水\n1 引言\n\u{3000}\u{3000}小麦是重要的粮食作物，在北方广泛种\n植，产量高[1]。\n\u{3000}\u{3000}水很重要。\n2 结论\n\u{3000}\u{3000}小麦喜水。\n参考文献\n[1] 王五. 小麦[J]. 学报, 2001, 1(1): 1-2.\n",
        );
        assert_eq!(article.metadata.title.zh.as_deref(), Some("麦田里的水"));
        assert_eq!(article.metadata.keywords.len(), 2);
        assert_eq!(
            texts(&article),
            [
                "小麦需要水。",
                "小麦是重要的粮食作物，在北方广泛种植，产量高。",
                "水很重要。",
                "小麦喜水。"
            ]
        );
        assert_eq!(article.references.len(), 1);
        assert_eq!(article.passages[1].citations[0].numbers, [1]);
    }

    #[test]
    fn wrapped_lines_are_rejoined() {
        let article = article(
            "Of Wheat and Water\n\nJane Smith, Bob Lee\n\nIntroduction\n\nWheat is a plant that grows\nin fields and needs much\nwater.\n\nIt is eaten.\n\nMethods\nWe sowed it.\n",
        );
        assert_eq!(article.metadata.title.en.as_deref(), Some("Of Wheat and Water"));
        let titles: Vec<&str> = article
            .sections
            .iter()
            .filter_map(|section| section.title.as_deref())
            .collect();
        assert_eq!(titles, ["Introduction", "Methods"]);
        assert_eq!(
            texts(&article),
            [
                "Wheat is a plant that grows in fields and needs much water.",
                "It is eaten.",
                "We sowed it."
            ]
        );
    }
}
