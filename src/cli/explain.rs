//! `wenyuan explain`: why a passage is a hit of a search, or none.

use std::io::Write;

use crate::config::Config;
use crate::document::PassageId;
use crate::http::offline;
use crate::retrieve::Search;
use crate::text::Language;

use super::args;
use super::exit::Failure;
use super::library;
use super::output::print_json;
use super::search::asked;

/// Prints the reasons, in the language of the query.
pub fn explain(config: &Config, options: &args::Explain) -> Result<(), Failure> {
    let search = Search {
        limit: options.limit,
        ..asked(std::slice::from_ref(&options.query), &options.only)?
    };
    let searcher = library::open(config)?.searcher();
    let why = match PassageId::parse(&options.id) {
        Ok(id) => searcher.explain(&search, &id)?,
        Err(_) => None,
    };
    let Some(why) = why else {
        let _ = writeln!(std::io::stderr(), "wenyuan: no passage is named {:?}", options.id);
        return Err(Failure::Nothing);
    };
    if options.json {
        return print_json(&offline::explanation(why));
    }
    let lines = why.words(Language::detect(&options.query));
    // A closed pipe (`| head`) is no failure of ours.
    let _ = writeln!(std::io::stdout(), "{}", lines.join("\n"));
    Ok(())
}
