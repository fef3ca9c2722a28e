//! Reads what is judged, indexes, measures and reports.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::cli::args::{self, LanguageName};
use crate::cli::exit::Failure;
use crate::cli::output::print_json;
use crate::config::Config;
use crate::eval::{Run, Task, read_judgements, read_tasks, read_topics};
use crate::retrieve::LanguageFilter;
use crate::text::Language;

use super::corpora::{Part, all_parts, identifiers, index_corpus, index_parts, parts_of};
use super::judge::{Judged, Report, judge};
use super::output;
use super::strangers::strangers;

/// What the runs are tagged with.
const TAG: &str = "wenyuan";

/// Measures how well judged queries are answered.
pub fn eval(config: &Config, options: &args::Eval) -> Result<(), Failure> {
    match (&options.tasks, &options.queries, &options.qrels) {
        (Some(tasks), None, None) => eval_tasks(config, options, tasks),
        (None, Some(queries), Some(qrels)) => eval_own(config, options, (queries, qrels)),
        _ => Err(Failure::Usage(
            "name --queries and --qrels, or a folder with --tasks".to_owned(),
        )),
    }
}

fn eval_own(config: &Config, options: &args::Eval, (queries, qrels): (&Path, &Path)) -> Result<(), Failure> {
    let judged = Judged {
        name: queries.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        topics: read_topics(queries)?,
        strangers: Vec::new(),
        reliability: options.reliability,
        judgements: read_judgements(qrels)?,
        language: match options.lang {
            LanguageName::Any => LanguageFilter::Any,
            LanguageName::Zh => LanguageFilter::Only(Language::Zh),
            LanguageName::En => LanguageFilter::Only(Language::En),
            LanguageName::Same => LanguageFilter::Same,
        },
        depth: depth(options),
        within: None,
        against: options.against.as_deref().map(read_run).transpose()?,
    };
    let (report, run) = judge(&judged, &index_corpus(config)?)?;
    if let Some(path) = &options.run_out {
        write_run(path, &run)?;
    }
    if options.json {
        return print_json(&report);
    }
    output::print(&[report]);
    Ok(())
}

fn eval_tasks(config: &Config, options: &args::Eval, folder: &Path) -> Result<(), Failure> {
    let all = read_tasks(folder)?;
    for name in &options.task {
        if all.iter().all(|task| task.name != *name) {
            let names: Vec<&str> = all.iter().map(|task| task.name.as_str()).collect();
            return Err(Failure::Usage(format!(
                "no task is named {name:?}; there are {}",
                names.join(", ")
            )));
        }
    }
    let asked = |task: &&Task| options.task.is_empty() || options.task.contains(&task.name);
    // Tasks over the same passages share an index; one index is open at a time.
    let mut groups: BTreeMap<Vec<Part>, Vec<(usize, &Task)>> = BTreeMap::new();
    for (place, task) in all.iter().filter(asked).enumerate() {
        let parts = if options.all_in_one {
            all_parts(&all)
        } else {
            parts_of(task)
        };
        groups.entry(parts).or_default().push((place, task));
    }
    let mut reports: Vec<(usize, Report)> = Vec::new();
    for (parts, tasks) in groups {
        let indexed = index_parts(config, folder, &parts)?;
        for (place, task) in tasks {
            let within = options
                .all_in_one
                .then(|| identifiers(folder, &parts_of(task)))
                .transpose()?;
            let mut judged = read_task(folder, task, options, within)?;
            if options.reliability && !options.all_in_one {
                judged.strangers = strangers(folder, task, &all)?;
            }
            let (report, run) = judge(&judged, &indexed)?;
            if let Some(path) = &options.run_out {
                write_run(&run_path(path, task, options), &run)?;
            }
            reports.push((place, report));
        }
    }
    reports.sort_by_key(|(place, _)| *place);
    let reports: Vec<Report> = reports.into_iter().map(|(_, report)| report).collect();
    if options.json {
        return print_json(&json!({"tasks": reports}));
    }
    output::print(&reports);
    Ok(())
}

fn read_task(
    folder: &Path,
    task: &Task,
    options: &args::Eval,
    within: Option<std::collections::HashSet<String>>,
) -> Result<Judged, Failure> {
    let own = folder.join(&task.dir);
    let against = options.against.as_deref().map(|path| run_path(path, task, options));
    Ok(Judged {
        name: task.name.clone(),
        topics: read_topics(&own.join(&task.queries))?,
        strangers: Vec::new(),
        reliability: options.reliability,
        judgements: read_judgements(&own.join(&task.qrels))?,
        language: LanguageFilter::Any,
        depth: depth(options),
        within,
        against: against.as_deref().map(read_run).transpose()?,
    })
}

/// How many hits of each query are looked at. Where those of other tasks are dropped, a hundred hold few of the task's
/// own, and what is measured is the cut and not the ranking.
fn depth(options: &args::Eval) -> usize {
    let usual = if options.all_in_one { 1000 } else { 100 };
    options.depth.map_or(usual, usize::from)
}

/// The run of a task: the file named where one task is asked for, else the task's file in the folder named.
fn run_path(named: &Path, task: &Task, options: &args::Eval) -> PathBuf {
    if options.task.len() == 1 && !named.is_dir() {
        named.to_owned()
    } else {
        named.join(format!("{}.run", task.name))
    }
}

fn read_run(path: &Path) -> Result<Run, Failure> {
    let failed = |error: std::io::Error| Failure::Unusable(format!("{}: {error}", path.display()));
    let file = File::open(path).map_err(failed)?;
    Run::read(&mut BufReader::new(file)).map_err(failed)
}

fn write_run(path: &Path, run: &Run) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::Unusable(format!("{}: {error}", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut out = BufWriter::new(File::create(path).map_err(failed)?);
    run.write(TAG, &mut out).and_then(|()| out.flush()).map_err(failed)
}
