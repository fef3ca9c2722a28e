//! The blocks of a context as text: the convention, a block for each source, and the works they cite.

use crate::cite::quote::quoted;
use crate::text::Language;

use super::evidence::{Context, Quoted, Source, Work};
use super::words;

/// The longest heading, in columns.
const LONGEST_HEADING: usize = 160;

/// What is left of a title at least, in columns.
const SHORTEST_TITLE: usize = 60;

/// What stands where sentences were left out.
const LEFT_OUT: &str = "[…]";

/// The blocks in order; `\n\n` between them makes one text.
pub fn blocks(context: &Context) -> Vec<String> {
    let language = Language::detect(&context.query);
    let notice = words::notice(context.answerable, language);
    if context.sources.is_empty() {
        return notice.map(str::to_owned).into_iter().collect();
    }
    let mut blocks = vec![words::convention(language).to_owned()];
    blocks.extend(notice.map(str::to_owned));
    blocks.extend(context.sources.iter().map(source));
    if !context.works.is_empty() {
        let works: Vec<String> = context.works.iter().map(work).collect();
        blocks.push(format!("<references>\n{}\n</references>", works.join("\n")));
    }
    blocks
}

fn source(source: &Source) -> String {
    let passages: Vec<String> = source.passages.iter().map(|one| passage(one, quoted, true)).collect();
    format!(
        "<source id=\"{}\">\n## {}\n{}\n</source>",
        source.number,
        quoted(&heading(source)),
        passages.join("\n")
    )
}

/// The heading of a source, its title shortened, and then its end, where it is too long.
pub fn heading(source: &Source) -> String {
    let heading = source.heading();
    let over = columns(&heading).saturating_sub(LONGEST_HEADING);
    if over == 0 {
        return heading;
    }
    let (title, sections) = heading.split_once(" › ").unwrap_or((heading.as_str(), ""));
    let title = shortened(title, columns(title).saturating_sub(over).max(SHORTEST_TITLE));
    shortened(&format!("{title} › {sections}"), LONGEST_HEADING)
}

/// How wide a text is: a Chinese character takes as much as two Latin letters.
fn columns(text: &str) -> usize {
    text.chars()
        .map(|character| if character.is_ascii() { 1 } else { 2 })
        .sum()
}

/// The beginning of a text that is no wider than this.
fn shortened(text: &str, widest: usize) -> String {
    if columns(text) <= widest {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut width = 0;
    for character in text.chars() {
        width += if character.is_ascii() { 1 } else { 2 };
        if width >= widest {
            break;
        }
        short.push(character);
    }
    short.push('…');
    short
}

/// The sentences shown of a passage, each written by `show`, with the works they cite where `marked`.
pub fn passage(passage: &Quoted, show: fn(&str) -> String, marked: bool) -> String {
    let mut text = String::new();
    if passage.cut_before() {
        text.push_str(LEFT_OUT);
        text.push(' ');
    }
    let mut at = None;
    for sentence in &passage.sentences {
        if at.is_some_and(|at| at < sentence.span.start) {
            text.push(' ');
        }
        text.push_str(&show(sentence.span.of(&passage.text)));
        if marked && !sentence.works.is_empty() {
            let works: Vec<String> = sentence.works.iter().map(|number| format!("R{number}")).collect();
            text.push_str(&format!(" [{}]", works.join(", ")));
        }
        at = Some(sentence.span.end);
    }
    if passage.cut_after() {
        text.push(' ');
        text.push_str(LEFT_OUT);
    }
    text
}

/// A cited work as it is listed.
fn work(work: &Work) -> String {
    format!("R{}: {}", work.number, quoted(&work.reference.text))
}
