//! Topics that nothing in a task's passages answers: those of other judged collections.

use std::collections::BTreeSet;
use std::path::Path;

use crate::cli::exit::Failure;
use crate::eval::{Task, Topic, read_topics};
use crate::text::Language;

/// The most topics taken from one other collection.
const MOST_EACH: usize = 40;

/// Topics, in the language of the task's own, of the collections that the task does not search.
///
/// A few of them may have an answer among the task's passages all the same: nobody judged that.
pub fn strangers(folder: &Path, task: &Task, all: &[Task]) -> Result<Vec<Topic>, Failure> {
    let own = read_topics(&folder.join(&task.dir).join(&task.queries))?;
    let asked_in = |topics: &[Topic]| topics.first().map(|topic| Language::detect(&topic.text));
    let others: BTreeSet<(&str, &str)> = all
        .iter()
        .filter(|other| other.dir != task.dir && !task.extra_corpora.contains(&other.dir))
        .map(|other| (other.dir.as_str(), other.queries.as_str()))
        .collect();
    let mut found = Vec::new();
    for (dir, queries) in others {
        let topics = read_topics(&folder.join(dir).join(queries))?;
        if asked_in(&topics) != asked_in(&own) {
            continue;
        }
        let step = (topics.len() / MOST_EACH).max(1);
        found.extend(topics.into_iter().step_by(step).take(MOST_EACH).map(|topic| Topic {
            id: format!("{dir}/{}", topic.id),
            ..topic
        }));
    }
    Ok(found)
}
