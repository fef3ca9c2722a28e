//! `wenyuan cite`: a passage, an article or a reference in a style of citation.

use std::io::Write;

use crate::cite::{Entry, Style};
use crate::config::Config;
use crate::http::offline;
use crate::text::Language;

use super::evidence::{self, DescribedIn};
use super::exit::Failure;
use super::library;
use super::output::print_json;

/// Prints the citation of what the identifier names.
pub fn cite(config: &Config, options: &evidence::Cite) -> Result<(), Failure> {
    let searcher = library::open(config)?.searcher();
    let style = Style::named(&options.style).unwrap_or_default();
    let language = options.lang.map(|lang| match lang {
        DescribedIn::Zh => Language::Zh,
        DescribedIn::En => Language::En,
    });
    let Some(entry) = Entry::named(&searcher, &options.id, language)? else {
        let _ = writeln!(
            std::io::stderr(),
            "wenyuan: no passage, article or reference is named {:?}",
            options.id
        );
        return Err(Failure::Nothing);
    };
    if options.json {
        return print_json(&offline::citation(&entry, style));
    }
    // A closed pipe (`| head`) is no failure of ours.
    let _ = writeln!(std::io::stdout(), "{}", style.write(&entry).trim_end());
    Ok(())
}
