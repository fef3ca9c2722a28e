//! `wenyuan lexicon`: which terms mean the same, and who says so.

use std::io::Write;

use serde_json::json;

use crate::config::Config;
use crate::index::Published;
use crate::lexicon::{Concept, Explanation, Mined, MinedPair, PairSource, Provenance, language_of};
use crate::text::Language;

use super::args;
use super::exit::Failure;
use super::library;
use super::output::print_json;
use super::table::table;

/// Lists, explains or exports.
pub fn lexicon(config: &Config, options: &args::Lexicon) -> Result<(), Failure> {
    match &options.what {
        args::LexiconWhat::List(options) => list(config, options),
        args::LexiconWhat::Explain(options) => explain(config, options),
        args::LexiconWhat::Export => export(config),
    }
}

fn list(config: &Config, options: &args::LexiconList) -> Result<(), Failure> {
    let library = library::open(config)?;
    let snapshot = library.snapshot();
    let mined = read(&snapshot)?;
    let mut pairs: Vec<MinedPair<'_>> = mined.pairs().collect();
    pairs.sort_by_key(|pair| std::cmp::Reverse((pair.articles.len(), pair.count)));
    let sizes = library.lexicon().sizes();
    if options.json {
        pairs.truncate(options.limit);
        return print_json(&json!({"sizes": sizes, "mined": pairs}));
    }
    let mut rows = table(&["Chinese", "English", "short", "printed as", "times", "articles"]);
    for pair in pairs.iter().take(options.limit) {
        let form = |form: &Option<String>| form.clone().unwrap_or_default();
        rows.add_row([
            form(&pair.pair.zh),
            form(&pair.pair.en),
            form(&pair.pair.abbreviation),
            sources(pair),
            pair.count.to_string(),
            pair.articles.len().to_string(),
        ]);
    }
    let _ = writeln!(
        std::io::stdout(),
        "{rows}\n{} of {} pairs mined from the corpus\n{} sets in your file, {} in the shipped lists, {} headwords and \
         {} phrases in CC-CEDICT, {} and {} in ECDICT",
        pairs.len().min(options.limit),
        pairs.len(),
        sizes.user,
        sizes.lists,
        sizes.cedict.0,
        sizes.cedict.1,
        sizes.ecdict.0,
        sizes.ecdict.1
    );
    Ok(())
}

fn explain(config: &Config, options: &args::LexiconExplain) -> Result<(), Failure> {
    let explained = library::open(config)?.lexicon().explain(&options.term.join(" "));
    if options.json {
        return print_json(&explained);
    }
    let Explanation {
        term,
        language,
        known,
        weight,
        expansions,
        consists_of,
        ..
    } = &explained;
    let mut rows = table(&["also called", "in", "as its", "weight", "by"]);
    for one in expansions {
        rows.add_row([
            one.text.clone(),
            one.language.tag().to_owned(),
            format!("{:?}", one.relation).to_lowercase(),
            format!("{:.2}", one.weight),
            by(&one.provenance),
        ]);
    }
    let known = if *known { "known" } else { "not known as a whole" };
    let mut out = std::io::stdout().lock();
    // A closed pipe (`| head`) is no failure of ours.
    let _ = writeln!(out, "{term}: {}, {known}, counts {weight} in a query", language.tag());
    let _ = writeln!(out, "consists of: {}", consists_of.join(" | "));
    if expansions.is_empty() {
        return Err(Failure::Nothing);
    }
    let _ = writeln!(out, "{rows}");
    Ok(())
}

/// The pairs of an index, with where they are printed.
fn read(snapshot: &Published) -> Result<Mined, Failure> {
    (snapshot.mined)().map_err(|error| Failure::Unusable(error.to_string()))
}

/// Prints what the corpus and the user say in the form of the shipped lists, so that it can be kept as one.
fn export(config: &Config) -> Result<(), Failure> {
    let library = library::open(config)?;
    let snapshot = library.snapshot();
    let lexicon = library.lexicon();
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "# Chinese\tEnglish\tkind\tsource");
    for concept in lexicon.user_concepts() {
        let _ = writeln!(out, "{}", user_row(concept));
    }
    for pair in read(&snapshot)?.pairs() {
        let forms = [&pair.pair.en, &pair.pair.abbreviation];
        let english: Vec<String> = forms.into_iter().flatten().map(|form| cell(form)).collect();
        let kind = if pair.pair.abbreviation.is_some() {
            "abbreviation"
        } else {
            "translation"
        };
        let row = format!(
            "{}\t{}\t{kind}\tcorpus ({}; {} times in {} articles)",
            pair.pair.zh.as_deref().map(cell).unwrap_or_default(),
            english.join("|"),
            sources(&pair),
            pair.count,
            pair.articles.len()
        );
        let _ = writeln!(out, "{row}");
    }
    Ok(())
}

fn user_row(concept: &Concept) -> String {
    let of = |language: Language| -> String {
        let forms = concept.forms.iter().filter(|form| language_of(form) == language);
        forms.map(|form| cell(form)).collect::<Vec<_>>().join("|")
    };
    let (zh, en) = (of(Language::Zh), of(Language::En));
    let kind = if zh.is_empty() || en.is_empty() {
        "synonym"
    } else {
        "translation"
    };
    format!("{zh}\t{en}\t{kind}\t{}", by(&concept.provenance))
}

/// A form without what separates forms and columns.
fn cell(form: &str) -> String {
    form.replace(['\t', '|', '\n'], " ")
}

fn sources(pair: &MinedPair<'_>) -> String {
    let name = |source: &PairSource| match source {
        PairSource::Keyword => "keyword",
        PairSource::Gloss => "gloss",
        PairSource::Title => "title",
        PairSource::Heading => "heading",
    };
    pair.sources.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn by(provenance: &Provenance) -> String {
    match provenance {
        Provenance::User { line } => format!("your file, line {line}"),
        Provenance::Mined { count, articles } => format!("the corpus, {count} times in {articles} articles"),
        Provenance::Domain { list } => format!("the list {list}"),
        Provenance::Cedict => "CC-CEDICT".to_owned(),
        Provenance::Ecdict => "ECDICT".to_owned(),
        Provenance::Numbering => "the way kinds are numbered".to_owned(),
    }
}
