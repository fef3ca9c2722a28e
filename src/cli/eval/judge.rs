//! Asks the topics of one set of judged queries and measures the answers.

use std::collections::HashSet;
use std::io::Write;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::cli::exit::Failure;
use crate::eval::{
    Answered, Comparison, Direction, Figures, Judgements, Names, Reliability, Run, Topic, compare, directions, figures,
    observe, predictions, reliability,
};
use crate::retrieve::LanguageFilter;

use super::corpora::Indexed;

/// A set of judged queries.
pub struct Judged {
    /// Its name in reports.
    pub name: String,
    /// What is asked.
    pub topics: Vec<Topic>,
    /// Besides, what nothing answers: asked only to see whether that is said.
    pub strangers: Vec<Topic>,
    /// Whether what is said of hits is compared with the judgements.
    pub reliability: bool,
    /// What is relevant.
    pub judgements: Judgements,
    /// Language of the passages asked for.
    pub language: LanguageFilter,
    /// How many hits of each query are looked at.
    pub depth: usize,
    /// The only passages that count, by identifier; all where absent.
    pub within: Option<HashSet<String>>,
    /// An older run to compare with.
    pub against: Option<Run>,
}

/// What was measured of a set of judged queries.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Name of the set.
    pub task: String,
    /// Topics judged.
    pub queries: usize,
    /// Of these, topics for which anything was found.
    pub answered: usize,
    /// The measures over all topics judged.
    pub figures: Figures,
    /// The measures by language of topics and passages.
    pub directions: Vec<Direction>,
    /// Median time of a search, in milliseconds, with a search on every processor.
    pub median_ms: f64,
    /// Topics whose hits are written with ranks for scores, because trec_eval would order their scores otherwise.
    pub scored_by_rank: usize,
    /// Topics that were refused, with the reason.
    pub refused: Vec<(String, String)>,
    /// Whether what was said of the hits is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reliance: Option<Reliance>,
    /// Against the older run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
}

/// Whether what was said of the hits is so.
#[derive(Debug, Serialize)]
pub struct Reliance {
    /// What `relevance` said, and what was judged.
    pub relevance: Reliability,
    /// What `answerable` said.
    pub answerable: Answered,
    /// The single predictions, to be put together with those of other sets.
    #[serde(skip)]
    pub predictions: Vec<(f32, bool)>,
}

/// Asks and measures; gives the run too.
pub fn judge(judged: &Judged, indexed: &Indexed) -> Result<(Report, Run), Failure> {
    let names = Names::new(&judged.judgements, &indexed.searcher, indexed.given.clone())?;
    let bar = searching(judged);
    let told = |done: usize| bar.set_position(done as u64);
    let topics: Vec<Topic> = judged.topics.iter().chain(&judged.strangers).cloned().collect();
    let observed = observe(
        &indexed.searcher,
        &topics,
        (judged.language, judged.depth),
        &names,
        &told,
    );
    bar.finish_and_clear();
    let mut observed = observed?;
    let reliance = judged.reliability.then(|| {
        let predictions = predictions(&observed, &judged.judgements);
        Reliance {
            relevance: reliability(&predictions),
            answerable: Answered::of(&observed, &judged.judgements),
            predictions,
        }
    });
    for stranger in &judged.strangers {
        observed.forget(&stranger.id);
    }
    if let Some(within) = &judged.within {
        observed.retain(|seen| within.contains(&seen.name));
    }
    for (topic, reason) in &observed.refused {
        let _ = writeln!(
            std::io::stderr(),
            "{}: topic {topic} was refused: {reason}",
            judged.name
        );
    }
    let (run, scored_by_rank) = observed.run(|_| true);
    let report = Report {
        task: judged.name.clone(),
        queries: judged.judgements.len(),
        answered: judged
            .judgements
            .topics()
            .filter(|(topic, _)| !run.ranking(topic).is_empty())
            .count(),
        figures: figures(&judged.judgements, &run),
        directions: directions(
            &judged.topics,
            &judged.judgements,
            (&observed, &names),
            &indexed.searcher,
        )?,
        median_ms: observed.time(0.5).as_secs_f64() * 1000.0,
        scored_by_rank,
        refused: observed.refused,
        reliance,
        comparison: judged
            .against
            .as_ref()
            .map(|before| compare(&judged.topics, &judged.judgements, before, &run)),
    };
    Ok((report, run))
}

fn searching(judged: &Judged) -> ProgressBar {
    let bar = ProgressBar::new(judged.topics.len() as u64);
    let style = ProgressStyle::with_template("{spinner} {msg} {bar:30} {pos}/{len} {eta}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_message(judged.name.clone());
    bar
}
