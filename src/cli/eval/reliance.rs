//! How far `relevance` and `answerable` can be relied on, as tables.

use crate::cli::table::table;
use crate::eval::{Answered, Said, reliability};

use super::judge::Report;

/// What was said of the hits of all sets beside what was judged, then what was said of the topics of each.
pub fn tables(reports: &[&Report]) -> String {
    let all: Vec<(f32, bool)> = reports
        .iter()
        .filter_map(|report| report.reliance.as_ref())
        .flat_map(|reliance| reliance.predictions.iter().copied())
        .collect();
    let reliable = reliability(&all);
    let mut bins = table(&["relevance", "hits", "mean", "judged relevant"]);
    let parts = reliable.bins.len().max(1) as f64;
    for (place, bin) in reliable.bins.iter().enumerate() {
        let (from, to) = (place as f64 / parts, (place + 1) as f64 / parts);
        bins.add_row([
            format!("{from:.1} to {to:.1}"),
            bin.hits.to_string(),
            format!("{:.3}", bin.predicted),
            format!("{:.3}", bin.observed),
        ]);
    }
    let mut said = table(&[
        "task",
        "answerable: yes",
        "weak",
        "no",
        "unanswerable: yes",
        "weak",
        "no",
        "right",
    ]);
    let mut sum = Answered::default();
    for report in reports {
        if let Some(reliance) = &report.reliance {
            sum.join(&reliance.answerable);
            said.add_row(row(&report.task, &reliance.answerable));
        }
    }
    if reports.len() > 1 {
        said.add_row(row("all", &sum));
    }
    format!(
        "{bins}\nrelevance of the first ten hits: Brier score {:.3}, expected calibration error {:.3}\n\n{said}\n\
         what `answerable` said; right is yes or weak where something answers, no where nothing does",
        reliable.brier, reliable.error
    )
}

fn row(name: &str, answered: &Answered) -> Vec<String> {
    let counts = |said: &Said| [said.yes, said.weak, said.no].map(|count| count.to_string());
    std::iter::once(name.to_owned())
        .chain(counts(&answered.answerable))
        .chain(counts(&answered.unanswerable))
        .chain([format!("{:.3}", answered.right())])
        .collect()
}
