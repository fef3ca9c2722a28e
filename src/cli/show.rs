//! `wenyuan show`: a passage with its neighbours and references, or an article with its sections.

use std::io::Write;

use crate::config::Config;
use crate::document::{ArticleId, ArticleOutline, PassageId};
use crate::http::offline;
use crate::retrieve::PassageView;

use super::args;
use super::exit::Failure;
use super::library;
use super::output::{Paint, print_json};

/// Shows what the identifier names.
pub fn show(config: &Config, options: &args::Show) -> Result<(), Failure> {
    let searcher = library::open(config)?.searcher();
    if let Ok(id) = PassageId::parse(&options.id)
        && let Some(view) = searcher.passage(&id)?
    {
        if options.json {
            return print_json(&offline::passage(view));
        }
        return write(&passage_lines(&view));
    }
    if let Ok(id) = ArticleId::parse(&options.id)
        && let Some(article) = searcher.article(&id)?
    {
        if options.json {
            return print_json(&offline::article(article));
        }
        return write(&article_lines(&article));
    }
    let _ = writeln!(
        std::io::stderr(),
        "wenyuan: no passage or article is named {:?}",
        options.id
    );
    Err(Failure::Nothing)
}

fn write(lines: &[String]) -> Result<(), Failure> {
    // A closed pipe (`| head`) is no failure of ours.
    let _ = writeln!(std::io::stdout(), "{}", lines.join("\n"));
    Ok(())
}

fn passage_lines(view: &PassageView) -> Vec<String> {
    let paint = Paint::for_stdout();
    let placed = &view.passage;
    let mut lines = vec![paint.bold(&placed.locator()), placed.passage.text.clone()];
    for reference in &placed.references {
        lines.push(format!("[{}] {}", reference.number, reference.text));
    }
    for number in &placed.unresolved {
        lines.push(format!("[{number}] is not in the reference list"));
    }
    for (name, neighbour) in [("before", &view.previous), ("after", &view.next)] {
        if let Some(neighbour) = neighbour {
            lines.push(paint.dim(&format!("{name}: {} {}", neighbour.passage.id, neighbour.locator())));
        }
    }
    lines
}

fn article_lines(article: &ArticleOutline) -> Vec<String> {
    let paint = Paint::for_stdout();
    let metadata = &article.metadata;
    let mut lines = vec![paint.bold(article.id.as_str())];
    lines.extend([&metadata.title.zh, &metadata.title.en].into_iter().flatten().cloned());
    for authors in [&metadata.authors.zh, &metadata.authors.en].into_iter().flatten() {
        lines.push(authors.join(", "));
    }
    let described = [
        ("journal", metadata.journal.prefer(article.language).cloned()),
        ("date", metadata.date.clone()),
        ("doi", metadata.doi.clone()),
        ("source", Some(article.source.path.clone())),
    ];
    lines.extend(
        described
            .into_iter()
            .filter_map(|(name, value)| value.map(|value| format!("{name}: {value}"))),
    );
    for (index, section) in article.sections.iter().enumerate() {
        let passages: Vec<&str> = article
            .passages
            .iter()
            .filter(|passage| passage.section == index)
            .map(|passage| passage.id.as_str())
            .collect();
        let heading: Vec<&str> = [section.number.as_deref(), section.title.as_deref()]
            .into_iter()
            .flatten()
            .collect();
        let heading = if heading.is_empty() {
            section.id.clone()
        } else {
            heading.join(" ")
        };
        let indent = "  ".repeat(usize::from(section.level));
        lines.push(format!("{indent}{heading} {}", paint.dim(&passages.join(" "))));
    }
    lines.push(format!("{} references", article.references.len()));
    lines
}
