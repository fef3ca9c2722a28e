//! Reads the command line and the configuration, and does what is asked.

use std::ffi::OsString;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::config::{Config, SHIPPED};
use crate::index::EngineName;

use super::args::{Arguments, Command, Completions, Engine, Serve, ShowConfig};
use super::exit::Failure;
use super::{articles, check, cite, context, eval, explain, index, key, lexicon, mcp, search, serve, show};

/// Where a configuration is looked for when none is named.
const USUAL_CONFIG: &str = "config.toml";

/// Runs the program with these arguments (the first is its own name) and gives its exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(said) => {
            // Help and version come this way too, with exit code 0. A closed pipe is no failure of ours.
            let _ = said.print();
            return ExitCode::from(u8::try_from(said.exit_code()).unwrap_or(2));
        }
    };
    match act(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let message = failure.to_string();
            if !message.is_empty() {
                let _ = writeln!(std::io::stderr(), "wenyuan: {message}");
            }
            failure.code()
        }
    }
}

fn act(arguments: Arguments) -> Result<(), Failure> {
    let usual = Path::new(USUAL_CONFIG);
    let file = arguments.config.as_deref().or_else(|| usual.is_file().then_some(usual));
    let command = arguments.command.unwrap_or_else(|| Command::Serve(Serve::default()));
    if let Command::Completions(Completions { shell }) = command {
        clap_complete::generate(shell, &mut Arguments::command(), "wenyuan", &mut std::io::stdout());
        return Ok(());
    }
    let mut config = Config::load(file, std::env::vars_os().filter_map(readable))?;
    if let Some(corpus) = arguments.corpus {
        config.corpus.path = corpus;
    }
    if let Some(index) = arguments.index {
        config.index.path = index;
    }
    if let Some(engine) = arguments.engine {
        config.index.engine = match engine {
            Engine::Embedded => EngineName::Embedded,
            Engine::Opensearch => EngineName::OpenSearch,
        };
    }
    match command {
        Command::Serve(options) => serve::serve(config, options),
        Command::Mcp => mcp::mcp(&config),
        Command::Index(options) => index::index(&config, &options),
        Command::Search(options) => search::search(&config, &options),
        Command::Context(options) => context::context(&config, &options),
        Command::Explain(options) => explain::explain(&config, &options),
        Command::Cite(options) => cite::cite(&config, &options),
        Command::Show(options) => show::show(&config, &options),
        Command::Articles(options) => articles::articles(&config, &options),
        Command::Check(options) => check::check(&config, &options),
        Command::Eval(options) => eval::eval(&config, &options),
        Command::Lexicon(options) => lexicon::lexicon(&config, &options),
        Command::Key(options) => key::key(&config, &options),
        Command::Config(options) => show_config(&config, &options),
        Command::Completions(_) => Ok(()),
    }
}

fn readable((name, value): (OsString, OsString)) -> Option<(String, String)> {
    Some((name.into_string().ok()?, value.into_string().ok()?))
}

fn show_config(config: &Config, options: &ShowConfig) -> Result<(), Failure> {
    let text = if options.shipped {
        SHIPPED.to_owned()
    } else {
        config.to_toml()
    };
    let _ = std::io::stdout().write_all(text.as_bytes());
    Ok(())
}
