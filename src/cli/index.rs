//! `wenyuan index`: brings the index up to date with the corpus.

use std::io::Write;
use std::sync::atomic::Ordering;
use std::time::Instant;

use serde_json::json;

use crate::analysis::Analyzer;
use crate::config::Config;
use crate::corpus::Fault;
use crate::dense::Embedder;
use crate::index::{Builder, LexiconEnrichment, Mode, Outcome, Progress, Share};
use crate::lexicon::WholeTerms;

use super::args;
use super::exit::Failure;
use super::input::Folder;
use super::library;
use super::output::print_json;
use super::progress::{Bar, STOPPED};

/// The most errors told one by one.
const MOST_TOLD: usize = 10;

/// Brings the index up to date, or builds it anew.
pub fn index(config: &Config, options: &args::Index) -> Result<(), Failure> {
    stop_on_signal()?;
    let analyzer = library::analyzer(config)?;
    let mode = if options.rebuild { Mode::Rebuild } else { Mode::Update };
    let started = Instant::now();
    let (outcome, errors) = update_share(
        config,
        &analyzer,
        (mode, options.part.unwrap_or(Share::ALL)),
        &mut Bar::new(),
    )?;
    tell(&errors);
    tell_vectors(&outcome);
    let counts = &outcome.manifest.counts;
    if options.json {
        return print_json(&json!({
            "generation": outcome.generation,
            "published": outcome.published,
            "resumed": outcome.resumed,
            "articles_written": outcome.written,
            "articles_removed": outcome.removed,
            "articles": counts.articles,
            "passages": counts.passages,
            "references": counts.references,
            "vectors": outcome.filled.as_ref().map(|filled| json!({
                "embedded": filled.embedded,
                "present": filled.counts.present,
                "missing": filled.counts.missing,
                "failure": filled.failure,
            })),
            "bytes": outcome.manifest.files.iter().map(|file| file.bytes).sum::<u64>(),
            "seconds": started.elapsed().as_secs_f64(),
            "errors": errors,
        }));
    }
    let _ = writeln!(
        std::io::stdout(),
        "{} in {:.1} s",
        summary(&outcome),
        started.elapsed().as_secs_f64()
    );
    Ok(())
}

/// Brings the index up to date; an index of another recipe is built anew beside the old one. Gives what was done and
/// the errors met in the corpus.
pub fn update(
    config: &Config,
    analyzer: &Analyzer,
    mode: Mode,
    progress: &mut dyn Progress,
) -> Result<(Outcome, Vec<Fault>), Failure> {
    update_share(config, analyzer, (mode, Share::ALL), progress)
}

/// The same for a share of the articles, where several processes write one index.
fn update_share(
    config: &Config,
    analyzer: &Analyzer,
    (mode, share): (Mode, Share),
    progress: &mut dyn Progress,
) -> Result<(Outcome, Vec<Fault>), Failure> {
    let unusable = |error: &dyn std::fmt::Display| Failure::Unusable(error.to_string());
    let corpus = &config.corpus.path;
    if !corpus.is_dir() {
        return Err(Failure::Unusable(format!(
            "the corpus folder {} is not there; make it, or name another with --corpus",
            corpus.display()
        )));
    }
    let folder = Folder::new(&config.corpus);
    let recipe = library::recipe(config, analyzer);
    analyzer.preload();
    let whole = WholeTerms::new(library::lexicon()?).map_err(|error| unusable(&error))?;
    let enrichment = LexiconEnrichment::new(whole, analyzer.clone());
    let embedder = Embedder::new(&config.dense);
    let builder = Builder::new(&config.index, &recipe, analyzer, &enrichment)
        .embedding(embedder.as_ref())
        .sharing(share);
    let outcome = builder.run(mode, &folder, progress).map_err(|error| unusable(&error))?;
    Ok((outcome, folder.errors()))
}

/// What an update did, in a line.
pub fn summary(outcome: &Outcome) -> String {
    let counts = &outcome.manifest.counts;
    let done = match (outcome.published, outcome.written, outcome.removed) {
        (false, ..) => "nothing changed".to_owned(),
        (true, written, 0) => format!("{written} articles written"),
        (true, written, removed) => format!("{written} articles written, {removed} removed"),
    };
    let embedded = outcome.filled.as_ref().filter(|filled| filled.embedded > 0);
    let embedded = embedded.map_or_else(String::new, |filled| format!(", {} texts embedded", filled.embedded));
    let passages: Vec<String> = counts
        .passages
        .iter()
        .map(|(language, count)| format!("{count} {language}"))
        .collect();
    format!(
        "{done}{embedded}: {} articles, passages: {}, {} references",
        counts.articles,
        passages.join(" + "),
        counts.references
    )
}

/// Tells which passages got no vector, and what to do.
pub fn tell_vectors(outcome: &Outcome) {
    let Some(filled) = outcome.filled.as_ref().filter(|filled| filled.counts.missing > 0) else {
        return;
    };
    let missing = filled.counts.missing;
    let reason = filled.failure.as_deref().unwrap_or("no endpoint is configured");
    let _ = writeln!(
        std::io::stderr(),
        "{missing} passages have no vector and are found by their words alone; the next `wenyuan index` fills them \
         ({reason})"
    );
}

/// Tells the errors met in the corpus, the first of them one by one.
pub fn tell(errors: &[Fault]) {
    let mut err = std::io::stderr().lock();
    for fault in errors.iter().take(MOST_TOLD) {
        let _ = writeln!(err, "{}:{}: {}", fault.path, fault.line, fault.kind);
    }
    if errors.len() > MOST_TOLD {
        let _ = writeln!(err, "... and more; `wenyuan check` lists them all");
    }
}

/// From now on Ctrl-C and SIGTERM end an indexing run after its next commit; a second one ends the program.
fn stop_on_signal() -> Result<(), Failure> {
    use signal_hook::consts::TERM_SIGNALS;
    use signal_hook::flag;
    let failed = |error: std::io::Error| Failure::Unusable(format!("signals can't be handled: {error}"));
    for signal in TERM_SIGNALS {
        // The order matters: the flag that ends the program is looked at before it is set for the first time.
        flag::register_conditional_shutdown(*signal, 130, STOPPED.clone()).map_err(failed)?;
        flag::register(*signal, STOPPED.clone()).map_err(failed)?;
    }
    STOPPED.store(false, Ordering::Relaxed);
    Ok(())
}
