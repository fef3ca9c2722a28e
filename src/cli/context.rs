//! `wenyuan context`: evidence for a chatbot's answer, in a budget of tokens.

use std::io::Write;

use crate::cite::{Budget, Context, Format, Rendered, Vocabulary};
use crate::config::Config;
use crate::http::offline;

use super::evidence::{self, FormatName, VocabularyName};
use super::exit::Failure;
use super::library;
use super::output::print_json;
use super::search::asked;

/// Packs and prints a context.
pub fn context(config: &Config, options: &evidence::Context) -> Result<(), Failure> {
    let library = library::open(config)?;
    let budget = Budget {
        max_tokens: options.max_tokens,
        vocabulary: match options.vocabulary {
            VocabularyName::O200k => Vocabulary::O200k,
            VocabularyName::Cl100k => Vocabulary::Cl100k,
        },
        format: match options.format {
            FormatName::Markdown => Format::Markdown,
            FormatName::Json => Format::Json,
            FormatName::Anthropic => Format::Anthropic,
            FormatName::Cohere => Format::Cohere,
            FormatName::Openai => Format::Openai,
        },
    };
    let search = asked(&options.query, &options.only)?;
    let context = Context::search(&library.searcher(), search, budget, &offline::address)?;
    let found = !context.sources.is_empty();
    match context.render(budget.format) {
        Rendered::Markdown(text) if !options.json => {
            // A closed pipe (`| head`) is no failure of ours.
            let _ = writeln!(std::io::stdout(), "{text}");
        }
        _ => print_json(&offline::context(context, budget))?,
    }
    if found { Ok(()) } else { Err(Failure::Nothing) }
}
