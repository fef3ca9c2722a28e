//! Reports of judged queries as tables.

use std::io::Write;

use crate::cli::table::table;
use crate::eval::{Change, Comparison, Figures, Interval, Measure};

use super::judge::Report;
use super::reliance;

/// How many losses are shown.
const MOST_LOSSES: usize = 20;
/// The longest query shown, in characters.
const LONGEST_SHOWN: usize = 60;

/// Prints the reports: one table for all, then what each has besides.
pub fn print(reports: &[Report]) {
    let names: Vec<String> = Measure::REPORTED.into_iter().map(Measure::name).collect();
    let headings = ["task", "queries"]
        .into_iter()
        .chain(names.iter().map(String::as_str))
        .chain(["ms"]);
    let mut rows = table(&headings.collect::<Vec<_>>());
    for report in reports {
        let first = [report.task.clone(), report.queries.to_string()];
        let last = format!("{:.1}", report.median_ms);
        rows.add_row(first.into_iter().chain(cells(&report.figures)).chain([last]));
    }
    let mut out = std::io::stdout().lock();
    // A closed pipe (`| head`) is no failure of ours.
    let _ = writeln!(
        out,
        "{rows}\nmeans with their 95 % intervals (bootstrap over the queries)"
    );
    if reports.iter().any(|report| report.directions.len() > 1) {
        let headings = ["task", "asked in", "passages in", "queries"];
        let headings: Vec<&str> = headings.into_iter().chain(names.iter().map(String::as_str)).collect();
        let mut rows = table(&headings);
        for report in reports {
            for direction in &report.directions {
                let first = [
                    report.task.clone(),
                    direction.topics_in.clone(),
                    direction.passages_in.tag().to_owned(),
                    direction.topics.to_string(),
                ];
                rows.add_row(first.into_iter().chain(cells(&direction.figures)));
            }
        }
        let _ = writeln!(
            out,
            "\n{rows}\nby language, as if only passages in that language were asked for"
        );
    }
    for report in reports {
        if let Some(comparison) = &report.comparison {
            let _ = writeln!(out, "\n{}", compared(&report.task, comparison));
        }
    }
    let relied: Vec<&Report> = reports.iter().filter(|report| report.reliance.is_some()).collect();
    if !relied.is_empty() {
        let _ = writeln!(out, "\n{}", reliance::tables(&relied));
    }
    let by_rank: usize = reports.iter().map(|report| report.scored_by_rank).sum();
    if by_rank > 0 {
        let _ = writeln!(
            out,
            "{by_rank} queries: the run holds ranks for scores, because trec_eval orders by score alone and would \
             order ours otherwise"
        );
    }
}

fn cells(figures: &Figures) -> Vec<String> {
    Measure::REPORTED
        .into_iter()
        .map(|measure| figures.get(&measure.name()).map(cell).unwrap_or_default())
        .collect()
}

fn cell(interval: &Interval) -> String {
    format!("{:.4} [{:.3}, {:.3}]", interval.mean, interval.low, interval.high)
}

fn compared(task: &str, comparison: &Comparison) -> String {
    let mut rows = table(&["measure", "change", "share of resamples not better"]);
    for measure in Measure::REPORTED {
        if let Some(difference) = comparison.differences.get(&measure.name()) {
            let Interval { mean, low, high } = difference.change;
            let change = format!("{mean:+.4} [{low:+.3}, {high:+.3}]");
            rows.add_row([measure.name(), change, format!("{:.3}", difference.not_better)]);
        }
    }
    let mut text = format!(
        "{task} against the older run: {} queries better, {} worse\n{rows}",
        comparison.better, comparison.worse
    );
    let lost = |change: &&Change| change.after < change.before;
    let losses: Vec<&Change> = comparison.changes.iter().filter(lost).take(MOST_LOSSES).collect();
    if !losses.is_empty() {
        let mut rows = table(&["topic", "nDCG@10 before", "after", "query"]);
        for change in losses {
            rows.add_row([
                change.topic.clone(),
                format!("{:.3}", change.before),
                format!("{:.3}", change.after),
                change.text.chars().take(LONGEST_SHOWN).collect(),
            ]);
        }
        text.push_str(&format!("\n{rows}"));
    }
    text
}
