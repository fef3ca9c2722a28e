//! An article, or one passage of it, as Markdown that an assistant reads.
//!
//! It stands inside a `<source>` block, and what is printed in the article is quoted so that it can't leave the block.

use crate::cite::{attribute, quoted};
use crate::document::{ArticleHead, ArticleOutline, Citation, PassageId, PlacedPassage, Reference, SectionHead};
use crate::text::Language;

/// An article as text, and where each passage stands in it.
pub(crate) struct Reading {
    /// The text.
    pub(crate) text: String,
    /// The passages, with the code points at which each begins and ends.
    places: Vec<(PassageId, usize, usize)>,
}

impl Reading {
    /// A whole article: its head, its passages under their headings, and its reference list.
    pub(crate) fn of_article(outline: &ArticleOutline, passages: &[PlacedPassage]) -> Self {
        let mut page = Page::of(outline.id.as_str());
        if let Some(first) = passages.first() {
            page.line(&head(&first.article, outline.language));
        } else if let Some(title) = outline.metadata.title.prefer(outline.language) {
            page.line(&format!("# {}", quoted(title)));
        }
        let mut above: Option<&PlacedPassage> = None;
        let mut places = Vec::new();
        for placed in passages {
            match above {
                Some(above) if is_next_piece(above, placed) => page.go_on(placed.passage.language),
                _ => {
                    let known = above.map_or(&[][..], |above| &above.path);
                    page.headings(known, &placed.path);
                    page.paragraph();
                }
            }
            let start = page.written;
            page.push(&quoted(&with_citations(
                &placed.passage.text,
                &placed.passage.citations,
            )));
            places.push((placed.passage.id.clone(), start, page.written));
            above = Some(placed);
        }
        page.references(&outline.references);
        Self {
            text: page.end(),
            places,
        }
    }

    /// Where a passage begins and ends, in code points of the text.
    pub(crate) fn place(&self, id: &PassageId) -> Option<(usize, usize)> {
        let place = self.places.iter().find(|(passage, _, _)| passage == id);
        place.map(|(_, start, end)| (*start, *end))
    }
}

/// One passage under its headings, with the references it cites.
pub(crate) fn passage(placed: &PlacedPassage) -> String {
    let mut page = Page::of(placed.passage.id.as_str());
    page.line(&head(&placed.article, placed.passage.language));
    page.headings(&[], &placed.path);
    page.paragraph();
    page.push(&quoted(&with_citations(
        &placed.passage.text,
        &placed.passage.citations,
    )));
    page.references(&placed.references);
    page.end()
}

/// A text with its citation marks put back where they stood.
pub(crate) fn with_citations(text: &str, citations: &[Citation]) -> String {
    let mut marked = String::with_capacity(text.len() + 8 * citations.len());
    let mut done = 0;
    for citation in citations {
        if let Some(before) = text.get(done..citation.at) {
            marked.push_str(before);
            if !citation.stands_in(text.get(..citation.at).unwrap_or_default()) {
                if citation.stands_apart(&marked) {
                    marked.push(' ');
                }
                marked.push_str(&citation.printed);
            }
            done = citation.at;
        }
    }
    marked.push_str(text.get(done..).unwrap_or_default());
    marked
}

/// A section by its number and title, quoted.
pub(crate) fn heading(section: &SectionHead) -> String {
    let parts = [section.number.as_deref(), section.title.as_deref()];
    quoted(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// Whether a passage goes on where another one was cut.
fn is_next_piece(above: &PlacedPassage, placed: &PlacedPassage) -> bool {
    let (one, next) = (&above.passage, &placed.passage);
    next.piece > 1 && (one.section, one.paragraph) == (next.section, next.paragraph)
}

fn head(article: &ArticleHead, language: Language) -> String {
    let mut lines = Vec::new();
    let first = article.title.prefer(language);
    lines.extend(first.map(|title| format!("# {}", quoted(title))));
    // The title in the other language, where there are two.
    let titles = [&article.title.zh, &article.title.en].into_iter().flatten();
    lines.extend(titles.filter(|title| Some(*title) != first).map(|title| quoted(title)));
    let authors = article.authors.prefer(language).map(|authors| authors.join(", "));
    let year = article.year.map(|year| year.to_string());
    let doi = article.doi.as_ref().map(|doi| format!("doi:{doi}"));
    let facts = [authors, article.journal.prefer(language).cloned(), year, doi];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    if !facts.is_empty() {
        lines.push(quoted(&facts.join(". ")));
    }
    lines.join("\n")
}

/// Markdown in a `<source>` block while it is written.
struct Page {
    text: String,
    /// Code points written.
    written: usize,
}

impl Page {
    fn of(id: &str) -> Self {
        let mut page = Self {
            text: String::new(),
            written: 0,
        };
        page.push(&format!("<source id=\"{}\">", attribute(id)));
        page
    }

    fn end(mut self) -> String {
        self.push("\n\n</source>");
        self.text
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.written += text.chars().count();
    }

    fn paragraph(&mut self) {
        self.push("\n\n");
    }

    fn line(&mut self, text: &str) {
        if !text.is_empty() {
            self.paragraph();
            self.push(text);
        }
    }

    /// English words stand apart; Chinese ones don't.
    fn go_on(&mut self, language: Language) {
        if language == Language::En {
            self.push(" ");
        }
    }

    /// The headings of a path that are not over what came before.
    fn headings(&mut self, known: &[SectionHead], path: &[SectionHead]) {
        let shared = known
            .iter()
            .zip(path)
            .take_while(|(one, other)| one.id == other.id)
            .count();
        for (depth, section) in path.iter().enumerate().skip(shared) {
            let heading = heading(section);
            if !heading.is_empty() {
                // Level 1 is the article's title.
                let marks = "#".repeat((depth + 2).min(6));
                self.line(&format!("{marks} {heading}"));
            }
        }
    }

    fn references(&mut self, references: &[Reference]) {
        if references.is_empty() {
            return;
        }
        self.line("## References");
        self.push("\n");
        for reference in references {
            self.push(&format!("\n[{}] {}", reference.number, quoted(&reference.text)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citation_marks_stand_where_they_were_printed() {
        let cited = |at, printed: &str| Citation {
            at,
            numbers: vec![1],
            printed: printed.to_owned(),
        };
        // 软骨 is bytes 0..6.
        let citations = [cited(6, "[1]"), cited(6, "[2]"), cited(12, "[3-4]")];
        assert_eq!(with_citations("软骨修复", &citations), "软骨[1][2]修复[3-4]");
        assert_eq!(with_citations("As in [2].", &[cited(9, "[2]")]), "As in [2].");
        // A place that is none is passed over.
        assert_eq!(with_citations("软骨", &[cited(1, "[1]"), cited(99, "[2]")]), "软骨");
    }
}
