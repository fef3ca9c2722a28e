//! `wenyuan search`: ranked passages, or references, for people or programs.

use std::io::Write;

use crate::config::Config;
use crate::document::{ArticleId, SectionRole};
use crate::http::offline;
use crate::retrieve::{Expand, Filters, Found, Hit, LanguageFilter, Results, Scope, Search, Sort};
use crate::text::{Language, Span};

use super::args::{self, ExpandName, LanguageName, Only, ScopeName, SortName};
use super::exit::Failure;
use super::library;
use super::output::{Paint, print_json};

/// Searches and prints the hits.
pub fn search(config: &Config, options: &args::Search) -> Result<(), Failure> {
    let library = library::open(config)?;
    let started = std::time::Instant::now();
    let search = Search {
        scope: match options.scope {
            ScopeName::Passages => Scope::Passages,
            ScopeName::References => Scope::References,
        },
        limit: options.limit,
        offset: options.offset,
        sort: match options.sort {
            SortName::Relevance => Sort::Relevance,
            SortName::Newest => Sort::NewestFirst,
            SortName::Oldest => Sort::OldestFirst,
        },
        expand: match options.expand {
            ExpandName::Nothing => Expand::Nothing,
            ExpandName::Neighbors => Expand::Neighbours,
            ExpandName::Section => Expand::Section,
        },
        facets: options.facets,
        ..asked(&options.query, &options.only)?
    };
    let results = library.searcher().search(&search)?;
    let found = !results.hits.is_empty();
    if options.json {
        print_json(&offline::search(results, started.elapsed()))?;
    } else {
        print(&results);
    }
    if found { Ok(()) } else { Err(Failure::Nothing) }
}

/// A search for these words with these restrictions.
pub(super) fn asked(query: &[String], only: &Only) -> Result<Search, Failure> {
    let article = only.article.as_deref().map(ArticleId::parse).transpose();
    if let (Some(from), Some(to)) = (only.year_from, only.year_to)
        && from > to
    {
        return Err(Failure::Usage(format!(
            "--year-from {from} is later than --year-to {to}"
        )));
    }
    Ok(Search {
        filters: Filters {
            language: match only.lang {
                LanguageName::Any => LanguageFilter::Any,
                LanguageName::Zh => LanguageFilter::Only(Language::Zh),
                LanguageName::En => LanguageFilter::Only(Language::En),
                LanguageName::Same => LanguageFilter::Same,
            },
            articles: article
                .map_err(|error| Failure::Usage(error.to_string()))?
                .into_iter()
                .collect(),
            section: only.section.clone(),
            year_from: only.year_from,
            year_to: only.year_to,
            roles: only.role.iter().filter_map(|name| SectionRole::named(name)).collect(),
            condition: only
                .filter
                .as_deref()
                .map(offline::condition)
                .transpose()
                .map_err(|reason| Failure::Usage(format!("--filter: {reason}")))?,
        },
        min_relevance: only.min_relevance,
        history: only.history.clone(),
        without: only.without.clone(),
        diversify: only.diversify,
        ..Search::new(query.join(" "))
    })
}

fn print(results: &Results) {
    let paint = Paint::for_stdout();
    let mut out = std::io::stdout().lock();
    let mut lines = Vec::new();
    for hit in &results.hits {
        lines.extend(shown(hit, paint));
    }
    let (first, last) = (results.search.offset + 1, results.search.offset + results.hits.len());
    lines.push(match results.hits.len() {
        0 => "Nothing found. 没有找到。".to_owned(),
        _ => format!("{first}-{last} of {}", results.total),
    });
    // A closed pipe (`| head`) is no failure of ours.
    let _ = writeln!(out, "{}", lines.join("\n"));
}

fn shown(hit: &Hit, paint: Paint) -> Vec<String> {
    let mut lines = Vec::new();
    match &hit.found {
        Found::Passage(placed) => {
            let title = placed.article.title.prefer(placed.passage.language);
            lines.push(format!(
                "{:>3}. {}",
                hit.rank,
                paint.bold(title.map_or(placed.article.id.as_str(), String::as_str))
            ));
            let path: Vec<String> = placed
                .path
                .iter()
                .map(|section| {
                    [section.number.as_deref(), section.title.as_deref()]
                        .into_iter()
                        .flatten()
                        .collect::<Vec<_>>()
                        .join(" ")
                })
                .filter(|section| !section.is_empty())
                .collect();
            let id = placed.passage.id.as_str();
            let path = if path.is_empty() {
                String::new()
            } else {
                format!("{} · ", path.join(" › "))
            };
            lines.push(format!(
                "     {path}{}",
                paint.dim(&format!("{id} · {:.2}", hit.relevance))
            ));
        }
        Found::Reference(placed) => {
            let cited = placed.cited_by.len();
            lines.push(format!(
                "{:>3}. [{}] {}",
                hit.rank,
                placed.reference.number,
                paint.dim(&format!("{} · cited {cited}×", placed.article.id))
            ));
        }
    }
    lines.push(format!("     {}", marked(hit, paint)));
    if let Found::Passage(placed) = &hit.found {
        for reference in &placed.references {
            lines.push(paint.dim(&format!("     [{}] {}", reference.number, reference.text)));
        }
    }
    lines.push(String::new());
    lines
}

/// The snippet with its highlights painted.
fn marked(hit: &Hit, paint: Paint) -> String {
    let text = hit.found.text();
    let snippet = hit.snippet.span;
    let mut marked = String::new();
    let mut at = snippet.start;
    for highlight in hit.highlights.iter().filter(|highlight| highlight.overlaps(snippet)) {
        let shown = Span::new(highlight.start.max(snippet.start), highlight.end.min(snippet.end));
        marked.push_str(Span::new(at, shown.start).of(text));
        marked.push_str(&paint.highlight(shown.of(text)));
        at = shown.end;
    }
    marked.push_str(Span::new(at, snippet.end).of(text));
    marked
}
