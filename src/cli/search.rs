//! `wenyuan search`: ranked passages, or references, for people or programs.

use std::io::Write;

use crate::config::Config;
use crate::document::{ArticleId, SectionRole};
use crate::http::offline;
use crate::retrieve::{
    Answerable, Expand, Facets, Filters, Found, Hit, LanguageFilter, ModelStatus, Results, Scope, Search, Sort,
    UnderstoodTerm,
};
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
        explain: options.explain,
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
        as_typed: only.as_typed,
        diversify: only.diversify,
        ..Search::new(query.join(" "))
    })
}

fn print(results: &Results) {
    let paint = Paint::for_stdout();
    let mut out = std::io::stdout().lock();
    let mut lines = Vec::new();
    if let Some(correction) = &results.correction {
        lines.push(format!("Read as 按此检索: {}", paint.bold(&correction.query)));
        lines.push(String::new());
    }
    for (name, status) in [("embeddings", &results.dense), ("reranking", &results.rerank)] {
        if let Some(ModelStatus::Unavailable { reason }) = status {
            lines.push(format!("Without {name}: {reason}"));
        }
    }
    if results.search.explain {
        lines.extend(results.understood.terms.iter().map(|term| paint.dim(&understood(term))));
        lines.push(String::new());
    }
    for hit in &results.hits {
        lines.extend(shown(hit, paint));
        if let Some(explanation) = &hit.explanation {
            let words = explanation.words(Language::detect(&results.search.query));
            lines.extend(words.iter().map(|line| format!("     {line}")));
            lines.push(String::new());
        }
    }
    lines.extend(results.facets.iter().flat_map(counted));
    let (first, last) = (results.search.offset + 1, results.search.offset + results.hits.len());
    if results.partial {
        lines
            .push("A part of the index did not answer; there may be more. 部分索引没有应答，结果可能不全。".to_owned());
    }
    lines.push(match (results.hits.len(), results.answerable) {
        (0, _) => "Nothing found. 没有找到。".to_owned(),
        (_, Answerable::Yes) => format!("{first}-{last} of {}", results.total),
        (_, Answerable::Weak) => {
            format!(
                "{first}-{last} of {}; near the question, perhaps no answer. 只是相关，未必能回答。",
                results.total
            )
        }
        (_, Answerable::No) => {
            format!(
                "{first}-{last} of {}; nothing here answers. 没有段落能回答。",
                results.total
            )
        }
    });
    // A closed pipe (`| head`) is no failure of ours.
    let _ = writeln!(out, "{}", lines.join("\n"));
}

/// A term of the query with what else it was looked for as.
fn understood(term: &UnderstoodTerm) -> String {
    let names: Vec<&str> = term.other_names.iter().map(|name| name.text.as_str()).collect();
    let names = if names.is_empty() {
        String::new()
    } else {
        format!(" = {}", names.join(" | "))
    };
    format!("{} ×{:.2}{names}", term.text, term.weight)
}

/// All matches counted, a line for each kind.
fn counted(facets: &Facets) -> Vec<String> {
    let articles = facets
        .articles
        .iter()
        .map(|article| (article.id.to_string(), article.count));
    let roles = facets
        .roles
        .iter()
        .map(|(role, count)| (role.name().to_owned(), *count));
    let languages = facets
        .languages
        .iter()
        .map(|(language, count)| (language.tag().to_owned(), *count));
    let years = facets.years.iter().map(|(year, count)| (year.to_string(), *count));
    let line = |name: &str, counts: Vec<(String, usize)>| {
        let counts: Vec<String> = counts
            .into_iter()
            .map(|(value, count)| format!("{value} {count}"))
            .collect();
        format!("{name}: {}", counts.join(", "))
    };
    vec![
        line("article", articles.collect()),
        line("role", roles.collect()),
        line("lang", languages.collect()),
        line("year", years.collect()),
        String::new(),
    ]
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
    let snippet = hit.snippet().span;
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
