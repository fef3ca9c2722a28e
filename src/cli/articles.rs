//! `wenyuan articles`: what is indexed.

use std::io::Write;

use crate::config::Config;
use crate::http::offline;

use super::args;
use super::exit::Failure;
use super::library;
use super::output::print_json;
use super::table::table;

/// The most articles in one listing.
const MOST: usize = 100;

/// Lists articles.
pub fn articles(config: &Config, options: &args::Articles) -> Result<(), Failure> {
    if !(1..=MOST).contains(&options.limit) {
        return Err(Failure::Usage(format!(
            "limit is {}, it must be 1 to {MOST}",
            options.limit
        )));
    }
    let (found, total) = library::open(config)?
        .searcher()
        .articles(options.offset, options.limit)?;
    if options.json {
        return print_json(&offline::articles(found, total, (options.offset, options.limit)));
    }
    let mut rows = table(&["article", "title", "year", "passages", "references"]);
    let shown = found.len();
    for article in found {
        let title = article
            .metadata
            .title
            .prefer(article.language)
            .cloned()
            .unwrap_or_default();
        rows.add_row([
            article.id.to_string(),
            title,
            article.metadata.year.map(|year| year.to_string()).unwrap_or_default(),
            article.passages.to_string(),
            article.references.to_string(),
        ]);
    }
    let _ = writeln!(std::io::stdout(), "{rows}\n{shown} of {total} articles");
    Ok(())
}
